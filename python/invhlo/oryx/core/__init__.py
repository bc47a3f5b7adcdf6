# Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The names of `oryx.core` that are about inverses and densities."""

from invhlo._errors import NonInvertibleError as NonInvertibleError
from invhlo._inverse import ildj as ildj
from invhlo._inverse import inverse as inverse
from invhlo._inverse import inverse_and_ildj as inverse_and_ildj
from invhlo._rules.custom_inverse import custom_inverse as custom_inverse
from invhlo.oryx.core import ppl as ppl
from invhlo.oryx.core._programs import log_prob as log_prob
