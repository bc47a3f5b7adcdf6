# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The way out: turns a StableHLO program into calls of JAX functions.

The result is traced like any Python function, so that every transformation of JAX
applies to it. A rule for an operation is a few lines in the module of its family; it
takes the operation and its operands, which are JAX arrays, and returns its results.
An operation without a rule is kept as it is, see `opaque`.
"""

from invhlo._backend.literals import elements_of as elements_of
from invhlo._backend.op import KIND as KIND
from invhlo._backend.reader import answers as answers
from invhlo._backend.reader import read_back as read_back
from invhlo._backend.splice import Spliced as Spliced
from invhlo._backend.splice import splice as splice
