# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Inversion problems: the unknown arguments of `f`, and calls of its inverse.

A leaf is an array in a pytree of arguments; its flat position is that in the flattened
`(args, kwargs)`.
"""

import dataclasses
import functools
import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._errors import NonInvertibleError
from invhlo._frontend.lowering import Forward, trace
from invhlo._solve.statics import Fixed, integers
from invhlo._util.avals import (
    ShapedArray,
    bits_in,
    check_passes_for,
    numbers_in,
    passes_for,
    shown,
)
from invhlo._util.functions import name_of

Argnums = int | Sequence[int] | None


def argnums_of(argnums: Argnums) -> int | tuple[int, ...] | None:
    """`argnums` with Python integers; hashable.

    Raises:
      TypeError: `argnums` is not None, an integer or a sequence of integers.
    """
    return None if argnums is None else integers(argnums, "argnums")


@dataclasses.dataclass(frozen=True, eq=False)
class _Argument:
    """An argument of the function, or its output.

    Attributes:
      name: Its name in messages.
      tree: A pytree of its avals.
    """

    name: str
    tree: Any

    @functools.cached_property
    def labels(self) -> list[str]:
        """The names of its leaves in messages."""
        paths = jax.tree_util.tree_leaves_with_path(self.tree)
        return [self.name + jax.tree_util.keystr(path) for path, _ in paths]

    def slots(self, order: Iterator[int]) -> Any:
        """Its tree, with a slot for each leaf; `order` numbers the leaves."""
        leaves, structure = jax.tree.flatten(self.tree)
        return jax.tree.unflatten(
            structure,
            [_Slot(aval, next(order), self, i) for i, aval in enumerate(leaves)],
        )


@dataclasses.dataclass(frozen=True, eq=False, slots=True)
class _Slot:
    """A leaf of a call of the inverse.

    Attributes:
      aval: The aval of the array that is passed there.
      order: Its rank among the operands of the inverse program.
      argument: The argument that it is part of.
      place: Its position among the leaves of that argument.
    """

    aval: ShapedArray
    order: int
    argument: _Argument
    place: int

    @property
    def label(self) -> str:
        """The name of the leaf in messages."""
        return self.argument.labels[self.place]


@dataclasses.dataclass(frozen=True)
class Matching:
    """How the leaves of a call become operands of the inverse program.

    Attributes:
      leaves: Positions in the flattened `(args, kwargs)` of the call, in the order in
        which the program takes them.
      dtypes: The dtypes in which the program takes them, in the same order.
    """

    leaves: tuple[int, ...]
    dtypes: tuple[Any, ...]


@dataclasses.dataclass(frozen=True, eq=False)
class Problem:
    """A function, the avals of its arguments, and which of them to solve for.

    Attributes:
      forward: The function, traced.
      args: The avals of its positional arguments.
      kwargs: The avals of its keyword arguments, which are known.
      places: The positions of the unknown arguments, in the user's order.
      splatted: Whether the inverse takes the outputs as its positional arguments.
        Otherwise it has the signature of the function.
      single: Whether the inverse returns one argument, not a tuple.
      parameters: The names of the positional arguments.
      guessed: Whether there were no example arguments, so that the unknown arguments
        are taken to look like the outputs that the inverse was called with.
    """

    forward: Forward
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    places: tuple[int, ...]
    splatted: bool
    single: bool
    parameters: tuple[str, ...]
    guessed: bool = False

    @functools.cached_property
    def _leaves_by_place(self) -> list[list[int]]:
        """The flat positions of the leaves of each unknown argument."""
        args, _ = self._slots
        return [
            [slot.order for slot in jax.tree.leaves(args[place])]
            for place in self.places
        ]

    @functools.cached_property
    def unknown(self) -> tuple[int, ...]:
        """The flat positions of the unknown leaves, ascending."""
        return tuple(sorted(leaf for own in self._leaves_by_place for leaf in own))

    @property
    def unknown_avals(self) -> tuple[ShapedArray, ...]:
        """The avals of the unknown leaves, ascending by position."""
        return tuple(self.forward.in_avals[leaf] for leaf in self.unknown)

    @functools.cached_property
    def labels(self) -> list[str]:
        """The name of each leaf of the arguments in messages."""
        return [slot.label for slot in jax.tree.leaves(self._slots)]

    @functools.cached_property
    def output_labels(self) -> list[str]:
        """The name of each leaf of the output in messages."""
        count = len(self.forward.in_avals)
        slots = [slot for slot in jax.tree.leaves(self._call) if slot.order >= count]
        return [slot.label for slot in sorted(slots, key=lambda slot: slot.order)]

    @functools.cached_property
    def _slots(self) -> tuple[list[Any], dict[str, Any]]:
        """The arguments of the function, with a slot for each leaf."""
        count = itertools.count()
        args = [
            _Argument(f"argument `{name}`", arg).slots(count)
            for name, arg in zip(self.parameters, self.args, strict=True)
        ]
        kwargs = {
            name: _Argument(f"argument `{name}`", self.kwargs[name]).slots(count)
            for name in sorted(self.kwargs)
        }
        return args, kwargs

    def recovered(self, leaves: Sequence[Any]) -> Any:
        """Makes the result of the inverse, the unknown arguments, of their leaves.

        Args:
          leaves: A value for each unknown leaf, ascending by position.
        """
        at = dict(zip(self.unknown, leaves, strict=True))
        arguments = tuple(
            jax.tree.unflatten(
                jax.tree.structure(self.args[place]), [at[leaf] for leaf in own]
            )
            for place, own in zip(self.places, self._leaves_by_place, strict=True)
        )
        return arguments[0] if self.single else arguments

    @functools.cached_property
    def _call(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """A call of the inverse, with a slot for each leaf."""
        known, kwargs = self._slots
        args = list(known)
        forward = self.forward
        output = _Argument(
            f"the output of `{forward.name}`",
            jax.tree.unflatten(forward.out_tree, forward.out_avals),
        ).slots(itertools.count(len(forward.in_avals)))  # the program takes them last
        if self.splatted:
            return (output if type(output) is tuple else (output,)), kwargs
        for place, value in zip(self.places, self._one_for_each(output), strict=True):
            args[place] = value
        return tuple(args), kwargs

    def _one_for_each(self, output: Any) -> Sequence[Any]:
        """The output of the function as one value for each unknown argument."""
        if len(self.places) == 1:
            return [output]
        values = output if isinstance(output, tuple | list) else [output]
        if len(values) != len(self.places):
            raise ValueError(
                f"cannot invert `{self.forward.name}`: it has {len(self.places)} "
                f"unknown arguments but returns {len(values)} value(s); let it return "
                "one for each, or pack the unknown arguments in one pytree"
            )
        return values

    def call_avals(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The avals of what the inverse is called with."""
        args, kwargs = jax.tree.map(lambda slot: slot.aval, self._call)
        return args, kwargs

    def guess_again(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Corrects the dtypes of Python numbers in a call of the inverse.

        Args:
          args: The avals of the arguments of the call. The unknown arguments were
            guessed to look like those that are outputs.

        Returns:
          `args`, where a Python number in the place of an output has the dtype that the
          function returns.
        """
        wanted = jax.tree.leaves(self.call_avals()[0])
        given, structure = jax.tree.flatten(args)
        if len(given) != len(wanted):
            return args
        leaves = [
            ours if ours.dtype != theirs.dtype and passes_for(theirs, ours) else theirs
            for ours, theirs in zip(wanted, given, strict=True)
        ]
        better: tuple[Any, ...] = jax.tree.unflatten(structure, leaves)
        return better

    @functools.cached_property
    def too_many(self) -> str:
        """A note that more numbers are unknown than the function returns, or ""."""
        unknown, given = self.unknown_avals, self.forward.out_avals
        if any(
            jnp.issubdtype(aval.dtype, jax.dtypes.extended)
            for aval in (*unknown, *given)
        ):
            return ""
        wanted, got = sum(map(numbers_in, unknown)), sum(map(numbers_in, given))
        # A bitcast makes fewer numbers of as many bits.
        if got >= wanted or sum(map(bits_in, given)) >= sum(map(bits_in, unknown)):
            return ""
        return f"{_numbers(wanted)}, but the result has {got}"

    def match(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Matching:
        """Matches a call of the inverse with the operands of its program.

        Args:
          args: The avals of the positional arguments of the call.
          kwargs: The avals of its keyword arguments.

        Raises:
          TypeError: There are too many or too few arguments, or unexpected keywords.
          ValueError: A tree, shape or dtype is not the expected one.
        """
        name = self.forward.name
        wanted_args, wanted_kwargs = self._call
        if len(args) != len(wanted_args):
            raise TypeError(
                f"the inverse of `{name}` takes {_count(wanted_args)}, but was given "
                f"{len(args)}"
            )
        if kwargs.keys() != wanted_kwargs.keys():
            raise TypeError(
                f"the inverse of `{name}` takes the keyword arguments "
                f"{sorted(wanted_kwargs)}, but was given {sorted(kwargs)}"
            )
        pairs = [*zip(wanted_args, args, strict=True), (wanted_kwargs, kwargs)]
        for wanted, given in pairs:
            trees: list[Any] = [jax.tree.structure(wanted), jax.tree.structure(given)]
            if trees[0] != trees[1]:
                raise ValueError(
                    f"the inverse of `{name}` takes an argument of the structure "
                    f"{trees[0]}, but was given {trees[1]}"
                )
        slots = jax.tree.leaves(self._call)
        for slot, given in zip(slots, jax.tree.leaves((args, kwargs)), strict=True):
            if given != slot.aval:
                check_passes_for(
                    given, slot.aval, slot.label, _GUESSED if self.guessed else ""
                )
        leaves = sorted(range(len(slots)), key=lambda leaf: slots[leaf].order)
        return Matching(tuple(leaves), tuple(slots[leaf].aval.dtype for leaf in leaves))


_GUESSED = (
    "; its inputs are taken to look like its outputs: if they do not, give example "
    "arguments"
)


def pose(
    fun: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    argnums: Argnums,
    *,
    fixed: Fixed | None = None,
    guessed: bool = False,
    trace_as: Callable[[tuple[Any, ...], dict[str, Any]], Forward] | None = None,
) -> Problem:
    """Traces `fun`, and poses the problem of solving for its unknown arguments.

    Args:
      fun: The function to invert.
      args: Avals of its positional arguments that are not static.
      kwargs: Avals of its keyword arguments that are not static; they are known.
      argnums: The positions of the unknown arguments; None for all.
      fixed: Its static arguments.
      guessed: Whether no example arguments were given: `args` are those of a call of
        the inverse, and the unknown arguments are taken to look like its outputs.
      trace_as: Traces `fun` with its static arguments, perhaps from a cache; by default
        `trace` does.

    Raises:
      TypeError: `fun` cannot be called like this, or an argument is not an array.
      ValueError: There is nothing to solve for, or `fun` has side effects.
    """
    fixed = fixed or Fixed()
    argnums = argnums_of(argnums)
    bound, names = _bind(
        fun, args, kwargs, fixed, argnums, pack=guessed and argnums is None
    )
    dynamic = _dynamic(fun, argnums, fixed, names, kwargs)

    def posed(bound: tuple[Any, ...]) -> Problem:
        try:
            if trace_as is None:
                forward = trace(fixed.applied_to(fun), bound, kwargs)
            else:
                forward = trace_as(bound, kwargs)
        except NonInvertibleError:
            raise
        except (TypeError, ValueError, IndexError) as error:
            if guessed and not _is_ours(error):
                raise _misguided(fun, bound, kwargs, error) from error
            raise
        parameters = tuple(fixed.others(names))
        return problem_of(forward, bound, kwargs, dynamic, parameters, guessed=guessed)

    problem = posed(bound)
    if guessed:
        # A function may return floats where the given outputs are Python integers.
        for _ in range(_GUESSES):
            better = problem.guess_again(args)
            if better == args:
                break
            args = better
            bound = (args,) if len(bound) == 1 < len(args) else args
            problem = posed(bound)
    return problem


_GUESSES = 3  # integers may turn out to be real, and then complex numbers


def problem_of(
    forward: Forward,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    argnums: Argnums,
    parameters: tuple[str, ...],
    *,
    guessed: bool = False,
) -> Problem:
    """The problem of solving for some arguments of a traced function.

    Args:
      forward: The function.
      args: See `Problem`.
      kwargs: See `Problem`.
      argnums: The positions of the unknown arguments; None for all.
      parameters: See `Problem`.
      guessed: See `Problem`.

    Raises:
      NonInvertibleError: Several arguments are unknown because `argnums` is None, and
        they have more numbers than the function returns.
      TypeError: `argnums` is not made of integers.
      ValueError: There is nothing to solve for, or nothing to solve it from.
    """
    argnums = argnums_of(argnums)
    count = len(args)
    places = tuple(range(count)) if argnums is None else _places(argnums, count)
    if not jax.tree.leaves([args[place] for place in places]):
        raise ValueError(f"cannot invert `{forward.name}`: no array to solve for")
    if not forward.out_avals:
        raise ValueError(f"cannot invert `{forward.name}`: it returns no array")
    problem = Problem(
        forward=forward,
        args=args,
        kwargs=kwargs,
        places=places,
        splatted=argnums is None,
        single=isinstance(argnums, int) or (argnums is None and count == 1),
        parameters=parameters,
        guessed=guessed,
    )
    if argnums is None and count > 1 and (lost := problem.too_many):
        raise NonInvertibleError(
            f"cannot invert `{forward.name}`: all {count} arguments are unknown, "
            f"{lost}; say which of ({', '.join(parameters)}) to solve for, such as "
            f"argnums={count - 1}, and the others are known"
        )
    return problem


def _dynamic(
    fun: Callable[..., Any],
    argnums: int | tuple[int, ...] | None,
    fixed: Fixed,
    names: Sequence[str],
    kwargs: dict[str, Any],
) -> int | tuple[int, ...] | None:
    """Renumbers `argnums` among the arguments that are not static.

    Args:
      fun: The function.
      argnums: Positions among all its arguments; None for all.
      fixed: Its static arguments.
      names: The names of all positional arguments of the call.
      kwargs: The keyword arguments of the call.
    """
    if argnums is None:
        return None
    static = {position for position, _ in fixed.args}

    def among_others(place: int) -> int:
        if not -len(names) <= place < len(names):
            called = "".join(_parameters(fun)[place:][:1])
            if called in kwargs or called in dict(fixed.kwargs):
                raise ValueError(
                    f"argnums names argument {place}, `{called}`, which was passed by "
                    "keyword: pass the unknown by position"
                )
        (position,) = _places(place, len(names))
        if position in static:
            raise ValueError(
                f"argnums names argument {place}, `{names[position]}`, which is static"
            )
        return position - sum(other < position for other in static)

    if isinstance(argnums, int):
        return among_others(argnums)
    return tuple(map(among_others, argnums))


def _places(argnums: int | tuple[int, ...], count: int) -> tuple[int, ...]:
    """The positions, none negative, that `argnums` names among `count` arguments."""
    places = (argnums,) if isinstance(argnums, int) else argnums
    for place in places:
        if not -count <= place < count:
            raise ValueError(
                f"argnums names argument {place}, but the function is called with "
                f"{count} argument(s)"
            )
    places = tuple(place % count for place in places)
    if len(set(places)) != len(places):
        raise ValueError(f"argnums names an argument twice: {argnums}")
    return places


def _bind(
    fun: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    fixed: Fixed,
    argnums: int | tuple[int, ...] | None,
    *,
    pack: bool,
) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The positional arguments that `fun` is called with, and their names.

    Args:
      fun: The function.
      args: Its positional arguments that are not static.
      kwargs: Its keyword arguments.
      fixed: Its static arguments.
      argnums: The positions of the unknown arguments, for messages.
      pack: Whether to try the tuple `args` as one argument, if `fun` takes only one.

    Returns:
      The arguments that are not static, and the names of all positional arguments.
    """
    try:
        signature = inspect.signature(fun)
    except (TypeError, ValueError):  # some built-in functions have no signature
        return args, tuple(map(str, range(len(args) + len(fixed.args))))
    attempts = [args]
    if pack and len(args) > 1:
        attempts.append((args,))
    reasons = []
    for attempt in attempts:
        every = fixed.all_of(attempt)
        try:
            bound = signature.bind(*every, **kwargs, **dict(fixed.kwargs))
        except TypeError as error:
            reasons.append(str(error))
            continue
        return attempt, _names(bound, len(every))
    raise TypeError(
        f"cannot call `{name_of(fun)}`: {reasons[0]}{_advice(fun, args, argnums)}"
    )


def _advice(
    fun: Callable[..., Any],
    args: tuple[Any, ...],
    argnums: int | tuple[int, ...] | None,
) -> str:
    """How to call the inverse of `fun`, for the message that `args` do not fit."""
    parameters = _parameters(fun)
    takes = f"; it takes ({', '.join(parameters)})"
    if argnums is not None:
        return f"{takes}: its output stands in the place of the unknown argument"
    if 0 < len(args) < len(parameters):
        place = len(parameters) - 1
        return f"{takes}: say which is unknown, such as argnums={place}"
    return takes


def _parameters(fun: Callable[..., Any]) -> list[str]:
    """The names of the positional parameters of `fun`; empty without a signature."""
    try:
        signature = inspect.signature(fun)
    except (TypeError, ValueError):
        return []
    return [
        name
        for name, parameter in signature.parameters.items()
        if parameter.kind
        in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]


def _names(bound: inspect.BoundArguments, count: int) -> tuple[str, ...]:
    names: list[str] = []
    for name, parameter in bound.signature.parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            names += [f"{name}[{i}]" for i in range(count - len(names))]
        elif len(names) < count:
            names.append(name)
    return tuple(names)


def _is_ours(error: Exception) -> bool:
    return str(error).startswith("cannot invert ")


def _misguided(
    fun: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    error: Exception,
) -> Exception:
    """The exception to raise if `fun` cannot be traced for guessed arguments."""
    given = [shown(arg) for arg in args]
    given += [f"{key}={shown(arg)}" for key, arg in kwargs.items()]
    kind = TypeError if isinstance(error, TypeError) else ValueError
    return kind(
        f"cannot invert `{name_of(fun)}`: it was traced for inputs that look like its "
        f"outputs, {', '.join(given)}, and failed; give example arguments if they do "
        "not look so"
        f"\n  {type(error).__name__}: {error}"
    )


def _numbers(count: int) -> str:
    return f"{count} number" + ("s" if count != 1 else "")


def _count(args: Sequence[Any]) -> str:
    return f"{len(args)} argument" + ("s" if len(args) != 1 else "")
