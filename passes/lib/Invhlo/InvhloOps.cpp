// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Invhlo/Invhlo.h"

#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace invhlo;

#include "invhlo/Invhlo/InvhloDialect.cpp.inc"

#define GET_OP_CLASSES
#include "invhlo/Invhlo/InvhloOps.cpp.inc"

namespace {
struct InvhloInlinerInterface : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
};
} // namespace

void InvhloDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "invhlo/Invhlo/InvhloOps.cpp.inc"
      >();
  addInterfaces<InvhloInlinerInterface>();
}

bool invhlo::isSquare(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  int64_t rank = tensor.getRank();
  return rank >= 2 &&
         tensor.getDimSize(rank - 1) == tensor.getDimSize(rank - 2);
}

Type invhlo::getLogAbsDetType(Type type) {
  auto matrix = dyn_cast<RankedTensorType>(type);
  if (!matrix || matrix.getRank() < 2)
    return type; // which is reported
  Type element = matrix.getElementType();
  if (auto complex = dyn_cast<ComplexType>(element))
    element = complex.getElementType();
  return RankedTensorType::get(matrix.getShape().drop_back(2), element);
}

Value invhlo::appendTerm(OpBuilder &b, Location loc, Value share, Value term) {
  if (!share || !term)
    return share ? share : term;
  // The first term stays at hand.
  if (auto sum = share.getDefiningOp<SumSharesOp>())
    return SumSharesOp::create(b, loc, sum.getLhs(),
                               SumSharesOp::create(b, loc, sum.getRhs(), term));
  return SumSharesOp::create(b, loc, share, term);
}

Value invhlo::addToFirstTerm(OpBuilder &b, Location loc, Value share,
                             Value term) {
  if (!share)
    return term;
  if (share.getDefiningOp<SpreadShareOp>())
    return SumSharesOp::create(b, loc, term, share);
  if (auto sum = share.getDefiningOp<SumSharesOp>())
    return SumSharesOp::create(
        b, loc, addToFirstTerm(b, loc, sum.getLhs(), term), sum.getRhs());
  return stablehlo::AddOp::create(b, loc, share, term);
}

OperandRange invhlo::getValuesBeside(Operation *op) {
  return llvm::TypeSwitch<Operation *, OperandRange>(op)
      // The value is the last operand.
      .Case<FractionOp, IdiomOp, MonomialOp, PiecewiseOp, QuadraticOp, SearchOp,
            SplineOp, TriangularOp>(
          [](auto beside) { return beside->getOperands().take_back(1); })
      .Case([](AlternativesOp beside) { return beside.getValues(); })
      .Default(op->getOperands().take_front(0));
}

Value invhlo::getValueBeside(Operation *op) {
  OperandRange values = getValuesBeside(op);
  return values.size() == 1 ? values.front() : Value();
}

OperandRange invhlo::getArmValues(Region &arm) {
  return arm.front().getTerminator()->getOperands().drop_back();
}

Value invhlo::getArmPredicate(Region &arm) {
  return arm.front().getTerminator()->getOperands().back();
}

Value invhlo::lookThroughPrimitives(Value value) {
  while (auto primitive = value.getDefiningOp<PrimitiveOp>())
    value = primitive.getLowered()[cast<OpResult>(value).getResultNumber()];
  return value;
}

LogicalResult MonomialOp::verify() {
  if (getExponents().size() != getArguments().size())
    return emitOpError("has ") << getArguments().size() << " arguments and "
                               << getExponents().size() << " exponents";
  if (llvm::is_contained(getExponents(), 0))
    return emitOpError("has an exponent of zero");
  return success();
}

/// Whether each arm yields `types`.
static LogicalResult verifyArms(Operation *op, TypeRange types) {
  if (op->getNumRegions() == 0)
    return op->emitOpError("has no arm");
  for (Region &arm : op->getRegions()) {
    if (arm.getNumArguments() != 0)
      return op->emitOpError("has an arm that takes arguments");
    TypeRange yielded = arm.front().getTerminator()->getOperandTypes();
    if (yielded != types)
      return op->emitOpError("has an arm that yields ")
             << yielded << ", where it needs " << types;
  }
  return success();
}

void PiecewiseOp::build(OpBuilder &, OperationState &state, Value value,
                        unsigned numArms) {
  state.addOperands(value);
  state.addTypes(value.getType());
  for (unsigned i = 0; i < numArms; ++i)
    state.addRegion();
}

LogicalResult PiecewiseOp::verifyRegions() {
  RankedTensorType type = getValue().getType();
  return verifyArms(*this,
                    {type, type.clone(IntegerType::get(getContext(), 1))});
}

