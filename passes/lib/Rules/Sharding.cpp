// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How values are split over devices, and computations written for one of them.

#include "invhlo/Interfaces/InvertibleRegionOpInterface.h"
#include "invhlo/Rules/Rearrangement.h"
#include "invhlo/Rules/Replication.h"
#include "invhlo/Rules/Rules.h"
#include "invhlo/Sdy/Sdy.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace invhlo;

namespace {

/// The operand is the result, split alike.
struct ShardingConstraintGeometry : Rearrangement {
  static Route constrain(Operation *op, const Box &box) {
    auto constraint = cast<sdy::ShardingConstraintOp>(op);
    auto sharding = getShardingOf(constraint, box);
    auto move = [sharding](Emitter &e, Value data) {
      return e.create<sdy::ShardingConstraintOp>(data.getType(), data,
                                                 sharding);
    };
    return Route{box, box, move, {}};
  }

  /// Of a part of the tensor: where a dimension is cut, its blocks are not
  /// those of the whole one, and how to split it is left open.
  static sdy::TensorShardingAttr
  getShardingOf(sdy::ShardingConstraintOp constraint, const Box &box) {
    MLIRContext *context = constraint.getContext();
    sdy::TensorShardingAttr sharding = constraint.getSharding();
    ArrayRef<int64_t> shape = getTensorType(constraint.getResult()).getShape();
    auto dims = llvm::to_vector(sharding.getDimShardings());
    for (auto [d, dim] : llvm::enumerate(dims))
      if (box[d].size != shape[d])
        dim = sdy::DimensionShardingAttr::get(context, {}, /*isClosed=*/false);
    return sdy::TensorShardingAttr::get(
        context, sharding.getMeshOrRef(), dims, sharding.getReplicatedAxes(),
        sharding.getUnreducedAxes(), sharding.getReductionOp());
  }

  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    return constrain(op, box);
  }
  std::optional<Route> toResult(Operation *op, unsigned,
                                const Box &box) const override {
    return constrain(op, box);
  }
};

