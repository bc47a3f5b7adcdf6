# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The inverse as an exported program, and programs that others exported."""

import dataclasses
import io
import itertools
import os
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import export as jax_export
from jax import lax
from jax.experimental import serialize_executable

import artifacts
import invhlo
from invhlo._aot.artifact import check_undamaged
from invhlo._aot.portable import _triangular_solve

ALL = ("cpu", "cuda", "rocm", "tpu")
STRUCT = jax.ShapeDtypeStruct((3,), jnp.float32)


@pytest.fixture(params=artifacts.CASES)
def case(request):
    return artifacts.CASES[request.param]


def close(got, wanted):
    np.testing.assert_allclose(got, wanted, rtol=2e-5, atol=1e-6)


def test_exported_inverse(case):
    exported = invhlo.export(case.fun, case.spec, with_ildj=True, vjp_order=1)
    assert isinstance(exported, jax_export.Exported)
    assert exported.platforms == ALL
    back = jax_export.deserialize(exported.serialize())
    x, ildj = back.call(case.y)
    close(x, case.x)
    _, wanted = invhlo.inverse_and_ildj(case.fun)(case.y)
    close(ildj, wanted)

    def loss(of, y):
        x, ildj = of(y)
        return jnp.sum(jnp.sin(x)) + ildj

    gradient = jax.jit(jax.grad(lambda y: loss(back.call, y)))(case.y)
    wanted = jax.grad(lambda y: loss(invhlo.inverse_and_ildj(case.fun), y))(case.y)
    np.testing.assert_allclose(gradient, wanted, rtol=1e-4, atol=1e-5)


READER = """
import sys
import jax, numpy as np
inverse = jax.export.deserialize(bytearray(open("inverse.bin", "rb").read()))
x, ildj = jax.jit(inverse.call)(np.load("y.npy"))
np.savez("x.npz", x=x, ildj=ildj)
assert "invhlo" not in sys.modules
"""


def test_runs_where_invhlo_is_unknown(case, tmp_path):
    exported = invhlo.export(case.fun, case.spec, with_ildj=True)
    (tmp_path / "inverse.bin").write_bytes(exported.serialize())
    np.save(tmp_path / "y.npy", case.y)
    subprocess.run([sys.executable, "-c", READER], cwd=tmp_path, check=True)
    got = np.load(tmp_path / "x.npz")
    close(got["x"], case.x)
    close(got["ildj"], invhlo.ildj(case.fun)(case.y))


def test_is_differentiated_up_to_the_order_and_no_further():
    spec = jax.ShapeDtypeStruct((), jnp.float32)

    def function(order):
        exported = invhlo.export(lambda x: jnp.exp(x), spec, vjp_order=order)
        return jax_export.deserialize(exported.serialize()).call

    np.testing.assert_allclose(jax.grad(jax.grad(function(2)))(2.0), -0.25)
    with pytest.raises(ValueError, match="No VJP is available"):
        jax.grad(jax.grad(function(1)))(2.0)
    explicit = invhlo.export(lambda x: jnp.exp(x), spec).serialize(vjp_order=1)
    np.testing.assert_allclose(
        jax.grad(jax_export.deserialize(explicit).call)(2.0), 0.5
    )


def test_linear_algebra_is_lowered_for_each_platform():
    case = artifacts.CASES["linear"]
    targets = {"cpu": "lapack", "cuda": "cusolver", "rocm": "hipsolver", "tpu": "LuDec"}
    for platform, target in targets.items():
        text = invhlo.export(case.fun, case.spec, platforms=(platform,)).mlir_module()
        assert target in text
        assert not [
            other for other in targets.values() if other != target and other in text
        ]


def test_known_arguments_and_pytrees():
    def scale(params, x):
        return {"y": jnp.exp(x["x"] * params)}

    exported = invhlo.export(scale, STRUCT, {"x": STRUCT}, argnums=1)
    back = jax_export.deserialize(exported.serialize())
    close(back.call(jnp.full(3, 2.0), {"y": jnp.ones(3)})["x"], jnp.zeros(3))


def test_exported_from_a_lowered_inverse():
    lowered = invhlo.invert_lowered(lambda x: jnp.exp(x), STRUCT, with_ildj=True)
    x, ildj = lowered.export(platforms=("cpu",)).call(jnp.ones(3))
    close(x, jnp.zeros(3))
    close(ildj, 0.0)
    assert jax.tree.structure(lowered.out_avals) == lowered.lowered.out_tree


def test_memory_analysis():
    lowered = invhlo.invert_lowered(lambda x: jnp.exp(x), STRUCT)
    assert lowered.memory_analysis().argument_size_in_bytes == 12


