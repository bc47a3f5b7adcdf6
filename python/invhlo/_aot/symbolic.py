# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Symbolic sizes: programs for a few sizes, generalized to one for all.

The compiler needs sizes that are numbers. A function of symbolic sizes is inverted at
a few points, which give every symbol a number, and the programs are compared, equation
by equation. They may differ in numbers only. Each such number is replaced by a size of
an argument or result of the function, or by an expression that is affine in the symbols
with integer coefficients. Any other difference is refused. More programs are compared
than are needed to determine the coefficients, and JAX checks the shapes of the result
for all sizes.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import ClosedJaxpr, is_jit, is_literal, size_at
from invhlo._jaxprs.derivatives import differentiable, jvp_of, vjp_of

# The first number for a symbol. Sizes of 0 and 1 are special to JAX, and other small
# numbers often coincide with sizes that are not symbolic.
_FIRST = 5


class Sizes:
    """Symbolic sizes and the points at which they are numbers.

    Attributes:
      points: For each program that is compared, the number of each symbol by name.
    """

    def __init__(
        self, shapes: Sequence[Sequence[Any]], more_shapes: Sequence[Sequence[Any]] = ()
    ) -> None:
        """Finds the symbols in `shapes`.

        Args:
          shapes: The shapes of the arguments of the function.
          more_shapes: The shapes of its results, in the same symbols.

        Raises:
          ValueError: A symbol occurs in expressions only, never as the size of an axis.
        """

        def symbolic(shapes: Sequence[Sequence[Any]]) -> dict[str, Any]:
            sizes = [size for shape in shapes for size in shape]
            return {str(s): s for s in sizes if not isinstance(s, int)}

        sizes = symbolic(shapes)
        self._symbols = {
            name: size for name, size in sizes.items() if name.isidentifier()
        }
        # The names in JAX's print of an expression, but for functions such as max.
        used = set(re.findall(r"\b[A-Za-z_]\w*\b(?!\()", " ".join(sizes)))
        for name in sorted(used - set(self._symbols)):
            raise ValueError(
                f"the symbolic size `{name}` must be that of some axis by itself"
            )
        first = {name: _FIRST + 2 * i for i, name in enumerate(self._symbols)}
        self.points = [first]
        for name in first:
            self.points.append({**first, name: first[name] + 1})
        self.points.append({name: 2 * size + 1 for name, size in first.items()})
        self.points.append({name: 3 * size + 4 for name, size in first.items()})
        self._known = {
            tuple(size_at(size, point) for point in self.points): size
            for size in {**sizes, **symbolic(more_shapes)}.values()
        }

    def size_of(self, numbers: Sequence[int]) -> Any:
        """The symbolic size whose values at `self.points` are `numbers`.

        Raises:
          DiffersError: No known size has these values, and no affine expression does.
        """
        known = self._known.get(tuple(numbers))
        if known is not None:
            return known
        first = self.points[0]
        size: Any = numbers[0]
        steps = {}
        for name, number in zip(first, numbers[1:], strict=False):
            steps[name] = number - numbers[0]
            size = size + steps[name] * (self._symbols[name] - first[name])
        for point, number in zip(self.points, numbers, strict=True):
            moved = sum(steps[name] * (point[name] - first[name]) for name in first)
            if numbers[0] + moved != number:
                raise DiffersError
        return size


class DiffersError(Exception):
    """The programs at the points differ in a way that no symbolic size explains."""


def _same(value: Any, other: Any) -> bool:
    """Whether two arrays or numbers are equal, NaN included, and of one shape."""
    value, other = np.asarray(value), np.asarray(other)
    if value.shape != other.shape or value.dtype != other.dtype:
        return False
    # What is not itself is NaN.
    are_nan = (value != value) & (other != other)
    return bool(np.all((value == other) | are_nan))


def _whole(number: Any) -> int:
    if not np.isfinite(number) or number != number // 1:
        raise DiffersError
    return int(number)


