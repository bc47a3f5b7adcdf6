// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Replication.h"

#include "invhlo/Literals/LiteralEvaluator.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/Rules/ReplicaGroups.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace mlir;
using namespace invhlo;

/// Values that are computed for each device have so many elements at most.
static constexpr int64_t kMostOfDevice = 256;

static bool splits(sdy::TensorShardingAttr sharding, StringRef axis) {
  return llvm::any_of(sharding.getDimShardings(), [&](auto dim) {
    return llvm::any_of(dim.getAxes(),
                        [&](auto ref) { return ref.getName() == axis; });
  });
}

Replication::Replication(sdy::ManualComputationOp computation)
    : scope(computation), manualAxes(computation.getManualAxes()) {
  sdy::MeshAttr mesh = computation.getMesh();
  int64_t count = 1;
  for (sdy::MeshAxisAttr axis : llvm::reverse(mesh.getAxes())) {
    axes.push_back({axis.getName(), axis.getSize(), count});
    count *= axis.getSize();
  }
  if (!axes.empty())
    devices = llvm::to_vector(mesh.getDeviceIds());
  if (devices.empty())
    devices = llvm::to_vector(llvm::seq<int64_t>(0, count));
  positions.resize(count);
  for (auto [position, device] : llvm::enumerate(devices))
    positions[device] = position;
}

Replication::Classes
Replication::classify(function_ref<Key(unsigned)> getKey) const {
  std::map<Key, unsigned> numbers;
  Classes result;
  for (unsigned device = 0; device < devices.size(); ++device)
    result.push_back(
        numbers.try_emplace(getKey(device), numbers.size()).first->second);
  return result;
}

Replication::Classes Replication::classifyApart() const {
  return classify([](unsigned device) { return Key{device}; });
}

/// Devices hold the same block of what was the same before it was split.
Replication::Classes
Replication::classifyArgument(const Classes *operand,
                              sdy::TensorShardingAttr sharding,
                              sdy::ManualAxesAttr manual) const {
  return classify([&](unsigned device) {
    Key key;
    if (operand)
      key.push_back((*operand)[device]);
    for (const Axis &axis : axes)
      if (manual.contains(axis.name) && splits(sharding, axis.name))
        key.push_back(axis.getCoordinate(positions[device]));
    return key;
  });
}

Replication::Classes Replication::join(ValueRange operands) const {
  return classify([&](unsigned device) {
    Key key;
    for (Value operand : operands)
      key.push_back(classes.at(operand)[device]);
    return key;
  });
}

Replication::Classes
Replication::classifyValues(ArrayRef<Literal> onEach) const {
  return classify([&](unsigned device) {
    const Literal &literal = onEach[device];
    Key key;
    for (int64_t i = 0, n = literal.getNumHeld(); i < n; ++i)
      for (uint64_t bits : {literal[i].bits, literal[i].imaginary})
        llvm::append_values(key, unsigned(bits), unsigned(bits >> 32));
    return key;
  });
}

SmallVector<Literal> Replication::evaluateOnEach(Operation *op) const {
  SmallVector<Literal> onEach;
  if (isa<stablehlo::PartitionIdOp>(op)) {
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    for (unsigned device = 0; device < devices.size(); ++device)
      onEach.emplace_back(
          type, std::vector{toElement(device, type.getElementType())});
    return onEach;
  }
  auto isOfDevice = [&](Value value) { return values.contains(value); };
  if (!canEvaluate(op) || llvm::none_of(op->getOperands(), isOfDevice))
    return {};
  SmallVector<SmallVector<Literal>> operands(devices.size());
  for (Value operand : op->getOperands()) {
    auto it = values.find(operand);
    std::optional<Literal> same;
    if (it == values.end() && !(same = findLiteral(operand, kMostOfDevice)))
      return {};
    for (auto [device, list] : llvm::enumerate(operands))
      list.push_back(same ? *same : it->second[device]);
  }
  for (ArrayRef<Literal> list : operands) {
    std::optional<Literal> literal = evaluate(op, list, kMostOfDevice);
    if (!literal)
      return {};
    onEach.push_back(std::move(*literal));
  }
  return onEach;
}

void Replication::run(Block &body,
                      ArrayRef<sdy::TensorShardingAttr> shardings) {
  for (auto [argument, sharding] :
       llvm::zip_equal(body.getArguments(), shardings))
    classes[argument] = classifyArgument(nullptr, sharding, manualAxes);
  visit(body);
}

void Replication::visit(Block &body) {
  for (Operation &op : body.without_terminator()) {
    if (auto nested = dyn_cast<sdy::ManualComputationOp>(op)) {
      visitNested(nested);
      continue;
    }
    auto call = dyn_cast<CallOpInterface>(op);
    if (call && resolve(call) && dependsOnDevice(call)) {
      visitCall(call);
      continue;
    }
    Classes result;
    if (SmallVector<Literal> onEach = evaluateOnEach(&op); !onEach.empty()) {
      result = classifyValues(onEach);
      values[op.getResult(0)] = std::move(onEach);
    } else if (isa<stablehlo::ReplicaIdOp>(op)) {
      result = join({});
    } else if (op.hasAttr("channel_handle")) {
      result = visitCollective(&op);
    } else if (dependsOnDevice(&op)) {
      result = classifyApart();
    } else {
      SetVector<Value> inputs(op.operand_begin(), op.operand_end());
      getUsedValuesDefinedAbove(op.getRegions(), inputs);
      result = join(inputs.getArrayRef());
    }
    for (Value value : op.getResults())
      classes[value] = result;
  }
}

