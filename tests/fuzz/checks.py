# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Judges an inverse by what must hold of it; scripts take this file along."""

import dataclasses
import re

import jax
import jax.extend
import jax.numpy as jnp
import numpy as np

import invhlo

OPERATION = re.compile(r'= "?(stablehlo|chlo)\.|= call|= func\.call')
# An inverse has at most so many operations for one of the function, so many for each
# matrix that JAX factors in it or `erfc`, whose inverse iterates, and so many more.
OPERATIONS = 6, 110, 240, 60
ERFC = re.compile(r"chlo\.erfc\b")
# What is padded inside is known in pieces, two for each dimension, and each piece goes
# its own way through the operations that follow.
TEETH = re.compile(r"stablehlo\.pad .* interior = \[(?!0(?:, 0)*\])(.*?)\]")
PIECES = 2


class WrongError(AssertionError):
    """Something that must hold does not."""

    def __init__(self, what, detail=""):
        super().__init__(f"{what}: {detail}")
        self.what = what


class NotCompiledError(Exception):
    """XLA fails to compile the function itself."""


@dataclasses.dataclass(frozen=True)
class Judge:
    """A function, and how well its inverse is to be.

    Attributes:
      fun: The function.
      args: Its arguments.
      argnums: As for `inverse`: 0, or None.
      tolerance: How far off a number may be.
      image: "open" if whatever is near the results is a result, "copies" if more
        numbers are returned than taken.
      seed: Of perturbations, and of which of the costly judgements are made.
      by_operations: Whether XLA compiles operations only, and no programs.
    """

    fun: object
    args: tuple
    argnums: int | None
    tolerance: float
    image: str = "open"
    seed: int = 0
    by_operations: bool = False

    @property
    def unknown(self):
        """What the inverse is to return."""
        alone = self.argnums is not None or len(self.args) == 1
        return self.args[0] if alone else self.args

    def call(self, x):
        """The function at another `x`."""
        if self.argnums is None and len(self.args) > 1:
            return self.fun(*x)
        return self.fun(x, *self.args[1:])

    def asked(self, y):
        """The arguments of the inverse at `y`."""
        if self.argnums is None:
            return y if type(y) is tuple else (y,)
        return (y, *self.args[1:])

    def judge(self):
        """Returns remarks.

        Raises:
          WrongError: Something that must hold does not.
          invhlo.NonInvertibleError: There is no inverse.
          NotCompiledError: There is nothing to invert.
        """
        x = jax.tree.map(jnp.asarray, self.unknown)
        try:
            y, jacobian = self._forward(x)
        except jax.errors.JaxRuntimeError as error:
            raise NotCompiledError(str(error)) from error
        if not np.all(np.isfinite(flat_of(y))):
            raise WrongError("the function itself", y)
        square = jacobian is not None and jacobian.shape[0] == jacobian.shape[1]
        with_ildj = self.image == "open" or (self.image == "thin" and square)
        remarks = []
        backward = self._compiled(self._backward(with_ildj))
        try:
            back, log_det, gradient, again = backward(y)
        except invhlo.NonInvertibleError as error:
            if self.image != "thin" or not with_ildj:
                raise
            # What does not vary may count as an output.
            remarks, with_ildj = [f"no log-det: {error}"], False
            backward = self._compiled(self._backward(with_ildj))
            back, log_det, gradient, again = backward(y)
        close("x back", back, x, self.tolerance)
        close("f(g(y))", again, y, self.tolerance)
        if self.image == "open":
            other = self._perturbed(y)
            close("f(g(y)) beside y", backward(other)[-1], other, self.tolerance)
        if square and with_ildj:
            want = -np.linalg.slogdet(jacobian)[1]
            bound = 4 * len(jacobian) * self.tolerance
            close("log-det", log_det, want, bound)
        if not np.all(np.isfinite(gradient)):
            raise WrongError("gradient", gradient)
        if square and self.image == "open" and not self._of_log_det:
            inverse = np.linalg.inv(jacobian)
            want = np.cos(np.arange(len(jacobian))) @ inverse
            bound = self.tolerance * len(jacobian) * np.abs(inverse).sum() * 20
            close("value of the gradient", gradient, want, bound)
        if self.seed % 4 == 0:
            self._ahead_of_time()
        if self.seed % 4 == 1 and self.image == "open":
            remarks += self._twice(x, y)
        return remarks

    def is_miscompiled(self):
        """Whether all is well if the same programs are run operation by operation."""
        try:
            dataclasses.replace(self, by_operations=True).judge()
        except Exception:
            return False
        return True

    def _compiled(self, fun):
        """`fun`, traced and compiled; or traced, and run operation by operation."""
        if not self.by_operations:
            return jax.jit(fun)

        def run(*args):
            jaxpr, shape = jax.make_jaxpr(fun, return_shape=True)(*args)
            with jax.disable_jit():
                flat = jax.extend.core.jaxpr_as_fun(jaxpr)(*jax.tree.leaves(args))
            return jax.tree.unflatten(jax.tree.structure(shape), flat)

        return run

    @property
    def _of_log_det(self):
        """Whether the log-det is differentiated, and not what is found."""
        return self.seed % 2 == 1

    def _forward(self, x):
        """The result, and the dense Jacobian without rows of zeros if it is small."""
        flat = flat_of(x)

        def flat_call(flat):
            y = self.call(unflat(flat, x))
            return flat_of(y), y

        if not 0 < flat.size <= 32:
            return jax.tree.map(jnp.asarray, self._compiled(self.call)(x)), None
        jacobian, y = self._compiled(jax.jacfwd(flat_call, has_aux=True))(flat)
        jacobian = np.asarray(jacobian, np.float64)
        return y, jacobian[np.any(jacobian != 0, axis=1)]

    def _perturbed(self, y):
        """Results beside `y`, which are still results."""
        random = np.random.default_rng(self.seed)

        def move(leaf):
            if not is_float(leaf):
                return leaf
            # As far as they are still results, if it grows as an error does.
            gain = self.tolerance / float(jnp.finfo(leaf.dtype).eps)
            noise = min(1e-4, 0.1 / gain) * random.uniform(-1, 1, leaf.shape)
            return leaf + noise.astype(leaf.dtype)

        return jax.tree.map(move, y)

    def _backward(self, with_ildj):
        """All that is asked of the inverse, as one function."""
        options = {"argnums": self.argnums}
        if with_ildj:
            options["reduce_ildj"] = self.seed % 3 > 0
            solve = invhlo.inverse_and_ildj(self.fun, *self.args, **options)
        else:
            solve = invhlo.inverse(self.fun, *self.args, **options)

        def found(y):
            if not with_ildj:
                return solve(*self.asked(y)), jnp.zeros(())
            x, log_det = solve(*self.asked(y))
            return x, sum(jnp.sum(part) for part in jax.tree.leaves(log_det))

        def run(y):
            def objective(flat):
                x, log_det = found(unflat(flat, y))
                if self._of_log_det and with_ildj:
                    return log_det, (x, log_det)
                weights = jnp.cos(jnp.arange(flat_of(x).size))
                return jnp.sum(weights * flat_of(x)), (x, log_det)

            gradient, (x, log_det) = jax.grad(objective, has_aux=True)(flat_of(y))
            return x, log_det, gradient, self.call(x)

        return run

    def _ahead_of_time(self):
        """The text is verified by jaxlib, and of a bounded length."""
        lowered = invhlo.invert_lowered(self.fun, *self.args, argnums=self.argnums)
        if not lowered.compiler_ir().operation.verify():
            raise WrongError("jaxlib's verifier")
        text = lowered.as_text()
        ops = len(OPERATION.findall(text))
        forward = jax.jit(self.fun).lower(*self.args).as_text()
        most = len(OPERATION.findall(forward))
        factor, per_matrix, per_erfc, more = OPERATIONS
        more += per_matrix * text.count("getrf") + per_erfc * len(ERFC.findall(forward))
        teeth = sum(PIECES * (dims.count(",") + 1) for dims in TEETH.findall(forward))
        factor += teeth
        if ops > factor * most + more:
            raise WrongError("operations", f"{ops} of {most}")

    def _twice(self, x, y):
        """The inverse of the inverse is the function, if it is found."""
        inverse = invhlo.inverse(self.fun, *self.args, argnums=self.argnums)
        asked = self.asked(y)
        try:
            if self.argnums is None:
                twice = invhlo.inverse(inverse, *asked)
                got = self._compiled(twice)(*(x if len(self.args) > 1 else (x,)))
                want = asked if len(asked) > 1 else asked[0]
            else:
                twice = invhlo.inverse(inverse, *asked, argnums=0)
                got = self._compiled(twice)(x, *self.args[1:])
                want = y
        except invhlo.NonInvertibleError as error:
            return [f"the inverse is not inverted: {error}"]
        close("inverse of the inverse", got, want, self.tolerance)
        return []