@pytest.mark.parametrize("platforms", [("cpu",), ("tpu", "cpu"), ("cpu", "cuda")])
@pytest.mark.parametrize("as_bytes", [False, True])
def test_inverts_what_jax_exported(case, platforms, as_bytes):
    exported = jax_export.export(jax.jit(case.fun), platforms=platforms)(case.spec)
    if case.fun is artifacts.custom:
        with pytest.raises(invhlo.NonInvertibleError):  # exporting drops annotations
            invhlo.invert_lowered(exported)
        return
    program = exported.serialize() if as_bytes else exported
    close(invhlo.invert_lowered(program).compile()(case.y), case.x)


def test_inverts_exported_programs_with_trees_and_unused_arguments():
    def fun(unused, k, *, x):
        return {"y": x * k}

    exported = jax_export.export(jax.jit(fun), platforms=("cpu", "tpu"))(
        STRUCT, STRUCT, x=STRUCT
    )
    lowered = invhlo.invert_lowered(exported, argnums=1)
    y = {"y": jnp.full(3, 6.0)}
    close(lowered.compile()(jnp.ones(3), y, x=jnp.full(3, 2.0)), jnp.full(3, 3.0))


def test_what_it_exported_is_inverted_again():
    exported = invhlo.export(lambda x: jnp.exp(x) + 1.0, STRUCT)
    close(invhlo.invert_lowered(exported).compile()(jnp.zeros(3)), jnp.full(3, 2.0))


@pytest.mark.parametrize("version", [None, "1.0.0"])
def test_portable_artifacts(version):
    case = artifacts.CASES["flow"]
    forward = invhlo.invert_lowered(
        invhlo.invert_lowered(case.fun, case.spec).as_portable_artifact(version)
    )
    close(forward.compile()(case.x), case.y)


def test_bytecode():
    module = jax.jit(jnp.exp).lower(STRUCT).compiler_ir()
    file = io.BytesIO()
    module.operation.write_bytecode(file)
    close(invhlo.invert_lowered(file.getvalue()).compile()(jnp.ones(3)), jnp.zeros(3))


def test_large_literals_are_not_printed():
    weights = np.linspace(1.0, 2.0, 5000, dtype=np.float32)
    exported = jax_export.export(jax.jit(lambda unused, x: x * weights))(
        STRUCT, jax.ShapeDtypeStruct((5000,), jnp.float32)
    )
    x, _ = invhlo.invert_lowered(exported, argnums=1, with_ildj=True).compile()(
        jnp.ones(3), weights
    )
    close(x, jnp.ones(5000))
    x = invhlo.invert_lowered(exported.mlir_module()).compile()(weights)
    close(x, jnp.ones(5000))


def test_a_loop_in_the_place_of_triangular_solves():
    matrix = jnp.asarray(artifacts.MATRIX) + 1j * jnp.eye(artifacts.SIZE)
    rhs = jnp.ones((2, artifacts.SIZE, 3), jnp.complex64)
    for left, lower, transpose, conjugate, unit in itertools.product(
        *[[False, True]] * 5
    ):
        params = {
            "left_side": left,
            "lower": lower,
            "transpose_a": transpose,
            "conjugate_a": conjugate,
            "unit_diagonal": unit,
        }
        a = jnp.broadcast_to(matrix + matrix.T, (2, *matrix.shape))
        b = rhs if left else rhs.mT
        wanted = lax.linalg.triangular_solve(a, b, **params)
        np.testing.assert_allclose(
            _triangular_solve(a, b, **params), wanted, rtol=1e-4, atol=1e-5
        )


def refuses(match, fun, *args, kind=ValueError, **kwargs):
    with pytest.raises(kind, match=match) as caught:
        fun(*args, **kwargs)
    assert "\n" not in str(caught.value)


def test_unknown_platforms():
    for platforms in (("gpu",), ("cpu", "abacus")):
        refuses(
            "unknown platform '.*cpu, cuda, rocm, tpu",
            invhlo.export,
            jnp.exp,
            STRUCT,
            platforms=platforms,
        )
    for platforms in ("cpu", ()):
        refuses("is a tuple", invhlo.export, jnp.exp, STRUCT, platforms=platforms)


def test_programs_that_are_bound_to_a_platform():
    case = artifacts.CASES["linear"]
    text = jax.jit(case.fun).lower(case.spec).as_text()
    lowered = invhlo.invert_lowered(text)
    close(lowered.export(("cpu",)).call(case.y), case.x)
    refuses("lapack.*'cpu'", lowered.export)
    refuses("lapack.*'cpu'", lowered.as_portable_artifact)


