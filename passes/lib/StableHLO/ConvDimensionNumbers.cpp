// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The layout notation of convolutions: `[b, f, 0, 1]x[o, i, 0, 1]->[b, 0, 1,
// f]`.

#include "AssemblyFormat.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace invhlo::stablehlo {

namespace {
/// One bracket of the notation: which letter stands where.
struct Letters {
  char first, second;
};
constexpr Letters dataLetters{'b', 'f'};
constexpr Letters kernelLetters{'i', 'o'};
} // namespace

/// Prints one bracket. Every position is named once if the numbers are a
/// permutation, which `isPermutation` has checked.
static void printBracket(AsmPrinter &p, Letters letters, int64_t first,
                         int64_t second, ArrayRef<int64_t> spatial) {
  SmallVector<std::string> names(spatial.size() + 2);
  names[first] = letters.first;
  names[second] = letters.second;
  for (auto [i, d] : llvm::enumerate(spatial))
    names[d] = llvm::utostr(i);
  p << "[";
  llvm::interleaveComma(names, p);
  p << "]";
}

static bool isPermutation(int64_t first, int64_t second,
                          ArrayRef<int64_t> spatial) {
  SmallVector<int64_t> dims(spatial);
  dims.append({first, second});
  llvm::sort(dims);
  return llvm::all_of(llvm::enumerate(dims), [](auto it) {
    return it.value() == static_cast<int64_t>(it.index());
  });
}

static bool hasNotation(ConvDimensionNumbersAttr dims) {
  return isPermutation(dims.getInputBatchDimension(),
                       dims.getInputFeatureDimension(),
                       dims.getInputSpatialDimensions()) &&
         isPermutation(dims.getKernelInputFeatureDimension(),
                       dims.getKernelOutputFeatureDimension(),
                       dims.getKernelSpatialDimensions()) &&
         isPermutation(dims.getOutputBatchDimension(),
                       dims.getOutputFeatureDimension(),
                       dims.getOutputSpatialDimensions());
}

void printConvolutionDimensions(AsmPrinter &p, ConvDimensionNumbersAttr dims) {
  printBracket(p, dataLetters, dims.getInputBatchDimension(),
               dims.getInputFeatureDimension(),
               dims.getInputSpatialDimensions());
  p << "x";
  printBracket(p, kernelLetters, dims.getKernelInputFeatureDimension(),
               dims.getKernelOutputFeatureDimension(),
               dims.getKernelSpatialDimensions());
  p << "->";
  printBracket(p, dataLetters, dims.getOutputBatchDimension(),
               dims.getOutputFeatureDimension(),
               dims.getOutputSpatialDimensions());
}

void printConvolutionDimensions(AsmPrinter &p, Operation *,
                                ConvDimensionNumbersAttr dims) {
  printConvolutionDimensions(p, dims);
}

static ParseResult parseBracket(AsmParser &parser, Letters letters,
                                int64_t &first, int64_t &second,
                                SmallVectorImpl<int64_t> &spatial) {
  SMLoc loc = parser.getCurrentLocation();
  first = second = -1;
  int64_t position = 0;
  // Spatial dimension number and where it stands.
  SmallVector<std::pair<int64_t, int64_t>> numbered;
  auto parseOne = [&]() -> ParseResult {
    int64_t number = 0;
    OptionalParseResult parsed = parser.parseOptionalInteger(number);
    if (parsed.has_value()) {
      if (*parsed)
        return failure();
      numbered.push_back({number, position++});
      return success();
    }
    SMLoc wordLoc = parser.getCurrentLocation();
    StringRef word;
    if (parser.parseKeyword(&word))
      return failure();
    if (word.size() == 1 && word[0] == letters.first && first < 0)
      first = position++;
    else if (word.size() == 1 && word[0] == letters.second && second < 0)
      second = position++;
    else
      return parser.emitError(wordLoc)
             << "unexpected or repeated dimension: " << word;
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, parseOne))
    return failure();
  if (first < 0 || second < 0)
    return parser.emitError(loc)
           << "expected both dimensions " << Twine(letters.first) << " and "
           << Twine(letters.second);
  llvm::sort(numbered);
  for (auto [i, entry] : llvm::enumerate(numbered)) {
    if (entry.first != static_cast<int64_t>(i))
      return parser.emitError(
          loc, "expected spatial dimensions numbered from 0 without gaps");
    spatial.push_back(entry.second);
  }
  return success();
}

