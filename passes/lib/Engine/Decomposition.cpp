// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Engine/Decomposition.h"

#include "invhlo/Interfaces/InvertibleOpInterface.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>

using namespace mlir;
using namespace invhlo;

namespace {
struct UnknownNode;

/// An op, with what it gives of its equations to unknowns that it sees.
struct OpNode {
  Operation *op;
  int64_t spare;
  struct Link {
    UnknownNode *unknown;
    int64_t given = 0;
  };
  SmallVector<Link> links;
  /// The ops by which the unknowns that this one sees are found.
  SmallVector<OpNode *> needs;
  /// The link by which a search came here, from another op's.
  Link *reached = nullptr;
  OpNode *before = nullptr;
  bool isVisited = false;
};

struct UnknownNode {
  Value value;
  int64_t missing;
  SmallVector<OpNode *> seenBy;
  OpNode *reachedFrom = nullptr;
  bool isVisited = false;
};

/// A bipartite graph and a flow from ops to unknowns.
class Matching {
public:
  Matching(const Unit &unit, const KnowledgeBase &knowledge);

  /// Makes the flow as large as it can be.
  void maximise();
  Cluster takeUnderdetermined();
  Cluster takeOverdetermined();
  SmallVector<Cluster> takeBlocks();

private:
  void addOp(Operation *op, const Ledger &ledger);
  static void give(OpNode &op, OpNode::Link &link);
  static OpNode::Link &getLink(OpNode &op, UnknownNode &unknown);
  bool augment();
  void clearVisits();
  /// Takes the ops that were visited out of the graph.
  void removeVisited();

  std::deque<OpNode> ops;
  std::deque<UnknownNode> unknowns;
  DenseMap<Value, UnknownNode *> nodes;
  /// What is in neither of the parts that were taken.
  OpNode root{nullptr, 0, {}, {}};
};
} // namespace

template <>
struct llvm::GraphTraits<OpNode *> {
  using NodeRef = OpNode *;
  using ChildIteratorType = SmallVector<OpNode *>::iterator;
  static NodeRef getEntryNode(OpNode *node) { return node; }
  static ChildIteratorType child_begin(NodeRef node) {
    return node->needs.begin();
  }
  static ChildIteratorType child_end(NodeRef node) { return node->needs.end(); }
};

/// The operands and results that the equations of an op see.
static SetVector<Value> getSeen(Operation *op) {
  SetVector<Value> seen(op->result_begin(), op->result_end());
  auto rule = dyn_cast<InvertibleOpInterface>(op);
  if (!rule) {
    seen.insert_range(getInputs(op));
    return seen;
  }
  for (const Edge &edge : rule.getEdges())
    seen.insert(op->getOperand(edge.operand));
  return seen;
}

Matching::Matching(const Unit &unit, const KnowledgeBase &knowledge) {
  auto add = [&](ValueRange values) {
    for (Value value : values) {
      int64_t missing = knowledge.countUnknown(value);
      if (isa<ComplexType>(getTensorType(value).getElementType()))
        missing *= 2;
      if (missing > 0 && !nodes.contains(value))
        nodes[value] = &unknowns.emplace_back(UnknownNode{value, missing, {}});
    }
  };
  add(unit.getTaken());
  for (Operation &op : unit.block->without_terminator())
    add(op.getResults());
  Ledger ledger(unit, knowledge);
  for (Operation &op : unit.block->without_terminator())
    addOp(&op, ledger);
}

void Matching::addOp(Operation *op, const Ledger &ledger) {
  int64_t left = ledger.countLeft(op);
  for (Value result : op->getResults())
    if (UnknownNode *node = nodes.lookup(result))
      left += node->missing;
  OpNode node{op, left, {}, {}};
  for (Value value : getSeen(op))
    if (UnknownNode *unknown = nodes.lookup(value))
      node.links.push_back({unknown});
  if (left <= 0 || node.links.empty())
    return;
  ops.push_back(std::move(node));
  for (OpNode::Link &link : ops.back().links)
    link.unknown->seenBy.push_back(&ops.back());
  // Its results come first: that is what it is evaluated for.
  for (OpNode::Link &link : ops.back().links)
    give(ops.back(), link);
}

void Matching::give(OpNode &op, OpNode::Link &link) {
  int64_t amount = std::min(op.spare, link.unknown->missing);
  op.spare -= amount;
  link.unknown->missing -= amount;
  link.given += amount;
}

OpNode::Link &Matching::getLink(OpNode &op, UnknownNode &unknown) {
  return *llvm::find_if(op.links, [&](const OpNode::Link &link) {
    return link.unknown == &unknown;
  });
}

void Matching::clearVisits() {
  for (OpNode &op : ops)
    op.isVisited = false;
  for (UnknownNode &unknown : unknowns)
    unknown.isVisited = false;
}

void Matching::removeVisited() {
  for (OpNode &op : ops)
    if (op.isVisited)
      op.links.clear();
}

