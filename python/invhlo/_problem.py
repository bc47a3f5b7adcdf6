# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What to solve for: which argument is which, in `f` and in calls of its inverse."""

import dataclasses
import functools
import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax

from invhlo._avals import ShapedArray, check_passes_for
from invhlo._functions import name_of
from invhlo._lowering import Forward, trace

Argnums = int | Sequence[int] | None


@dataclasses.dataclass(frozen=True, eq=False)
class _Argument:
    """An argument of a call, or the output.

    Attributes:
      name: What to call it.
      tree: The avals in it.
    """

    name: str
    tree: Any

    @functools.cached_property
    def labels(self) -> list[str]:
        """What messages call its leaves."""
        paths = jax.tree_util.tree_leaves_with_path(self.tree)
        return [self.name + jax.tree_util.keystr(path) for path, _ in paths]

    def slots(self, order: Iterator[int]) -> Any:
        """Its tree with a slot for each leaf."""
        leaves, structure = jax.tree.flatten(self.tree)
        return jax.tree.unflatten(
            structure,
            [_Slot(aval, next(order), self, i) for i, aval in enumerate(leaves)],
        )


@dataclasses.dataclass(frozen=True, eq=False, slots=True)
class _Slot:
    """A leaf of a call of the inverse.

    Attributes:
      aval: What is passed there.
      order: Where the program takes it.
      argument: The argument that it is in.
      place: Which leaf of that it is.
    """

    aval: ShapedArray
    order: int
    argument: _Argument
    place: int

    @property
    def label(self) -> str:
        """What to call it in messages."""
        return self.argument.labels[self.place]


@dataclasses.dataclass(frozen=True)
class Matching:
    """How the leaves of a call become operands of the inverse program.

    Attributes:
      leaves: Positions in the flattened `(args, kwargs)` of the call, in the order in
        which the program takes them.
      dtypes: What each of them is to have, in the same order.
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
      splatted: Whether calls of the inverse take the outputs alone, as many as the
        function returns. Otherwise they look like calls of the function.
      single: Whether the inverse returns one argument, not a tuple.
      parameters: What the function calls its positional arguments.
    """

    forward: Forward
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    places: tuple[int, ...]
    splatted: bool
    single: bool
    parameters: tuple[str, ...]

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
        """What messages call each leaf of the arguments."""
        return [slot.label for slot in jax.tree.leaves(self._slots)]

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
        """The unknown arguments as the inverse returns them.

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

    def match(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Matching:
        """Matches a call of the inverse, given as avals, with the program.

        Raises:
          TypeError: The call has other arguments than it should.
          ValueError: A tree, shape or dtype is not what the function has.
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
                check_passes_for(given, slot.aval, slot.label)
        leaves = sorted(range(len(slots)), key=lambda leaf: slots[leaf].order)
        return Matching(tuple(leaves), tuple(slots[leaf].aval.dtype for leaf in leaves))


def pose(
    fun: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    argnums: Argnums,
    *,
    guessed: bool = False,
) -> Problem:
    """Traces `fun` for arguments given as avals, and says which are unknown.

    Args:
      fun: The function to invert.
      args: Avals of its positional arguments.
      kwargs: Avals of its keyword arguments, which are known.
      argnums: The positions of the unknown arguments; None for all.
      guessed: No example arguments were given: `args` look like arguments of `fun`
        because some are its outputs. With `argnums` None, all are.

    Raises:
      TypeError: `fun` cannot be called so, or an argument is not an array.
      ValueError: There is nothing to solve for, or `fun` has side effects.
    """
    args, parameters = _bind(fun, args, kwargs, pack=guessed and argnums is None)
    try:
        forward = trace(fun, args, kwargs)
    except Exception as error:
        if guessed:
            error.add_note(
                f"`{name_of(fun)}` was traced for inputs that look like its outputs; "
                "give example arguments if they do not"
            )
        raise
    return problem_of(forward, args, kwargs, argnums, parameters)


def problem_of(
    forward: Forward,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    argnums: Argnums,
    parameters: tuple[str, ...],
) -> Problem:
    """The problem of solving for some arguments of a traced function.

    Args:
      forward: The function.
      args: See `Problem`.
      kwargs: See `Problem`.
      argnums: The positions of the unknown arguments; None for all.
      parameters: See `Problem`.

    Raises:
      ValueError: There is nothing to solve for, or nothing to solve it from.
    """
    count = len(args)
    places = tuple(range(count)) if argnums is None else _places(argnums, count)
    if not jax.tree.leaves([args[place] for place in places]):
        raise ValueError(f"cannot invert `{forward.name}`: no array to solve for")
    if not forward.out_avals:
        raise ValueError(f"cannot invert `{forward.name}`: it returns no array")
    return Problem(
        forward=forward,
        args=args,
        kwargs=kwargs,
        places=places,
        splatted=argnums is None,
        single=isinstance(argnums, int) or (argnums is None and count == 1),
        parameters=parameters,
    )


def _places(argnums: int | Sequence[int], count: int) -> tuple[int, ...]:
    """The positions that `argnums` names among `count` arguments."""
    places = (argnums,) if isinstance(argnums, int) else tuple(argnums)
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
    *,
    pack: bool,
) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The positional arguments that `fun` is called with, and their names.

    Args:
      fun: The function.
      args: What it is to be called with.
      kwargs: Its keyword arguments.
      pack: Whether it may be called with the tuple `args` instead, if it takes one.
    """
    try:
        signature = inspect.signature(fun)
    except (TypeError, ValueError):  # some built-in functions have none
        return args, tuple(map(str, range(len(args))))
    attempts = [args]
    if pack and len(args) > 1:
        attempts.append((args,))
    for attempt in attempts:
        try:
            bound = signature.bind(*attempt, **kwargs)
        except TypeError as error:
            reason = error
            continue
        return attempt, _names(bound, len(attempt))
    raise TypeError(f"cannot call `{name_of(fun)}`: {reason}")


def _names(bound: inspect.BoundArguments, count: int) -> tuple[str, ...]:
    names: list[str] = []
    for name, parameter in bound.signature.parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            names += [f"{name}[{i}]" for i in range(count - len(names))]
        elif len(names) < count:
            names.append(name)
    return tuple(names)


def _count(args: Sequence[Any]) -> str:
    return f"{len(args)} argument" + ("s" if len(args) != 1 else "")
