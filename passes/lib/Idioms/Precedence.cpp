// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Idioms/Precedence.h"

#include "Cone.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Analysis/Indices.h"
#include "invhlo/StableHLO/Analysis/RunningWindow.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// How far back a value that x has no effect on is looked at to find zeros in
/// it.
static constexpr unsigned kMaxDepth = 16;

static bool isStatic(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape();
}

/// Whether `op` takes and gives nothing but tensors whose shapes are known.
static bool hasStaticTypes(Operation *op) {
  return llvm::all_of(op->getOperandTypes(), isStatic) &&
         llvm::all_of(op->getResultTypes(), isStatic);
}

RankedTensorType Precedence::getPositionsType(Type type) {
  auto integer = IntegerType::get(type.getContext(), 32);
  // Of what has no such shape, one position is all there is.
  if (!isStatic(type))
    return RankedTensorType::get({}, integer);
  return cast<RankedTensorType>(type).clone(integer);
}

Element Precedence::toPosition(int64_t position) {
  return Element{uint32_t(int32_t(position))};
}

/// The largest size along each dimension: that of a literal with all of them.
static SmallVector<int64_t> getCommonHeld(ArrayRef<Literal> literals,
                                          int64_t rank) {
  SmallVector<int64_t> held(rank, 1);
  for (const Literal &literal : literals)
    if (!literal.isSplat())
      for (auto [size, more] : llvm::zip_equal(held, literal.getHeldShape()))
        size = std::max(size, more);
  return held;
}

Precedence::Precedence(Value x, const Literal &positions) { set(x, positions); }

Literal Precedence::fill(Type type, int64_t position) {
  return Literal(getPositionsType(type), {toPosition(position)});
}

void Precedence::set(Value value, const Literal &last) {
  found.insert_or_assign(lookThroughPrimitives(value), last);
}

void Precedence::setIndependent(Value value) {
  set(value, fill(value.getType(), Other));
}

int64_t Precedence::getLast(const Literal &positions) {
  int64_t last = Precedence::Other;
  for (int64_t i = 0, n = positions.getNumHeld(); i < n; ++i)
    last = std::max(last, positions.getInteger(i));
  return last;
}

bool Precedence::depends(Value value) { return getLast(get(value)) >= 0; }

Literal Precedence::classify(const Literal &literal) {
  Type type = literal.getElementType();
  std::vector<Element> elements;
  elements.reserve(literal.getNumHeld());
  for (int64_t i = 0, n = literal.getNumHeld(); i < n; ++i) {
    const Element &element = literal[i];
    int64_t position = Precedence::Other;
    if (isa<FloatType>(type)) {
      APFloat number = toFloat(element.bits, type);
      if (number.isZero())
        position = Precedence::Zero;
      else if (number.isInfinity() && number.isNegative())
        position = Precedence::MinusInfinity;
    } else if (element == Element()) {
      position = Precedence::Zero;
    }
    elements.push_back(toPosition(position));
  }
  return Literal(getPositionsType(literal.getType()), literal.getHeldShape(),
                 std::move(elements));
}

const Literal &Precedence::get(Value value, unsigned depth) {
  value = lookThroughPrimitives(value);
  if (auto it = found.find(value); it != found.end())
    return it->second;
  Literal last = fill(value.getType(), Other);
  Operation *op = value.getDefiningOp();
  if (std::optional<Literal> literal = findLiteral(value, kMaxElements))
    last = classify(*literal);
  else if (op && op->getNumResults() == 1 && depth < kMaxDepth)
    last = find(op, depth + 1);
  return found.try_emplace(value, std::move(last)).first->second;
}

Literal Precedence::getVia(Operation *op, function_ref<bool(Value)> isVia) {
  SmallVector<std::pair<Value, Literal>> hidden;
  for (Value input : getOperandsAndCaptured(op))
    if (Value value = lookThroughPrimitives(input); !isVia(value)) {
      hidden.emplace_back(value, get(value));
      setIndependent(value);
    }
  Literal last = find(op, 0);
  for (auto &[value, before] : hidden)
    set(value, before);
  return last;
}

void Precedence::visit(Operation *op) {
  if (isa<PrimitiveOp>(op))
    return;
  bool hasBlocks =
      isa<WhileOp, CaseOp, IfOp, ScanOp, CallOpInterface, ReduceOp>(op);
  if (op->getNumResults() == 1 && !hasBlocks) {
    set(op->getResult(0), find(op, 0));
    return;
  }
  std::optional<SmallVector<Literal>> ofBlocks =
      hasStaticTypes(op) ? findOfBlocks(op) : std::nullopt;
  int64_t last = Other;
  for (Value input : getOperandsAndCaptured(op))
    last = std::max(last, getLast(get(input)));
  for (auto [i, result] : llvm::enumerate(op->getResults()))
    set(result, ofBlocks ? (*ofBlocks)[i] : fill(result.getType(), last));
}

