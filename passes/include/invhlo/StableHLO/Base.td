// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_BASE_TD
#define INVHLO_STABLEHLO_BASE_TD

include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "invhlo/StableHLO/Attributes.td"
include "invhlo/StableHLO/Types.td"

class StableHLO_Op<string mnemonic, list<Trait> traits = []>
    : Op<StableHLO_Dialect, mnemonic, traits>;

// Result types follow from the operands and attributes: adds builders without
// result types, and a verifier that allows dynamic dimensions, bounds and
// quantized elements to differ. The op defines `inferReturnTypes`.
def StableHLO_InferTypes : InferTypeOpAdaptorBase<[{
  static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                      ::mlir::TypeRange actual) {
    return ::invhlo::stablehlo::areCompatibleTypes(inferred, actual);
  }
}]>;

// All operands and results have compatible shapes and the same element type
// (or quantized relatives); the result is typed like the first operand.
def StableHLO_SameTypeTrait : NativeOpTrait<"SameType", [], [{
  static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                      ::mlir::TypeRange actual) {
    return ::invhlo::stablehlo::areCompatibleTypes(inferred, actual);
  }
}]> {
  let cppNamespace = "::invhlo::stablehlo";
}
def StableHLO_SameType
    : TraitList<[InferTypeOpInterface, StableHLO_SameTypeTrait]>;

// All operands and results have compatible shapes.
def StableHLO_SameShape : NativeOpTrait<"SameShape"> {
  let cppNamespace = "::invhlo::stablehlo";
}

// The op reads or writes something outside of the module: it may be neither
// merged with an equal op nor removed.
def StableHLO_ExternalEffects
    : MemoryEffects<[MemRead, MemWrite]>;

#endif // INVHLO_STABLEHLO_BASE_TD
