# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`invhlo.interop` without the libraries, which it imports only when it is imported."""

import importlib
import subprocess
import sys

import pytest

LIBRARIES = {
    "distrax": ("distrax", "distrax"),
    "tfp": ("tensorflow_probability", "tfp-nightly"),
    "flowjax": ("flowjax", "flowjax"),
    "numpyro": ("numpyro", "numpyro"),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_missing_library_is_named_with_its_package(name, monkeypatch):
    library, package = LIBRARIES[name]
    module = f"invhlo.interop.{name}"
    monkeypatch.delitem(sys.modules, module, raising=False)
    for imported in list(sys.modules):
        if imported.partition(".")[0] == library:
            monkeypatch.delitem(sys.modules, imported)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"needs {library}: pip install {package}$"):
        importlib.import_module(module)


def test_nothing_else_imports_them():
    program = f"""
import sys, invhlo, invhlo.interop, invhlo.oryx, invhlo.testing
found = {{name.partition(".")[0] for name in sys.modules}}
print(sorted(found & {{library for library, _ in {LIBRARIES}.values()}}))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
