// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_STABLEHLO_DIALECT_TD
#define INVHLO_STABLEHLO_DIALECT_TD

include "mlir/IR/OpBase.td"

def StableHLO_Dialect : Dialect {
  let name = "stablehlo";
  let cppNamespace = "::invhlo::stablehlo";
  let summary = "The portable tensor operations JAX lowers to";
  let description = [{
    The StableHLO operation set, declared here because no MLIR package ships
    its C++ dialect. Names, attributes, the generic and the pretty text follow
    https://openxla.org/stablehlo/spec; what this dialect prints, jaxlib's
    own StableHLO parses.
  }];
  let dependentDialects = ["::mlir::quant::QuantDialect"];
  let useDefaultAttributePrinterParser = 0;
  let useDefaultTypePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let extraClassDeclaration = [{
    // The generated ones, and `type_extensions` for `bounds` when parsing.
    ::mlir::Attribute parseAttribute(::mlir::DialectAsmParser &parser,
                                     ::mlir::Type type) const override;
    void printAttribute(::mlir::Attribute attr,
                        ::mlir::DialectAsmPrinter &printer) const override;

  private:
    void registerAttributes();
    void registerTypes();
    // One per operation family, in the order of the .td files.
    void registerElementwiseOps();
    void registerUnaryOps();
    void registerDataMovementOps();
    void registerIndexingOps();
    void registerLinearAlgebraOps();
    void registerReductionOps();
    void registerControlFlowOps();
    void registerCollectiveOps();
    void registerDynamicOps();
    void registerMiscOps();
  }];
}

#endif // INVHLO_STABLEHLO_DIALECT_TD
