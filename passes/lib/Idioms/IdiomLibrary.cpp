// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "IdiomLibrary.h"

#include "invhlo/Invhlo/Invhlo.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace invhlo;

static constexpr llvm::StringLiteral kExpansions[] = {
#include "Expansions.inc"
};

/// The op that computes what `function` returns.
static Operation *getRoot(func::FuncOp function) {
  return function.front().getTerminator()->getOperand(0).getDefiningOp();
}

static int64_t countOps(func::FuncOp function) {
  return llvm::range_size(function.front());
}

/// Whether the ops of an expansion, one a line, have names among `names`.
static bool hasOnly(StringRef text, const llvm::StringSet<> &names) {
  return llvm::all_of(llvm::split(text, '\n'), [&](StringRef line) {
    StringRef name = line.split(" = ").second.take_until(llvm::isSpace);
    return name.empty() || name == "stablehlo.constant" || names.contains(name);
  });
}

IdiomLibrary::IdiomLibrary(ModuleOp program)
    : module(ModuleOp::create(program.getLoc())) {
  llvm::StringSet<> names;
  program.walk(
      [&](Operation *op) { names.insert(op->getName().getStringRef()); });
  MLIRContext *context = program.getContext();
  for (StringRef text : kExpansions) {
    if (!hasOnly(text, names))
      continue;
    LogicalResult parsed =
        parseSourceString(text, module->getBody(), ParserConfig(context));
    assert(succeeded(parsed) && "the library is valid");
    (void)parsed;
  }
  for (auto function : module->getOps<func::FuncOp>())
    expansions[getRoot(function)->getName()].push_back(function);
  for (auto &[name, functions] : expansions)
    llvm::stable_sort(functions, [](func::FuncOp a, func::FuncOp b) {
      return countOps(a) > countOps(b);
    });
}

/// The value that ops compute, below what is said about it.
static Value getComputed(Value value) {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return value;
  if (auto idiom = dyn_cast<IdiomOp>(result.getOwner()))
    return getComputed(idiom.getValue());
  if (auto primitive = dyn_cast<PrimitiveOp>(result.getOwner()))
    return getComputed(primitive.getLowered()[result.getResultNumber()]);
  return value;
}

static IdiomLibrary::View dropTransposes(IdiomLibrary::View view) {
  while (auto op = view.value.getDefiningOp<stablehlo::TransposeOp>()) {
    for (int64_t &dim : view.dims)
      dim = op.getPermutation()[dim];
    view.value = op.getOperand();
  }
  return view;
}

/// What ops compute of whatever orientation: mapping front ends transpose some
/// values of a function and not others.
static IdiomLibrary::View getComputed(IdiomLibrary::View view) {
  while (true) {
    view = dropTransposes(std::move(view));
    Value value = getComputed(view.value);
    if (value == view.value)
      return view;
    view.value = value;
  }
}

namespace {
/// Compares the values of an expansion with those of a program, from the
/// result up. The program has one shape and one type of numbers, which stand
/// for those of the expansion's result; its values may be transposed.
class ExpansionMatcher {
public:
  using View = IdiomLibrary::View;

  ExpansionMatcher(func::FuncOp expansion, RankedTensorType type)
      : expansion(expansion), type(type),
        number(getElementTypeOrSelf(expansion.getResultTypes()[0])) {}

  std::optional<SmallVector<View>> run(Operation *root) {
    auto dims = llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
    // The literals of a wider type are not known.
    if (number.getIntOrFloatBitWidth() < type.getElementTypeBitWidth() ||
        !match(getRoot(expansion)->getResult(0), {root->getResult(0), dims}))
      return std::nullopt;
    return llvm::map_to_vector(expansion.getArguments(), [&](Value argument) {
      return dropTransposes(matched.lookup(argument));
    });
  }

private:
  bool match(Value pattern, const View &used) {
    View view = getComputed(used);
    if (auto earlier = matched.find(pattern); earlier != matched.end())
      return getComputed(earlier->second) == view;
    if (!hasSameType(pattern, view))
      return false;
    Operation *op = pattern.getDefiningOp();
    DenseElementsAttr literal;
    if (op && matchPattern(op, m_Constant(&literal)))
      return matchLiteral(literal, view.value);
    if (op && !matchOp(op, view))
      return false;
    matched[pattern] = used;
    trail.push_back(pattern);
    return true;
  }

