// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AffineSystem.h"

#include "BatchSlice.h"
#include "LinearLiterals.h"
#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "invhlo/Interfaces/Unit.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/StableHLO/Analysis/Combiner.h"
#include "invhlo/StableHLO/Emission.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

static bool isComplexTyped(Value value) {
  return isa<ComplexType>(getElementTypeOrSelf(value));
}

/// Whether `op` multiplies operands with each other: it is affine in each of
/// them, and not in several.
static bool isProduct(Operation *op) {
  if (auto scatter = dyn_cast<ScatterOp>(op))
    return Combiner(scatter.getUpdateComputation()).multiplies();
  return isa<MulOp, DivOp, DotGeneralOp, ConvolutionOp, TriangularSolveOp,
             CustomCallOp>(op);
}

/// The operands that `op` is affine in, with the others fixed. Conversions of
/// floats count, for they round as sums do.
static SmallVector<unsigned> getAffineOperands(Operation *op) {
  if (isa<CollectivePermuteOp, AllToAllOp, AllGatherOp, AllReduceOp>(op))
    return {}; // They mix what different devices have.
  auto isFloat = [](Value value) { return hasDensity(value.getType()); };
  if (auto convert = dyn_cast<ConvertOp>(op))
    return isFloat(convert.getOperand()) && isFloat(convert.getResult())
               ? SmallVector<unsigned>{0}
               : SmallVector<unsigned>();
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return op->getNumResults() == 1 && Combiner(reduce.getBody()).adds()
               ? SmallVector<unsigned>{0, 1}
               : SmallVector<unsigned>();
  SmallVector<unsigned> operands;
  if (auto rule = dyn_cast<InvertibleOpInterface>(op))
    for (const Edge &edge : rule.getEdges())
      if (edge.coupling == Coupling::Affine)
        operands.push_back(edge.operand);
  return operands;
}

/// Whether what a rule says against `op` alone is nothing against equations
/// that it is one of.
static bool mayHelp(Operation *op, unsigned numDependent) {
  return numDependent > 1 || isa<ConvolutionOp, DotGeneralOp, DynamicSliceOp,
                                 FftOp, GatherOp, RealOp, ImagOp>(op);
}

Value AffineSystem::lookThrough(Value value) const {
  while (true) {
    value = lookThroughPrimitives(value);
    Operation *op = value.getDefiningOp();
    if (!op || getValuesBeside(op).empty())
      return value;
    value = getValuesBeside(op)[cast<OpResult>(value).getResultNumber()];
  }
}

bool AffineSystem::isDependent(Value operand) const {
  return dependent.contains(operand) ||
         dependent.contains(lookThrough(operand));
}

bool AffineSystem::isAdded(OpOperand &operand) const {
  Operation *op = operand.getOwner();
  return !isProduct(op) && hasDensity(operand.get().getType()) &&
         llvm::is_contained(getAffineOperands(op), operand.getOperandNumber());
}

bool AffineSystem::add(Operation *op, const Cluster &cluster,
                       Knowledge &knowledge) {
  SmallVector<unsigned> affine = getAffineOperands(op);
  unsigned numDependent = 0;
  for (OpOperand &operand : op->getOpOperands()) {
    Value value = operand.get();
    if (knowledge.knows(value))
      continue;
    Value source = lookThrough(value);
    Operation *definition = source.getDefiningOp();
    bool isComputed = definition && cluster.contains(definition);
    if (!hasDensity(value.getType()) ||
        !llvm::is_contained(affine, operand.getOperandNumber()) ||
        (isComputed && !dependent.contains(source)))
      return false;
    ++numDependent;
    if (isComputed)
      continue;
    xs.insert(source);
    dependent.insert(source);
  }
  if (numDependent == 0 || (isProduct(op) && numDependent > 1) ||
      (knowledge.isRefused(op) && !mayHelp(op, numDependent)))
    return false;
  // What regions capture is known, or there is more to see than operands.
  return llvm::all_of(getInputs(op), [&](Value input) {
    return knowledge.knows(input) ||
           llvm::is_contained(op->getOperands(), input);
  });
}

