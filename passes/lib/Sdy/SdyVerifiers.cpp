// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a sharding must be to be attached to a value, and what the ops of sdy
// check. What collectives do to shardings is for jaxlib to check.

#include "invhlo/Sdy/Sdy.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace invhlo::sdy;

using EmitError = function_ref<InFlightDiagnostic()>;

/// The sub-axis fits into an axis of size `full`.
static LogicalResult verifySubAxis(AxisRefAttr axis, int64_t full,
                                   EmitError emitError) {
  SubAxisInfoAttr sub = axis.getSubAxisInfo();
  if (sub.getSize() == full)
    return emitError() << "sub-axis is the whole axis: " << axis;
  if (full % (sub.getPreSize() * sub.getSize()) != 0)
    return emitError() << "sub-axis does not divide the axis of size " << full
                       << ": " << axis;
  return success();
}

namespace {

/// Every part of an axis is used at most once, over calls of `add`.
class AxisUses {
public:
  AxisUses(MeshAttr mesh, EmitError emitError)
      : mesh(mesh), emitError(emitError) {}

  LogicalResult add(ArrayRef<AxisRefAttr> axes) {
    for (AxisRefAttr axis : axes)
      if (failed(add(axis)))
        return failure();
    return success();
  }

private:
  LogicalResult add(AxisRefAttr axis) {
    std::optional<int64_t> full = mesh.getAxisSize(axis.getName());
    if (!full)
      return emitError() << "unknown axis name: \"" << axis.getName() << '"';
    int64_t begin = 1, end = *full;
    if (SubAxisInfoAttr sub = axis.getSubAxisInfo()) {
      if (failed(verifySubAxis(axis, *full, emitError)))
        return failure();
      begin = sub.getPreSize();
      end = begin * sub.getSize();
    }
    auto &ranges = used[axis.getName()];
    for (auto [otherBegin, otherEnd] : ranges)
      if (begin < otherEnd && otherBegin < end)
        return emitError() << "axis is used twice: \"" << axis.getName() << '"';
    ranges.push_back({begin, end});
    return success();
  }

  MeshAttr mesh;
  EmitError emitError;
  /// For each axis the pre-sizes [begin, end) that are taken.
  llvm::StringMap<SmallVector<std::pair<int64_t, int64_t>>> used;
};

} // namespace

/// `mesh` is one device of choice. A sharding over it only says where an op
/// runs, whatever the rank of its results, so callbacks have one even without
/// results.
static bool isOneDevice(MeshAttr mesh) {
  return mesh.getAxes().empty() && mesh.getDeviceIds().size() == 1;
}

/// `sharding` may be attached to a value of `type` at `op`.
static LogicalResult verifySharding(TensorShardingAttr sharding, Type type,
                                    Operation *op, EmitError emitError) {
  MeshAttr mesh = sharding.getMesh(op);
  if (!mesh)
    return emitError() << "unknown mesh: " << sharding.getMeshOrRef();
  if (isOneDevice(mesh) && sharding.getRank() == 0)
    return success();
  if (auto shaped = dyn_cast<ShapedType>(type)) {
    int64_t rank = shaped.hasRank() ? shaped.getRank() : 0;
    if (rank != sharding.getRank())
      return emitError() << "sharding does not have the rank of the tensor: "
                         << sharding.getRank() << " != " << rank;
  }
  AxisUses uses(mesh, emitError);
  for (auto [dim, dimSharding] : llvm::enumerate(sharding.getDimShardings())) {
    if (dimSharding.getPriority() && dimSharding.getIsClosed() &&
        dimSharding.getAxes().empty())
      return emitError() << "dimension " << dim
                         << " is empty and closed but has a priority";
    if (failed(uses.add(dimSharding.getAxes())))
      return failure();
  }
  return success(succeeded(uses.add(sharding.getReplicatedAxes())) &&
                 succeeded(uses.add(sharding.getUnreducedAxes())));
}

static LogicalResult verifyShardings(TensorShardingPerValueAttr shardings,
                                     TypeRange types, Operation *op,
                                     StringRef what) {
  if (types.empty() && shardings.size() == 1)
    if (MeshAttr mesh = shardings.getShardings().front().getMesh(op);
        mesh && isOneDevice(mesh))
      return success();
  if (shardings.size() != types.size())
    return op->emitOpError() << "expects one sharding per " << what << ": "
                             << shardings.size() << " != " << types.size();
  for (auto [index, sharding, type] :
       llvm::enumerate(shardings.getShardings(), types)) {
    auto emitError = [&, index = index] {
      return op->emitOpError() << what << " " << index << " - ";
    };
    if (failed(verifySharding(sharding, type, op, emitError)))
      return failure();
  }
  return success();
}

