# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line: `invhlo`.

>>> from click.testing import CliRunner
>>> from invhlo.cli import app
>>> print(CliRunner().invoke(app, ["inspect", "none"]).output)
invhlo: none: No such file or directory
<BLANKLINE>
"""

from invhlo.cli._app import app as app
