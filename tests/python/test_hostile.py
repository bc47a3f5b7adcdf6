# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Programs that were made to do harm get one error, in time."""

import dataclasses
import hashlib
import subprocess
import sys
import traceback

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import export as jax_export

import invhlo
from invhlo._aot.artifact import _MARK
from invhlo._compiler import apart

SPEC = jax.ShapeDtypeStruct((3,), "float32")
T = "tensor<3xf32>"


def main(body, arguments=f"%x: {T}", result=T, value="%y"):
    return (
        f"func.func public @main({arguments}) -> {result} "
        f"{{\n{body}\nreturn {value} : {result} }}\n"
    )


def nested_brackets(count):
    attribute = "[" * count + "]" * count
    return f"module attributes {{test.a = {attribute}}} {{ {main('', value='%x')} }}"


def nested_types(count):
    return f"func.func @main(%x: {'tuple<' * count}{T}{'>' * count}) {{ return }}"


def nested_branches(count):
    opened = "\n".join(f'%y{i} = "stablehlo.if"(%c) ({{' for i in range(count))
    yields = "stablehlo.return {} : " + T
    closed = "\n".join(
        f"{yields.format(f'%y{i + 1}' if i + 1 < count else '%x')}\n}}, {{ "
        f"{yields.format('%x')} }}) : (tensor<i1>) -> {T}"
        for i in reversed(range(count))
    )
    return main(f"{opened}\n{closed}", f"%x: {T}, %c: tensor<i1>", value="%y0")


def calls(count, times=1):
    """Each function calls the next so often."""
    text = main(f"%y = call @f0(%x) : ({T}) -> {T}")
    for i in range(count):
        values = ["%x", *(f"%v{j}" for j in range(times))]
        body = [
            f"{result} = call @f{i + 1}({operand}) : ({T}) -> {T}"
            if i + 1 < count
            else f"{result} = stablehlo.negate {operand} : {T}"
            for operand, result in zip(values, values[1:], strict=False)
        ]
        text += f"func.func private @f{i}(%x: {T}) -> {T} {{\n" + "\n".join(body)
        text += f"\nreturn {values[-1]} : {T} }}\n"
    return text


ADDED = f"%y = stablehlo.add %x, %y0 : {T}\nreturn %y"


def nested_locations(count):
    lines = ['#l0 = loc("a.py":1:1)']
    lines += [f"#l{i} = loc(callsite(#l{i - 1} at #l0))" for i in range(1, count)]
    place = f"loc(#l{count - 1})"
    return "\n".join([*lines, main(f"%y = stablehlo.negate %x : {T} {place}")])


HOSTILE = {
    "brackets": (nested_brackets(100_000), "damaged or nested too deeply"),
    "types": (nested_types(100_000), "damaged or nested too deeply"),
    "branches": (nested_branches(10_000), "damaged or nested too deeply"),
    "some branches": (nested_branches(100), "regions are nested more than 32 deep"),
    "calls": (calls(20_000), "more than 64 calls are nested"),
    "doubling calls": (calls(40, times=2), "more than 4,000,000 operations"),
    "locations": (nested_locations(200_000), "damaged or nested too deeply"),
    "recursion": (
        main(f"%y = call @main(%x) : ({T}) -> {T}"),
        "more than 64 calls are nested",
    ),
}


def artifact_of(text):
    """What `jax.export` writes, with another module, and with our checksum."""
    exported = invhlo.export(jnp.exp, SPEC, platforms=("cpu",))
    forged = dataclasses.replace(exported, mlir_module_serialized=text.encode())
    return bytes(forged.serialize())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_nested_deeply_is_refused(name):
    text, match = HOSTILE[name]
    for form in (text, text.encode(), artifact_of(text)):
        with pytest.raises(ValueError, match=match):
            invhlo.invert_lowered(form)


def test_an_exported_object_is_read_apart_too():
    exported = jax_export.export(jax.jit(jnp.exp))(SPEC)
    text = nested_brackets(100_000).encode()
    forged = dataclasses.replace(exported, mlir_module_serialized=text)
    with pytest.raises(ValueError, match="damaged or nested too deeply"):
        invhlo.export(forged)


def test_what_is_nested_moderately_is_inverted():
    for text in (calls(60), calls(8, times=2), nested_locations(500)):
        compiled = invhlo.invert_lowered(text).compile()
        assert jnp.abs(compiled(jnp.ones(3))).tolist() == [1, 1, 1]
    of_known = nested_branches(20).replace("%x", "%k").replace("return %y0", ADDED)
    of_known = of_known.replace("%c: tensor<i1>", f"%c: tensor<i1>, %x: {T}")
    compiled = invhlo.invert_lowered(of_known, argnums=2).compile()
    assert compiled(jnp.ones(3), True, jnp.ones(3)).tolist() == [0, 0, 0]


def test_deep_calls_of_a_trusted_program_are_inlined():
    invhlo.invert_lowered(calls(3000), trusted=True)


def test_a_checksum_is_no_pass(monkeypatch):
    """Whoever changes bytes can compute the checksum again."""
    looked_at = []
    monkeypatch.setattr(apart, "check_exported", looked_at.append)
    data = bytes(invhlo.export(jnp.exp, SPEC).serialize())
    assert data[-40:-32] == _MARK
    assert data[-32:] == hashlib.sha256(data[:-40]).digest()
    invhlo.invert_lowered(data)
    assert looked_at == [data]


def test_limit_of_time(monkeypatch):
    """An attribute whose text doubles with each line."""
    monkeypatch.setattr(apart, "SECONDS", 1)
    lines = ["#a0 = [0]"]
    lines += [f"#a{i + 1} = [#a{i}, #a{i}]" for i in range(60)]
    text = main("", value="%x").replace("{\n", "attributes {test.a = #a60} {\n", 1)
    with pytest.raises(ValueError, match="takes more than 1 s"):
        invhlo.invert_lowered("\n".join([*lines, text]))


