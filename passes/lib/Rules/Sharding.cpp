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
/// of the global value, and copies of a value count as one.
struct ManualComputationModel
    : InvertibleRegionOpInterface::ExternalModel<ManualComputationModel,
                                                 sdy::ManualComputationOp> {
  Operation *createInverse(Operation *op, Knowledge &knowledge,
                           RegionInverse &inverse) const {
    auto forward = cast<sdy::ManualComputationOp>(op);
    SmallVector<Value> outside(op->getOperands());
    llvm::append_range(outside, op->getResults());
    auto shardings = llvm::to_vector(forward.getInShardings().getShardings());
    llvm::append_range(shardings, forward.getOutShardings().getShardings());
    auto getSharding = [&](RegionInverse::Slot slot) {
      return shardings[slot.position];
    };
    auto inShardings = llvm::map_to_vector(inverse.given, getSharding);
    auto outShardings = llvm::map_to_vector(inverse.found, getSharding);

    if (llvm::any_of(inShardings, [](sdy::TensorShardingAttr sharding) {
          return !sharding.getUnreducedAxes().empty();
        })) {
      knowledge.refuse(op, "a result is yet to be summed over devices");
      return nullptr;
    }
    if (std::string fault =
            findFault(forward, inverse, inShardings, outShardings);
        !fault.empty()) {
      knowledge.refuse(op, fault);
      return nullptr;
    }

    auto types =
        llvm::map_to_vector(inverse.found, [&](RegionInverse::Slot slot) {
          RankedTensorType type = getTensorType(outside[slot.position]);
          return slot.isShare ? Type(getShareTensorType(type)) : Type(type);
        });
    auto list = [&](ArrayRef<sdy::TensorShardingAttr> shardings) {
      return sdy::TensorShardingPerValueAttr::get(op->getContext(), shardings);
    };
    auto created = sdy::ManualComputationOp::create(
        knowledge.getBuilder(), op->getLoc(), types, inverse.operands,
        list(inShardings), list(outShardings), forward.getManualAxes());
    created.getBody().takeBody(inverse.getBody());
    auto end = OpBuilder::atBlockEnd(&created.getBody().front());
    sdy::ReturnOp::create(end, op->getLoc(), inverse.returned);
    return created;
  }

  /// Why the operands that are found are not those that there were. Results are
  /// found forward, as the program says.
  static std::string findFault(sdy::ManualComputationOp op,
                               RegionInverse &inverse,
                               ArrayRef<sdy::TensorShardingAttr> inShardings,
                               ArrayRef<sdy::TensorShardingAttr> outShardings) {
    Replication replication(op);
    replication.run(inverse.getBody().front(), inShardings);
    for (auto [slot, value, sharding] :
         llvm::zip_equal(inverse.found, inverse.returned, outShardings)) {
      if (slot.position >= op.getTensors().size())
        continue;
      if (StringRef axis = replication.findDifference(value, sharding);
          !axis.empty())
        return llvm::formatv("its operand #{0} is the same along the axis "
                             "'{1}', but is found from what is not",
                             slot.position, axis);
      StringRef axis = replication.findSameness(value, sharding);
      if (!slot.isShare && !axis.empty())
        return llvm::formatv("its operand #{0} is split along the axis '{1}', "
                             "but is found from what is not",
                             slot.position, axis);
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
