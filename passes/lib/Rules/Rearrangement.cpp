// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/Rearrangement.h"

using namespace mlir;
using namespace invhlo;

/// Moves a piece of `source` along `route` to `target`.
static void travel(Operation *op, Value source, Value target,
                   const Route &route, bool withShare, Knowledge &knowledge) {
  IndexSet arrival(getTensorType(target).getShape(), route.to);
  if (!knowledge.wants(target, arrival))
    return;
  IndexSet departure(getTensorType(source).getShape(), route.from);
  Known data = knowledge.get(source, departure);
  Emitter e(knowledge.getBuilder(), op->getLoc());
  if (!withShare)
    data.share = {};
  if (route.move) {
    data.value = route.move(e, data.value);
    if (data.share)
      data.share = route.move(e, data.share);
  }
  knowledge.learn(target, arrival, data);
}

/// Where the elements of `set` arrive in a tensor of `targetShape`.
static IndexSet move(const IndexSet &set, ArrayRef<int64_t> targetShape,
                     const Route &route) {
  Box from = route.from, to = route.to;
  SmallVector<int64_t, 4> sourceShape(set.getShape()),
      arrivedShape(targetShape);
  Mask mask = set.getMask();
  // What repeats along a dimension that moves as a whole does so once there.
  if (!route.origin && from.getSizes() == to.getSizes())
    for (auto [d, size] : llvm::enumerate(mask.shape))
      if (size == 1 && to[d].size == targetShape[d]) {
        from[d] = to[d] = Progression::get(0, 1);
        sourceShape[d] = arrivedShape[d] = 1;
      }
  llvm::BitVector bits = IndexSet(sourceShape, std::move(mask)).getBits();
  SmallVector<int64_t> departures;
  from.forEachElement(sourceShape,
                      [&](int64_t element) { departures.push_back(element); });
  llvm::BitVector arrived(getNumElements(arrivedShape));
  int64_t number = 0;
  to.forEachElement(arrivedShape, [&](int64_t element) {
    int64_t origin = route.origin ? route.origin(number) : number;
    ++number;
    arrived[element] = bits[departures[origin]];
  });
  return IndexSet(targetShape, Mask{arrivedShape, std::move(arrived)});
}

/// Moves a masked piece, whose data has the full shape of `source`, along the
/// route of that shape.
static void travelMasked(Operation *op, const Piece &piece, Value target,
                         const Route &route, bool withShare,
                         Knowledge &knowledge) {
  ArrayRef<int64_t> targetShape = getTensorType(target).getShape();
  IndexSet arrival = move(piece.where, targetShape, route);
  if (arrival.empty() || !knowledge.wants(target, arrival))
    return;
  Emitter e(knowledge.getBuilder(), op->getLoc());
  auto carry = [&](Value data) {
    data = e.slice(data, route.from);
    if (route.move)
      data = route.move(e, data);
    return e.embed(data, route.to, targetShape);
  };
  Known data{carry(piece.data.value), {}};
  if (withShare && piece.data.share)
    data.share = carry(piece.data.share);
  knowledge.learn(target, arrival, data);
}

SmallVector<Edge> invhlo::getRearrangementEdges(Operation *op,
                                                const Rearrangement &geometry) {
  auto moves = geometry.getEdges(op);
  SmallVector<Edge> edges;
  for (Edge edge : getOpaqueEdges(op))
    if (llvm::is_contained(moves, std::pair(edge.operand, edge.result)))
      edges.push_back({edge.operand, edge.result, Reach::Moved,
                       Coupling::Affine, /*isSolvable=*/true});
  return edges;
}

void invhlo::propagateRearrangement(Operation *op, Knowledge &knowledge,
                                    const Rearrangement &geometry) {
  // All of the target, if all that it comes from is known, in however many
  // pieces.
  auto moveWhole =
      [&](unsigned operand, Value source, Value target, bool backward,
          function_ref<std::optional<Route>(const Box &)> findRoute) {
        Box whole = Box::whole(getTensorType(target).getShape());
        auto origin = backward ? geometry.toResult(op, operand, whole)
                               : geometry.toOperand(op, operand, whole);
        if (!origin || origin->isNothing())
          return;
        ArrayRef<int64_t> shape = getTensorType(source).getShape();
        if (!knowledge.knows(source, IndexSet(shape, origin->to)))
          return;
        auto route = findRoute(origin->to);
        if (route && route->to == whole)
          travel(op, source, target, *route, backward, knowledge);
      };
  auto moveAll = [&](unsigned operand, Value source, Value target,
                     bool backward) {
    if (!knowledge.wants(target))
      return;
    auto findRoute = [&](const Box &box) {
      return backward ? geometry.toOperand(op, operand, box)
                      : geometry.toResult(op, operand, box);
    };
    SmallVector<Piece> pieces = knowledge.getPieces(source);
    if (pieces.empty()) {
      moveWhole(operand, source, target, backward, findRoute);
      return;
    }
    for (const Piece &piece : pieces) {
      if (piece.where.isBox()) {
        if (auto route = findRoute(piece.where.getBox())) {
          if (!route->isNothing())
            travel(op, source, target, *route, backward, knowledge);
          continue;
        }
      }
      auto route = backward ? geometry.toOperand(op, operand, piece.where)
                            : findRoute(Box::whole(piece.where.getShape()));
      if (route && !route->isNothing()) {
        Piece masked{IndexSet(piece.where.getShape(), piece.where.getMask()),
                     piece.data};
        if (piece.where.isBox())
          masked.data = knowledge.get(source, masked.where);
        travelMasked(op, masked, target, *route, backward, knowledge);
      }
    }
  };
  for (auto [operand, result] : geometry.getEdges(op)) {
    Value x = op->getOperand(operand), y = op->getResult(result);
    moveAll(operand, y, x, /*backward=*/true);
    moveAll(operand, x, y, /*backward=*/false);
  }
}

std::function<int64_t(int64_t)>
invhlo::getTransposedNumbers(ArrayRef<int64_t> sizes,
                             ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> strides(sizes.size(), 1);
  for (int64_t d = int64_t(sizes.size()) - 2; d >= 0; --d)
    strides[d] = strides[d + 1] * sizes[d + 1];
  SmallVector<std::pair<int64_t, int64_t>> dims;
  for (int64_t d : permutation)
    dims.push_back({sizes[d], strides[d]});
  return [dims](int64_t number) {
    int64_t origin = 0;
    for (auto [size, stride] : llvm::reverse(dims)) {
      origin += number % size * stride;
      number /= size;
    }
    return origin;
  };
}

SmallVector<std::pair<unsigned, unsigned>>
IdentityGeometry::getEdges(Operation *op) const {
  SmallVector<std::pair<unsigned, unsigned>> edges;
  for (unsigned i = 0, n = op->getNumResults(); i < n; ++i)
    edges.push_back({i, i});
  return edges;
}
