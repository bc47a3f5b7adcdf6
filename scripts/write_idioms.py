# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the expansions by which `--invhlo-raise-idioms` recognises functions.

    python scripts/write_idioms.py [--output DIRECTORY]

Each is what the installed JAX lowers a function to, folded as the compiler folds it.
What another JAX lowers it to has a line of its own in the table, and its file is left
as it is. So is the expansion of another front end, a function in a file beside these,
called like the idiom with a suffix after a dot: `@sigmoid.torch`.
"""

import argparse
import dataclasses
import math
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
from jax.scipy import special

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "passes" / "lib" / "Idioms" / "Expansions"
LICENSE = """\
// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

"""


@dataclasses.dataclass(frozen=True)
class Idiom:
    """A function to recognise.

    Attributes:
      fun: The function, of arrays of one shape.
      arity: How many it takes: the unknown, then parameters that may be anything.
      dtype: Their dtype. Literals are rounded to the dtype of the program, so that f64
        stands for all where JAX does no more than that.
      since: The first version of JAX that lowers it so.
      until: The first that does not.
    """

    fun: Callable[..., jax.Array]
    arity: int = 1
    dtype: Any = jnp.float64
    since: tuple[int, ...] = ()
    until: tuple[float, ...] = (math.inf,)


# After the dot: how it is written, where there is more than one way.
EVERY_IDIOM = {
    "sigmoid": Idiom(jax.nn.sigmoid),
    "sigmoid.by_exp": Idiom(lambda x: jnp.exp(x) / (1 + jnp.exp(x))),
    "logit": Idiom(special.logit),
    "logit.by_logs": Idiom(lambda x: jnp.log(x) - jnp.log1p(-x)),
    "logit.by_plain_logs": Idiom(lambda x: jnp.log(x) - jnp.log(1 - x)),
    "softplus": Idiom(jax.nn.softplus),
    "softplus.by_log1p": Idiom(lambda x: jnp.log1p(jnp.exp(x))),
    "softplus.by_log": Idiom(lambda x: jnp.log(1 + jnp.exp(x))),
    "softplus.by_parts": Idiom(
        lambda x: jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-jnp.abs(x)))
    ),
    "logaddexp": Idiom(jnp.logaddexp, 2),
    "logaddexp.by_log": Idiom(lambda x, y: jnp.log(jnp.exp(x) + jnp.exp(y)), 2),
    "logaddexp.by_parts": Idiom(
        lambda x, y: jnp.maximum(x, y) + jnp.log1p(jnp.exp(-jnp.abs(x - y))), 2
    ),
    "log1mexp": Idiom(jax.nn.log1mexp),
    # Folding drops a parameter of one.
    "elu": Idiom(jax.nn.elu, 2),
    "elu.of_one": Idiom(jax.nn.elu),
    "elu.by_exp": Idiom(lambda x: jnp.where(x > 0, x, jnp.exp(x) - 1)),
    "elu.by_expm1": Idiom(lambda x: jnp.where(x > 0, x, jnp.expm1(x))),
    "elu.by_exp_from_zero": Idiom(lambda x: jnp.where(x >= 0, x, jnp.exp(x) - 1)),
    "elu.by_expm1_from_zero": Idiom(lambda x: jnp.where(x >= 0, x, jnp.expm1(x))),
    "elu.by_exp_of_any": Idiom(
        lambda x, a: jnp.where(x > 0, x, a * (jnp.exp(x) - 1)), 2
    ),
    "elu.by_expm1_of_any": Idiom(lambda x, a: jnp.where(x > 0, x, a * jnp.expm1(x)), 2),
    "elu.by_expm1_of_minimum": Idiom(
        lambda x: jnp.where(x > 0, x, jnp.expm1(jnp.minimum(x, 0)))
    ),
    "elu.by_parts": Idiom(lambda x: jnp.maximum(x, 0) + jnp.minimum(jnp.expm1(x), 0)),
    "elu.by_parts_of_exp": Idiom(
        lambda x: jnp.maximum(x, 0) + (jnp.exp(jnp.minimum(x, 0)) - 1)
    ),
    "celu": Idiom(jax.nn.celu, 2),
    "celu.of_one": Idiom(jax.nn.celu),
    "leaky_relu": Idiom(jax.nn.leaky_relu, 2),
    "leaky_relu_of_positive": Idiom(lambda x, a: jnp.where(x > 0, x, a * x), 2),
    "slopes": Idiom(lambda x, a, b: jnp.where(x >= 0, b * x, a * x), 3),
    "slopes_of_positive": Idiom(lambda x, a, b: jnp.where(x > 0, b * x, a * x), 3),
    "slopes_of_parts": Idiom(
        lambda x, a, b: b * jnp.maximum(x, 0) + a * jnp.minimum(x, 0), 3
    ),
    "slopes_of_parts.of_one": Idiom(
        lambda x, a: jnp.maximum(x, 0) + a * jnp.minimum(x, 0), 2
    ),
    "slopes_of_parts.by_minimum": Idiom(
        lambda x, a: jnp.maximum(x, 0) + jnp.minimum(a * x, 0), 2
    ),
    "maximum_of_multiples": Idiom(lambda x, a, b: jnp.maximum(b * x, a * x), 3),
    "maximum_of_multiples.commuted": Idiom(
        lambda x, a, b: jnp.maximum(x * b, x * a), 3
    ),
    "maximum_of_multiples.of_one": Idiom(lambda x, a: jnp.maximum(x, a * x), 2),
    "minimum_of_multiples": Idiom(lambda x, a, b: jnp.minimum(b * x, a * x), 3),
    "minimum_of_multiples.commuted": Idiom(
        lambda x, a, b: jnp.minimum(x * b, x * a), 3
    ),
    "minimum_of_multiples.of_one": Idiom(lambda x, a: jnp.minimum(x, a * x), 2),
    "arcsine": Idiom(lambda x: jnp.arctan2(x, jnp.sqrt((1 - x) * (1 + x)))),
    "soft_sign": Idiom(jax.nn.soft_sign),
    "squareplus": Idiom(jax.nn.squareplus, 2),
    "ndtr": Idiom(special.ndtr),
    "ndtri": Idiom(special.ndtri, until=(0, 12)),
    "ndtri.by_polynomials": Idiom(special.ndtri, since=(0, 12)),
    "ndtri.by_polynomials_of_f32": Idiom(
        special.ndtri, dtype=jnp.float32, since=(0, 12)
    ),
    "log_ndtr": Idiom(special.log_ndtr),
    "log_ndtr.of_f32": Idiom(special.log_ndtr, dtype=jnp.float32),
    "silu": Idiom(jax.nn.silu),
    "mish": Idiom(jax.nn.mish),
    "gelu.by_tanh": Idiom(jax.nn.gelu),
    "gelu.by_erf": Idiom(lambda x: jax.nn.gelu(x, approximate=False)),
}
IDIOMS = {
    name: idiom
    for name, idiom in EVERY_IDIOM.items()
    if idiom.since <= jax.__version_info__ < idiom.until
}


def run_passes(text: str, *passes: str) -> str:
    """What `invhlo-opt` makes of the module `text`."""
    tool = Path(sys.executable).with_name("invhlo-opt")
    return subprocess.run(
        [tool, *passes], input=text, capture_output=True, text=True, check=True
    ).stdout


def lower(idiom: Idiom) -> str:
    """The module of a function, inlined and folded."""
    spec = jax.ShapeDtypeStruct((2,), idiom.dtype)

    def main(*args: jax.Array) -> jax.Array:
        return idiom.fun(*args)

    text = jax.jit(main).lower(*[spec] * idiom.arity).as_text()
    return run_passes(
        text,
        "--invhlo-inline-calls=max-ops=1000",
        "--invhlo-fold-constants",
        "--cse",
        "--symbol-dce",
    )


def expansion_of(name: str, idiom: Idiom) -> str:
    """The function alone, called `name`."""
    lines = lower(idiom).splitlines()
    start = next(i for i, line in enumerate(lines) if "func.func public @main" in line)
    end = lines.index("  }", start)
    body = [line.removeprefix("  ") for line in lines[start : end + 1]]
    head = body[0].replace("func.func public @main", f"func.func @{name}")
    body[0] = re.sub(r"\((tensor<\w+>) \{.*\}\)", r"\1", head)
    return "\n".join(body) + "\n"


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=FOLDER)
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    with jax.enable_x64(True):
        for name, idiom in IDIOMS.items():
            text = LICENSE + expansion_of(name, idiom)
            (folder / f"{name}.mlir").write_text(text)


if __name__ == "__main__":
    main()
