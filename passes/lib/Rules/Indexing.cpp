// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reads and writes at positions that a tensor names.

#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Rules/Tables.h"
#include "invhlo/Rules/WindowMap.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace invhlo;

/// The elements of a value that are known.
static llvm::BitVector getKnownBits(Knowledge &knowledge, Value value) {
  llvm::BitVector bits(getTensorType(value).getNumElements());
  for (const Piece &piece : knowledge.getPieces(value))
    bits |= piece.where.getBits();
  return bits;
}

/// `bits` of a value as an index set.
static IndexSet getSet(Value value, llvm::BitVector bits) {
  return IndexSet(getTensorType(value).getShape(), std::move(bits));
}

/// Zeros where nothing is known, else full-shape data of the known elements.
static Value getFullData(Emitter &e, Knowledge &knowledge, Value value,
                         const llvm::BitVector &known) {
  if (known.none())
    return e.fill(0, value);
  return knowledge.get(value, getSet(value, known)).value;
}

/// Which elements a gather or scatter touches.
template <typename Op>
static const std::optional<WindowMap> &getMap(Op op, Knowledge &knowledge) {
  return knowledge.remember<std::optional<WindowMap>>(
      op, [&] { return WindowMap::get(op); });
}

/// Clones `op` with `operands`.
static Operation *cloneWith(Emitter &e, Operation *op,
                            ArrayRef<Value> operands) {
  Operation *clone = e.getBuilder().clone(*op);
  clone->setOperands(operands);
  return clone;
}

namespace {

/// With literal indices a gather moves elements; copies are consistent.
struct GatherRule
    : InvertibleOpInterface::ExternalModel<GatherRule, stablehlo::GatherOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    SmallVector<Edge> edges =
        getEdgesToResult(op, 0, Reach::Moved, Coupling::Affine);
    // A table tells where an entry of it is.
    edges.back().isSolvable = true;
    return edges;
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto gather = cast<stablehlo::GatherOp>(op);
    Value operand = gather.getOperand(), result = gather.getResult();
    const auto &map = getMap(gather, knowledge);
    if (!map)
      return lookUpInTable(gather, knowledge);
    Emitter e(knowledge.getBuilder(), op->getLoc());
    findOperand(e, *map, operand, result, knowledge);
    findResult(e, op, *map, operand, result, knowledge);
  }

  static void findOperand(Emitter &e, const WindowMap &map, Value operand,
                          Value result, Knowledge &knowledge) {
    llvm::BitVector known = getKnownBits(knowledge, result);
    if (known.none() || knowledge.knows(operand))
      return;
    llvm::BitVector found(getTensorType(operand).getNumElements());
    for (unsigned i : known.set_bits())
      if (int64_t element = map.getElements()[i]; element >= 0)
        found.set(element);
    IndexSet where = getSet(operand, std::move(found));
    if (knowledge.knows(operand, where))
      return;
    Known data = knowledge.get(result, getSet(result, known));
    data.value = map.ungather(e, data.value, known);
    if (data.share)
      data.share = map.ungather(e, data.share, known);
    knowledge.learn(operand, where, data);
  }

  static void findResult(Emitter &e, Operation *op, const WindowMap &map,
                         Value operand, Value result, Knowledge &knowledge) {
    llvm::BitVector known = getKnownBits(knowledge, operand);
    llvm::BitVector found = map.pull(known);
    if (found.none() || knowledge.knows(result, getSet(result, found)))
      return;
    Value data = getFullData(e, knowledge, operand, known);
    Value indices = knowledge.get(op->getOperand(1)).value;
    Operation *clone = cloneWith(e, op, {data, indices});
    knowledge.learn(result, getSet(result, std::move(found)),
                    Known{clone->getResult(0), {}});
  }
};

/// Why elements to which these literal updates are added, or which are
/// multiplied by them, are lost; empty if they are not.
StringRef refuseUpdates(DenseElementsAttr literal, bool multiplies) {
  StringRef reason;
  if (literal)
    forEachNumber(literal, [&](size_t, std::complex<double> k) {
      if (multiplies && k == 0.)
        reason = "it multiplies by zero";
      else if (!isFinite(k))
        reason = multiplies ? "it multiplies by what is not finite"
                            : "it adds what is not finite";
    });
  return reason;
}

