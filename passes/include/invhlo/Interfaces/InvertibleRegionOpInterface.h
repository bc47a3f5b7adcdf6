// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_H
#define INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_H

#include "invhlo/Interfaces/Unit.h"
#include "mlir/IR/OpDefinition.h"

#include "invhlo/Interfaces/InvertibleRegionOpInterface.h.inc"

#endif // INVHLO_INTERFACES_INVERTIBLEREGIONOPINTERFACE_H