  bool hasSameType(Value pattern, const View &view) const {
    auto valueType = dyn_cast<RankedTensorType>(view.value.getType());
    Type element = getElementTypeOrSelf(pattern);
    return valueType && valueType.getRank() == type.getRank() &&
           llvm::all_of(llvm::zip_equal(view.dims, type.getShape()),
                        [&](auto pair) {
                          auto [dim, size] = pair;
                          return valueType.getDimSize(dim) == size;
                        }) &&
           valueType.getElementType() ==
               (element == number ? type.getElementType() : element);
  }

  bool matchOp(Operation *op, const View &view) {
    Operation *other = view.value.getDefiningOp();
    if (!other || other->getName() != op->getName() ||
        other->getNumOperands() != op->getNumOperands() ||
        other->getAttrDictionary() != op->getAttrDictionary())
      return false;
    size_t mark = trail.size();
    SmallVector<Value> operands(other->getOperands());
    if (matchAll(op->getOperands(), operands, view.dims))
      return true;
    forget(mark);
    if (op->hasTrait<OpTrait::IsCommutative>())
      return matchAll(op->getOperands(), {operands[1], operands[0]}, view.dims);
    return isa<stablehlo::SelectOp>(op) && matchOpposite(op, other, view.dims);
  }

  /// Whether `other` selects by the opposite of what `select` asks, the same: a
  /// front end may write either.
  bool matchOpposite(Operation *select, Operation *other,
                     ArrayRef<int64_t> dims) {
    auto wanted = select->getOperand(0).getDefiningOp<stablehlo::CompareOp>();
    View pred = getComputed({other->getOperand(0), SmallVector<int64_t>(dims)});
    auto found = pred.value.getDefiningOp<stablehlo::CompareOp>();
    if (!wanted || !found ||
        found.getComparisonDirection() !=
            getOpposite(wanted.getComparisonDirection()))
      return false;
    return matchAll(wanted->getOperands(), {found.getLhs(), found.getRhs()},
                    pred.dims) &&
           matchAll(select->getOperands().drop_front(),
                    {other->getOperand(2), other->getOperand(1)}, dims);
  }

  static stablehlo::ComparisonDirection
  getOpposite(stablehlo::ComparisonDirection direction) {
    using Direction = stablehlo::ComparisonDirection;
    switch (direction) {
    case Direction::EQ:
      return Direction::NE;
    case Direction::NE:
      return Direction::EQ;
    case Direction::GE:
      return Direction::LT;
    case Direction::LT:
      return Direction::GE;
    case Direction::GT:
      return Direction::LE;
    case Direction::LE:
      return Direction::GT;
    }
    llvm_unreachable("unknown direction");
  }

  /// With values whose dimensions `dims` are those of the result.
  bool matchAll(OperandRange patterns, ArrayRef<Value> values,
                ArrayRef<int64_t> dims) {
    return llvm::all_of(llvm::zip_equal(patterns, values), [&](auto pair) {
      return match(std::get<0>(pair),
                   {std::get<1>(pair), SmallVector<int64_t>(dims)});
    });
  }

  /// Whether `value` is the literal `pattern`, bit for bit, once this is
  /// rounded to the type of numbers of the program. Front ends that compute a
  /// literal in another way have an expansion of their own.
  static bool matchLiteral(DenseElementsAttr pattern, Value value) {
    DenseElementsAttr literal;
    if (!matchPattern(value, m_Constant(&literal)) || !literal.isSplat())
      return false;
    if (!isa<FloatType>(literal.getElementType()))
      return pattern.getSplatValue<APInt>() == literal.getSplatValue<APInt>();
    APFloat wanted = pattern.getSplatValue<APFloat>();
    APFloat found = literal.getSplatValue<APFloat>();
    bool losesInfo;
    wanted.convert(found.getSemantics(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return wanted.bitwiseIsEqual(found);
  }

  /// Drops what was matched since the trail had this size.
  void forget(size_t mark) {
    for (; trail.size() > mark; trail.pop_back())
      matched.erase(trail.back());
  }

  func::FuncOp expansion;
  RankedTensorType type;
  Type number;
  llvm::DenseMap<Value, View> matched;
  SmallVector<Value> trail;
};
} // namespace

std::optional<IdiomLibrary::Match> IdiomLibrary::match(Operation *root) const {
  auto it = expansions.find(root->getName());
  if (it == expansions.end())
    return std::nullopt;
  auto type = dyn_cast<RankedTensorType>(root->getResult(0).getType());
  if (!type || !isa<FloatType>(type.getElementType()))
    return std::nullopt;
  for (func::FuncOp expansion : it->second)
    if (auto arguments = ExpansionMatcher(expansion, type).run(root))
      return Match{expansion.getSymName().split('.').first, *arguments};
  return std::nullopt;
}