/// A scatter that replaces moves its updates to literal places and keeps the
/// input elsewhere; one that adds or multiplies by known updates is undone by
/// the opposite updates, wherever they go.
struct ScatterRule
    : InvertibleOpInterface::ExternalModel<ScatterRule, stablehlo::ScatterOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    auto scatter = cast<stablehlo::ScatterOp>(op);
    if (scatter.getInputs().size() != 1)
      return getOpaqueEdges(op);
    stablehlo::Combiner combiner(scatter.getUpdateComputation());
    bool isAffine = combiner.replaces() || combiner.adds() ||
                    combiner.subtracts() || combiner.multiplies();
    auto coupling = isAffine ? Coupling::Affine : Coupling::Opaque;
    // Of updates to the same place, the last one replaces; others add up.
    auto reach = combiner.replaces() ? Reach::Moved : Reach::All;
    SmallVector<Edge> edges = getEdgesToResult(op, {0, 2}, reach, coupling);
    edges.front().reach = Reach::Same;
    return edges;
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto scatter = cast<stablehlo::ScatterOp>(op);
    if (scatter.getInputs().size() != 1)
      return knowledge.refuse(op, "it scatters several tensors at once");
    stablehlo::Combiner combiner(scatter.getUpdateComputation());
    if (combiner.replaces())
      return replace(scatter, knowledge);
    bool multiplies =
        combiner.multiplies() && hasDensity(scatter.getResult(0).getType());
    if (!combiner.adds() && !combiner.subtracts() && !multiplies)
      return knowledge.refuse(op, "what it combines with is not undone");
    undo(scatter, knowledge, multiplies);
  }

  static void replace(stablehlo::ScatterOp scatter, Knowledge &knowledge) {
    const auto &found = getMap(scatter, knowledge);
    if (!found)
      return knowledge.refuse(scatter, "its indices are not literals");
    const WindowMap &map = *found;
    if (!map.isInjective())
      return knowledge.refuse(scatter, "its indices repeat");
    Value updates = scatter.getUpdates()[0], result = scatter.getResult(0);
    Emitter e(knowledge.getBuilder(), scatter.getLoc());
    keepInput(scatter, map, knowledge);
    llvm::BitVector known = getKnownBits(knowledge, result);
    llvm::BitVector pulled = map.pull(known);
    if (pulled.any() && !knowledge.knows(updates, getSet(updates, pulled))) {
      Known data = knowledge.get(result, getSet(result, known));
      Value indices = knowledge.get(scatter.getScatterIndices()).value;
      data.value = map.gather(e, data.value, indices);
      if (data.share)
        data.share = map.gather(e, data.share, indices);
      knowledge.learn(updates, getSet(updates, std::move(pulled)), data);
    }
    evaluateParts(e, scatter, map, knowledge);
  }

  /// Outside the windows the input is the result.
  static void keepInput(stablehlo::ScatterOp scatter, const WindowMap &map,
                        Knowledge &knowledge) {
    Value input = scatter.getInputs()[0], result = scatter.getResult(0);
    IndexSet touched = getSet(result, map.getTouched());
    for (const Piece &piece : knowledge.getPieces(result))
      for (const IndexSet &kept : piece.where.subtract(touched))
        if (!knowledge.knows(input, kept))
          knowledge.learn(input, kept, knowledge.get(result, kept));
  }

  /// Outside the windows the result is the input.
  static void keepResult(stablehlo::ScatterOp scatter, const WindowMap &map,
                         Knowledge &knowledge) {
    Value input = scatter.getInputs()[0], result = scatter.getResult(0);
    IndexSet touched = getSet(result, map.getTouched());
    for (const Piece &piece : knowledge.getPieces(input))
      for (const IndexSet &kept : piece.where.subtract(touched))
        if (!knowledge.knows(result, kept))
          knowledge.learn(result, kept,
                          Known{knowledge.get(input, kept).value, {}});
  }

  static void evaluateParts(Emitter &e, stablehlo::ScatterOp scatter,
                            const WindowMap &map, Knowledge &knowledge) {
    Value input = scatter.getInputs()[0], updates = scatter.getUpdates()[0];
    Value result = scatter.getResult(0);
    llvm::BitVector knownInput = getKnownBits(knowledge, input);
    llvm::BitVector knownUpdates = getKnownBits(knowledge, updates);
    llvm::BitVector found = knownInput;
    found.reset(map.getTouched());
    for (unsigned i : knownUpdates.set_bits())
      if (int64_t element = map.getElements()[i]; element >= 0)
        found.set(element);
    if (found.none() || knowledge.knows(result, getSet(result, found)))
      return;
    Value data = getFullData(e, knowledge, input, knownInput);
    if (knownUpdates.any()) {
      Value values = getFullData(e, knowledge, updates, knownUpdates);
      Value indices = knowledge.get(scatter.getScatterIndices()).value;
      data = cloneWith(e, scatter, {data, indices, values})->getResult(0);
    }
    knowledge.learn(result, getSet(result, std::move(found)), Known{data, {}});
  }

  /// y = x with k added (multiplied) at some places: x = y with -k added (1/k
  /// multiplied) there, and log|dx/dy| = -log|k|.
  static void undo(stablehlo::ScatterOp scatter, Knowledge &knowledge,
                   bool multiplies) {
    Value input = scatter.getInputs()[0], updates = scatter.getUpdates()[0];
    Value result = scatter.getResult(0);
    if (const auto &map = getMap(scatter, knowledge)) {
      keepInput(scatter, *map, knowledge);
      keepResult(scatter, *map, knowledge);
    }
    if (!knowledge.knows(result) || knowledge.knows(input))
      return;
    if (StringRef reason = refuseUpdates(getLiteral(updates), multiplies);
        !reason.empty())
      return knowledge.refuse(scatter, reason);
    if (!knowledge.knows(scatter.getScatterIndices()))
      return knowledge.refuse(scatter, "its indices depend on the unknown");
    if (!knowledge.knows(updates))
      return knowledge.refuse(scatter, "its updates depend on the unknown");
    Emitter e(knowledge.getBuilder(), scatter.getLoc());
    Known data = knowledge.get(result);
    Value indices = knowledge.get(scatter.getScatterIndices()).value;
    Value k = knowledge.get(updates).value;
    Value opposite = multiplies ? e.div(e.fill(1, k), k) : e.neg(k);
    data.value =
        cloneWith(e, scatter, {data.value, indices, opposite})->getResult(0);
    if (multiplies && knowledge.wantsShares())
      data.share = addLogDet(e, scatter, data, indices, k);
    knowledge.learn(input, Knowledge::wholeOf(input), data);
  }

  static Value addLogDet(Emitter &e, stablehlo::ScatterOp scatter,
                         const Known &data, Value indices, Value k) {
    Value logDet = e.neg(e.logAbs(k));
    if (isComplex(k))
      logDet = e.scale(2, logDet);
    auto type = getShareTensorType(getTensorType(data.value));
    logDet = e.convert(logDet, type.getElementType());
    Value share = data.share ? data.share : e.fill(0, type);
    Operation *add = cloneWith(e, scatter, {share, indices, logDet});
    add->getResult(0).setType(type);
    Block &body = add->getRegion(0).front();
    auto scalar = RankedTensorType::get({}, type.getElementType());
    for (BlockArgument argument : body.getArguments())
      argument.setType(scalar);
    OpBuilder inside = OpBuilder::atBlockBegin(&body);
    Value sum = stablehlo::AddOp::create(
        inside, e.getLoc(), body.getArgument(0), body.getArgument(1));
    Operation *product = body.getTerminator()->getOperand(0).getDefiningOp();
    body.getTerminator()->setOperand(0, sum);
    product->erase();
    return add->getResult(0);
  }
};