Literal Precedence::find(Operation *op, unsigned depth) {
  using Method = std::optional<Literal> (Precedence::*)(Operation *, unsigned);
  constexpr Method methods[] = {
      &Precedence::findExclusiveSum, &Precedence::findElementwise,
      &Precedence::findMoved,        &Precedence::findGathered,
      &Precedence::findCombined,     &Precedence::findProduct};
  if (hasStaticTypes(op))
    for (Method method : methods)
      if (std::optional<Literal> last = (this->*method)(op, depth)) {
        work += last->getNumHeld();
        // What is the same for all is held once.
        auto all = llvm::seq(last->getNumHeld());
        Element first = all.empty() ? Element() : (*last)[0];
        if (!all.empty() &&
            llvm::all_of(all, [&](int64_t i) { return (*last)[i] == first; }))
          return Literal(last->getType(), {first});
        return std::move(*last);
      }
  int64_t last = Other;
  for (Value input : getOperandsAndCaptured(op))
    last = std::max(last, getLast(get(input, depth)));
  return fill(op->getResult(0).getType(), last);
}

Literal Precedence::getPositions(RankedTensorType type, ArrayRef<int64_t> dims,
                                 bool isReversed) {
  SmallVector<int64_t> held(type.getRank(), 1);
  int64_t count = 1;
  for (int64_t dim : dims)
    count *= held[dim] = type.getDimSize(dim);
  std::vector<Element> elements;
  for (int64_t i : llvm::seq(count))
    elements.push_back(toPosition(isReversed ? count - 1 - i : i));
  return Literal(getPositionsType(type), held, std::move(elements));
}

/// Whether `holds` does for each element of two of one shape.
static bool compareAll(const Literal &some, const Literal &others,
                       function_ref<bool(int64_t, int64_t)> holds) {
  if (some.getShape() != others.getShape())
    return false;
  SmallVector<int64_t> held =
      getCommonHeld({some, others}, some.getShape().size());
  Literal left = some.holding(held), right = others.holding(held);
  return llvm::all_of(llvm::seq(ShapedType::getNumElements(held)),
                      [&](int64_t i) {
                        return holds(left.getInteger(i), right.getInteger(i));
                      });
}

bool Precedence::areBefore(const Literal &some, const Literal &others) {
  return compareAll(some, others, [](int64_t position, int64_t other) {
    return position < std::max<int64_t>(other, 0);
  });
}

bool Precedence::areWithin(const Literal &some, const Literal &others) {
  return compareAll(some, others, [](int64_t position, int64_t other) {
    return position <= std::max<int64_t>(other, Other);
  });
}

Literal Precedence::join(const Literal &some, const Literal &others) {
  SmallVector<int64_t> held =
      getCommonHeld({some, others}, some.getShape().size());
  Literal left = some.holding(held), right = others.holding(held);
  std::vector<Element> elements;
  for (int64_t i = 0, n = ShapedType::getNumElements(held); i < n; ++i)
    elements.push_back(
        toPosition(std::max(left.getInteger(i), right.getInteger(i))));
  return Literal(some.getType(), held, std::move(elements));
}

Literal Precedence::collect(const Literal &from, ArrayRef<int64_t> dims,
                            Type type) {
  RankedTensorType to = getPositionsType(type);
  SmallVector<int64_t> held(to.getRank(), 1), steps(dims.size(), 0);
  for (auto [d, dim] : llvm::enumerate(dims))
    if (dim >= 0)
      held[dim] = from.getHeldShape()[d];
  SmallVector<int64_t> strides = computeStrides(held);
  for (auto [d, dim] : llvm::enumerate(dims))
    if (dim >= 0)
      steps[d] = strides[dim];
  std::vector<Element> elements(ShapedType::getNumElements(held),
                                toPosition(Other));
  int64_t next = 0;
  forEachIndex(from.getHeldShape(), [&](ArrayRef<int64_t> index) {
    Element &last = elements[linearize(index, steps)];
    last = toPosition(
        std::max<int64_t>(int32_t(last.bits), from.getInteger(next++)));
  });
  return Literal(to, held, std::move(elements));
}

