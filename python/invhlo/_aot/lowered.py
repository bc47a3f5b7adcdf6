# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The inverse ahead of time: lowered or exported, but not yet compiled."""

import contextlib
import dataclasses
import functools
from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np

from invhlo._aot.artifact import ExportedInverse, exported_inverse
from invhlo._aot.formats import Format, format_of
from invhlo._aot.modules import (
    problem_from_exported,
    problem_from_lowered,
    problem_from_text,
)
from invhlo._aot.portable import portable_artifact
from invhlo._aot.reading import check_exported, read_exported
from invhlo._aot.symbolic import DiffersError, Sizes, generalized
from invhlo._compiler.pipeline import LogDet
from invhlo._errors import NonInvertibleError
from invhlo._frontend.lowering import PLATFORMS, Bound
from invhlo._inverse import inverse_of
from invhlo._ir.printing import bytecode_of
from invhlo._jaxcompat import hiding_our_frames, size_at
from invhlo._solve.problem import Argnums, Problem, pose
from invhlo._solve.solve import log_det_avals
from invhlo._solve.statics import Fixed, statics_of
from invhlo._util.avals import avals_of, is_wide, stand_in
from invhlo._util.functions import name_of
from invhlo._util.origin import Origin


@dataclasses.dataclass(frozen=True, eq=False)
class LoweredInverse:
    """The lowered inverse of a function, in the manner of `jax.stages.Lowered`.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> lowered = invhlo.invert_lowered(jnp.exp, jnp.zeros(3))
        >>> print(lowered.out_info)
        ShapeDtypeStruct(shape=(3,), dtype=float32)

    Attributes:
      make: Makes the inverse as a jitted JAX function. Its argument says whether the
        inverse may be a single operation to JAX, which then cannot transform it.
      in_avals: The avals of the arguments of the inverse, as `(args, kwargs)`.
      out_avals: The avals of the results of the inverse, a pytree.
      bound: Why the inverse runs on some platforms only; None if it runs on all.
      calls_back: Whether the inverse calls back into this Python process.
    """

    make: Callable[[bool], Any]
    in_avals: Any
    out_avals: Any
    bound: Bound | None
    calls_back: bool = False

    @functools.cached_property
    def function(self) -> Any:
        """The inverse as a jitted JAX function, which can be transformed."""
        return self.make(False)

    @functools.cached_property
    def lowered(self) -> jax.stages.Lowered:
        """JAX's own object for the inverse."""
        args, kwargs = self._specs
        with self._wide():
            lowered: jax.stages.Lowered = self.make(True).lower(*args, **kwargs)
        return lowered

    def _wide(self) -> contextlib.AbstractContextManager[Any]:
        """A context in which JAX has 64-bit types, if the program uses them."""
        return _wide_for([self.in_avals, self.out_avals])

    @property
    def _specs(self) -> Any:
        return jax.tree.map(stand_in, self.in_avals)

    @property
    def in_tree(self) -> jax.tree_util.PyTreeDef:
        """The tree of the arguments of the inverse, `(args, kwargs)`."""
        return jax.tree.structure(self.in_avals)

    @property
    def out_tree(self) -> jax.tree_util.PyTreeDef:
        """The tree of the results of the inverse."""
        return jax.tree.structure(self.out_avals)

    @property
    def args_info(self) -> Any:
        """Like `in_avals`, with what JAX knows about each argument."""
        return self.lowered.args_info

    @property
    def out_info(self) -> Any:
        """Like `out_avals`, as `jax.ShapeDtypeStruct`."""
        return self.lowered.out_info

    def as_text(self, dialect: str | None = None, *, debug_info: bool = False) -> str:
        """The program as text.

        Args:
          dialect: "stablehlo", as by default, or "hlo".
          debug_info: Whether to show the source lines of the function, from which the
            operations of its inverse come.
        """
        return self.lowered.as_text(dialect, debug_info=debug_info)

    def compiler_ir(self, dialect: str | None = None) -> Any:
        """The program as an object of the compiler; an MLIR module by default."""
        return self.lowered.compiler_ir(dialect)

    def cost_analysis(self) -> Any:
        """XLA's estimate of the cost of running it."""
        return self.lowered.cost_analysis()

    def memory_analysis(self) -> Any:
        """XLA's account of the memory that the program takes, which compiles it."""
        return self.compile().memory_analysis()

    def compile(self, compiler_options: Any = None) -> jax.stages.Compiled:
        """Compiles the program, to be called with what the inverse takes."""
        return self.lowered.compile(compiler_options)

    def as_bytecode(self) -> bytes:
        """The program as MLIR bytecode, for this version of jaxlib to read."""
        return bytecode_of(self.compiler_ir("stablehlo"))

    def as_portable_artifact(self, version: str | None = None) -> bytes:
        """The program as a portable StableHLO artifact, for runtimes other than JAX.

        Args:
          version: The version of StableHLO to write, such as "1.0.0"; by default, the
            newest.

        Raises:
          NotImplementedError: The program does what StableHLO alone cannot express.
          ValueError: There is no such version, or it cannot express the program.
        """
        self._check_platforms(())
        args, kwargs = self._specs
        with self._wide():
            return portable_artifact(self.function.trace(*args, **kwargs), version)

    def export(
        self, platforms: Sequence[str] = PLATFORMS, vjp_order: int = 0
    ) -> ExportedInverse:
        """Exports the inverse with `jax.export`; see `export`.

        Args:
          platforms: The platforms to export for: "cpu", "cuda", "rocm", "tpu".
          vjp_order: How many orders of derivatives are serialized with the inverse.

        Raises:
          ValueError: A platform is unknown, or the inverted program was lowered for
            other platforms and cannot run on it.
        """
        if isinstance(platforms, str) or not platforms:
            raise ValueError(f"platforms is a tuple of names, not {platforms!r}")
        self._check_platforms(platforms)
        args, kwargs = self._specs
        exported = jax.export.export(self.function, platforms=tuple(platforms))
        with self._wide():
            return exported_inverse(exported(*args, **kwargs), vjp_order)

    def _check_platforms(self, platforms: Sequence[str]) -> None:
        for platform in platforms:
            if platform not in PLATFORMS:
                raise ValueError(
                    f"unknown platform {platform!r}: choose from {', '.join(PLATFORMS)}"
                )
        if self.calls_back:
            raise ValueError(
                "the inverse calls back into Python (`pure_callback`), so it cannot "
                "leave this process"
            )
        bound = self.bound
        if bound and not (platforms and set(platforms) <= set(bound.platforms)):
            raise ValueError(
                f"the program calls `{bound.call}`, which only "
                f"{', '.join(map(repr, bound.platforms))}, for which it was lowered, "
                "is known to have: export the inverse for that only, or invert the "
                "function itself"
            )


