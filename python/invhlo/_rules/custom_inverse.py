# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`custom_inverse`: functions whose inverses are defined by hand."""

import dataclasses
import functools
import inspect
import weakref
from collections.abc import Callable, Hashable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from invhlo._rules.annotation import (
    Annotation,
    Rule,
    call_annotated,
    is_annotating,
    new_number,
    note_redefinition,
    tracing_rule_of,
)
from invhlo._rules.call import CustomCall
from invhlo._rules.implicit import FromForward
from invhlo._rules.trace import asked_rule, unary_rule
from invhlo._util.functions import name_of


@dataclasses.dataclass(frozen=True, eq=False)
class _Unary:
    """The arguments of `def_inverse_unary`."""

    inverse: Callable[..., Any] | None
    ildj: Callable[..., Any] | FromForward | None

    def rule(self, call: CustomCall) -> Rule:
        return unary_rule(call, self.inverse, self.ildj)


@dataclasses.dataclass(frozen=True, eq=False)
class _General:
    """The argument of `def_inverse_and_ildj`, with the rules made of it."""

    inverse_and_ildj: Callable[..., Any]
    _rules: weakref.WeakValueDictionary[Hashable, Rule] = dataclasses.field(
        default_factory=weakref.WeakValueDictionary
    )

    def rule(self, call: CustomCall) -> Rule:
        """The rule for `call`; calls of the same kind share the rule and its traces."""
        kind = call.kind()
        rule = None if kind is None else self._rules.get(kind)
        if rule is None:
            rule = asked_rule(call, self.inverse_and_ildj)
            if kind is not None:
                self._rules[kind] = rule
        return rule