/// Of an element that an op computes from such elements.
static int64_t combine(Operation *op, ArrayRef<int64_t> of) {
  auto isAny = [&](int64_t kind) { return llvm::is_contained(of, kind); };
  auto areAll = [&](int64_t kind) {
    return llvm::all_of(of, [&](int64_t one) { return one == kind; });
  };
  int64_t last = std::max<int64_t>(*llvm::max_element(of), Precedence::Other);
  if (isa<MulOp, AndOp>(op))
    return isAny(Precedence::Zero) ? Precedence::Zero : last;
  if (isa<DivOp>(op))
    return of[0] == Precedence::Zero ? of[0] : last;
  if (isa<ExpOp>(op) && areAll(Precedence::MinusInfinity))
    return Precedence::Zero;
  if (isa<AddOp, SubtractOp>(op) && of[0] == Precedence::MinusInfinity)
    return of[0];
  if (isa<MaxOp>(op) && isAny(Precedence::MinusInfinity))
    return std::max(of[0], of[1]);
  if (isa<AddOp, SubtractOp, MaxOp, MinOp, OrOp, NegOp, AbsOp, ConvertOp,
          TanhOp>(op) &&
      areAll(Precedence::Zero))
    return Precedence::Zero;
  return last;
}

std::optional<Literal> Precedence::findElementwise(Operation *op,
                                                   unsigned depth) {
  if (!isElementwise(op) || op->getNumOperands() == 0)
    return std::nullopt;
  RankedTensorType type = getPositionsType(op->getResult(0).getType());
  SmallVector<Literal, 3> operands;
  for (Value operand : op->getOperands()) {
    const Literal &last = get(operand, depth);
    // A scalar is for all elements.
    bool isForAll = last.getShape() != type.getShape();
    operands.push_back(isForAll ? last.withType(type) : last);
  }
  // Of a literal predicate, what is chosen.
  std::optional<Literal> predicate;
  if (auto select = dyn_cast<SelectOp>(op))
    predicate = findLiteral(select.getPred(), kMaxElements);
  if (predicate)
    predicate = predicate->getShape() == type.getShape()
                    ? *predicate
                    : predicate->withType(type);
  SmallVector<int64_t> held = getCommonHeld(operands, type.getRank());
  if (ShapedType::getNumElements(held) > kMaxElements)
    return std::nullopt;
  for (Literal &operand : operands)
    operand = operand.holding(held);
  if (predicate)
    predicate = predicate->holding(held);
  std::vector<Element> elements(ShapedType::getNumElements(held));
  SmallVector<int64_t, 3> of(operands.size());
  for (auto [i, element] : llvm::enumerate(elements)) {
    for (auto [one, operand] : llvm::zip_equal(of, operands))
      one = operand.getInteger(operand.isSplat() ? 0 : i);
    element = toPosition(predicate ? of[(*predicate)[i].bits ? 1 : 2]
                                   : combine(op, of));
  }
  return Literal(type, held, std::move(elements));
}

std::optional<Literal> Precedence::evaluatePositions(Operation *op,
                                                     ArrayRef<unsigned> data,
                                                     unsigned depth) {
  std::optional<Combiner> combiner;
  if (op->getNumRegions() != 0) {
    combiner.emplace(op->getRegion(0));
    if (!combiner->getOp() && !combiner->replaces())
      return std::nullopt; // What it computes may be of other values too.
  }
  SmallVector<Literal> literals;
  SmallVector<Value> operands;
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    if (llvm::is_contained(data, i)) {
      literals.push_back(get(operand, depth));
    } else if (auto literal = findLiteral(operand, kMaxElements)) {
      literals.push_back(std::move(*literal));
    } else {
      return std::nullopt;
    }
  }
  for (const Literal &literal : literals)
    operands.push_back(scratch.addArgument(literal.getType(), op->getLoc()));
  Operation *ofPositions = op->cloneWithoutRegions();
  ofPositions->setOperands(operands);
  ofPositions->getResult(0).setType(
      getPositionsType(op->getResult(0).getType()));
  if (combiner) {
    Block &body = ofPositions->getRegion(0).emplaceBlock();
    auto scalar = getPositionsType(
        RankedTensorType::get({}, IntegerType::get(op->getContext(), 32)));
    body.addArguments({scalar, scalar}, {op->getLoc(), op->getLoc()});
    OpBuilder b = OpBuilder::atBlockEnd(&body);
    Value last = body.getArgument(1);
    if (!combiner->replaces())
      last = MaxOp::create(b, op->getLoc(), body.getArgument(0), last);
    stablehlo::ReturnOp::create(b, op->getLoc(), last);
  }
  std::optional<Literal> last = evaluate(ofPositions, literals, kMaxElements);
  ofPositions->destroy();
  scratch.eraseArguments(0, scratch.getNumArguments());
  return last;
}