/// Whether a block of `op` takes an x of type `x`, and yields such types.
static LogicalResult verifyBlock(Operation *op, Region &region, Type x,
                                 TypeRange types) {
  Block &block = region.front();
  if (block.getArgumentTypes() != ArrayRef<Type>(x))
    return op->emitOpError("has a block that does not take a ") << x;
  auto terminator = dyn_cast<YieldOp>(block.getTerminator());
  if (!terminator || !llvm::equal(terminator.getOperandTypes(), types))
    return op->emitOpError("has a block that does not yield ") << types;
  return success();
}

/// The same of both blocks of `op`.
static LogicalResult verifyBlocks(Operation *op, Type x, TypeRange ofFirst,
                                  TypeRange ofSecond) {
  if (failed(verifyBlock(op, op->getRegion(0), x, ofFirst)))
    return failure();
  return verifyBlock(op, op->getRegion(1), x, ofSecond);
}

LogicalResult SearchOp::verifyRegions() {
  RankedTensorType type = getX().getType();
  SmallVector<int64_t> shape(type.getShape());
  RankedTensorType edges = getEdges().getType();
  if (edges.getRank() > 0)
    shape.push_back(edges.getShape().back());
  if (edges != type.clone(shape))
    return emitOpError("has edges of ") << edges << " for " << type;
  return verifyBlocks(*this, type, getSteps().getTypes(),
                      getOperation()->getResultTypes());
}

LogicalResult SplineOp::verifyRegions() {
  RankedTensorType type = getX().getType();
  // Along the last dimension of a tensor, whose others are those of x; -1 if
  // they are not.
  auto count = [&](Value value) -> int64_t {
    auto held = cast<RankedTensorType>(value.getType());
    if (held.getRank() != type.getRank() + 1 || held.getShape().back() == 0 ||
        held.getElementType() != type.getElementType())
      return -1;
    for (auto [size, whole] : llvm::zip(held.getShape(), type.getShape()))
      if (size != 1 && size != whole)
        return -1;
    return held.getShape().back();
  };
  int64_t numKnots = count(getKnots());
  if (numKnots < 0 || count(getImages()) != numKnots)
    return emitOpError("has knots of ")
           << getKnots().getType() << " with images of "
           << getImages().getType() << " for " << type;
  if (getTables().size() != getSteps().size() ||
      getRows().size() != getSteps().size())
    return emitOpError("has ")
           << getTables().size() << " tables and " << getRows().size()
           << " arrays of rows for " << getSteps().size() << " steps";
  for (auto [i, table] : llvm::enumerate(getTables())) {
    int64_t size = count(table);
    if (size < 0)
      return emitOpError("has a table of ")
             << table.getType() << " for " << type;
    auto isThere = [&](int64_t row) { return row >= 0 && row < size; };
    if (int64_t(getRowsOf(i).size()) != numKnots + 1 ||
        !llvm::all_of(getRowsOf(i), isThere))
      return emitOpError("has rows that are not those of ")
             << size << " entries for " << numKnots << " knots";
  }
  return verifyBlock(*this, getFormula(), type,
                     getOperation()->getResultTypes());
}

LogicalResult TriangularOp::verifyRegions() {
  auto integer = IntegerType::get(getContext(), 32);
  RankedTensorType type = getX().getType();
  for (auto [ranks, ranked] :
       {std::pair(getRanksOfX().getType(), type),
        std::pair(getRanksOfValue().getType(), getValue().getType())})
    if (ranks != ranked.clone(integer))
      return emitOpError("has ranks of ") << ranks << " for " << ranked;
  if (getEarlier().empty())
    return emitOpError("has nothing that is earlier");
  return verifyBlocks(*this, type, getEarlier().getTypes(),
                      getOperation()->getResultTypes());
}

LogicalResult AlternativesOp::verifyRegions() {
  if (getValues().getTypes() != getResultTypes())
    return emitOpError("gives ")
           << getResultTypes() << " for values of " << getValues().getTypes();
  SmallVector<Type> types(getResultTypes());
  types.push_back(RankedTensorType::get({}, IntegerType::get(getContext(), 1)));
  return verifyArms(*this, types);
}

LogicalResult BitsOp::verify() {
  if (getTerms().size() % 4 != 0)
    return emitOpError("has ")
           << getTerms().size() << " numbers, which are not terms of four";
  if (getFlips().size() != getValues().size())
    return emitOpError("has ")
           << getValues().size() << " values and flips " << getFlips().size();
  auto isPosition = [](int64_t i, OperandRange values) {
    return i >= 0 && i < int64_t(values.size());
  };
  for (size_t i = 0, n = getNumTerms(); i < n; ++i) {
    Term term = getTerm(i);
    if (!isPosition(term.value, getValues()) ||
        !isPosition(term.word, getWords()))
      return emitOpError("has a term #") << i
                                         << " of a value or word that is "
                                            "not there";
    if (std::abs(term.shift) >= 64)
      return emitOpError("has a term #")
             << i << " that is moved by " << term.shift;
  }
  return success();
}

