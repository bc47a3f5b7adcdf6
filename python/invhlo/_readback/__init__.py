# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From StableHLO back to JAX: each operation is bound as the JAX function it is.

The result is traced like any Python function, so that every transformation of JAX
applies to it. A rule for an operation is a few lines in the module of its family; it
takes the operation and its operands, which are JAX arrays, and returns its results.
What no rule maps is kept as it is, see `_opaque`.
"""

from invhlo._readback._literals import elements_of as elements_of
from invhlo._readback._op import KIND as KIND
from invhlo._readback._reader import answers as answers
from invhlo._readback._reader import read_back as read_back
from invhlo._readback._splice import Spliced as Spliced
from invhlo._readback._splice import splice as splice