std::optional<Literal> Precedence::findExclusiveSum(Operation *op,
                                                    unsigned depth) {
  auto difference = dyn_cast<SubtractOp>(op);
  if (!difference)
    return std::nullopt;
  Value sums = lookThroughPrimitives(difference.getLhs());
  auto windows = sums.getDefiningOp<ReduceWindowOp>();
  if (!windows || windows->getNumOperands() != 2 ||
      !Combiner(windows.getBody()).adds() ||
      lookThroughPrimitives(windows->getOperand(0)) !=
          lookThroughPrimitives(difference.getRhs()))
    return std::nullopt;
  std::optional<RunningWindow> window = RunningWindow::get(windows);
  if (!window)
    return std::nullopt;
  // The sum before each.
  RankedTensorType type = getPositionsType(sums.getType());
  SmallVector<int64_t> low(type.getRank(), 0), interior(type.getRank(), 0);
  low[window->dim] = window->isReversed ? -1 : 1;
  SmallVector<int64_t> high = llvm::map_to_vector(low, std::negate<>());
  SmallVector<Literal> literals{get(sums, depth),
                                fill(type.clone(ArrayRef<int64_t>()), Zero)};
  OpBuilder b(op->getContext());
  OwningOpRef<PadOp> pad = PadOp::create(
      b, op->getLoc(), type, scratch.addArgument(type, op->getLoc()),
      scratch.addArgument(literals.back().getType(), op->getLoc()), low, high,
      interior);
  std::optional<Literal> last =
      evaluate(pad->getOperation(), literals, kMaxElements);
  pad = {};
  scratch.eraseArguments(0, scratch.getNumArguments());
  return last;
}

Literal Precedence::forgetKinds(const Literal &last) {
  std::vector<Element> elements;
  for (int64_t i = 0, n = last.getNumHeld(); i < n; ++i)
    elements.push_back(
        toPosition(std::max<int64_t>(last.getInteger(i), Other)));
  return Literal(last.getType(), last.getHeldShape(), std::move(elements));
}

std::optional<Literal> Precedence::findMoved(Operation *op, unsigned depth) {
  if (isa<BroadcastInDimOp, ConcatenateOp, PadOp, ReshapeOp, ReverseOp, SliceOp,
          TransposeOp>(op))
    return evaluatePositions(
        op, llvm::to_vector(llvm::seq(op->getNumOperands())), depth);
  if (isa<DynamicSliceOp, GatherOp>(op))
    return evaluatePositions(op, 0, depth);
  if (isa<DynamicUpdateSliceOp>(op))
    return evaluatePositions(op, {0, 1}, depth);
  auto scatter = dyn_cast<ScatterOp>(op);
  if (!scatter || op->getNumOperands() != 3)
    return std::nullopt;
  std::optional<Literal> last = evaluatePositions(op, {0, 2}, depth);
  Combiner combiner(op->getRegion(0));
  bool keepsZeros = combiner.replaces() || combiner.adds();
  return last && !keepsZeros ? forgetKinds(*last) : last;
}

/// Entries of what is known, by indices that depend on x.
std::optional<Literal> Precedence::findGathered(Operation *op, unsigned depth) {
  auto gather = dyn_cast<GatherOp>(op);
  if (!gather)
    return std::nullopt;
  Literal array = get(gather.getOperand(), depth);
  GatherDimensionNumbersAttr dims = gather.getDimensionNumbers();
  const Literal &indices = get(gather.getStartIndices(), depth);
  SmallVector<int64_t> places;
  int64_t place = 0;
  for (int64_t d : llvm::seq<int64_t>(indices.getShape().size())) {
    if (d == dims.getIndexVectorDim()) {
      places.push_back(-1);
      continue;
    }
    while (llvm::is_contained(dims.getOffsetDims(), place))
      ++place;
    places.push_back(place++);
  }
  Literal last = collect(indices, places, gather.getType());
  if (getLast(array) < 0)
    return last;
  // Windows may be anywhere, but in the dimensions of a batch.
  SmallVector<int64_t> ofArray(array.getShape().size(), -1);
  for (auto [dim, ofIndices] : llvm::zip_equal(
           dims.getOperandBatchingDims(), dims.getStartIndicesBatchingDims()))
    ofArray[dim] = places[ofIndices];
  return join(last, collect(array, ofArray, gather.getType()));
}

std::optional<Literal> Precedence::findCombined(Operation *op, unsigned depth) {
  if (!isa<ReduceWindowOp>(op) || op->getNumOperands() != 2)
    return std::nullopt;
  std::optional<Literal> last = evaluatePositions(op, {0, 1}, depth);
  return last ? forgetKinds(*last) : last;
}