/// With literal starts, the update is a box of the result and the operand is
/// the rest.
struct DynamicUpdateSliceRule
    : InvertibleOpInterface::ExternalModel<DynamicUpdateSliceRule,
                                           stablehlo::DynamicUpdateSliceOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    SmallVector<Edge> edges =
        getEdgesToResult(op, {0, 1}, Reach::Moved, Coupling::Affine);
    edges.front().reach = Reach::Same;
    return edges;
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto write = cast<stablehlo::DynamicUpdateSliceOp>(op);
    Value operand = write.getOperand(), update = write.getUpdate();
    Value result = write.getResult();
    ArrayRef<int64_t> shape = getTensorType(result).getShape();
    SmallVector<Progression> dims;
    ArrayRef<int64_t> sizes = getTensorType(update).getShape();
    auto starts = getConstantStarts(write.getStartIndices(), shape, sizes);
    if (!starts)
      return knowledge.refuse(op, "its start is not a literal");
    for (auto [start, size] : llvm::zip_equal(*starts, sizes))
      dims.push_back(Progression::get(start, size));
    IndexSet window(shape, Box(dims));
    for (const Piece &piece : knowledge.getPieces(result)) {
      for (const IndexSet &kept : piece.where.subtract(window))
        if (!knowledge.knows(operand, kept))
          knowledge.learn(operand, kept, knowledge.get(result, kept));
    }
    if (knowledge.knows(result, window) && !knowledge.knows(update))
      knowledge.learn(update, Knowledge::wholeOf(update),
                      knowledge.get(result, window));
    if (knowledge.knows(update) && !knowledge.knows(result, window))
      knowledge.learn(result, window, Known{knowledge.get(update).value, {}});
    for (const Piece &piece : knowledge.getPieces(operand))
      for (const IndexSet &kept : piece.where.subtract(window))
        if (!knowledge.knows(result, kept))
          knowledge.learn(result, kept,
                          Known{knowledge.get(operand, kept).value, {}});
  }
};

struct StartsAtRunTime {
  static constexpr llvm::StringLiteral text = "its start is not a literal";
};

} // namespace

void invhlo::attachIndexingRules(MLIRContext *context) {
  stablehlo::GatherOp::attachInterface<GatherRule>(*context);
  stablehlo::ScatterOp::attachInterface<ScatterRule>(*context);
  stablehlo::DynamicUpdateSliceOp::attachInterface<DynamicUpdateSliceRule>(
      *context);
  attachRefusal<StartsAtRunTime, stablehlo::DynamicSliceOp>(context);
}