def generalized(
    name: str, jaxprs: Sequence[ClosedJaxpr], sizes: Sizes
) -> Callable[..., list[Any]]:
    """The function, for all sizes, of which `jaxprs` are the programs at the points.

    It raises `NonInvertibleError` when it is traced, if the programs differ in more
    than sizes.

    Args:
      name: The name of the function in messages.
      jaxprs: One program for each of `sizes.points`.
      sizes: The symbolic sizes.
    """

    def function(*operands: Any) -> list[Any]:
        return _Merger(name, sizes).evaluate(jaxprs, operands)

    return function


class _Merger:
    def __init__(self, name: str, sizes: Sizes) -> None:
        self._name = name
        self._sizes = sizes

    def evaluate(
        self, jaxprs: Sequence[ClosedJaxpr], operands: Sequence[Any]
    ) -> list[Any]:
        """Applies the generalization of `jaxprs` to operands of symbolic shapes."""
        first = jaxprs[0].jaxpr
        values: dict[Any, Any] = dict(zip(first.invars, operands, strict=True))
        self._alike(len(closed.jaxpr.eqns) for closed in jaxprs)
        for variables, *consts in zip(
            first.constvars, *(closed.consts for closed in jaxprs), strict=True
        ):
            values[variables] = self.merge("a constant", consts)
        # Numbers the variables of each program, to check that all programs use
        # corresponding variables.
        places: list[dict[Any, int]] = [{} for _ in jaxprs]
        for own, closed in zip(places, jaxprs, strict=True):
            self._place(own, [*closed.jaxpr.constvars, *closed.jaxpr.invars])

        def read(atoms: Sequence[Any]) -> Any:
            if any(is_literal(atom) for atom in atoms):
                self._alike(is_literal(atom) for atom in atoms)
                merged = self.merge("a number", [atom.val for atom in atoms])
                return jnp.asarray(merged, atoms[0].aval.dtype)
            self._alike(own[atom] for own, atom in zip(places, atoms, strict=True))
            return values[atoms[0]]

        for eqns in zip(*(closed.jaxpr.eqns for closed in jaxprs), strict=True):
            self._alike(eqn.primitive for eqn in eqns)
            self._alike(len(eqn.invars) for eqn in eqns)
            inputs = [
                read(atoms) for atoms in zip(*(e.invars for e in eqns), strict=True)
            ]
            values.update(zip(eqns[0].outvars, self._apply(eqns, inputs), strict=True))
            for own, eqn in zip(places, eqns, strict=True):
                self._place(own, eqn.outvars)
        return [
            read(atoms)
            for atoms in zip(*(closed.jaxpr.outvars for closed in jaxprs), strict=True)
        ]

    @staticmethod
    def _place(places: dict[Any, int], variables: Sequence[Any]) -> None:
        for variable in variables:
            places[variable] = len(places)

    def _apply(self, eqns: Sequence[Any], inputs: Sequence[Any]) -> Sequence[Any]:
        eqn = eqns[0]
        if is_jit(eqn):
            return self.evaluate([e.params["jaxpr"] for e in eqns], inputs)
        if eqn.primitive.name == "custom_jvp_call":
            return self._custom_jvp(eqns, inputs)
        if eqn.primitive.name == "custom_vjp_call":
            return self._custom_vjp(eqns, inputs)
        params = {
            name: self.merge(eqn.primitive.name, [e.params[name] for e in eqns])
            for name in eqn.params
        }
        results = eqn.primitive.bind(*inputs, **eqn.primitive.get_bind_params(params))
        return results if eqn.primitive.multiple_results else [results]

    def _custom_jvp(self, eqns: Sequence[Any], inputs: Sequence[Any]) -> Sequence[Any]:
        """Applies a `jax.custom_jvp` function, with its derivative rule."""
        moving = differentiable(inputs)

        @jax.custom_jvp
        def function(*operands: Any) -> list[Any]:
            return self.evaluate([e.params["call_jaxpr"] for e in eqns], operands)

        @function.defjvp
        def _(primals: Any, tangents: Any) -> Any:
            moved = [tangents[i] for i in moving]
            jaxprs = [jvp_of(eqn, moving) for eqn in eqns]
            results = self.evaluate(jaxprs, [*primals, *moved])
            count = len(eqns[0].outvars)
            return results[:count], results[count:]

        results: Sequence[Any] = function(*inputs)
        return results

    def _custom_vjp(self, eqns: Sequence[Any], inputs: Sequence[Any]) -> Sequence[Any]:
        """Applies a `jax.custom_vjp` function, with its derivative rule."""
        moving = differentiable(inputs)
        pulled = [vjp_of(eqn, moving) for eqn in eqns]
        count = len(eqns[0].outvars)

        @jax.custom_vjp
        def function(*operands: Any) -> list[Any]:
            return self.evaluate([e.params["call_jaxpr"] for e in eqns], operands)

        def forward(*operands: Any) -> Any:
            results = self.evaluate([forward for forward, _ in pulled], operands)
            return results[:count], results[count:]

        def backward(residuals: Any, cotangents: Any) -> Any:
            given = [cotangents[i] for i in differentiable(eqns[0].outvars)]
            found = self.evaluate(
                [backward for _, backward in pulled], [*residuals, *given]
            )
            at = dict(zip(moving, found, strict=True))
            return tuple(at.get(i) for i in range(len(inputs)))

        function.defvjp(forward, backward)
        results: Sequence[Any] = function(*inputs)
        return results

    def merge(self, what: str, found: Sequence[Any]) -> Any:
        """The value, for all sizes, of a parameter or constant of the programs.

        Args:
          what: The name of the value in messages.
          found: Its value in each program.

        Raises:
          NonInvertibleError: The values differ in more than sizes.
        """
        try:
            return self._merge(found)
        except DiffersError:
            raise self._refusal(f"{what} depends on them") from None

    def _merge(self, found: Sequence[Any]) -> Any:
        first = found[0]
        if all(value is first for value in found):
            return first
        if len({type(value) for value in found}) != 1:
            raise DiffersError
        if isinstance(first, ClosedJaxpr):
            return self._merged_jaxpr(found)
        if isinstance(first, tuple | list):
            if len({len(value) for value in found}) != 1:
                raise DiffersError
            merged = [self._merge(values) for values in zip(*found, strict=True)]
            return (
                type(first)(*merged)
                if hasattr(first, "_fields")
                else type(first)(merged)
            )
        if isinstance(first, np.ndarray | jax.Array):
            return self._merged_array([np.asarray(value) for value in found])
        if isinstance(first, float | np.floating) and all(
            _same(value, first) for value in found
        ):
            return first
        if all(value == first for value in found):
            return first
        if isinstance(first, int | np.integer) and not isinstance(first, bool):
            return self._sizes.size_of([int(value) for value in found])
        if isinstance(first, float | np.floating):
            return self._sizes.size_of([_whole(value) for value in found])
        raise DiffersError

    def _merged_array(self, found: Sequence[np.ndarray[Any, Any]]) -> Any:
        first = found[0]
        if all(_same(value, first) for value in found):
            return first
        if first.ndim == 0 and first.dtype.kind in "iuf":
            return self._sizes.size_of([_whole(value) for value in found])
        # The compiler folds broadcasts of constants, so the array must be constant
        # along each axis whose size is symbolic.
        shape = self._merge([value.shape for value in found])
        some = tuple(
            slice(None) if isinstance(size, int) else slice(1) for size in shape
        )
        for value in found:
            alike = np.broadcast_to(value[some], value.shape)
            if not _same(first[some], value[some]) or not _same(value, alike):
                raise DiffersError
        return jnp.broadcast_to(first[some], shape)

    def _merged_jaxpr(self, found: Sequence[ClosedJaxpr]) -> ClosedJaxpr:
        structs = [
            jax.ShapeDtypeStruct(
                self._merge([aval.shape for aval in avals]),
                avals[0].dtype,
                weak_type=avals[0].weak_type,
            )
            for avals in zip(*(closed.in_avals for closed in found), strict=True)
        ]
        closed: ClosedJaxpr = jax.make_jaxpr(
            lambda *operands: self.evaluate(found, operands)
        )(*structs)
        return closed

    def _alike(self, found: Any) -> None:
        if len(set(found)) != 1:
            raise self._refusal("its inverse does other things for other sizes")

    def _refusal(self, reason: str) -> NonInvertibleError:
        return NonInvertibleError(
            f"cannot invert `{self._name}` for symbolic sizes: {reason}; give numbers"
        )