static LogicalResult verifySharding(TensorShardingAttr sharding, Type type,
                                    Operation *op) {
  return verifySharding(sharding, type, op, [&] { return op->emitOpError(); });
}

/// The mappings fit the values: one each, of the same rank.
static LogicalResult verifyMappings(ArrayRef<TensorMappingAttr> mappings,
                                    TypeRange types, int64_t numFactors,
                                    Operation *op, StringRef what) {
  if (mappings.size() != types.size())
    return op->emitOpError() << "expects one mapping per " << what << ": "
                             << mappings.size() << " != " << types.size();
  for (auto [mapping, type] : llvm::zip_equal(mappings, types)) {
    auto shaped = dyn_cast<ShapedType>(type);
    int64_t rank = shaped && shaped.hasRank() ? shaped.getRank() : 0;
    if (mapping.getRank() != rank)
      return op->emitOpError()
             << "mapping does not have the rank of the " << what << ": "
             << mapping.getRank() << " != " << rank;
    for (DimMappingAttr dim : mapping.getDimMappings())
      for (int64_t factor : dim.getFactorIndices())
        if (factor >= numFactors)
          return op->emitOpError("sharding rule lacks the size of a factor");
  }
  return success();
}

LogicalResult SdyDialect::verifyOperationAttribute(Operation *op,
                                                   NamedAttribute attr) {
  if (attr.getName() == kSharding && !isa<FunctionOpInterface>(op)) {
    auto shardings = dyn_cast<TensorShardingPerValueAttr>(attr.getValue());
    if (!shardings)
      return op->emitOpError()
             << kSharding << " of an op must be a #sdy.sharding_per_value";
    return verifyShardings(shardings, op->getResultTypes(), op, "result");
  }
  if (attr.getName() == kShardingRule) {
    auto rule = dyn_cast<OpShardingRuleAttr>(attr.getValue());
    if (!rule)
      return op->emitOpError()
             << kShardingRule << " must be a #sdy.op_sharding_rule";
    int64_t numFactors = rule.getFactorSizes().size();
    if (failed(verifyMappings(rule.getOperandMappings(), op->getOperandTypes(),
                              numFactors, op, "operand")))
      return failure();
    return verifyMappings(rule.getResultMappings(), op->getResultTypes(),
                          numFactors, op, "result");
  }
  return success();
}

/// `attr` on an argument or result of the function `op`.
static LogicalResult verifyValueAttribute(Operation *op, NamedAttribute attr,
                                          Type type, StringRef what,
                                          unsigned index) {
  if (attr.getName() != SdyDialect::kSharding)
    return success();
  auto emitError = [&] {
    return op->emitOpError() << what << " " << index << " - ";
  };
  auto sharding = dyn_cast<TensorShardingAttr>(attr.getValue());
  if (!sharding)
    return emitError() << SdyDialect::kSharding << " must be a #sdy.sharding";
  return verifySharding(sharding, type, op, emitError);
}

LogicalResult SdyDialect::verifyRegionArgAttribute(Operation *op,
                                                   unsigned regionIndex,
                                                   unsigned argIndex,
                                                   NamedAttribute attr) {
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return success();
  return verifyValueAttribute(op, attr, function.getArgumentTypes()[argIndex],
                              "argument", argIndex);
}

LogicalResult SdyDialect::verifyRegionResultAttribute(Operation *op,
                                                      unsigned regionIndex,
                                                      unsigned resultIndex,
                                                      NamedAttribute attr) {
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return success();
  return verifyValueAttribute(op, attr, function.getResultTypes()[resultIndex],
                              "result", resultIndex);
}

LogicalResult ShardingConstraintOp::verify() {
  return verifySharding(getSharding(), getType(), *this);
}

LogicalResult ReshardOp::verify() {
  return verifySharding(getSharding(), getType(), *this);
}

LogicalResult DataFlowEdgeOp::verify() {
  if (!getSharding())
    return success();
  return verifySharding(*getSharding(), getType(), *this);
}

LogicalResult PropagationBarrierOp::verify() {
  if (getAllowedDirection() == PropagationDirection::BOTH)
    return emitOpError("allows both directions, so it is no barrier");
  return success();
}

template <typename OpT>
static LogicalResult verifyCollective(OpT op) {
  return verifySharding(op.getOutSharding(), op.getType(), op);
}