def _wide_for(avals: Any) -> contextlib.AbstractContextManager[Any]:
    """A context in which JAX has 64-bit types, if any of `avals` has one."""
    return jax.enable_x64(True) if is_wide(avals) else contextlib.nullcontext()


Invertible = Callable[..., Any] | jax.stages.Lowered | jax.export.Exported | str | bytes


@hiding_our_frames
def invert_lowered(
    fun: Invertible,
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
    with_ildj: bool = False,
    reduce_ildj: bool = True,
    trusted: bool = False,
) -> LoweredInverse:
    """Inverts a function ahead of time.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> lowered = invhlo.invert_lowered(lambda x: jnp.exp(2 * x), jnp.zeros(3))
        >>> "stablehlo.log" in lowered.as_text()
        True
        >>> print(lowered.compile()(jnp.ones(3)))
        [0. 0. 0.]

    Args:
      fun: The function to invert: a Python function; what `jax.jit(...).lower(...)` or
        `jax.export.export(...)` returned for it; or, from any front end, a StableHLO
        module whose `@main` is the function, as text, bytecode or a portable artifact.
        Bytes may also be a serialized `jax.export.Exported`.
      *example_args: Arguments of `fun`, or `jax.ShapeDtypeStruct` in their place. Given
        for Python functions only; the other forms know the types of their arguments.
      argnums: See `inverse`. For a module, positions of arguments of `@main`.
      static_argnums: See `inverse`. `example_args` include the static arguments; the
        lowered inverse takes the other ones.
      static_argnames: See `inverse`.
      with_ildj: Whether the inverse also returns the inverse log-det-Jacobian, as
        `inverse_and_ildj` does.
      reduce_ildj: See `inverse_and_ildj`.
      trusted: Whether you trust the origin of a program that is text, bytes or
        exported, so that it is read in this process. Otherwise it is first read in a
        process of its own, with limits of time and memory, which takes a second at
        most: MLIR may crash the process in which it reads a damaged program.

    Returns:
      The lowered inverse, which takes and returns the same as `inverse(fun)`.

    Raises:
      NonInvertibleError: `fun` has no inverse that can be derived.
      TypeError: `fun` is none of these forms, or example arguments are missing, or are
        given where `fun` is not a Python function.
      ValueError: The module cannot be read, has no `@main` or has dynamic shapes; or
        see `inverse`.
    """
    inverse = lazily_inverted(
        fun,
        *example_args,
        argnums=argnums,
        static_argnums=static_argnums,
        static_argnames=static_argnames,
        with_ildj=with_ildj,
        reduce_ildj=reduce_ildj,
        trusted=trusted,
    )
    _ = inverse.lowered  # raises errors now, not at the first use
    return inverse


