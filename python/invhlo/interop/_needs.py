# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Imports of libraries that `invhlo` does not depend on."""

import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def needs(library: str, package: str) -> Iterator[None]:
    """A context that imports `library`, and says how to install it if it is missing.

    Args:
      library: The name of the module that is imported.
      package: The name of its package on PyPI.

    Raises:
      ImportError: The library is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != library:
            raise
        raise ImportError(
            f"this module of invhlo.interop needs {library}: pip install {package}",
            name=error.name,
        ) from error