ParseResult parseConvolutionDimensions(AsmParser &parser,
                                       ConvDimensionNumbersAttr &dims) {
  int64_t inB, inF, kI, kO, outB, outF;
  SmallVector<int64_t> inS, kS, outS;
  if (parseBracket(parser, dataLetters, inB, inF, inS) ||
      parser.parseKeyword("x") ||
      parseBracket(parser, kernelLetters, kI, kO, kS) || parser.parseArrow() ||
      parseBracket(parser, dataLetters, outB, outF, outS))
    return failure();
  dims = ConvDimensionNumbersAttr::get(parser.getContext(), inB, inF, inS, kI,
                                       kO, kS, outB, outF, outS);
  return success();
}

// Numbers that are no permutation have no notation and print one by one.
static constexpr StringLiteral rawNames[] = {
    "input_batch_dimension",           "input_feature_dimension",
    "input_spatial_dimensions",        "kernel_input_feature_dimension",
    "kernel_output_feature_dimension", "kernel_spatial_dimensions",
    "output_batch_dimension",          "output_feature_dimension",
    "output_spatial_dimensions"};

void ConvDimensionNumbersAttr::print(AsmPrinter &p) const {
  p << "<";
  if (hasNotation(*this)) {
    printConvolutionDimensions(p, *this);
    p << ">";
    return;
  }
  p << "raw ";
  unsigned next = 0;
  auto number = [&](int64_t value) {
    p << (next ? ", " : "") << rawNames[next] << " = " << value;
    ++next;
  };
  auto numbers = [&](ArrayRef<int64_t> values) {
    p << ", " << rawNames[next++] << " = [";
    llvm::interleaveComma(values, p);
    p << "]";
  };
  number(getInputBatchDimension());
  number(getInputFeatureDimension());
  numbers(getInputSpatialDimensions());
  number(getKernelInputFeatureDimension());
  number(getKernelOutputFeatureDimension());
  numbers(getKernelSpatialDimensions());
  number(getOutputBatchDimension());
  number(getOutputFeatureDimension());
  numbers(getOutputSpatialDimensions());
  p << ">";
}

static ParseResult parseRaw(AsmParser &parser, ConvDimensionNumbersAttr &dims) {
  int64_t single[9] = {};
  SmallVector<int64_t> lists[9];
  bool seen[9] = {};
  auto parseOne = [&]() -> ParseResult {
    SMLoc loc = parser.getCurrentLocation();
    StringRef word;
    if (parser.parseKeyword(&word) || parser.parseEqual())
      return failure();
    const auto *it = llvm::find(rawNames, word);
    if (it == std::end(rawNames) || seen[it - rawNames])
      return parser.emitError(loc) << "unexpected or repeated: " << word;
    size_t i = it - rawNames;
    seen[i] = true;
    if (i % 3 != 2)
      return parser.parseInteger(single[i]);
    return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
      return parser.parseInteger(lists[i].emplace_back());
    });
  };
  if (parser.parseCommaSeparatedList(parseOne))
    return failure();
  dims = ConvDimensionNumbersAttr::get(
      parser.getContext(), single[0], single[1], lists[2], single[3], single[4],
      lists[5], single[6], single[7], lists[8]);
  return success();
}

Attribute ConvDimensionNumbersAttr::parse(AsmParser &parser, Type) {
  ConvDimensionNumbersAttr dims;
  if (parser.parseLess())
    return {};
  ParseResult parsed = succeeded(parser.parseOptionalKeyword("raw"))
                           ? parseRaw(parser, dims)
                           : parseConvolutionDimensions(parser, dims);
  if (parsed || parser.parseGreater())
    return {};
  return dims;
}

} // namespace invhlo::stablehlo