@hiding_our_frames
def export(
    fun: Invertible,
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
    platforms: Sequence[str] = PLATFORMS,
    with_ildj: bool = False,
    reduce_ildj: bool = True,
    vjp_order: int = 0,
    trusted: bool = False,
) -> ExportedInverse:
    """Inverts a function and exports the inverse.

        >>> import jax, jax.numpy as jnp
        >>> import invhlo
        >>> spec = jax.ShapeDtypeStruct((3,), "float32")
        >>> data = invhlo.export(lambda x: jnp.exp(2 * x), spec).serialize()
        >>> print(jax.export.deserialize(data).call(jnp.ones(3)))
        [0. 0. 0.]

    What `serialize()` returns is read by `jax.export.deserialize` where `invhlo` is not
    installed.

    Args:
      fun: See `invert_lowered`.
      *example_args: See `invert_lowered`. Shapes may have symbolic sizes, from
        `jax.export.symbolic_shape`, where the inverse is the same program for all.
      argnums: See `inverse`.
      static_argnums: See `invert_lowered`.
      static_argnames: See `inverse`.
      platforms: The platforms to export for: "cpu", "cuda", "rocm", "tpu".
      with_ildj: Whether the inverse also returns the inverse log-det-Jacobian.
      reduce_ildj: See `inverse_and_ildj`. The shares of a batch, summed over every axis
        but the first, are the log-dets of its examples.
      vjp_order: How often the deserialized function can be differentiated. Each order
        is a program of its own and holds the weights that `fun` closes over; pass large
        weights as known arguments.
      trusted: See `invert_lowered`.

    Returns:
      A `jax.export.Exported`, whose `serialize()` writes `vjp_order` orders of
      derivatives unless told otherwise.

    Raises:
      NonInvertibleError: `fun` has no inverse that can be derived.
      TypeError: See `invert_lowered`.
      ValueError: A platform is unknown; or see `invert_lowered`.
    """
    inverse = lazily_inverted(
        fun,
        *example_args,
        argnums=argnums,
        static_argnums=static_argnums,
        static_argnames=static_argnames,
        with_ildj=with_ildj,
        reduce_ildj=reduce_ildj,
        trusted=trusted,
    )
    return inverse.export(platforms, vjp_order)


