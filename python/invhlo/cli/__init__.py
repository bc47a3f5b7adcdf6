# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command line: `invhlo`.

>>> from click.testing import CliRunner
>>> from invhlo.cli import app
>>> CliRunner().invoke(app, ["--version"]).output.split()[0]
'invhlo,'
"""

from invhlo.cli._app import app as app