def test_limit_of_memory(monkeypatch):
    monkeypatch.setattr(apart, "MEMORY", 450 << 20)
    monkeypatch.setattr(apart, "MEMORY_PER_BYTE", 0)
    body = "\n".join(
        f"%v{i + 1} = stablehlo.negate %v{i} : {T}" for i in range(200_000)
    )
    with pytest.raises(ValueError, match="memory"):
        invhlo.invert_lowered(main(body, f"%v0: {T}", value="%v200000"))


@pytest.mark.parametrize(
    "executable", [None, "", "/nowhere/python", "/bin/true", "/bin/false"]
)
def test_python_may_be_part_of_another_program(monkeypatch, executable):
    text = main(f"%y = stablehlo.negate %x : {T}")
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(RuntimeError, match="cannot be started.*trusted=True"):
        invhlo.invert_lowered(text)
    lowered = invhlo.invert_lowered(text, trusted=True)
    assert lowered.compile()(jnp.ones(3)).tolist() == [-1, -1, -1]


def test_no_line_of_another_file_is_shown(tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("password = 'swordfish'\n")
    text = main(f'%y = stablehlo.floor %x : {T} loc("{secret}":1:1)')
    programs = [text, artifact_of(text)]
    for trusted in (False, True):
        for program in programs:
            with pytest.raises(invhlo.NonInvertibleError) as caught:
                invhlo.invert_lowered(program, trusted=trusted)
            assert f"{secret}:1:1" in str(caught.value)
            assert "swordfish" not in str(caught.value)
    exported = jax_export.deserialize(bytearray(artifact_of(text)))
    lowered = jax.jit(exported.call).lower(SPEC)
    for attempt in (
        lambda: invhlo.invert_lowered(lowered),
        lambda: invhlo.inverse(exported.call)(jnp.ones(3)),
    ):
        with pytest.raises(invhlo.NonInvertibleError) as caught:
            attempt()
        assert "swordfish" not in str(caught.value)


def test_no_line_of_another_file_is_in_a_traceback(tmp_path, monkeypatch):
    secret = tmp_path / "secret.py"
    secret.write_text("password = 'swordfish'\n")
    text = main(f'%y = stablehlo.negate %x : {T} loc("{secret}":1:1)')
    inverse = invhlo.invert_lowered(text)

    def fail(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("invhlo._backend.op.RULES", {"stablehlo.negate": fail})
    monkeypatch.setattr("invhlo._backend.reader.RULES", {"stablehlo.negate": fail})
    try:
        inverse.function(jnp.ones(3))
    except KeyboardInterrupt:
        shown = traceback.format_exc()
    assert "secret.py" in shown
    assert "swordfish" not in shown


@pytest.mark.parametrize("place", ['"a\\00b":1:1', '"a":4294967295:4294967295'])
def test_places_that_python_has_not(place):
    text = main(f"%y = stablehlo.negate %x : {T} loc({place})")
    got = invhlo.invert_lowered(text).function(jnp.ones(3))
    assert got.tolist() == [-1, -1, -1]


def test_symbols_that_are_no_text():
    constant = "%c = stablehlo.constant {sym_name = 3 : i32} dense<1> : tensor<i32>\n"
    text = constant + main(f"%y = stablehlo.negate %x : {T}")
    try:
        compiled = invhlo.invert_lowered(text).compile()
    except ValueError:
        return
    assert compiled(jnp.ones(3)).tolist() == [-1, -1, -1]


CALLS = {
    "invhlo.primitive": ("%x, %x", "{invhlo.host = 0 : i64}"),
    "invhlo.bind": ("%x", "{invhlo.host = 0 : i64}"),
}


@pytest.mark.parametrize("target", CALLS)
def test_primitives_of_another_process(target):
    operands, attributes = CALLS[target]
    types = ", ".join([T] * operands.count("%"))
    text = main(
        f"%y = stablehlo.custom_call @{target}({operands}) {attributes} "
        f": ({types}) -> {T}"
    )
    with pytest.raises(ValueError, match="only in the process that lowered it"):
        invhlo.invert_lowered(text)


def test_forged_kinds_change_nothing():
    """Operations of one kind are read once."""
    kind = "{invhlo.kind = 0 : i64}"
    text = main(
        f"%a = stablehlo.negate %x {kind} : {T}\n%y = stablehlo.exponential %a {kind} "
        f": {T}"
    )
    got = invhlo.invert_lowered(text).function(jnp.full(3, 2.0))
    np.testing.assert_allclose(got, -np.log(2) * np.ones(3), rtol=1e-6)


def test_helpers_need_no_inverse_of_their_own():
    text = main(
        f"%s = call @helper(%k) : ({T}) -> {T}\n%y = stablehlo.add %x, %s : {T}",
        f"%k: {T}, %x: {T}",
    )
    text += f"func.func @helper(%x: {T}) -> {T} {{ %y = stablehlo.sign %x : {T}\n"
    text += f"return %y : {T} }}"
    compiled = invhlo.invert_lowered(text, argnums=1).compile()
    assert compiled(jnp.full(3, 2.0), jnp.ones(3)).tolist() == [0, 0, 0]


def test_the_probe_looks_at_no_file_beside_it(tmp_path):
    """Modules of the user that are named like Python's are not imported."""
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    program = (
        "import invhlo; import jax.numpy as jnp\n"
        f"print(invhlo.invert_lowered({main(f'%y = stablehlo.negate %x : {T}')!r}"
        ").compile()(jnp.ones(3)))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "[-1. -1. -1.]\n", done.stderr
