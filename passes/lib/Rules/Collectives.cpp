// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What devices exchange.

#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/Rearrangement.h"
#include "invhlo/Rules/ReplicaGroups.h"
#include "invhlo/Rules/Rules.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

/// The number of devices that run the module, as its attributes say.
static int64_t countDevices(Operation *op) {
  auto module = op->getParentOfType<ModuleOp>();
  int64_t count = 1;
  for (StringRef name : {"mhlo.num_replicas", "mhlo.num_partitions"})
    if (auto attr = module->getAttrOfType<IntegerAttr>(name))
      count *= attr.getInt();
  return count;
}

/// Whether `devices` are `count` different ones.
static bool areAll(ArrayRef<int64_t> devices, int64_t count) {
  DenseSet<int64_t> distinct(devices.begin(), devices.end());
  return int64_t(devices.size()) == count && int64_t(distinct.size()) == count;
}

namespace {

/// Each device sends its data back to where it came from.
struct CollectivePermuteGeometry : Rearrangement {
  static std::optional<Route> exchange(stablehlo::CollectivePermuteOp op,
                                       const Box &box,
                                       DenseIntElementsAttr pairs) {
    auto move = [pairs, channel = op.getChannelHandleAttr()](Emitter &e,
                                                             Value data) {
      return e.create<stablehlo::CollectivePermuteOp>(data.getType(), data,
                                                      pairs, channel);
    };
    return Route{box, box, move, {}};
  }

  std::optional<Route> toOperand(Operation *op, unsigned,
                                 const Box &box) const override {
    auto permute = cast<stablehlo::CollectivePermuteOp>(op);
    auto [sources, targets] = getEnds(permute);
    SmallVector<int64_t> swapped;
    for (auto [source, target] : llvm::zip_equal(sources, targets))
      swapped.append({target, source});
    auto type = permute.getSourceTargetPairs().getType();
    return exchange(permute, box,
                    DenseIntElementsAttr::get(cast<ShapedType>(type), swapped));
  }
  std::optional<Route> toResult(Operation *op, unsigned,
                                const Box &box) const override {
    auto permute = cast<stablehlo::CollectivePermuteOp>(op);
    return exchange(permute, box, permute.getSourceTargetPairs());
  }

  static std::pair<SmallVector<int64_t>, SmallVector<int64_t>>
  getEnds(stablehlo::CollectivePermuteOp op) {
    std::pair<SmallVector<int64_t>, SmallVector<int64_t>> ends;
    for (auto [i, device] :
         llvm::enumerate(op.getSourceTargetPairs().getValues<int64_t>()))
      (i % 2 == 0 ? ends.first : ends.second).push_back(device);
    return ends;
  }
};

struct CollectivePermuteModel
    : InvertibleOpInterface::ExternalModel<CollectivePermuteModel,
                                           stablehlo::CollectivePermuteOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, 0, Reach::Moved, Coupling::Affine);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto [sources, targets] = CollectivePermuteGeometry::getEnds(
        cast<stablehlo::CollectivePermuteOp>(op));
    int64_t count = countDevices(op);
    if (!areAll(sources, count) || !areAll(targets, count))
      return knowledge.refuse(op, "it is not a permutation of all " +
                                      Twine(count) + " devices");
    propagateRearrangement(op, knowledge, CollectivePermuteGeometry());
  }
};

/// The parts go back, joined along the dimension that was split and split along
/// the one that they were joined in.
struct AllToAllRule
    : InvertibleOpInterface::ExternalModel<AllToAllRule,
                                           stablehlo::AllToAllOp> {
  SmallVector<Edge> getEdges(Operation *op) const {
    return getEdgesToResult(op, 0, Reach::Moved, Coupling::Affine);
  }
  void propagate(Operation *op, Knowledge &knowledge) const {
    auto exchange = cast<stablehlo::AllToAllOp>(op);
    std::optional<ReplicaGroups> groups = getReplicaGroups(op, op);
    if (!groups)
      return knowledge.refuse(op, "its groups of devices cannot be told");
    SmallVector<int64_t> members;
    for (ArrayRef<int64_t> group : *groups)
      llvm::append_range(members, group);
    if (!areAll(members, countDevices(op)))
      return knowledge.refuse(op, "not all devices take part");
    for (auto [x, y] : llvm::zip_equal(op->getOperands(), op->getResults())) {
      if (knowledge.knows(x) || !knowledge.knows(y))
        continue;
      Emitter e(knowledge.getBuilder(), op->getLoc());
      auto sendBack = [&](Value data) -> Value {
        if (!data)
          return {};
        return stablehlo::AllToAllOp::create(
                   e.getBuilder(), e.getLoc(), data,
                   exchange.getConcatDimension(), exchange.getSplitDimension(),
                   exchange.getSplitCount(), exchange.getReplicaGroups(),
                   exchange.getChannelHandleAttr())
            .getResult(0);
      };
      Known data = knowledge.get(y);
      Value value = sendBack(data.value);
      knowledge.learn(x, Knowledge::wholeOf(x),
                      Known{value, sendBack(data.share)});
    }
  }
};

struct SharedData {
  static constexpr llvm::StringLiteral text =
      "each device gets what others hold too";
};
struct CombinedData {
  static constexpr llvm::StringLiteral text =
      "it combines what several devices hold";
};

} // namespace

void invhlo::attachCollectiveRules(MLIRContext *context) {
  stablehlo::CollectivePermuteOp::attachInterface<CollectivePermuteModel>(
      *context);
  stablehlo::AllToAllOp::attachInterface<AllToAllRule>(*context);
  attachRefusal<SharedData, stablehlo::AllGatherOp,
                stablehlo::CollectiveBroadcastOp>(context);
  attachRefusal<CombinedData, stablehlo::AllReduceOp,
                stablehlo::CollectiveReduceOp, stablehlo::ReduceScatterOp>(
      context);
}
