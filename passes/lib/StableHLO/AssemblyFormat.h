// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The custom directives the operations' assembly formats name.

#ifndef INVHLO_LIB_STABLEHLO_ASSEMBLYFORMAT_H
#define INVHLO_LIB_STABLEHLO_ASSEMBLYFORMAT_H

#include "invhlo/StableHLO/StableHLO.h"

namespace invhlo::stablehlo {

/// `type` when all are the same, else `(operand types) -> result type`. The
/// last of `types` is the result's.
void printOneOrAllTypes(mlir::OpAsmPrinter &p,
                        llvm::ArrayRef<mlir::Type> types);
mlir::ParseResult parseOneOrAllTypes(mlir::OpAsmParser &parser,
                                     llvm::ArrayRef<mlir::Type *> types);

template <typename... Types>
void printSameOperandsAndResultType(mlir::OpAsmPrinter &p, mlir::Operation *,
                                    Types... types) {
  printOneOrAllTypes(p, {types...});
}
template <typename... Types>
mlir::ParseResult parseSameOperandsAndResultType(mlir::OpAsmParser &parser,
                                                 Types &...types) {
  return parseOneOrAllTypes(parser, {&types...});
}

/// `complex result type` when both operands are its parts' type.
void printComplexOpType(mlir::OpAsmPrinter &p, mlir::Operation *op,
                        mlir::Type lhs, mlir::Type rhs, mlir::Type result);
mlir::ParseResult parseComplexOpType(mlir::OpAsmParser &parser, mlir::Type &lhs,
                                     mlir::Type &rhs, mlir::Type &result);

/// `pred type, result type` when both branches have the result's type.
void printSelectOpType(mlir::OpAsmPrinter &p, mlir::Operation *op,
                       mlir::Type pred, mlir::Type onTrue, mlir::Type onFalse,
                       mlir::Type result);
mlir::ParseResult parseSelectOpType(mlir::OpAsmParser &parser, mlir::Type &pred,
                                    mlir::Type &onTrue, mlir::Type &onFalse,
                                    mlir::Type &result);

/// One type a pair of operand and result.
void printPairwiseTypes(mlir::OpAsmPrinter &p, mlir::Operation *op,
                        mlir::TypeRange operands, mlir::TypeRange results);
mlir::ParseResult
parsePairwiseTypes(mlir::OpAsmParser &parser,
                   llvm::SmallVectorImpl<mlir::Type> &operands,
                   llvm::SmallVectorImpl<mlir::Type> &results);

/// The result's type, which every operand has too.
void printVariadicSameType(mlir::OpAsmPrinter &p, mlir::Operation *op,
                           mlir::OperandRange operands, mlir::TypeRange types,
                           mlir::Type result);
mlir::ParseResult parseVariadicSameType(
    mlir::OpAsmParser &parser,
    llvm::ArrayRef<mlir::OpAsmParser::UnresolvedOperand> operands,
    llvm::SmallVectorImpl<mlir::Type> &types, mlir::Type &result);

/// The tuple type, whose elements are the operands' types.
void printTupleOpType(mlir::OpAsmPrinter &p, mlir::Operation *op,
                      mlir::TypeRange operands, mlir::Type result);
mlir::ParseResult parseTupleOpType(mlir::OpAsmParser &parser,
                                   llvm::SmallVectorImpl<mlir::Type> &operands,
                                   mlir::Type &result);

/// The bare name of an enum value.
template <typename EnumAttrT>
void printEnumValue(mlir::OpAsmPrinter &p, mlir::Operation *, EnumAttrT attr) {
  p << stringifyEnum(attr.getValue());
}
template <typename EnumAttrT>
mlir::ParseResult parseEnumValue(mlir::OpAsmParser &parser, EnumAttrT &attr) {
  using Enum = decltype(attr.getValue());
  llvm::SMLoc loc = parser.getCurrentLocation();
  llvm::StringRef word;
  if (parser.parseKeyword(&word))
    return mlir::failure();
  std::optional<Enum> value = symbolizeEnum<Enum>(word);
  if (!value)
    return parser.emitError(loc) << "unknown value: " << word;
  attr = EnumAttrT::get(parser.getContext(), *value);
  return mlir::success();
}

/// `, NAME`, or nothing.
template <typename EnumAttrT>
void printCommaThenEnumValue(mlir::OpAsmPrinter &p, mlir::Operation *op,
                             EnumAttrT attr) {
  if (!attr)
    return;
  p << ", ";
  printEnumValue(p, op, attr);
}
template <typename EnumAttrT>
mlir::ParseResult parseCommaThenEnumValue(mlir::OpAsmParser &parser,
                                          EnumAttrT &attr) {
  if (failed(parser.parseOptionalComma()))
    return mlir::success();
  return parseEnumValue(parser, attr);
}

/// `%a, %b,`: operands with a comma after the last.
void printOperandsThenComma(mlir::OpAsmPrinter &p, mlir::Operation *op,
                            mlir::OperandRange operands);
mlir::ParseResult parseOperandsThenComma(
    mlir::OpAsmParser &parser,
    llvm::SmallVectorImpl<mlir::OpAsmParser::UnresolvedOperand> &operands);

/// `[start:limit, start:limit:stride]`.
void printSliceRanges(mlir::OpAsmPrinter &p, mlir::Operation *op,
                      mlir::DenseI64ArrayAttr starts,
                      mlir::DenseI64ArrayAttr limits,
                      mlir::DenseI64ArrayAttr strides);
mlir::ParseResult parseSliceRanges(mlir::OpAsmParser &parser,
                                   mlir::DenseI64ArrayAttr &starts,
                                   mlir::DenseI64ArrayAttr &limits,
                                   mlir::DenseI64ArrayAttr &strides);

/// `e5m10`.
void printExponentMantissa(mlir::OpAsmPrinter &p, mlir::Operation *op,
                           mlir::IntegerAttr exponent,
                           mlir::IntegerAttr mantissa);
mlir::ParseResult parseExponentMantissa(mlir::OpAsmParser &parser,
                                        mlir::IntegerAttr &exponent,
                                        mlir::IntegerAttr &mantissa);

/// `@name`, quoted where a symbol would be.
void printCallTarget(mlir::OpAsmPrinter &p, mlir::Operation *op,
                     mlir::StringAttr target);
mlir::ParseResult parseCallTarget(mlir::OpAsmParser &parser,
                                  mlir::StringAttr &target);

/// `batching_dims = [0] x [0], contracting_dims = [1] x [0]`.
void printDotDimensionNumbers(mlir::OpAsmPrinter &p, mlir::Operation *op,
                              DotDimensionNumbersAttr dims);
mlir::ParseResult parseDotDimensionNumbers(mlir::OpAsmParser &parser,
                                           DotDimensionNumbersAttr &dims);

/// `, precision = [DEFAULT, HIGH]`, or nothing.
void printPrecisionConfig(mlir::OpAsmPrinter &p, mlir::Operation *op,
                          mlir::ArrayAttr precision);
mlir::ParseResult parsePrecisionConfig(mlir::OpAsmParser &parser,
                                       mlir::ArrayAttr &precision);

/// `, precision = [...], algorithm = <...>`, each or nothing.
void printPrecisionConfigAndAlgorithm(mlir::OpAsmPrinter &p,
                                      mlir::Operation *op,
                                      mlir::ArrayAttr precision,
                                      DotAlgorithmAttr algorithm);
mlir::ParseResult parsePrecisionConfigAndAlgorithm(mlir::OpAsmParser &parser,
                                                   mlir::ArrayAttr &precision,
                                                   DotAlgorithmAttr &algorithm);

/// `[b, f, 0]x[o, i, 0]->[b, f, 0]`.
void printConvolutionDimensions(mlir::AsmPrinter &p,
                                ConvDimensionNumbersAttr dims);
void printConvolutionDimensions(mlir::AsmPrinter &p, mlir::Operation *op,
                                ConvDimensionNumbersAttr dims);
mlir::ParseResult parseConvolutionDimensions(mlir::AsmParser &parser,
                                             ConvDimensionNumbersAttr &dims);

/// `stride = [1], pad = [[0, 0]], lhs_dilate = ..., rhs_dilate = ...,
/// reverse = ...`, those that are there.
void printWindowAttributes(mlir::OpAsmPrinter &p, mlir::Operation *op,
                           mlir::DenseI64ArrayAttr strides,
                           mlir::DenseIntElementsAttr padding,
                           mlir::DenseI64ArrayAttr lhsDilation,
                           mlir::DenseI64ArrayAttr rhsDilation,
                           mlir::DenseBoolArrayAttr reversal);
mlir::ParseResult parseWindowAttributes(mlir::OpAsmParser &parser,
                                        mlir::DenseI64ArrayAttr &strides,
                                        mlir::DenseIntElementsAttr &padding,
                                        mlir::DenseI64ArrayAttr &lhsDilation,
                                        mlir::DenseI64ArrayAttr &rhsDilation,
                                        mlir::DenseBoolArrayAttr &reversal);

} // namespace invhlo::stablehlo

#endif // INVHLO_LIB_STABLEHLO_ASSEMBLYFORMAT_H