/// The inverse takes results as they are split and returns operands as they
/// are; shares are split like their values. A global share is then the share
/// of the global value, and copies of a value count as one. What a part of a
/// value is on each device is not looked at: all works on whole values.
struct ManualComputationModel
    : InvertibleRegionOpInterface::ExternalModel<ManualComputationModel,
                                                 sdy::ManualComputationOp> {
  using Shardings = SmallVector<sdy::TensorShardingAttr>;

  SmallVector<Unit> getUnits(Operation *op) const {
    Unit unit = Unit::get(op->getRegion(0).front());
    unit.outside = SmallVector<Value>(op->getOperands());
    llvm::append_range(unit.outside, op->getResults());
    return {std::move(unit)};
  }

  void propagateRegions(Operation *op, Knowledge &knowledge,
                        ArrayRef<Unit> units, UnitInverter &inverter) const {
    const Unit &unit = units.front();
    BoundaryPattern given = getWhole(unit, knowledge);
    UnitInverse &inverse = inverter.ask(unit, given);
    SmallVector<BoundaryPart> found;
    SmallVector<Value> operands;
    for (const BoundaryPart &part : inverse.found) {
      if (!part.where.isWhole() ||
          !knowledge.wants(unit.outside[part.position]))
        continue;
      found.push_back(part);
      // What it evaluates of the results is not found by equations.
      if (part.position < op->getNumOperands())
        operands.push_back(unit.outside[part.position]);
    }
    if (found.empty() || !knowledge.mayFind(op, operands))
      return;
    auto computation = cast<sdy::ManualComputationOp>(op);
    Operation *created =
        create(computation, unit, inverse, found, knowledge, inverter);
    if (!created)
      return;
    setFoundBy(knowledge, &inverse);
    for (auto [part, data] :
         llvm::zip_equal(found, unpack(found, created->getResults()))) {
      Value value = unit.outside[part.position];
      knowledge.learn(value, Knowledge::wholeOf(value), data);
    }
  }

  static BoundaryPattern getWhole(const Unit &unit, Knowledge &knowledge) {
    BoundaryPattern given = getNothingGiven(knowledge);
    for (auto [position, value] : llvm::enumerate(unit.outside))
      if (knowledge.knows(value) && !knowledge.wants(value))
        given.parts.push_back({unsigned(position),
                               Knowledge::wholeOf(unit.boundary[position]),
                               bool(knowledge.get(value).share)});
    return given;
  }

  /// The computation that runs the inverse; null if there is none.
  static Operation *create(sdy::ManualComputationOp op, const Unit &unit,
                           UnitInverse &inverse, ArrayRef<BoundaryPart> found,
                           Knowledge &knowledge, UnitInverter &inverter) {
    Location loc = op.getLoc();
    ArrayRef<BoundaryPart> given = inverse.given.parts;
    SmallVector<Value> operands =
        pack(llvm::map_to_vector(given, [&](const BoundaryPart &part) {
          return knowledge.get(unit.outside[part.position]);
        }));
    Region region;
    Block &body = region.emplaceBlock();
    body.addArguments(inverse.getBlock().getArgumentTypes(),
                      SmallVector<Location>(operands.size(), loc));
    OpBuilder b(op.getContext());
    b.setInsertionPointToEnd(&body);
    SmallVector<Known> data = inverter.inlineAt(
        b, inverse, unpack(given, body.getArguments()), found);
    sdy::ReturnOp::create(b, loc, pack(data));
    Shardings inShardings = getShardings(op, given);
    Shardings outShardings = getShardings(op, found);
    // What the inverse finds without stays outside.
    for (unsigned i = body.getNumArguments(); i-- > 0;) {
      if (!body.getArgument(i).use_empty())
        continue;
      body.eraseArgument(i);
      operands.erase(operands.begin() + i);
      inShardings.erase(inShardings.begin() + i);
    }
    auto list = [&](const Shardings &shardings) {
      return sdy::TensorShardingPerValueAttr::get(op->getContext(), shardings);
    };
    SmallVector<Type> types;
    for (const BoundaryPart &part : found) {
      types.push_back(unit.outside[part.position].getType());
      if (part.hasShare)
        types.push_back(
            getShareTensorType(cast<RankedTensorType>(types.back())));
    }
    OpBuilder detached(op.getContext());
    OwningOpRef<sdy::ManualComputationOp> created(
        sdy::ManualComputationOp::create(detached, loc, types, operands,
                                         list(inShardings), list(outShardings),
                                         op.getManualAxes()));
    created->getBody().takeBody(region);
    std::string fault = findFault(*created, op, found, data);
    if (!fault.empty()) {
      knowledge.refuse(op, fault);
      return nullptr;
    }
    return knowledge.getBuilder().insert(created.release());
  }

  static sdy::TensorShardingAttr getSharding(sdy::ManualComputationOp op,
                                             unsigned position) {
    ArrayRef in = op.getInShardings().getShardings();
    return position < in.size()
               ? in[position]
               : op.getOutShardings().getShardings()[position - in.size()];
  }

  /// Of the data of `parts`, packed.
  static Shardings getShardings(sdy::ManualComputationOp op,
                                ArrayRef<BoundaryPart> parts) {
    Shardings shardings;
    for (const BoundaryPart &part : parts)
      shardings.append(part.hasShare ? 2 : 1, getSharding(op, part.position));
    return shardings;
  }

  /// Why the operands that are found are not those that there were. Results are
  /// found forward, as the program says.
  static std::string findFault(sdy::ManualComputationOp inverse,
                               sdy::ManualComputationOp op,
                               ArrayRef<BoundaryPart> found,
                               ArrayRef<Known> data) {
    ArrayRef inShardings = inverse.getInShardings().getShardings();
    if (llvm::any_of(inShardings, [](sdy::TensorShardingAttr sharding) {
          return !sharding.getUnreducedAxes().empty();
        }))
      return "a result is yet to be summed over devices";
    Replication replication(op);
    replication.run(inverse.getBody().front(), inShardings);
    auto isFound = "but is found from what is not";
    for (auto [part, known] : llvm::zip_equal(found, data)) {
      if (part.position >= op.getTensors().size())
        continue;
      sdy::TensorShardingAttr sharding = getSharding(op, part.position);
      for (Value value : pack(known))
        if (StringRef axis = replication.findDifference(value, sharding);
            !axis.empty())
          return llvm::formatv(
              "its operand #{0} is the same along the axis '{1}', {2}",
              part.position, axis, isFound);
      if (StringRef axis = replication.findSameness(known.value, sharding);
          !axis.empty())
        return llvm::formatv("its operand #{0} is split along the axis '{1}', "
                             "{2}",
                             part.position, axis, isFound);
    }
    return {};
  }
};

} // namespace

void invhlo::attachShardingRules(MLIRContext *context) {
  attachRearrangement<sdy::ShardingConstraintOp, ShardingConstraintGeometry>(
      context);
  sdy::ManualComputationOp::attachInterface<ManualComputationModel>(*context);
}
