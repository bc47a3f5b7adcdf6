# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Damages programs, and sees that whoever reads them survives.

    python tests/fuzz/hostile_bytes.py --count 20000 --seed 1

With each mutant, of text, bytecode, a portable artifact or what `jax.export` wrote, is
done what `invhlo.invert_lowered` does: the probe reads it in a process that may end of
it, and what it accepts is inverted, here in a process that may not.
Afterwards there is an inverse that MLIR verifies, or an error of a kind that is
documented. What does not end so is kept, and `--file` runs it where a debugger sees it.
"""

import argparse
import collections
import contextlib
import functools
import io
import os
import random
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from pathlib import Path

ALLOWED = (ValueError, TypeError, NotImplementedError)
WORK = 20  # seconds for which the probe may work on a mutant
PATIENCE = 600  # seconds that a step may take, however busy the machine is
TOKEN = re.compile(r"\d+|[a-z_]+|[^\w\s]")
NUMBERS = ["0", "1", "2", "5", "-1", str(10**12), str(2**63)]
TYPES = ["f32", "f64", "i1", "i32", "ui8", "bf16", "complex<f32>", "?xf32", "f8E4M3FN"]
ATTRIBUTES = [
    *("invhlo.rules = []", "invhlo.rules = [{}]", "invhlo.rules = 3 : i32"),
    'invhlo.rules = [{inverse = @main}, {host = "x"}]',
    "invhlo.rules = [{operands = array<i64: 9>, finds = array<i64: 0, 0>}]",
    *("invhlo.kind = 0 : i64", 'invhlo.kind = "x"', "invhlo.name = 5 : i32"),
    *("invhlo.host = -1 : i64", "invhlo.dim = 7 : i64", "invhlo.unknown"),
]
TARGETS = ["primitive", "bind", "split", "solve", "log_abs_det", "custom_inverse", "x"]


@functools.cache
def corpus():
    """Programs, as text and as bytes."""
    import jax
    import jax.numpy as jnp
    import numpy as np

    import invhlo

    @invhlo.custom_inverse
    def cube(x):
        return x * x * x

    cube.def_inverse_unary(jnp.cbrt)

    def coupling(x):
        keep, change = jnp.split(x, 2)
        return jnp.concatenate([change * jnp.exp(jnp.sin(keep)) + keep, jnp.tanh(keep)])

    def masked(x):
        mask = np.arange(6) % 2 == 0
        return jnp.where(mask, x, x * jnp.exp(jnp.where(mask, x, 0).sum()))

    def mixed(x):
        matrix = np.eye(6, dtype="float32") * 2
        return (matrix @ x)[np.array([2, 0, 3, 1, 5, 4])].reshape(2, 3).T

    def summed(x):
        return jnp.cumsum(jnp.pad(x, 2)[2:-2].at[1].add(2.0))

    def looping(x):
        known = jax.lax.scan(lambda c, _: (jnp.sin(c), c), x[:1], None, 3)[0]
        branch = jax.lax.cond(x[0] > 0, jnp.cos, jnp.sin, x[0])
        return x.at[1:].add(known.sum() * branch)

    def transformed(x):
        return jax.nn.softplus(jnp.fft.irfft(jnp.fft.rfft(x, n=6) * 2, n=6))

    def solved(x):
        matrix = jnp.eye(6) + jnp.tri(6) * 0.3
        return jnp.linalg.solve(matrix, x) + cube(x[::-1].astype(jnp.float32)) * 0

    def custom(x):
        return 2 * cube(x) + 1

    @jax.jit
    def helper(x, y):
        return x * jnp.exp(y) + jnp.sort(y)

    def calling(x):
        a, b = x[::2], x[1::2]
        b = helper(b, a)
        return jnp.stack([helper(a, b), b], 1)

    functions = [
        *(coupling, masked, mixed, summed, looping, transformed, solved, custom),
        calling,
    ]
    spec = jax.ShapeDtypeStruct((6,), jnp.float32)
    texts, files = [], []
    for fun in functions:
        lowered = jax.jit(fun).lower(spec)
        texts.append(lowered.as_text())
        texts.append(lowered.as_text(debug_info=True))
        texts.append(invhlo.lower_annotated(fun, spec))
        written = io.BytesIO()
        lowered.compiler_ir().operation.write_bytecode(written)
        files.append(written.getvalue())
        exported = jax.export.export(jax.jit(fun), platforms=("cpu", "tpu"))(spec)
        files.append(bytes(exported.serialize(vjp_order=1)))
        files.append(exported.mlir_module_serialized)
    inverse = invhlo.export(coupling, spec, platforms=("cpu",))
    files.append(bytes(inverse.serialize()))
    return texts, files


def mutate_text(text, draw):
    """Changes, swaps, repeats or drops a part of a program."""
    kind = draw.choice(
        ["character", "token", "number", "line", "lines", "type", "attribute", "call"]
    )
    if kind == "character":
        at = draw.randrange(len(text))
        return text[:at] + text[at + 1 :]
    if kind in ("line", "lines"):
        lines = text.split("\n")
        at, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        if kind == "line":
            del lines[at]
        elif draw.random() < 0.5:
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines.insert(at, lines[other])
        return "\n".join(lines)
    if kind == "attribute":
        attribute = draw.choice(ATTRIBUTES)
        places = list(re.finditer(r"\{(?=\w+\.?\w* =)|(?= : (\(|tensor))", text))
        if not places:
            return text
        at = draw.choice(places).end()
        new = f"{attribute}, " if text[at - 1] == "{" else f" {{{attribute}}}"
        return text[:at] + new + text[at:]
    pattern, new = {
        "type": (re.compile(r"(?<=x)[a-z]+\d+(?=>)"), draw.choice(TYPES)),
        "call": (
            re.compile(r"stablehlo\.\w+(?= %)"),
            f"stablehlo.custom_call @invhlo.{draw.choice(TARGETS)}",
        ),
        "number": (re.compile(r"\d+"), draw.choice(NUMBERS)),
        "token": (TOKEN, None),
    }[kind]
    places = list(pattern.finditer(text))
    if not places:
        return text
    new = draw.choice(places).group() if new is None else new
    old = draw.choice(places)
    if kind == "call":  # with its operands in parentheses
        end = text.find(" : ", old.end())
        operands = " ".join(re.findall(r"%\w+", text[old.end() : end])).replace(
            " ", ", "
        )
        return f"{text[: old.start()]}{new}({operands}){text[end:]}"
    return text[: old.start()] + new + text[old.end() :]


def mutate_bytes(data, draw):
    """Flips, drops, repeats or overwrites bytes."""
    at, length = draw.randrange(len(data)), draw.choice([1, 1, 1, 2, 4, 16])
    kind = draw.choice(["flip", "bit", "bit", "drop", "repeat", "copy", "end"])
    if kind == "flip":
        return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]
    if kind == "bit":
        return data[:at] + bytes([data[at] ^ 1 << draw.randrange(8)]) + data[at + 1 :]
    if kind == "drop":
        return data[:at] + data[at + length :]
    if kind == "repeat":
        return data[: at + length] + data[at:]
    if kind == "end":
        return data[: at + 1]
    other = draw.randrange(len(data))
    return data[:at] + data[other : other + length] + data[at + length :]


def mutant(seed, number):
    """The mutant of that number."""
    from invhlo._aot.artifact import _DIGEST_SIZE, _MARK, checked

    draw = random.Random(f"{seed} {number}")
    texts, files = corpus()
    if draw.random() < 0.5:
        text = draw.choice(texts)
        for _ in range(draw.choice([1, 1, 1, 2, 3])):
            text = mutate_text(text, draw)
        return text.encode()
    data = draw.choice(files)
    end = len(data) - _DIGEST_SIZE - len(_MARK)
    is_ours = data[end : end + len(_MARK)] == _MARK
    data = data[:end] if is_ours else data
    for _ in range(draw.choice([1, 1, 2, 5])):
        data = mutate_bytes(data, draw)
        if not data:
            return b"\0"
    return checked(data) if is_ours else data


def attempt(data, say):
    """Does with `data` what is done with programs from outside, and returns what was.

    Args:
      data: The program.
      say: Told what is going to be done.
    """
    import invhlo
    from invhlo._aot.formats import Format, format_of
    from invhlo._compiler import probe as reader

    say("probe")
    probe = reader.TASKS["exported" if format_of(data) is Format.EXPORTED else "module"]
    if ended := outcome_apart(lambda: probe(data), reader.RefusedError):
        return ended
    say("invert")
    try:
        lowered = invhlo.invert_lowered(data, with_ildj=True, trusted=True)
        lowered.compiler_ir().operation.verify()
    except invhlo.NonInvertibleError:
        return "not invertible"
    except ALLOWED as error:
        if "gave no reason" in str(error):
            raise AssertionError from error
        return "refused"
    return "inverted"


def outcome_apart(fun, refused):
    """How a copy of this process ends that calls `fun`; None if all is well.

    How long it may work is limited, as in `invhlo._compiler.apart`: a type that
    contains itself keeps MLIR's bytecode reader busy for longer than anyone waits.
    """
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE // 2)
        resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK + 1))
        with contextlib.suppress(BaseException):
            try:
                fun()
                os._exit(0)
            except refused:
                os._exit(3)
            except BaseException:
                traceback.print_exc()
        os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        ended_by = signal.Signals(os.WTERMSIG(status))
        if ended_by == signal.SIGALRM:
            raise AssertionError("the probe waits for ever")
        if ended_by == signal.SIGXCPU:
            return "took the probe too long"
        return f"ended the probe by {ended_by.name}"
    code = os.WEXITSTATUS(status)
    if code == 1:
        raise AssertionError("the probe itself fails")
    return "refused by the probe" if code else None


def kept_at(seed, number):
    """Where a mutant lies until it is done with; JAX does not write alike each time."""
    return Path(tempfile.gettempdir()) / f"mutant-{seed}-{number}"


def work(seed, first, last, stream):
    """Tries mutants, and says how it goes."""
    for number in range(first, last):
        data = mutant(seed, number)
        kept = kept_at(seed, number)
        kept.write_bytes(data)

        def say(what, number=number):
            print(number, what, file=stream, flush=True)

        try:
            outcome = attempt(data, say)
            kept.unlink()
        except Exception:
            outcome = "RAISED " + repr(traceback.format_exc())
        print(number, "=", outcome, file=stream, flush=True)


def started(seed, first, last):
    """A process that tries mutants; it may end before it has tried all."""
    command = [sys.executable, __file__, "--seed", str(seed), "--work"]
    return subprocess.Popen(
        [*command, str(first), str(last)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def lines_of(process):
    """What `process` says; a process that says nothing for long is ended."""
    rest = b""
    while True:
        ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
        if not ready:
            process.kill()
            yield "hung"
            return
        read = os.read(process.stdout.fileno(), 1 << 16)
        if not read:
            return
        *lines, rest = (rest + read).split(b"\n")
        yield from (line.decode() for line in lines)


def run(seed, count, first=0):
    """Tries `count` mutants; returns how many ended how, and those that failed."""
    outcomes, failures = collections.Counter(), {}
    number, last = first, first + count
    while number < last:
        process = started(seed, number, last)
        stage = "start"
        for line in lines_of(process):
            if line == "hung":
                stage = f"hung in {stage}"
                break
            said, _, what = line.partition(" ")
            number = int(said)
            stage = what
            if what.startswith("= "):
                outcome = what[2:].split(" ", 1)[0] if "RAISED" in what else what[2:]
                outcomes[outcome] += 1
                if "RAISED" in what:
                    failures[number] = what[2:]
                number, stage = number + 1, "start"
        process.wait()
        process.stdout.close()
        if number >= last:
            break
        outcomes[f"ENDED in {stage}"] += 1
        failures[number] = f"ended by {process.returncode} in {stage}"
        if stage == "start" and number == first:
            raise RuntimeError("the programs cannot be made")
        number += 1
    return outcomes, failures


def main():
    """Runs what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--file", type=Path, help="a mutant that was kept")
    parser.add_argument("--work", type=int, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    # Copies of this process only read bytes, and end.
    warnings.filterwarnings("ignore", message=r".*os\.fork\(\)")
    if given.work:
        # What compilers print goes elsewhere.
        stream = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        work(given.seed, *given.work, stream)
        return 0
    if given.file:
        print(attempt(given.file.read_bytes(), print))
        return 0
    outcomes, failures = run(given.seed, given.count, given.first)
    for outcome, number in sorted(outcomes.items()):
        print(f"{number:8,}  {outcome}")
    for number, why in failures.items():
        print(f"--file {kept_at(given.seed, number)}: {why}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
