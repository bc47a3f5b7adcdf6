# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Static arguments: not arrays, but part of the function, as in `jax.jit`."""

import dataclasses
import functools
import inspect
import operator
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from invhlo._util.functions import name_of

_BY_POSITION = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
)


@dataclasses.dataclass(frozen=True)
class Fixed:
    """The values of the static arguments of a call.

    Attributes:
      args: Pairs of a position and the value there, by position.
      kwargs: Pairs of a name and its value, by name.
    """

    args: tuple[tuple[int, Any], ...] = ()
    kwargs: tuple[tuple[str, Any], ...] = ()

    @functools.cached_property
    def key(self) -> Hashable:
        """A key that tells apart even equal values of different types."""
        return tuple(
            (place, type(value), value) for place, value in (*self.args, *self.kwargs)
        )

    def all_of(self, args: Sequence[Any]) -> list[Any]:
        """All positional arguments: `args` with the static ones inserted."""
        every = list(args)
        for position, value in self.args:
            every.insert(position, value)
        return every

    def others(self, values: Sequence[Any]) -> list[Any]:
        """`values`, one for each positional argument, without those of static ones."""
        static = dict(self.args)
        return [value for i, value in enumerate(values) if i not in static]

    def applied_to(self, fun: Callable[..., Any]) -> Callable[..., Any]:
        """`fun` as a function of the arguments that are not static."""
        if not self.args and not self.kwargs:
            return fun

        def of_others(*args: Any, **kwargs: Any) -> Any:
            return fun(*self.all_of(args), **kwargs, **dict(self.kwargs))

        of_others.__name__ = name_of(fun)
        return of_others


@dataclasses.dataclass(frozen=True)
class Statics:
    """Which arguments of a function are static.

    Attributes:
      argnums: Their positions, ascending.
      argnames: Their names.
    """

    argnums: tuple[int, ...] = ()
    argnames: tuple[str, ...] = ()

    def split(
        self, args: tuple[Any, ...], kwargs: dict[str, Any], *, by_position: bool = True
    ) -> tuple[Fixed, tuple[Any, ...], dict[str, Any]]:
        """Splits the arguments of a call into the static ones and the others.

        Args:
          args: The positional arguments.
          kwargs: The keyword arguments.
          by_position: Whether any of `args` may be static.

        Returns:
          The static arguments, and the other positional and keyword arguments.

        Raises:
          ValueError: A static argument is not hashable.
        """
        static = {
            i: args[i] for i in self.argnums if by_position and -1 < i < len(args)
        }
        named = {name: kwargs[name] for name in sorted(self.argnames) if name in kwargs}
        for place, value in (*static.items(), *named.items()):
            try:
                hash(value)
            except TypeError:
                what = f"`{place}`" if isinstance(place, str) else place
                raise ValueError(
                    f"the static argument {what} is not hashable: {value!r}"
                ) from None
        return (
            Fixed(tuple(static.items()), tuple(named.items())),
            tuple(arg for i, arg in enumerate(args) if i not in static),
            {name: arg for name, arg in kwargs.items() if name not in named},
        )


def statics_of(
    fun: Callable[..., Any],
    argnums: int | Sequence[int] | None,
    argnames: str | Sequence[str] | None,
) -> Statics:
    """Which arguments of `fun` are static, as `jax.jit` understands it.

    If only positions or only names are given, the others follow from the signature.

    Args:
      fun: The function.
      argnums: The positions of static arguments.
      argnames: The names of static arguments.

    Raises:
      TypeError: `argnums` are not integers, or `argnames` are not strings.
      ValueError: `fun` has no such argument.
    """
    if argnums is None and argnames is None:
        return Statics()
    try:
        parameters: Mapping[str, inspect.Parameter] = inspect.signature(fun).parameters
    except (TypeError, ValueError):  # some built-in functions have no signature
        parameters = {}
    names = [name for name, p in parameters.items() if p.kind in _BY_POSITION]
    static_nums: list[int] = []
    static_names: list[str] = []
    if argnums is not None:
        static_nums = _positions(fun, argnums, names, parameters)
    if argnames is not None:
        static_names = _names(fun, argnames, parameters)
    if argnums is None:
        static_nums = [names.index(name) for name in static_names if name in names]
    if argnames is None:
        static_names = [
            names[i]
            for i in static_nums
            if i < len(names)
            and parameters[names[i]].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        ]
    return Statics(tuple(sorted(set(static_nums))), tuple(dict.fromkeys(static_names)))


def _positions(
    fun: Callable[..., Any],
    argnums: int | Sequence[int],
    names: Sequence[str],
    parameters: Mapping[str, inspect.Parameter],
) -> list[int]:
    given = integers(argnums, "static_argnums")
    places = [given] if isinstance(given, int) else list(given)
    kinds = [parameter.kind for parameter in parameters.values()]
    if kinds and inspect.Parameter.VAR_POSITIONAL not in kinds:
        for place in places:
            if not -len(names) <= place < len(names):
                raise ValueError(
                    f"static_argnums names argument {place}, but `{name_of(fun)}` "
                    f"takes ({', '.join(parameters)})"
                )
    return [place % len(names) if place < 0 and names else place for place in places]


def _names(
    fun: Callable[..., Any],
    argnames: str | Sequence[str],
    parameters: Mapping[str, inspect.Parameter],
) -> list[str]:
    given = [argnames] if isinstance(argnames, str) else list(argnames)
    kinds = [parameter.kind for parameter in parameters.values()]
    for name in given:
        if not isinstance(name, str):
            raise TypeError(f"static_argnames has names, not {name!r}")
        if kinds and inspect.Parameter.VAR_KEYWORD not in kinds:
            known = parameters.get(name)
            if known is None or known.kind is inspect.Parameter.POSITIONAL_ONLY:
                raise ValueError(
                    f"static_argnames names `{name}`, but `{name_of(fun)}` takes "
                    f"({', '.join(parameters)})"
                )
    return given


def integers(value: Any, what: str) -> int | tuple[int, ...]:
    """Converts an integer of any type, or a sequence of such, to Python integers.

    Args:
      value: The integer or sequence.
      what: Its name in messages.

    Raises:
      TypeError: `value` is something else.
    """
    try:
        return operator.index(value)
    except TypeError:
        pass
    try:
        if isinstance(value, str):
            raise TypeError
        return tuple(map(operator.index, value))
    except TypeError:
        raise TypeError(
            f"{what} is an integer or a sequence of integers, not {value!r}"
        ) from None