std::optional<AffineSystem> AffineSystem::get(const Cluster &cluster,
                                              Knowledge &knowledge) {
  AffineSystem system;
  for (Operation *op : cluster.ops) {
    if (auto primitive = dyn_cast<PrimitiveOp>(op))
      if (primitive.getLowered().size() == 1)
        system.primitives[system.lookThrough(primitive.getLowered().front())]
            .push_back(primitive);
    if (isa<PrimitiveOp>(op) || !getValuesBeside(op).empty())
      continue;
    if (op->getNumResults() != 1 || !system.add(op, cluster, knowledge))
      return std::nullopt;
    Value result = op->getResult(0);
    system.ops.push_back(op);
    // Some of it may be known, as products with zero are: as much is left to
    // find of xs as of ys, so that is no equation.
    if (knowledge.knows(result))
      system.ys.push_back(result);
    else
      system.dependent.insert(result);
  }
  auto isStatic = [](Value value) {
    return getTensorType(value).hasStaticShape();
  };
  auto countReals = [](ArrayRef<Value> values) {
    int64_t count = 0;
    for (Value value : values)
      count +=
          getTensorType(value).getNumElements() * (isComplexTyped(value) + 1);
    return count;
  };
  ArrayRef<Value> xs = system.getXs(), ys = system.ys;
  if (ys.empty() || !llvm::all_of(xs, isStatic) ||
      !llvm::all_of(ys, isStatic) || countReals(xs) != countReals(ys) ||
      countReals(xs) == 0)
    return std::nullopt;
  system.complexLinear = llvm::all_of(system.dependent, isComplexTyped) &&
                         llvm::all_of(ys, isComplexTyped);
  return system;
}

bool AffineSystem::hasConstant() const {
  return llvm::any_of(ops, [&](Operation *op) {
    return llvm::any_of(op->getOpOperands(), [&](OpOperand &operand) {
      return !isDependent(operand.get()) && isAdded(operand);
    });
  });
}

bool AffineSystem::hasLiteralFactors() const {
  return llvm::all_of(ops, [&](Operation *op) {
    return llvm::all_of(op->getOpOperands(), [&](OpOperand &operand) {
      return isDependent(operand.get()) || isAdded(operand) ||
             getLiteral(operand.get());
    });
  });
}

SmallVector<Value> AffineSystem::build(OpBuilder &b, ValueRange ofXs,
                                       bool isLinear, Knowledge &knowledge,
                                       const BatchSlice *slice) const {
  IRMapping computed;
  computed.map(getXs(), ofXs);
  // The host has them for whole values, and for what is added to them too.
  bool keepsPrimitives =
      isLinear ? !hasConstant() && !(slice && slice->narrows()) : true;
  SmallVector<Value> ofYs;
  for (Operation *op : ops) {
    IRMapping mapping;
    for (Value input : getInputs(op))
      if (!isDependent(input))
        mapping.map(input, knowledge.get(input).value);
    Operation *clone = b.clone(*op, mapping);
    for (auto [operand, original] :
         llvm::zip_equal(clone->getOpOperands(), op->getOpOperands())) {
      Value value = original.get();
      if (isDependent(value)) {
        operand.set(computed.lookup(lookThrough(value)));
      } else if (isLinear && isAdded(original)) {
        OpBuilder before(clone);
        operand.set(createSplat(before, op->getLoc(), getTensorType(value), 0));
      }
    }
    if (slice)
      slice->narrow(op, clone, *this);
    Value result = op->getResult(0);
    computed.map(result, clone->getResult(0));
    if (keepsPrimitives)
      for (Operation *primitive : primitives.lookup(result)) {
        // Their inputs may be no part of the system, as what is moved is not
        // where the compiler sees where it is moved from.
        auto isThere = [&](Value value) {
          return computed.contains(lookThrough(value)) ||
                 knowledge.knows(value);
        };
        if (!llvm::all_of(primitive->getOperands(), isThere))
          continue;
        Operation *beside = b.clone(*primitive);
        for (OpOperand &operand : beside->getOpOperands()) {
          Value found = computed.lookupOrNull(lookThrough(operand.get()));
          operand.set(found ? found : knowledge.get(operand.get()).value);
        }
        computed.map(result, beside->getResult(0));
      }
    if (!dependent.contains(result))
      ofYs.push_back(computed.lookup(result));
  }
  return ofYs;
}

std::optional<SmallVector<Literal>> AffineSystem::evaluate(
    ArrayRef<Literal> ofXs,
    function_ref<std::optional<Literal>(Value)> getFactor) const {
  DenseMap<Value, Literal> computed;
  for (auto [x, literal] : llvm::zip_equal(getXs(), ofXs))
    computed.try_emplace(x, literal);
  SmallVector<Literal> ofYs;
  for (Operation *op : ops) {
    SmallVector<Literal> operands;
    for (OpOperand &operand : op->getOpOperands()) {
      Value value = operand.get();
      std::optional<Literal> literal;
      if (isDependent(value)) {
        auto it = computed.find(lookThrough(value));
        literal = it->second;
      } else if (isAdded(operand)) {
        RankedTensorType type = getTensorType(value);
        literal = Literal(type, {toElement(0, type.getElementType())});
      } else {
        literal = getFactor(value);
      }
      if (!literal)
        return std::nullopt;
      operands.push_back(std::move(*literal));
    }
    std::optional<Literal> result = evaluateLinear(op, operands);
    if (!result)
      return std::nullopt;
    if (!dependent.contains(op->getResult(0)))
      ofYs.push_back(*result);
    computed.try_emplace(op->getResult(0), std::move(*result));
  }
  return ofYs;
}
