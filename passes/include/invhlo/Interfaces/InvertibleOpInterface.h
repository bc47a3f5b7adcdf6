// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INTERFACES_INVERTIBLEOPINTERFACE_H
#define INVHLO_INTERFACES_INVERTIBLEOPINTERFACE_H

#include "invhlo/Interfaces/Edge.h"
#include "invhlo/Interfaces/Knowledge.h"
#include "mlir/IR/OpDefinition.h"

#include "invhlo/Interfaces/InvertibleOpInterface.h.inc"

#endif // INVHLO_INTERFACES_INVERTIBLEOPINTERFACE_H