/// Outside, a value is all that the devices along the inner axes have of it.
void Replication::visitNested(sdy::ManualComputationOp op) {
  Block &body = op.getBody().front();
  for (auto [argument, operand, sharding] :
       llvm::zip_equal(body.getArguments(), op.getTensors(),
                       op.getInShardings().getShardings()))
    classes[argument] =
        classifyArgument(&classes[operand], sharding, op.getManualAxes());
  visit(body);
  auto areOneOutside = [&](unsigned a, unsigned b) {
    return llvm::all_of(axes, [&](const Axis &axis) {
      return op.getManualAxes().contains(axis.name) ||
             axis.getCoordinate(positions[a]) ==
                 axis.getCoordinate(positions[b]);
    });
  };
  for (auto [result, inner] :
       llvm::zip_equal(op.getResults(), body.getTerminator()->getOperands())) {
    const Classes &within = classes[inner];
    Classes outside = classify([&](unsigned device) {
      Key key;
      for (unsigned other = 0; other < devices.size(); ++other)
        if (areOneOutside(device, other))
          key.push_back(within[other]);
      return key;
    });
    classes[result] = outside;
  }
}

void Replication::visitCall(CallOpInterface call) {
  Block &body = resolve(call)->getRegion(0).front();
  auto copy = [&](Value from, Value to) {
    Classes same = classes.at(from);
    classes[to] = std::move(same);
  };
  for (auto [operand, argument] :
       llvm::zip_equal(call.getArgOperands(), body.getArguments()))
    copy(operand, argument);
  visit(body);
  for (auto [inner, result] :
       llvm::zip_equal(body.getTerminator()->getOperands(), call->getResults()))
    copy(inner, result);
}

/// The data of a group gives the same to all of its devices, or to each its
/// own part of it.
Replication::Classes Replication::visitCollective(Operation *op) const {
  Classes operands = join(op->getOperands());
  SmallVector<Key> received(devices.size());
  auto takesPart = [&](int64_t device) {
    return device >= 0 && device < int64_t(devices.size());
  };
  if (auto permute = dyn_cast<stablehlo::CollectivePermuteOp>(op)) {
    auto pairs =
        llvm::to_vector(permute.getSourceTargetPairs().getValues<int64_t>());
    for (size_t i = 0; i < pairs.size(); i += 2)
      if (takesPart(pairs[i]) && takesPart(pairs[i + 1]))
        received[pairs[i + 1]] = {operands[pairs[i]]};
    return classify([&](unsigned device) { return received[device]; });
  }
  std::optional<ReplicaGroups> groups = getReplicaGroups(op, scope);
  if (!groups)
    return classifyApart();
  bool givesParts = isa<stablehlo::AllToAllOp, stablehlo::ReduceScatterOp>(op);
  for (ArrayRef<int64_t> group : *groups) {
    Key all;
    for (int64_t member : group)
      if (takesPart(member))
        all.push_back(operands[member]);
    for (auto [i, member] : llvm::enumerate(group)) {
      if (!takesPart(member))
        continue;
      received[member] = all;
      if (givesParts)
        received[member].push_back(i);
    }
  }
  return classify([&](unsigned device) { return received[device]; });
}

/// The callee, if it has a body.
Operation *Replication::resolve(CallOpInterface call) const {
  auto symbol = dyn_cast<SymbolRefAttr>(call.getCallableForCallee());
  Operation *callee =
      symbol ? SymbolTable::lookupNearestSymbolFrom(scope, symbol) : nullptr;
  return callee && !callee->getRegion(0).empty() ? callee : nullptr;
}

/// Whether what `root` computes depends on more than its operands.
bool Replication::dependsOnDevice(Operation *root) {
  return root
      ->walk([&](Operation *op) {
        if (isa<stablehlo::PartitionIdOp, stablehlo::RngOp>(op) ||
            op->hasAttr("channel_handle") || op->hasAttr("replica_groups") ||
            op->hasAttr("source_target_pairs"))
          return WalkResult::interrupt();
        auto call = dyn_cast<CallOpInterface>(op);
        if (!call)
          return WalkResult::advance();
        Operation *callee = resolve(call);
        if (!callee)
          return WalkResult::interrupt();
        auto it = callees.find(callee);
        bool depends =
            it != callees.end() ? it->second : dependsOnDevice(callee);
        callees[callee] = depends;
        return depends ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

/// An axis along which some device's data is to the first one's what it should
/// not be.
StringRef Replication::findAxis(Value value, sdy::TensorShardingAttr sharding,
                                bool isSplit) const {
  const Classes &found = classes.at(value);
  for (const Axis &axis : axes) {
    if (!manualAxes.contains(axis.name) ||
        splits(sharding, axis.name) != isSplit)
      continue;
    for (auto [position, device] : llvm::enumerate(devices)) {
      int64_t coordinate = axis.getCoordinate(position);
      int64_t first = devices[position - coordinate * axis.stride];
      if (coordinate > 0 && (found[device] == found[first]) == isSplit)
        return axis.name;
    }
  }
  return {};
}