def lazily_inverted(
    fun: Any,
    *example_args: Any,
    argnums: Argnums = None,
    static_argnums: int | Sequence[int] | None = None,
    static_argnames: str | Sequence[str] | None = None,
    with_ildj: bool = False,
    reduce_ildj: bool = True,
    trusted: bool = False,
) -> LoweredInverse:
    """Like `invert_lowered`, but lowers the inverse at the first use."""
    origin = Origin.TRUSTED if trusted else Origin.FOREIGN
    fun = _read(fun, origin)
    invert = functools.partial(
        lazily_inverted,
        argnums=argnums,
        static_argnums=static_argnums,
        static_argnames=static_argnames,
        with_ildj=with_ildj,
        reduce_ildj=reduce_ildj,
        trusted=trusted,
    )
    fixed = Fixed()
    if callable(fun):
        statics = statics_of(fun, static_argnums, static_argnames)
        fixed, example_args, _ = statics.split(example_args, {})
    elif static_argnums is not None or static_argnames is not None:
        raise TypeError("static arguments are those of Python functions only")

    if isinstance(fun, jax.export.Exported) and _has_symbols(fun.in_avals):
        return _symbolically_inverted(
            fun.fun_name,
            fun.call,
            _arguments_of(fun),
            lambda *specs: invert(_lowered_at(fun, specs)),
        )
    if callable(fun) and _has_symbols(example_args):
        return _symbolically_inverted(
            name_of(fun),
            fixed.applied_to(fun),
            example_args,
            lambda *specs: invert(fun, *fixed.all_of(specs)),
        )
    problem = _problem(fun, example_args, fixed, argnums, origin)
    log_det: LogDet = "none"
    if with_ildj:
        log_det = "total" if reduce_ildj else "shares"
    in_avals = args, kwargs = problem.call_avals()

    def make(spliced: bool) -> Any:
        inverse = inverse_of(
            problem,
            args,
            kwargs,
            log_det,
            # JAX looks for shardings and callbacks in its own operations only, so a
            # program that has any is not hidden in one operation.
            spliced=spliced
            and not problem.forward.names_devices
            and not problem.forward.calls_back,
        )

        def inverted(*args: Any, **kwargs: Any) -> Any:
            results = inverse(jax.tree.leaves((args, kwargs)))
            return results if with_ildj else results[0]

        inverted.__name__ = f"{problem.forward.name}.inverse"
        return jax.jit(inverted)

    out_avals = problem.recovered(problem.unknown_avals)
    if with_ildj:
        ildj = log_det_avals(problem, log_det)
        out_avals = out_avals, ildj[0] if reduce_ildj else problem.recovered(ildj)
    return LoweredInverse(
        make=make,
        in_avals=in_avals,
        out_avals=out_avals,
        bound=problem.forward.bound,
        calls_back=problem.forward.calls_back,
    )


def _read(fun: Any, origin: Origin) -> Any:
    """`fun`, deserialized and checked if it is an exported program."""
    if isinstance(fun, bytearray | memoryview):
        fun = bytes(fun)
    if isinstance(fun, bytes) and format_of(fun) is Format.EXPORTED:
        return read_exported(fun, origin)
    if isinstance(fun, jax.export.Exported):
        check_exported(fun, origin)
    return fun


def _arguments_of(exported: jax.export.Exported) -> tuple[Any, ...]:
    specs = [stand_in(aval) for aval in exported.in_avals]
    args, kwargs = jax.tree.unflatten(exported.in_tree, specs)
    if kwargs:
        raise ValueError(
            f"cannot invert `{exported.fun_name}` for symbolic sizes: it takes keyword "
            "arguments; export it with positional ones"
        )
    return tuple(args)


def _lowered_at(exported: jax.export.Exported, specs: Any) -> jax.stages.Lowered:
    with _wide_for(specs):
        return jax.jit(exported.call).lower(*specs)


def _has_symbols(specs: Any) -> bool:
    return any(
        not isinstance(size, int)
        for spec in jax.tree.leaves(specs)
        for size in np.shape(spec)
    )