def test_programs_for_several_platforms_are_inverted_for_each():
    case = artifacts.CASES["linear"]
    exported = jax_export.export(jax.jit(case.fun), platforms=("cpu", "cuda"))
    lowered = invhlo.invert_lowered(exported(case.spec))
    close(lowered.compile()(case.y), case.x)
    again = lowered.export(("cpu", "cuda"))
    close(again.call(case.y), case.x)
    text = again.mlir_module()
    assert "lapack" in text
    assert "cusolver" in text
    refuses("only 'cpu', 'cuda', for which", lowered.export, ("cpu", "tpu"))


def test_functions_that_differ_on_other_platforms():
    def flow(x):
        return jax.lax.platform_dependent(x, cpu=jnp.exp, default=lambda x: 2 * x)

    case = jax.ShapeDtypeStruct((3,), jnp.float32)
    inverse = invhlo.invert_lowered(flow, case)
    x = jnp.array([1.0, 2.0, 3.0])
    close(inverse.compile()(jnp.exp(x)), x)
    on_tpu = inverse.export(("tpu",)).mlir_module()
    assert "log" not in on_tpu
    assert "divide" in on_tpu
    close(inverse.export().call(jnp.exp(x)), x)


def test_versions_that_cannot_be_written():
    lowered = invhlo.invert_lowered(jnp.exp, STRUCT)
    for version in ("99.0.0", "0.1.0", "new"):
        refuses("the versions are", lowered.as_portable_artifact, version)


@pytest.fixture(scope="module")
def data():
    return bytes(invhlo.export(jnp.exp, STRUCT).serialize())


def test_what_is_no_program():
    for nonsense in (
        b"\0",
        b"\0" * 100,
        os.urandom(64) + b"\xff\0",
        b"\x89PNG\r\n\x1a\n\0",
    ):
        refuses("neither StableHLO nor", invhlo.invert_lowered, nonsense)


