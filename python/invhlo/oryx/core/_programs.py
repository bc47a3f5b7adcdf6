# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Log-densities of what probabilistic programs return.

While the density of a program is computed, each draw is traced as two jitted functions
with names of their own: what it draws, and the log-density of that. Then JAX maps both
over batches, wherever the draw is. The program is read with an unknown in the place of
each draw and inverted; what is found is scored.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import jax.numpy as jnp

from invhlo._errors import NonInvertibleError
from invhlo._inverse import inverse_and_ildj
from invhlo._jaxcompat import ClosedJaxpr, Jaxpr, JaxprEqn, Var, is_jit
from invhlo._jaxprs.elementwise import called_by
from invhlo._rules.annotation import annotating
from invhlo._util.functions import name_of

_scoring = jax.make_user_context(default_value=None)
_DRAW, _SCORE = "invhlo_draw", "invhlo_score"


def random_variable(
    obj: Any, *, name: str | None = None, plate: str | None = None
) -> Any:
    """Makes a program that draws from a distribution.

        >>> import distrax, jax, jax.numpy as jnp
        >>> from invhlo.oryx.core import log_prob, ppl
        >>> def program(key):
        ...     return jnp.exp(ppl.random_variable(distrax.Normal(0.0, 1.0))(key))
        >>> print(log_prob(program)(2.0))
        -1.8523122

    Args:
      obj: A distribution of TensorFlow Probability, Distrax or NumPyro: an object with
        the methods `sample` and `log_prob`. Functions and arrays are returned as they
        are.
      name: A name, which is ignored.
      plate: Not supported.

    Returns:
      A function of a random key.

    Raises:
      NotImplementedError: There is a `plate`.
    """
    if plate is not None:
        raise NotImplementedError("plates are not supported: use jax.vmap")
    if not (hasattr(obj, "sample") and hasattr(obj, "log_prob")):
        return obj

    def sample(key: jax.Array) -> jax.Array:
        takes_seed = "seed" in inspect.signature(obj.sample).parameters
        drawn: jax.Array = obj.sample(seed=key) if takes_seed else obj.sample(key)
        return drawn

    def score(value: jax.Array) -> jax.Array:
        return jnp.sum(obj.log_prob(value))

    def draw(key: jax.Array) -> jax.Array:
        if _scoring.value is None:
            return sample(key)
        sample.__name__, score.__name__ = _DRAW, _SCORE
        value: jax.Array = jax.jit(sample)(key)
        jax.jit(score)(value)
        return value

    return draw


def log_prob(program: Callable[..., Any]) -> Callable[..., jax.Array]:
    """Makes the log-density of what a probabilistic program returns.

    Args:
      program: A function of a random key and other arguments, which draws from
        distributions by `random_variable` and returns arrays. What it draws must follow
        from what it returns.

    Returns:
      A function of a sample, as `program` returns it, and of the other arguments. It
      returns the log-density of all draws together, a real scalar.

    Raises:
      NonInvertibleError: When called: what was drawn does not follow from the sample,
        or is drawn inside of a loop or a branch.
      TypeError: When called: the sample has another structure than what `program`
        returns.
    """

    def log_prob_of_program(sample: Any, *args: Any, **kwargs: Any) -> jax.Array:
        with annotating(), _scoring(True):
            closed, shapes = jax.make_jaxpr(program, return_shape=True)(
                jax.random.PRNGKey(0), *args, **kwargs
            )
        leaves, tree = jax.tree.flatten(sample)
        wanted: Any = jax.tree.structure(shapes)
        if tree != wanted:
            raise TypeError(
                f"`{name_of(program)}` returns {wanted}, but the sample is {tree}"
            )
        ys = [
            jnp.asarray(leaf, aval.dtype)
            for leaf, aval in zip(leaves, closed.out_avals, strict=True)
        ]
        operands = jax.tree.leaves((jax.random.PRNGKey(0), args, kwargs))

        def of_draws(draws: Sequence[jax.Array]) -> list[jax.Array]:
            return _Run(iter(draws)).closed(closed, operands)

        of_draws.__name__ = name_of(program)
        specs = [
            jax.ShapeDtypeStruct(aval.shape, aval.dtype)
            for aval in _draws_of(closed.jaxpr)
        ]
        draws, log_det = inverse_and_ildj(of_draws, specs)(ys)
        run = _Run(iter(draws))
        run.closed(closed, operands)
        total: jax.Array = log_det + sum(run.scores)
        return total

    return log_prob_of_program