class custom_inverse:  # noqa: N801, as `jax.custom_jvp` is a function to its users
    """Gives `fun` an inverse that is defined by hand.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> @invhlo.custom_inverse
        ... def softplus(x):
        ...     return jnp.logaddexp(x, 0.0)
        >>> @softplus.def_inverse_unary
        ... def softplus_inverse(y):
        ...     return y + jnp.log(-jnp.expm1(-y))
        >>> print(invhlo.inverse(lambda x: 2.0 * softplus(x))(2.0))
        0.54132485

    Wherever it is not inverted, the result is called, differentiated, mapped and
    lowered exactly as `fun` is. Where it is inverted, the last definition counts;
    without one, `fun` is inverted like any function.

    The inverse is traced when the function around it is inverted. It may call the
    function, and use `inverse`, `ildj` and other custom inverses. Values that it closes
    over must not depend on the unknown.

    The interface is that of Oryx (https://github.com/jax-ml/oryx).

    Args:
      fun: A function of arrays, or pytrees of them, that JAX can trace. Arguments that
        are not arrays, such as Python numbers, are known. If `fun` is a method, its
        object is the first argument of the inverse functions, too.

    Raises:
      TypeError: `fun` is not callable.
    """

    def __init__(self, fun: Callable[..., Any]) -> None:
        if not callable(fun):
            raise TypeError(f"custom_inverse takes a function, not {fun!r}")
        functools.update_wrapper(self, fun)
        self.__name__ = name_of(fun)
        self._fun = fun
        self._definition: _Unary | _General | None = None
        self._was_used = False
        self._number = new_number()

    def __repr__(self) -> str:
        return f"<custom_inverse {self.__name__}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call((), args, kwargs)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else _BoundCustomInverse(self, instance)

    def def_inverse_unary(
        self,
        f_inv: Callable[..., Any] | None = None,
        f_ildj: Callable[..., Any] | FromForward | None = None,
    ) -> Callable[..., Any]:
        """Defines the inverse of a function of one argument.

            >>> import jax.numpy as jnp
            >>> import invhlo
            >>> @invhlo.custom_inverse
            ... def add_one(x):
            ...     return x + 1.0
            >>> @add_one.def_inverse_unary
            ... def add_one_inverse(y):
            ...     return y - 1.0
            >>> print(invhlo.inverse(add_one)(2.0))
            1.0

        The log-det is derived from the inverse, or given as well:

            >>> @add_one.def_inverse_unary(f_ildj=lambda y: jnp.zeros_like(y))
            ... def add_one_inverse(y):
            ...     return y - 1.0
            >>> print(invhlo.ildj(add_one)(2.0))
            0.0

        Args:
          f_inv: Takes the output of the function and returns its argument, with the
            same tree, shapes and dtypes. Arguments that the function was given by
            keyword are known, and passed to `f_inv` if it has parameters for them. None
            to invert the body of the function.
          f_ildj: Takes the same as `f_inv` and returns `log|det dx/dy|` in shares: an
            array for each leaf of the argument, of its shape. The sum of all is the
            log-det; see `spread_log_det`. `invhlo.from_forward` to compute the log-det
            from the Jacobian of the function itself. None to derive it: by propagation
            through `f_inv` where that is possible, else from the Jacobian of `f_inv`,
            or from that of the function if `f_inv` searches, as a bisection does.

        Returns:
          `f_inv`, so that this is a decorator. Without `f_inv`, a decorator for it.

        Raises:
          TypeError: An argument is not callable.
        """
        _check_callable(f_inv, "def_inverse_unary", "f_inv")
        if not isinstance(f_ildj, FromForward):
            _check_callable(f_ildj, "def_inverse_unary", "f_ildj")
        if f_inv is not None:
            self._define(_Unary(f_inv, f_ildj))
            return f_inv
        # Without `f_inv` the compiler inverts the body and derives its log-det.
        is_own = f_ildj is None or isinstance(f_ildj, FromForward)
        self._define(None if is_own else _Unary(None, f_ildj))
        return lambda f_inv: self.def_inverse_unary(f_inv, f_ildj)

    def def_inverse_and_ildj(self, f_ildj: Callable[..., Any]) -> Callable[..., Any]:
        """Defines the inverse of a function, whichever of its arguments are known.

            >>> import invhlo
            >>> @invhlo.custom_inverse
            ... def add(x, y):
            ...     return x + y
            >>> @add.def_inverse_and_ildj
            ... def add_inverse(arguments, output, share):
            ...     x, y = arguments
            ...     if x is None and y is None:
            ...         raise invhlo.NonInvertibleError("both are unknown")
            ...     if x is None:
            ...         return (output - y, y), (share, None)
            ...     return (x, output - x), (None, share)
            >>> print(invhlo.inverse(add, argnums=1)(1.0, 3.0))
            2.0

        Args:
          f_ildj: `f_ildj(invals, outvals, out_ildjs)` takes the tuple of the positional
            arguments, the output of the function, and the shares of the output: for
            each array of the output an array of its shape, its part of the log-det so
            far. Values that are not known are None. Arguments that are passed by
            keyword only are known; `f_ildj` must have a parameter for each of them that
            holds arrays. It returns `(new_invals, new_ildjs)`, both with the structure
            of `invals`: the arguments, None where they stay unknown, and the shares of
            the arguments that it found. It may raise `NonInvertibleError` to say that
            it cannot find any from these; it is tried again when more is known.

        Returns:
          `f_ildj`, so that this is a decorator.

        Raises:
          TypeError: `f_ildj` is not callable.
        """
        if f_ildj is None:
            raise TypeError("def_inverse_and_ildj takes a function, not None")
        _check_callable(f_ildj, "def_inverse_and_ildj", "f_ildj")
        self._define(_General(f_ildj))
        return f_ildj

    def_inverse_ildj = def_inverse_and_ildj

    def _define(self, definition: _Unary | _General | None) -> None:
        if self._was_used:
            note_redefinition()
        self._definition = definition

    def _call(
        self, bound: tuple[Any, ...], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        if not is_annotating(self._number):
            return self._fun(*bound, *args, **kwargs)
        self._was_used = True
        if self._definition is None:
            return self._fun(*bound, *args, **kwargs)
        if not (isinstance(self._definition, _Unary) and args):
            args, kwargs = _as_positional(self._fun, bound, args, kwargs)
        leaves, tree = jax.tree.flatten((args, kwargs))
        given = [i for i, leaf in enumerate(leaves) if _is_array(leaf)]
        call = CustomCall.trace(self._fun, self.__name__, bound, leaves, tree, given)
        if call is None:
            return self._fun(*bound, *args, **kwargs)
        with tracing_rule_of(self._number):
            rule = self._definition.rule(call)
        operands = [*call.closure.take(), *(leaves[i] for i in given)]
        results = call_annotated(
            Annotation(self.__name__, (rule,)), call.body(), operands
        )
        return jax.tree.unflatten(call.out_tree, results)


class _BoundCustomInverse:
    """A method with a custom inverse, bound to its object."""

    def __init__(self, function: custom_inverse, instance: Any) -> None:
        self.__func__ = function
        self.__self__ = instance
        method = getattr(function._fun, "__get__", None)
        functools.update_wrapper(self, method(instance) if method else function._fun)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.__func__._call((self.__self__,), args, kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__func__, name)


def _check_callable(fun: Any, definition: str, what: str) -> None:
    if fun is not None and not callable(fun):
        raise TypeError(f"{definition} takes a function as {what}, not {fun!r}")


def _is_array(leaf: Any) -> bool:
    return isinstance(leaf, jax.Array | np.ndarray | np.generic)


def _as_positional(
    fun: Callable[..., Any],
    bound: tuple[Any, ...],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """`(args, kwargs)` with every keyword that `fun` takes by position made positional.

    Defaults are filled in. The object of a method, `bound`, is left out.
    """
    try:
        binding = inspect.signature(fun).bind(*bound, *args, **kwargs)
    except (TypeError, ValueError):  # calling `fun` raises a better error
        return args, kwargs
    binding.apply_defaults()
    return binding.args[len(bound) :], binding.kwargs


def spread_log_det(total: Any, value: Any) -> jax.Array:
    """Spreads a log-det evenly over the elements of `value`, as its share.

        >>> import jax.numpy as jnp
        >>> import invhlo
        >>> print(invhlo.spread_log_det(6.0, jnp.zeros(3)))
        [2. 2. 2.]

    Args:
      total: The log-det of `value` as a whole, a scalar.
      value: The array that an inverse recovered.

    Returns:
      An array of the shape of `value`, whose sum is `total`. Its dtype is that of
      log-dets: real, and at least single precision.

    Raises:
      ValueError: `value` is neither real nor complex.
    """
    value = jnp.asarray(value)
    dtype = jnp.promote_types(jnp.finfo(value.dtype).dtype, jnp.float32)
    share = jnp.asarray(total, dtype) / max(value.size, 1)
    return jnp.broadcast_to(share, value.shape)