/// Finds ops that can hand equations on to one another, from one that has some
/// to spare to one that sees what is missing, and does so. Returns whether
/// there are such.
bool Matching::augment() {
  clearVisits();
  std::deque<OpNode *> pending;
  for (OpNode &op : ops)
    if (op.spare > 0) {
      op.isVisited = true;
      op.before = nullptr;
      pending.push_back(&op);
    }
  while (!pending.empty()) {
    OpNode *op = pending.front();
    pending.pop_front();
    for (OpNode::Link &link : op->links) {
      UnknownNode &unknown = *link.unknown;
      if (unknown.isVisited)
        continue;
      unknown.isVisited = true;
      unknown.reachedFrom = op;
      if (unknown.missing == 0) {
        for (OpNode *giver : unknown.seenBy)
          if (!giver->isVisited && getLink(*giver, unknown).given > 0) {
            giver->isVisited = true;
            giver->before = op;
            giver->reached = &getLink(*giver, unknown);
            pending.push_back(giver);
          }
        continue;
      }
      // Back along the way: each takes over what the next one gave.
      int64_t amount = unknown.missing;
      for (OpNode *on = op; on; on = on->before)
        amount = std::min(amount, on->before ? on->reached->given : on->spare);
      unknown.missing -= amount;
      UnknownNode *to = &unknown;
      for (OpNode *on = op; on; on = on->before) {
        getLink(*on, *to).given += amount;
        if (!on->before) {
          on->spare -= amount;
          break;
        }
        on->reached->given -= amount;
        to = on->reached->unknown;
      }
      return true;
    }
  }
  return false;
}

void Matching::maximise() {
  while (augment())
    continue;
}

/// All from which an unknown that is missing could be found instead.
Cluster Matching::takeUnderdetermined() {
  clearVisits();
  Cluster cluster;
  SmallVector<UnknownNode *> pending;
  auto visit = [&](UnknownNode &unknown) {
    if (std::exchange(unknown.isVisited, true))
      return;
    cluster.unknowns.push_back(unknown.value);
    pending.push_back(&unknown);
  };
  for (UnknownNode &unknown : unknowns)
    if (unknown.missing > 0)
      visit(unknown);
  while (!pending.empty())
    for (OpNode *op : pending.pop_back_val()->seenBy) {
      if (std::exchange(op->isVisited, true))
        continue;
      cluster.ops.push_back(op->op);
      for (OpNode::Link &link : op->links)
        if (link.given > 0)
          visit(*link.unknown);
    }
  removeVisited();
  return cluster;
}

/// All that an equation which is left may say something else about.
Cluster Matching::takeOverdetermined() {
  clearVisits();
  Cluster cluster;
  SmallVector<OpNode *> pending;
  auto visit = [&](OpNode &op) {
    if (std::exchange(op.isVisited, true))
      return;
    cluster.ops.push_back(op.op);
    pending.push_back(&op);
  };
  for (OpNode &op : ops)
    if (op.spare > 0 && !op.links.empty())
      visit(op);
  while (!pending.empty())
    for (OpNode::Link &link : pending.pop_back_val()->links) {
      if (std::exchange(link.unknown->isVisited, true))
        continue;
      cluster.unknowns.push_back(link.unknown->value);
      for (OpNode *op : link.unknown->seenBy)
        if (!op->links.empty() && getLink(*op, *link.unknown).given > 0)
          visit(*op);
    }
  removeVisited();
  return cluster;
}

SmallVector<Cluster> Matching::takeBlocks() {
  for (OpNode &op : ops) {
    if (op.links.empty())
      continue;
    root.needs.push_back(&op);
    for (OpNode::Link &link : op.links)
      for (OpNode *other : link.unknown->seenBy)
        if (other != &op && !other->links.empty() &&
            getLink(*other, *link.unknown).given > 0)
          op.needs.push_back(other);
  }
  SmallVector<Cluster> blocks;
  for (auto it = llvm::scc_begin(&root); !it.isAtEnd(); ++it) {
    Cluster cluster;
    for (OpNode *op : *it) {
      if (op == &root)
        continue;
      cluster.ops.push_back(op->op);
      for (OpNode::Link &link : op->links)
        if (link.given > 0 &&
            !llvm::is_contained(cluster.unknowns, link.unknown->value))
          cluster.unknowns.push_back(link.unknown->value);
    }
    // In the order of the program.
    llvm::sort(cluster.ops, [](Operation *a, Operation *b) {
      return a->isBeforeInBlock(b);
    });
    if (!cluster.empty())
      blocks.push_back(std::move(cluster));
  }
  return blocks;
}

Decomposition::Decomposition(const Unit &unit, const KnowledgeBase &knowledge) {
  Matching matching(unit, knowledge);
  matching.maximise();
  underdetermined = matching.takeUnderdetermined();
  overdetermined = matching.takeOverdetermined();
  blocks = matching.takeBlocks();
}
