// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Interfaces/Edge.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace invhlo;

static bool haveSameShape(Value a, Value b) {
  auto typeOfA = dyn_cast<RankedTensorType>(a.getType());
  auto typeOfB = dyn_cast<RankedTensorType>(b.getType());
  return typeOfA && typeOfB && typeOfA.getShape() == typeOfB.getShape();
}

SmallVector<Edge> invhlo::getOpaqueEdges(Operation *op) {
  bool isElementwise = op->hasTrait<OpTrait::Elementwise>();
  SmallVector<Edge> edges;
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    for (auto [j, result] : llvm::enumerate(op->getResults()))
      edges.push_back({unsigned(i), unsigned(j),
                       isElementwise && haveSameShape(operand, result)
                           ? Reach::Same
                           : Reach::All});
  return edges;
}

SmallVector<Edge> invhlo::getEdgesToResult(Operation *op,
                                           ArrayRef<unsigned> operands,
                                           Reach reach, Coupling coupling) {
  SmallVector<Edge> edges = getOpaqueEdges(op);
  for (Edge &edge : edges)
    if (edge.result == 0 && llvm::is_contained(operands, edge.operand))
      edge = {edge.operand, 0, reach, coupling, /*isSolvable=*/true};
  return edges;
}

StringRef invhlo::stringify(Reach reach) {
  switch (reach) {
  case Reach::Same:
    return "same";
  case Reach::Moved:
    return "moved";
  case Reach::Running:
    return "running";
  case Reach::All:
    return "all";
  }
  llvm_unreachable("not a reach");
}

StringRef invhlo::stringify(Coupling coupling) {
  switch (coupling) {
  case Coupling::Affine:
    return "affine";
  case Coupling::Monotone:
    return "monotone";
  case Coupling::Smooth:
    return "smooth";
  case Coupling::Opaque:
    return "opaque";
  }
  llvm_unreachable("not a coupling");
}