void SpreadShareOp::build(OpBuilder &b, OperationState &state, Value share,
                          int64_t count) {
  auto type = cast<RankedTensorType>(share.getType());
  build(b, state, type, share,
        llvm::to_vector(llvm::seq<int64_t>(0, type.getRank())), count);
}

LogicalResult SpreadShareOp::verify() {
  ArrayRef<int64_t> from = getShare().getType().getShape();
  ArrayRef<int64_t> to = getResult().getType().getShape();
  ArrayRef<int64_t> dims = getDims();
  if (dims.size() != from.size())
    return emitOpError("has a share of ")
           << from.size() << " dimensions along " << dims.size();
  for (auto [i, d] : llvm::enumerate(dims)) {
    if (d < 0 || d >= int64_t(to.size()) || (i > 0 && d <= dims[i - 1]))
      return emitOpError("lies along [")
             << dims << "], which are not increasing dimensions of "
             << getResult().getType();
    if (from[i] != to[d])
      return emitOpError("has a dimension #")
             << i << " of size " << from[i] << " along one of size " << to[d];
  }
  return success();
}

RankedTensorType ScanOp::getRowType(Type array) {
  auto type = cast<RankedTensorType>(array);
  return type.clone(type.getShape().drop_front());
}

RankedTensorType ScanOp::getArrayType(Type row, int64_t count) {
  auto type = cast<RankedTensorType>(row);
  SmallVector<int64_t> shape(type.getShape());
  shape.insert(shape.begin(), count);
  return type.clone(shape);
}

LogicalResult ScanOp::verifyRegions() {
  int64_t count = getCount();
  SmallVector<Type> taken{
      RankedTensorType::get({}, IntegerType::get(getContext(), 32))};
  llvm::append_range(taken, getInits().getTypes());
  auto hasRows = [&](Type type) {
    auto array = cast<RankedTensorType>(type);
    return array.getRank() > 0 && array.getDimSize(0) == count;
  };
  for (Type type : getStacked().getTypes()) {
    if (!hasRows(type))
      return emitOpError("takes ") << count << " rows of " << type;
    taken.push_back(getRowType(type));
  }
  if (getBody().getArgumentTypes() != TypeRange(taken))
    return emitOpError("has a body that takes ")
           << getBody().getArgumentTypes() << ", where it gives "
           << TypeRange(taken);
  if (getNumResults() < getNumCarried())
    return emitOpError("carries ") << getNumCarried() << " values, and has "
                                   << getNumResults() << " results";
  if (getLast().getTypes() != getInits().getTypes())
    return emitOpError("starts from ")
           << getInits().getTypes() << ", and ends with "
           << getLast().getTypes();
  SmallVector<Type> yielded(getInits().getTypes());
  for (Type type : getArrays().getTypes()) {
    if (!hasRows(type))
      return emitOpError("makes ") << type << " of " << count << " rows";
    yielded.push_back(getRowType(type));
  }
  if (getYielded().getTypes() != TypeRange(yielded))
    return emitOpError("has a body that yields ")
           << getYielded().getTypes() << ", where it needs "
           << TypeRange(yielded);
  return success();
}

LogicalResult SplitOp::verify() {
  RankedTensorType whole = getOperand().getType();
  int64_t dim = getDim(), rank = whole.getRank();
  if (dim >= rank)
    return emitOpError("has no dimension ")
           << dim << " to split " << whole << " along";
  int64_t size = 0;
  for (Type type : getParts().getTypes()) {
    auto part = cast<RankedTensorType>(type);
    SmallVector<int64_t> shape(whole.getShape());
    if (part.getRank() == rank)
      shape[dim] = part.getDimSize(dim);
    if (part != whole.clone(shape))
      return emitOpError("has ") << part << " for a part of " << whole
                                 << " along dimension " << dim;
    size += shape[dim];
  }
  if (size != whole.getDimSize(dim))
    return emitOpError("has parts of size ")
           << size << " in all, but dimension " << dim << " is of size "
           << whole.getDimSize(dim);
  return success();
}

LogicalResult SolveOp::verify() {
  ArrayRef<int64_t> matrix = getMatrix().getType().getShape();
  ArrayRef<int64_t> rhs = getRhs().getType().getShape();
  if (matrix.size() != rhs.size() || matrix.drop_back() != rhs.drop_back())
    return emitOpError("has a right-hand side of ")
           << getRhs().getType() << ", which a matrix of "
           << getMatrix().getType() << " does not take anything to";
  return success();
}