LogicalResult AllGatherOp::verify() { return verifyCollective(*this); }
LogicalResult AllSliceOp::verify() { return verifyCollective(*this); }
LogicalResult CollectivePermuteOp::verify() { return verifyCollective(*this); }
LogicalResult AllReduceOp::verify() { return verifyCollective(*this); }
LogicalResult ReduceScatterOp::verify() { return verifyCollective(*this); }
LogicalResult ReplicatedToUnreducedOp::verify() {
  return verifyCollective(*this);
}
LogicalResult ShardedToUnreducedOp::verify() { return verifyCollective(*this); }

LogicalResult AllToAllOp::verify() {
  if (getParams().getValue().empty())
    return emitOpError("expects at least one move of axes");
  int64_t rank = getOutSharding().getRank();
  for (AllToAllParamAttr param : getParams().getValue())
    for (int64_t dim : {param.getSrcDim(), param.getTgtDim()})
      if (dim < 0 || dim >= rank)
        return emitOpError("dimension ") << dim << " is out of range";
  return verifyCollective(*this);
}

/// The part of a value that one device sees along the manual axes, or null
/// where the sharding does not fit.
static Type getLocalType(Type type, TensorShardingAttr sharding, MeshAttr mesh,
                         ManualAxesAttr manualAxes, EmitError emitError) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return type;
  SmallVector<int64_t> shape(ranked.getShape());
  for (auto [dim, dimSharding] : llvm::enumerate(sharding.getDimShardings())) {
    int64_t size = 1;
    bool seenFree = false;
    for (AxisRefAttr axis : dimSharding.getAxes()) {
      if (!manualAxes.contains(axis.getName())) {
        seenFree = true;
        continue;
      }
      if (seenFree) {
        emitError() << "manual axes must come before free ones in dimension "
                    << dim;
        return {};
      }
      size *= axis.getSize(mesh);
    }
    if (ShapedType::isDynamic(shape[dim]))
      continue;
    if (shape[dim] % size != 0) {
      emitError() << "dimension of size " << shape[dim]
                  << " is not divisible by manual axes of size " << size;
      return {};
    }
    shape[dim] /= size;
  }
  return ranked.clone(shape);
}

/// Global and local types of operands or results agree by the shardings.
static LogicalResult verifyLocalTypes(ManualComputationOp op,
                                      TensorShardingPerValueAttr shardings,
                                      TypeRange global, TypeRange local,
                                      StringRef what) {
  if (failed(verifyShardings(shardings, global, op, what)))
    return failure();
  if (global.size() != local.size())
    return op.emitOpError("expects one local value per ")
           << what << ": " << local.size() << " != " << global.size();
  for (auto [index, sharding, type, localType] :
       llvm::enumerate(shardings.getShardings(), global, local)) {
    auto emitError = [&, index = index] {
      return op.emitOpError() << what << " " << index << " - ";
    };
    Type expected = getLocalType(type, sharding, sharding.getMesh(op),
                                 op.getManualAxes(), emitError);
    if (!expected)
      return failure();
    if (failed(verifyCompatibleShape(expected, localType)) ||
        getElementTypeOrSelf(expected) != getElementTypeOrSelf(localType))
      return emitError() << "expects local type " << expected << ", got "
                         << localType;
  }
  return success();
}

LogicalResult ManualComputationOp::verify() {
  Block &body = getBody().front();
  if (failed(verifyLocalTypes(*this, getInShardings(), getTensors().getTypes(),
                              body.getArgumentTypes(), "operand")) ||
      failed(verifyLocalTypes(*this, getOutShardings(), getOutputs().getTypes(),
                              body.getTerminator()->getOperandTypes(),
                              "result")))
    return failure();
  MeshAttr mesh;
  for (auto list : {getInShardings(), getOutShardings()}) {
    for (TensorShardingAttr sharding : list.getShardings()) {
      MeshAttr other = sharding.getMesh(*this);
      if (other.getAxes().empty())
        continue;
      if (mesh && mesh != other)
        return emitOpError("expects all shardings over one mesh");
      mesh = other;
    }
  }
  for (StringAttr axis : getManualAxes().getValue())
    if (mesh && !mesh.getAxisSize(axis))
      return emitOpError("unknown manual axis: ") << axis;
  return success();
}

LogicalResult NamedComputationOp::verify() {
  Block &body = getBody().front();
  if (body.getArgumentTypes() != getInputs().getTypes())
    return emitOpError("expects body arguments of the operand types");
  if (body.getTerminator()->getOperandTypes() != getOutputs().getTypes())
    return emitOpError("expects the body to return the result types");
  if (getInShardings() &&
      failed(verifyShardings(*getInShardings(), getInputs().getTypes(), *this,
                             "operand")))
    return failure();
  if (getOutShardings() &&
      failed(verifyShardings(*getOutShardings(), getOutputs().getTypes(), *this,
                             "result")))
    return failure();
  return success();
}
