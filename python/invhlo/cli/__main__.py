# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`python -m invhlo.cli`."""

from invhlo.cli import app

if __name__ == "__main__":
    app(prog_name="invhlo")