def test_truncated_programs(data):
    whole = len(data) - 40 - 16  # without the checksum and what FlatBuffers pads
    for end in range(1, whole, whole // 4):
        refuses("not a|neither", invhlo.invert_lowered, data[:end])


def test_a_flip_of_any_byte_is_noticed(data):
    mark = range(len(data) - 40, len(data) - 32)
    for i in range(len(data)):
        damaged = data[:i] + bytes([data[i] ^ 0xFF]) + data[i + 1 :]
        if i in mark:  # which guards nothing
            check_undamaged(damaged)
        else:
            with pytest.raises(ValueError, match="damaged"):
                check_undamaged(damaged)
    refuses(
        "damaged", invhlo.invert_lowered, data[:99] + bytes([data[99] ^ 1]) + data[100:]
    )


def test_damage_that_ends_the_process_which_reads_it():
    module = jax.jit(jnp.exp).lower(STRUCT).compiler_ir()
    file = io.BytesIO()
    module.operation.write_bytecode(file)
    data = file.getvalue()
    refuses("damaged", invhlo.invert_lowered, data.replace(b"builtin", b"\x9duiltin"))


def test_what_is_too_new():
    exported = invhlo.export(jnp.exp, STRUCT)
    newer = dataclasses.replace(exported, calling_convention_version=99)
    refuses("calling convention 99", invhlo.invert_lowered, newer)
    refuses("calling convention 99", invhlo.invert_lowered, newer.serialize())
    artifact = invhlo.invert_lowered(jnp.exp, STRUCT).as_portable_artifact("1.0.0")
    newer = artifact.replace(b"StableHLO_v1.0.0", b"StableHLO_v9.0.0")
    refuses("StableHLO 9.0.0", invhlo.invert_lowered, newer)


SYMBOLIC = {
    "flow": (artifacts.flow, "b, 8"),
    "linear": (lambda x: artifacts.linear(x.T).T, "b, 8"),
    "custom": (artifacts.custom, "b, 8"),
    "two sizes": (lambda x: jnp.exp(x.transpose(1, 0, 2))[:, ::-1], "b, c, 2"),
    "multiples": (lambda x: jnp.sinh(x.ravel()[::-1]), "b, 3"),
    "roots": (lambda x: jnp.sqrt(x) ** 3, "b, 3"),
    "a quadratic function": (lambda x: x * x + x, "b, 3"),
    "sum": (lambda x: jnp.concatenate([x[:1], x[1:] + x[:1].sum()]), "b, 2*b"),
}


@pytest.mark.parametrize("name", SYMBOLIC)
def test_symbolic_sizes(name):
    fun, shape = SYMBOLIC[name]
    spec = jax.ShapeDtypeStruct(jax_export.symbolic_shape(shape), jnp.float32)
    exported = invhlo.export(fun, spec, with_ildj=True, vjp_order=1)
    call = jax_export.deserialize(exported.serialize()).call
    for b, c in ((3, 2), (16, 5)):
        sizes = shape.replace("2*b", str(2 * b)).replace("b", str(b))
        sizes = tuple(map(int, sizes.replace("c", str(c)).split(",")))
        x = jax.random.uniform(jax.random.key(b), sizes, minval=0.5)
        y = fun(x)
        got, ildj = call(y)
        np.testing.assert_allclose(got, x, rtol=1e-4, atol=1e-5)
        wanted = invhlo.ildj(fun, x)(y)
        np.testing.assert_allclose(ildj, wanted, rtol=1e-4, atol=1e-5)
        gradient = jax.grad(lambda y: call(y)[0].sum())(y)
        wanted = jax.grad(lambda y, x=x: jnp.sum(invhlo.inverse(fun, x)(y)))(y)
        np.testing.assert_allclose(gradient, wanted, rtol=1e-4, atol=1e-5)


NOT_AFFINE = {
    "square": ("b, b*b", (3, 9), jnp.exp),
    "product": ("b, c, b*c + 2", (2, 5, 12), jnp.exp),
    "floordiv": ("b, floordiv(b, 2)", (7, 3), lambda x: jnp.exp(x).T),
}


@pytest.mark.parametrize("name", NOT_AFFINE)
def test_symbolic_sizes_that_are_not_affine(name):
    shape, numbers, fun = NOT_AFFINE[name]
    spec = jax.ShapeDtypeStruct(jax_export.symbolic_shape(shape), jnp.float32)
    x = jax.random.normal(jax.random.key(0), numbers)
    exported = invhlo.export(fun, spec, platforms=("cpu",))
    close(exported.call(fun(x)), x)
    assert exported.out_avals[0].shape == spec.shape


def test_symbolic_sizes_that_known_arguments_tell():
    def fun(k, x):
        return k.sum() + jnp.sinh(x).ravel()

    shape = jax_export.symbolic_shape("b, b")
    k, x = (jax.ShapeDtypeStruct(shape[:n], jnp.float32) for n in (1, 2))
    exported = invhlo.export(fun, k, x, argnums=1, platforms=("cpu",))
    k, x = jnp.ones(3), jnp.linspace(-1, 1, 9).reshape(3, 3)
    close(exported.call(k, fun(k, x)), x)


def test_symbolic_sizes_as_numbers():
    (size,) = jax_export.symbolic_shape("b")
    spec = jax.ShapeDtypeStruct((size,), jnp.float32)
    data = invhlo.export(lambda x: x * x.shape[0], spec).serialize()
    for count in (1, 7):
        x = jnp.arange(1.0, count + 1)
        close(jax_export.deserialize(data).call(x * count), x)


def test_symbolic_sizes_and_functions_with_derivatives_of_their_own():
    def flow(k, x):
        return x * (1 + jax.nn.relu(k))

    (size,) = jax_export.symbolic_shape("b")
    spec = jax.ShapeDtypeStruct((size,), jnp.float32)
    inverse = invhlo.export(flow, spec, spec, argnums=1, vjp_order=1)
    again = jax_export.deserialize(inverse.serialize())
    k, x = jnp.array([-1.0, 0.0, 2.0]), jnp.array([1.0, 2.0, 3.0])
    close(again.call(k, flow(k, x)), x)
    gradient = jax.grad(lambda k: jnp.sum(again.call(k, x)))(k)
    close(gradient, jnp.array([0.0, 0.0, -3.0 / 9.0]))  # at 0, relu says 0


@jax.custom_vjp
def elevenfold(k, flags):
    """Twice what is flagged, with a derivative that nothing else gives."""
    return k * 2 * flags, flags


elevenfold.defvjp(
    lambda k, flags: (elevenfold(k, flags), (k * 11, flags)),
    lambda residuals, cotangents: (residuals[0] * cotangents[0], None),
)


def test_symbolic_sizes_and_functions_with_cotangents_of_their_own():
    def flow(k, flags, x):
        scale, shift = elevenfold(k, flags)
        return x * (1 + scale) + shift

    (size,) = jax_export.symbolic_shape("b")
    spec = jax.ShapeDtypeStruct((size,), jnp.float32)
    flag = jax.ShapeDtypeStruct((size,), jnp.int32)
    inverse = invhlo.export(flow, spec, flag, spec, argnums=2, vjp_order=1)
    again = jax_export.deserialize(inverse.serialize())
    k, x = jnp.array([-1.0, 1.0, 2.0, 3.0]), jnp.array([1.0, 2.0, 3.0, 4.0])
    flags = jnp.array([0, 1, 0, 1])
    y = flow(k, flags, x)
    close(again.call(k, flags, y), x)
    gradient = jax.grad(lambda k: jnp.sum(again.call(k, flags, y)))(k)
    close(gradient, -x / (1 + 2 * k * flags) * 11 * k)


def test_symbolic_sizes_that_cannot_be_carried_through():
    def export(fun, shape):
        shape = jax_export.symbolic_shape(shape)
        invhlo.export(fun, jax.ShapeDtypeStruct(shape, jnp.float32))

    refuses("by itself", export, jnp.exp, "2*b, 3")
    refuses("JAX does not find the sizes", export, jnp.ravel, "b, b")
    refuses("JAX does not find the sizes", export, jnp.ravel, "b, c")

    def squared(x):
        return x * x.shape[0] ** 2

    refuses("depends on them; give numbers", export, squared, "b")

    def depends(x):
        return jnp.exp(x) if x.shape[0] > 100 else -x

    refuses("depends on what they are", export, depends, "b")


@pytest.mark.parametrize("wide", [False, True])
def test_exported_programs_for_several_platforms(wide):
    """The number of the platform, which they take first, is as wide as integers are."""

    def fun(x):
        return jax.lax.platform_dependent(
            x, cpu=lambda x: jnp.exp(2 * x), tpu=lambda x: jnp.exp(3 * x)
        )

    with jax.enable_x64(wide):
        x = jnp.arange(1.0, 4.0)
        plain = jax_export.export(jax.jit(jnp.exp), platforms=("cpu", "tpu"))(x)
        close(invhlo.invert_lowered(plain).compile()(jnp.exp(x)), x)
        told = jax_export.export(jax.jit(fun), platforms=("cpu", "tpu"))(x)
        inverse = invhlo.export(told, platforms=("cpu", "tpu"))
        close(inverse.call(fun(x)), x)


def test_what_jax_lowers_for_one_platform_only():
    def fun(a, x):
        return jax.scipy.linalg.sqrtm(a).real @ x

    a, x = jnp.array([[2.0, 0.3], [0.1, 1.0]]), jnp.array([1.0, -1.0])
    y = jax.jit(fun)(a, x)
    close(invhlo.inverse(fun, argnums=1)(a, y), x)
    exported = invhlo.export(fun, a, x, argnums=1, platforms=("cpu",))
    close(exported.call(a, y), x)
    with pytest.raises(NotImplementedError, match="not found for platform"):
        invhlo.export(fun, a, x, argnums=1, platforms=("cuda",))


def test_exported_programs_of_symbolic_sizes():
    def flow(k, x):
        return jnp.sinh(x * jnp.exp(jnp.tanh(k))) + k

    (size,) = jax_export.symbolic_shape("b")
    specs = [jax.ShapeDtypeStruct((size, 3), jnp.float32) for _ in range(2)]
    exported = jax_export.export(jax.jit(flow))(*specs)
    k, x = jnp.linspace(-1, 1, 6).reshape(2, 3), jnp.linspace(0.5, 2, 6).reshape(2, 3)
    y = flow(k, x)
    for program in (exported, bytes(exported.serialize())):
        lowered = invhlo.invert_lowered(program, argnums=1, with_ildj=True)
        inverse = jax_export.deserialize(lowered.export(("cpu", "tpu")).serialize())
        assert [str(n) for n in inverse.in_avals[1].shape] == ["b", "3"]
        recovered, log_det = inverse.call(k, y)
        close(recovered, x)
        close(log_det, invhlo.ildj(flow, argnums=1)(k, y))


def test_exported_programs_of_symbolic_sizes_with_keyword_arguments():
    (size,) = jax_export.symbolic_shape("b")
    spec = jax.ShapeDtypeStruct((size,), jnp.float32)
    exported = jax_export.export(jax.jit(lambda x, *, k: x * k))(spec, k=spec)
    refuses("keyword arguments", invhlo.invert_lowered, exported, argnums=0)


def test_dynamic_shapes():
    module = """
      func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
        %y = stablehlo.exponential %x : tensor<?xf32>
        return %y : tensor<?xf32>
      }
    """
    refuses("dynamic shape", invhlo.invert_lowered, module)


def test_serialized_executables():
    case = artifacts.CASES["flow"]
    compiled = invhlo.invert_lowered(case.fun, case.spec).compile()
    again = serialize_executable.deserialize_and_load(
        *serialize_executable.serialize(compiled), execution_devices=jax.devices()[:1]
    )
    close(again(case.y), case.x)
