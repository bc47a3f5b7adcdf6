# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Log-densities of what functions make of random values."""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._inverse import inverse_and_ildj
from invhlo._solve.problem import Argnums
from invhlo._util.functions import name_of


def log_prob(
    fun: Callable[..., Any],
    base: Any,
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
    check: bool | float = False,
) -> Callable[..., jax.Array]:
    """Makes the log-density of `fun(x)`, where x has the density `base`.

        >>> import jax, jax.numpy as jnp
        >>> import invhlo
        >>> log_normal = invhlo.log_prob(jnp.exp, jax.scipy.stats.norm.logpdf)
        >>> print(log_normal(2.0))
        -1.8523122

    By the change of variables it is `base(x) + log|det dx/dy|` at the x that
    `inverse(fun)` finds. With `argnums` the others are parameters, as the weights of a
    flow are. Map it by `jax.vmap` over a batch.

        >>> def flow(scale, x):
        ...     return jnp.cumsum(scale * x)
        >>> log_density = invhlo.log_prob(flow, jax.scipy.stats.norm.logpdf, argnums=1)
        >>> batch = jnp.array([[0.0, 1.0], [1.0, 1.0], [2.0, 0.5]])
        >>> print(jax.vmap(log_density, (None, 0))(2.0, batch))
        [-3.3491714 -3.3491714 -4.0054216]

    Args:
      fun: See `inverse`.
      base: The log-density of x, a function, or an object with such a method `log_prob`
        (a distribution of Distrax, NumPyro or TensorFlow Probability). It takes what
        `inverse(fun)` returns, and returns an array: the log-density, or the ones of
        independent parts of x, such as its elements, which are added up.
      *example_args: See `inverse`.
      argnums: See `inverse`.
      static_argnums: See `inverse`.
      static_argnames: See `inverse`.
      check: See `inverse`.

    Returns:
      A function that takes what `inverse(fun)` takes and returns the log-density, a
      real scalar.

    Raises:
      NonInvertibleError: When called: see `inverse_and_ildj`.
      TypeError: `base` is neither; when called, see `inverse`.
      ValueError: See `inverse`.
    """
    density = getattr(base, "log_prob", base)
    if not callable(density):
        raise TypeError(f"{base!r} is neither a function nor has it a log_prob")
    both = inverse_and_ildj(
        fun,
        *example_args,
        argnums=argnums,
        static_argnums=static_argnums,
        static_argnames=static_argnames,
        check=check,
    )

    def log_prob_of_fun(*args: Any, **kwargs: Any) -> jax.Array:
        x, log_det = both(*args, **kwargs)
        total: jax.Array = jnp.sum(density(x)) + log_det
        return total

    log_prob_of_fun.__name__ = f"log_prob_of_{name_of(fun)}"
    log_prob_of_fun.__qualname__ = log_prob_of_fun.__name__
    return log_prob_of_fun
