// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/ReplicaGroups.h"

#include "invhlo/Sdy/Sdy.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

static ReplicaGroups listRows(DenseIntElementsAttr matrix) {
  ReplicaGroups groups;
  auto devices = llvm::to_vector(matrix.getValues<int64_t>());
  int64_t size = matrix.getType().getDimSize(1);
  for (ArrayRef<int64_t> rest = devices; !rest.empty();
       rest = rest.drop_front(size)) {
    groups.emplace_back(rest.take_front(size));
    llvm::erase(groups.back(), -1); // fills up the rows of shorter groups
  }
  return groups;
}

namespace {
struct Axis {
  StringRef name;
  int64_t size, stride;
};

/// The devices of a mesh in row-major order, and its axes.
struct Mesh {
  SmallVector<Axis> axes;
  SmallVector<int64_t> devices;

  template <typename AxisAttr>
  Mesh(ArrayRef<AxisAttr> attrs, SmallVector<int64_t> ids)
      : devices(std::move(ids)) {
    int64_t count = 1;
    for (AxisAttr axis : llvm::reverse(attrs)) {
      axes.push_back({axis.getName(), axis.getSize(), count});
      count *= axis.getSize();
    }
    if (devices.empty())
      devices = llvm::to_vector(llvm::seq<int64_t>(0, count));
  }

  /// `ref` as an axis of its own.
  std::optional<Axis> find(stablehlo::AxisRefAttr ref) const {
    const Axis *axis = llvm::find_if(
        axes, [&](const Axis &axis) { return axis.name == ref.getName(); });
    if (axis == axes.end())
      return std::nullopt;
    stablehlo::SubAxisInfoAttr sub = ref.getSubAxisInfo();
    if (!sub)
      return *axis;
    int64_t major = sub.getPreSize() * sub.getSize();
    if (major <= 0 || axis->size % major != 0)
      return std::nullopt;
    return Axis{axis->name, sub.getSize(), axis->stride * (axis->size / major)};
  }
};
} // namespace

static std::optional<Mesh> findMesh(Attribute attr, Operation *scope) {
  if (auto mesh = dyn_cast<stablehlo::MeshAttr>(attr)) {
    SmallVector<int64_t> ids;
    if (DenseIntElementsAttr given = mesh.getDeviceIds())
      for (const APInt &id : given)
        ids.push_back(id.getSExtValue());
    return Mesh(mesh.getAxes(), std::move(ids));
  }
  auto op = SymbolTable::lookupNearestSymbolFrom<sdy::MeshOp>(
      scope, cast<FlatSymbolRefAttr>(attr));
  if (!op)
    return std::nullopt;
  return Mesh(op.getMesh().getAxes(),
              llvm::to_vector(op.getMesh().getDeviceIds()));
}

/// Devices of a group differ in their places along `refs` alone, the first of
/// which is major.
static std::optional<ReplicaGroups> listAlong(const Mesh &mesh,
                                              ArrayAttr refs) {
  SmallVector<Axis> axes;
  int64_t size = 1;
  for (auto ref : refs.getAsRange<stablehlo::AxisRefAttr>()) {
    std::optional<Axis> axis = mesh.find(ref);
    if (!axis)
      return std::nullopt;
    axes.push_back(*axis);
    size *= axis->size;
  }
  llvm::MapVector<int64_t, SmallVector<int64_t>> groups;
  for (auto [position, device] : llvm::enumerate(mesh.devices)) {
    int64_t first = position, index = 0;
    for (const Axis &axis : axes) {
      int64_t place = position / axis.stride % axis.size;
      first -= place * axis.stride;
      index = index * axis.size + place;
    }
    SmallVector<int64_t> &group = groups[first];
    group.resize(size, -1);
    group[index] = device;
  }
  return llvm::to_vector(llvm::make_second_range(groups));
}

std::optional<ReplicaGroups> invhlo::getReplicaGroups(Operation *op,
                                                      Operation *scope) {
  Attribute attr = op->getAttr("replica_groups");
  if (auto matrix = dyn_cast_if_present<DenseIntElementsAttr>(attr))
    return listRows(matrix);
  auto along = dyn_cast_if_present<stablehlo::ReplicaGroupMeshAxesAttr>(attr);
  if (!along)
    return std::nullopt;
  std::optional<Mesh> mesh = findMesh(along.getMesh(), scope);
  if (!mesh)
    return std::nullopt;
  return listAlong(*mesh, along.getAxes());
}
