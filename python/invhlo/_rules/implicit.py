# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Derivatives and log-dets of inverses, by implicit differentiation of the function.

Where f(x, k) = y, dx = J^-1 (dy - df/dk dk) with J = df/dx, however x was found.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._errors import NonInvertibleError
from invhlo._jaxcompat import ClosedJaxpr, jaxpr_as_fun
from invhlo._rules.dense import (
    count_dimensions,
    dense_jacobian,
    diagonal,
    diagonal_sources,
    from_real_vector,
    has_density,
    log_slopes,
    no_tangent,
    real_vector,
    spread_evenly,
)
from invhlo._util.avals import stand_in


class FromForward:
    """Takes the log-det and the derivative of a custom inverse from the function.

    `invhlo.from_forward`, in the place of a log-det in `def_inverse_unary`, says that
    the inverse is not to be differentiated: at the x that it finds, the log-det is
    minus that of the function's own Jacobian, and derivatives of any order follow from
    f(x) = y. That is how searches are differentiated: bisections, fixed points,
    Newton's method in a loop.

        >>> import jax, jax.numpy as jnp
        >>> import invhlo
        >>> @invhlo.custom_inverse
        ... def f(x):
        ...     return x + jnp.tanh(x)
        >>> @f.def_inverse_unary(f_ildj=invhlo.from_forward)
        ... def f_inverse(y):
        ...     def halve(interval):
        ...         low, high = interval
        ...         mid = (low + high) / 2
        ...         is_low = f(mid) < y
        ...         return jnp.where(is_low, mid, low), jnp.where(is_low, high, mid)
        ...     def is_wide(interval):
        ...         return jnp.any(interval[1] - interval[0] > 1e-6)
        ...     low, high = jax.lax.while_loop(is_wide, halve, (y - 1.0, y + 1.0))
        ...     return (low + high) / 2
        >>> print(f"{jax.grad(invhlo.inverse(f))(f(0.5)):.4f}")
        0.5598
        >>> print(f"{invhlo.ildj(f)(f(0.5)):.4f}")
        -0.5802

    The function must be differentiable at x and map as many numbers to as many. Its
    Jacobian is a dense matrix, unless the function acts on each element by itself;
    write it for one example and map it by `jax.vmap`.
    """

    def __repr__(self) -> str:
        return "invhlo.from_forward"


from_forward = FromForward()


@dataclasses.dataclass(frozen=True, eq=False)
class Pair:
    """A function and its inverse, whose derivative is taken from the function.

    Attributes:
      name: The function's name.
      function: From `leading` known arguments and the operands to the results.
      inverse: From the same known arguments and the results to the operands.
      leading: How many known arguments both take first.
    """

    name: str
    function: ClosedJaxpr
    inverse: ClosedJaxpr
    leading: int

    @property
    def operands(self) -> Sequence[Any]:
        """The avals of the operands, which the inverse finds."""
        operands: Sequence[Any] = self.function.in_avals[self.leading :]
        return operands

    def implicit_inverse(self) -> ClosedJaxpr:
        """`inverse`, with its derivative by implicit differentiation of `function`."""

        @jax.custom_jvp
        def implicit(known: list[jax.Array], ys: list[jax.Array]) -> list[jax.Array]:
            found: list[jax.Array] = jaxpr_as_fun(self.inverse)(*known, *ys)
            return found

        @implicit.defjvp
        def implicit_jvp(primals: Any, tangents: Any) -> Any:
            known, ys = primals
            known_dots, y_dots = tangents
            xs = implicit(known, ys)
            _, moved = jax.jvp(
                lambda known: self._results(known, xs), (known,), (known_dots,)
            )
            rest = [
                y_dot - y_moved if has_density(y) else y_dot
                for y, y_dot, y_moved in zip(ys, y_dots, moved, strict=True)
            ]
            return xs, self._solve(known, xs, rest)

        def inverse(*arrays: jax.Array) -> list[jax.Array]:
            known, ys = list(arrays[: self.leading]), list(arrays[self.leading :])
            found: list[jax.Array] = implicit(known, ys)
            return found

        return jax.make_jaxpr(inverse)(*map(stand_in, self.inverse.in_avals))

    def ildj(self, known: list[jax.Array], xs: list[jax.Array]) -> list[jax.Array]:
        """log|det dx/dy| at the operands `xs`, as shares for these."""
        self._check_square()
        sources = self._sources()
        if sources is None:
            jacobian = dense_jacobian(lambda xs: self._results(known, xs), xs)
            total = jnp.linalg.slogdet(jacobian).logabsdet
            return spread_evenly(-total, self.operands)
        slopes = diagonal(self.function, sources, known, xs)
        by_operand = {i: slopes[result] for result, i in sources.items()}
        return [-share for share in log_slopes(by_operand, self.operands)]

    def _results(
        self, known: list[jax.Array], xs: Sequence[jax.Array]
    ) -> list[jax.Array]:
        results: list[jax.Array] = jaxpr_as_fun(self.function)(*known, *xs)
        return results

    def _solve(
        self, known: list[jax.Array], xs: list[jax.Array], y_dots: list[jax.Array]
    ) -> list[Any]:
        """The tangents of `xs` that `function` maps to the tangents `y_dots`."""
        self._check_square()
        sources = self._sources()
        if sources is None:
            jacobian = dense_jacobian(lambda xs: self._results(known, xs), xs)
            given = [dot for dot in y_dots if dot.dtype != jax.dtypes.float0]
            found = jnp.linalg.solve(jacobian, real_vector(given))
            found = from_real_vector(found, xs)
        else:
            found = list(xs)
            slopes = diagonal(self.function, sources, known, xs)
            for result, i in sources.items():
                found[i] = (y_dots[result] / slopes[result]).astype(xs[i].dtype)
        return [
            dot if has_density(x) else no_tangent(x)
            for x, dot in zip(xs, found, strict=True)
        ]

    def _sources(self) -> dict[int, int] | None:
        """The operand of each result, if `function` is elementwise; else None."""
        return diagonal_sources(self.function, self.leading)

    def _check_square(self) -> None:
        given = count_dimensions(self.function.out_avals)
        found = count_dimensions(self.operands)
        if given != found:
            raise NonInvertibleError(
                f"the derivative of the inverse of `{self.name}` cannot be had from "
                f"the function, which takes {found} numbers and returns {given}"
            )
