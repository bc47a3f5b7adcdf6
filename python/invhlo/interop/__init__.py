# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""JAX functions as bijectors of other libraries, a module for each.

`invhlo.interop.distrax`, `invhlo.interop.tfp`, `invhlo.interop.flowjax` and
`invhlo.interop.numpyro` import their library, and nothing else of `invhlo` does.
"""
