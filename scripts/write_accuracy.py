# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes docs/accuracy.md: how far inverses and log-dets are from the truth.

python scripts/write_accuracy.py
"""

import sys
from pathlib import Path

from rich.progress import track

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "python"))

from accuracy import measure  # noqa: E402
from rules_idioms import IDIOMS  # noqa: E402

HEAD = """\
# Accuracy

How far `inverse` and `ildj` of a function are from the truth, which mpmath computes
to 330 digits, at the worst of the points in `tests/python/rules_idioms.py`: the ends
of the range, zeros, and what lies between. On the CPU, with jax's XLA.
`python scripts/write_accuracy.py` writes this page; `tests/python/test_idioms.py`
asserts 4 ulps and 1e-5.

- **ulps** of x, the inverse: in units in the last place of x, or of what a change of
  y in its last place makes of x where that is more.
- **of x**: the same without this allowance, for which y would have to be known beyond
  its last place. It is large where the inverse is steep, as arcsinh's at 80, and near
  zeros of x.
- **log-det**: the relative error of log|dx/dy|, relative to what a relative change of
  y makes of it where that is more.

| function | ulps, f32 | of x | log-det | ulps, f64 | of x | log-det |
|---|---|---|---|---|---|---|
"""


def main() -> None:
    """Writes the page."""
    lines = []
    for row in track(IDIOMS, "Measuring"):
        cells = [f"`{row.label}`"]
        for dtype in ("float32", "float64"):
            found = measure(row, dtype)
            cells += [f"{found.ulps:.1f}", f"{found.ulps_of_x:.3g}"]
            cells.append(f"{found.log_det:.0e}")
        lines.append(f"| {' | '.join(cells)} |\n")
    (ROOT / "docs" / "accuracy.md").write_text(HEAD + "".join(lines))


if __name__ == "__main__":
    main()