def close(what, got, want, tolerance):
    """Trees, shapes, dtypes and integers are the same, and numbers close."""
    got, want = jax.tree.map(np.asarray, (got, want))
    if jax.tree.structure(got) != jax.tree.structure(want):
        raise WrongError(what, f"{jax.tree.structure(got)}, {jax.tree.structure(want)}")
    for one, other in zip(jax.tree.leaves(got), jax.tree.leaves(want), strict=True):
        if one.shape != other.shape:
            raise WrongError(what, f"{one.shape} for {other.shape}")
        if not jnp.issubdtype(other.dtype, jnp.inexact):
            if one.dtype != other.dtype or not np.array_equal(one, other):
                raise WrongError(what, f"{one} for {other}")
            continue
        off = np.abs(one.astype(complex) - other.astype(complex))
        if not np.all(off <= tolerance * (1 + np.abs(other.astype(complex)))):
            raise WrongError(what, f"{one} for {other}, tolerance {tolerance:.1g}")


def is_float(leaf):
    """Whether a leaf has a density."""
    return jnp.issubdtype(leaf.dtype, jnp.inexact)


def flat_of(tree):
    """The floats of a tree, complex numbers as two, as one vector."""
    parts = [jnp.zeros(0, jnp.float32)]
    for leaf in filter(is_float, map(jnp.asarray, jax.tree.leaves(tree))):
        both = (leaf.real, leaf.imag) if jnp.iscomplexobj(leaf) else (leaf,)
        parts += [part.ravel() for part in both]
    return jnp.concatenate(parts)


def unflat(flat, tree):
    """A tree like `tree`, with the floats of a vector."""
    place = 0

    def take(leaf):
        nonlocal place
        if not is_float(leaf):
            return leaf
        parts = []
        for _ in range(2 if jnp.iscomplexobj(leaf) else 1):
            parts.append(flat[place : place + leaf.size].reshape(leaf.shape))
            place += leaf.size
        made = jax.lax.complex(*parts) if len(parts) == 2 else parts[0]
        return made.astype(leaf.dtype)

    return jax.tree.map(take, tree)