def _mark_of(eqn: JaxprEqn) -> str | None:
    """Whether `eqn` is a draw or a score, by its name; else None."""
    name: str | None = eqn.params.get("name") if is_jit(eqn) else None
    return name if name in (_DRAW, _SCORE) else None


def _has_marks(jaxpr: Jaxpr) -> bool:
    return any(
        _mark_of(eqn) is not None or any(map(_has_marks, _bodies_of(eqn)))
        for eqn in jaxpr.eqns
    )


def _bodies_of(eqn: JaxprEqn) -> Iterator[Jaxpr]:
    for param in jax.tree.leaves(list(eqn.params.values()), is_leaf=_is_body):
        if isinstance(param, ClosedJaxpr):
            yield param.jaxpr
        elif isinstance(param, Jaxpr):
            yield param


def _is_body(param: Any) -> bool:
    return isinstance(param, ClosedJaxpr | Jaxpr)


def _draws_of(jaxpr: Jaxpr) -> Iterator[Any]:
    """The avals of what is drawn, in the order in which a run meets it."""
    for eqn in jaxpr.eqns:
        if _mark_of(eqn) == _DRAW:
            yield eqn.outvars[0].aval
            continue
        body = called_by(eqn)
        if body is not None:
            yield from _draws_of(body)


class _Run:
    """A run of a program with given values in the place of what it draws.

    Attributes:
      draws: These values.
      scores: Their log-densities, as far as the program was run.
    """

    def __init__(self, draws: Iterator[jax.Array]) -> None:
        self.draws = draws
        self.scores: list[jax.Array] = []

    def closed(self, closed: ClosedJaxpr, operands: Sequence[Any]) -> list[Any]:
        return self.jaxpr(closed.jaxpr, [*closed.consts, *operands])

    def jaxpr(self, jaxpr: Jaxpr, operands: Sequence[Any]) -> list[Any]:
        """The results of `jaxpr`, whose operands begin with those of its constants."""
        inputs = [*jaxpr.constvars, *jaxpr.invars]
        values: dict[Var, Any] = dict(zip(inputs, operands, strict=True))

        def value_of(atom: Any) -> Any:
            return values[atom] if isinstance(atom, Var) else atom.val

        for eqn in jaxpr.eqns:
            results = self._equation(eqn, [value_of(atom) for atom in eqn.invars])
            values.update(zip(eqn.outvars, results, strict=True))
        return [value_of(atom) for atom in jaxpr.outvars]

    def _equation(self, eqn: JaxprEqn, operands: list[Any]) -> list[Any]:
        mark = _mark_of(eqn)
        if mark == _DRAW:
            return [next(self.draws)]
        if mark == _SCORE:
            (score,) = self._bind(eqn, operands)
            self.scores.append(jnp.sum(score))
            return [score]
        if any(map(_has_marks, _bodies_of(eqn))):
            body = called_by(eqn)
            if body is None or body.constvars:
                raise NonInvertibleError(
                    f"what is drawn inside of `{eqn.primitive}` has no density here"
                )
            return self.jaxpr(body, operands)
        return self._bind(eqn, operands)

    def _bind(self, eqn: JaxprEqn, operands: list[Any]) -> list[Any]:
        primitive = eqn.primitive
        results = primitive.bind(*operands, **primitive.get_bind_params(eqn.params))
        return list(results) if primitive.multiple_results else [results]