def _symbolically_inverted(
    name: str,
    fun: Callable[..., Any],
    specs: tuple[Any, ...],
    inverted_at: Callable[..., LoweredInverse],
) -> LoweredInverse:
    """Inverts `fun` for arguments of symbolic sizes.

    Args:
      name: The name of the function in messages.
      fun: The function to invert.
      specs: The types of its positional arguments, with symbolic sizes.
      inverted_at: Inverts `fun` for arguments of types whose sizes are numbers.
    """
    try:
        returned = jax.eval_shape(fun, *specs)
    except jax.errors.InconclusiveDimensionOperation as error:
        raise ValueError(
            f"cannot invert `{name}` for symbolic sizes: what it does depends on what "
            "they are; give numbers"
        ) from error
    sizes = Sizes(
        [np.shape(spec) for spec in jax.tree.leaves(specs)],
        [np.shape(result) for result in jax.tree.leaves(returned)],
    )

    def at(point: dict[str, int]) -> LoweredInverse:
        def number(spec: Any) -> jax.ShapeDtypeStruct:
            shape = tuple(size_at(size, point) for size in np.shape(spec))
            return jax.ShapeDtypeStruct(shape, jax.dtypes.result_type(spec))

        return inverted_at(*jax.tree.map(number, specs))

    inverses = [at(point) for point in sizes.points]

    def avals(found: list[Any]) -> Any:
        return jax.tree.map(
            lambda *each: each[0].update(
                shape=tuple(
                    map(sizes.size_of, zip(*(a.shape for a in each), strict=True))
                )
            ),
            *found,
        )

    jaxprs = []
    for inverse in inverses:
        args, kwargs = inverse._specs
        jaxprs.append(jax.make_jaxpr(inverse.function)(*args, **kwargs))
    function = generalized(name, jaxprs, sizes)
    try:
        in_avals = avals([inverse.in_avals for inverse in inverses])
        out_avals = avals([inverse.out_avals for inverse in inverses])
    except DiffersError:
        raise NonInvertibleError(
            f"cannot invert `{name}` for symbolic sizes: there is no expression in "
            "them for a shape that its inverse takes or returns; give numbers"
        ) from None
    _check_solvable(name, in_avals)

    def inverted(*args: Any, **kwargs: Any) -> Any:
        results = function(*jax.tree.leaves((args, kwargs)))
        return jax.tree.unflatten(jax.tree.structure(out_avals), results)

    inverted.__name__ = f"{name}.inverse"
    return LoweredInverse(
        make=lambda _: jax.jit(inverted),
        in_avals=in_avals,
        out_avals=out_avals,
        bound=inverses[0].bound,
        calls_back=inverses[0].calls_back,
    )


def _check_solvable(name: str, in_avals: Any) -> None:
    """Checks that the shapes of the arguments determine the symbolic sizes.

    Args:
      name: The name of the function in messages.
      in_avals: The avals of the arguments of the inverse, `(args, kwargs)`.

    Raises:
      NonInvertibleError: JAX cannot solve the shapes for the sizes.
    """
    args, kwargs = jax.tree.map(stand_in, in_avals)
    try:
        jax.export.export(jax.jit(lambda *_, **__: ()))(*args, **kwargs)
    except ValueError:
        shapes = ", ".join(str(aval.shape) for aval in jax.tree.leaves(in_avals))
        raise NonInvertibleError(
            f"cannot invert `{name}` for symbolic sizes: its inverse takes arrays of "
            f"shapes {shapes}, from which JAX does not find the sizes; give numbers"
        ) from None


def _problem(
    fun: Any,
    example_args: tuple[Any, ...],
    fixed: Fixed,
    argnums: Argnums,
    origin: Origin,
) -> Problem:
    if isinstance(fun, jax.stages.Lowered | jax.export.Exported | str | bytes):
        if example_args:
            raise TypeError("example arguments are given for Python functions only")
        return _problem_of_program(fun, argnums, origin)
    if not callable(fun):
        raise TypeError(f"cannot invert {fun!r}: it is not a function")
    if not example_args:
        raise TypeError(
            "a Python function needs example arguments, such as "
            "jax.ShapeDtypeStruct((8, 64), 'float32')"
        )
    avals = avals_of(example_args, "example arguments")
    return pose(fun, avals, {}, argnums, fixed=fixed)


def _problem_of_program(
    program: jax.stages.Lowered | jax.export.Exported | str | bytes,
    argnums: Argnums,
    origin: Origin,
) -> Problem:
    if isinstance(program, jax.stages.Lowered):
        return problem_from_lowered(program, argnums, origin)
    try:
        if isinstance(program, jax.export.Exported):
            return problem_from_exported(program, argnums, origin)
        return problem_from_text(program, argnums, origin)
    except (IndexError, KeyError, AttributeError, RuntimeError) as error:
        # Raised where a damaged module has names that are not text, or inconsistent
        # parts.
        if isinstance(error, RuntimeError) and "nanobind" not in str(error):
            raise
        raise ValueError(f"the program is damaged: {error}") from error
