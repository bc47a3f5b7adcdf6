// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cone.h"
#include "invhlo/Idioms/Passes.h"
#include "invhlo/Idioms/Precedence.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

namespace invhlo {
#define GEN_PASS_DEF_RAISETRIANGULARPASS
#include "invhlo/Idioms/Passes.h.inc"
} // namespace invhlo

/// These bound the work for one block: ops that are looked at for each of its
/// ops, and elements.
static constexpr int64_t kMaxVisits = 64, kMaxWork = int64_t(1) << 28;

namespace {

/// Where all that is computed from a value meets again.
class Meetings {
public:
  Meetings(Block &block, function_ref<bool(Operation *)> isRelevant);

  /// The op that all ways from `value` to the end of the block lead through
  /// first; null if there are several ends, or one way only.
  Operation *find(Value value);

private:
  /// The op at which the ways from two ops meet; null if there is none.
  Operation *meet(Operation *one, Operation *other);

  Block &block;
  /// The next op that all ways lead through, and how many there are.
  struct Node {
    Operation *next = nullptr;
    unsigned height = 0;
  };
  DenseMap<Operation *, Node> nodes;
  int64_t visitsLeft;
};

/// A value that is told in the order of the elements of x.
struct Triangle {
  Value x;
  Operation *root = nullptr;
  SmallVector<Operation *> conditioner, formula;
  llvm::SmallSetVector<Value, 4> earlier;
  /// The ranks of the elements of x and of the value, and the last.
  std::optional<Literal> ranksOfX, ranksOfValue;
  int64_t depth = 0;
};

/// Finds such values in a block.
class TriangleFinder {
public:
  explicit TriangleFinder(Block &block);

  /// Those of different ops, each from the first x on.
  std::vector<Triangle> findAll();

private:
  std::optional<Triangle> find(Value x, Operation *root);
  /// The same for one order of the elements of x.
  bool fits(Triangle &triangle, const Literal &positions);
  /// Divides what the root is computed by into what has to be inverted and what
  /// is earlier.
  bool divide(Triangle &triangle, Precedence &last);
  /// Whether what is earlier is so; finds the ranks.
  bool rank(Triangle &triangle, Precedence &last, const Literal &positions);
  /// The ops of the cone that `values` are computed by, and their primitives.
  SmallVector<Operation *> getOps(ValueRange values, Triangle &triangle);

  Block &block;
  ConeFinder knowledge;
  Meetings meetings;
  /// The ops between x and the root at hand, in order.
  SmallVector<Operation *> cone;
  DenseSet<Operation *> inCone;
  int64_t work = 0;
};

} // namespace

Meetings::Meetings(Block &block, function_ref<bool(Operation *)> isRelevant)
    : block(block), visitsLeft(kMaxVisits * block.getOperations().size()) {
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    if (!isRelevant(&op))
      continue;
    Operation *next = nullptr;
    bool isFirst = true;
    for (Operation *user : op.getUsers()) {
      Operation *there = block.findAncestorOpInBlock(*user);
      next = isFirst ? there : meet(next, there);
      isFirst = false;
    }
    if (isFirst)
      continue; // It is not used.
    nodes[&op] = {next, next ? nodes.lookup(next).height + 1 : 0};
  }
}

Operation *Meetings::meet(Operation *one, Operation *other) {
  while (one && other && one != other) {
    if (--visitsLeft < 0)
      return nullptr;
    Node first = nodes.lookup(one), second = nodes.lookup(other);
    if (first.height >= second.height)
      one = first.next;
    if (second.height >= first.height)
      other = second.next;
  }
  return one == other ? one : nullptr;
}

Operation *Meetings::find(Value value) {
  Operation *first = nullptr, *met = nullptr;
  for (Operation *user : value.getUsers()) {
    Operation *there = block.findAncestorOpInBlock(*user);
    met = first ? meet(met, there) : there;
    if (!first)
      first = there;
  }
  bool isOneWay = llvm::all_of(value.getUsers(), [&](Operation *user) {
    return block.findAncestorOpInBlock(*user) == met;
  });
  return isOneWay ? nullptr : met;
}

TriangleFinder::TriangleFinder(Block &block)
    : block(block), knowledge(block, [](Operation *) { return false; }),
      meetings(block, [&](Operation *op) {
        return !llvm::all_of(op->getResults(), [&](Value result) {
          return knowledge.isKnown(result);
        });
      }) {}

std::optional<Triangle> TriangleFinder::find(Value x, Operation *root) {
  Value value = root->getResult(0);
  auto type = cast<RankedTensorType>(x.getType());
  auto ofValue = dyn_cast<RankedTensorType>(value.getType());
  if (!type.hasStaticShape() || !ofValue || !ofValue.hasStaticShape() ||
      type.getNumElements() < 2 ||
      ofValue.getNumElements() != type.getNumElements())
    return std::nullopt;
  cone.clear();
  inCone.clear();
  auto isFromX = [&](Value input) {
    return lookThroughPrimitives(input) == x ||
           inCone.contains(input.getDefiningOp());
  };
  Operation *definition = x.getDefiningOp();
  Operation *first = definition ? definition->getNextNode() : &block.front();
  for (Operation *op = first; op; op = op->getNextNode()) {
    ++work;
    if (llvm::any_of(getOperandsAndCaptured(op), isFromX)) {
      cone.push_back(op);
      inCone.insert(op);
    }
    if (op == root)
      break;
  }
  Triangle triangle;
  triangle.x = x;
  triangle.root = root;
  // Along each dimension, then along each two that follow each other.
  for (int64_t number : {0, 1})
    for (int64_t last = type.getRank() - 1; last >= number; --last)
      for (bool isReversed : {false, true}) {
        SmallVector<int64_t> dims =
            llvm::to_vector(llvm::seq_inclusive(last - number, last));
        if (fits(triangle, Precedence::getPositions(type, dims, isReversed)))
          return triangle;
        if (work > kMaxWork)
          return std::nullopt;
      }
  return std::nullopt;
}

bool TriangleFinder::fits(Triangle &triangle, const Literal &positions) {
  if (positions.isSplat())
    return false;
  Precedence last(triangle.x, positions);
  for (Operation *op : cone)
    last.visit(op);
  bool isTriangular = divide(triangle, last) && rank(triangle, last, positions);
  work += last.getWork();
  return isTriangular;
}

/// Whether each element depends on x.
static bool dependEverywhere(const Literal &last) {
  return llvm::all_of(llvm::seq(last.getNumHeld()),
                      [&](int64_t i) { return last.getInteger(i) >= 0; });
}

/// Whether each of `count` positions is the last of as many elements.
static bool areAsMany(const Literal &last, int64_t count) {
  SmallVector<int64_t> elements(count, 0);
  for (int64_t i : llvm::seq(last.getNumHeld()))
    ++elements[last.getInteger(i)];
  return llvm::all_of(elements, [&](int64_t number) {
    return number * count == last.getNumHeld();
  });
}

bool TriangleFinder::divide(Triangle &triangle, Precedence &last) {
  triangle.earlier.clear();
  llvm::SmallSetVector<Value, 16> direct;
  direct.insert(lookThroughPrimitives(triangle.root->getResult(0)));
  for (unsigned i = 0; i < direct.size(); ++i) {
    Operation *op = direct[i].getDefiningOp();
    if (direct[i] == triangle.x || !op || !inCone.contains(op))
      continue;
    SetVector<Value> dependent;
    for (Value input : getOperandsAndCaptured(op))
      if (last.depends(input))
        dependent.insert(lookThroughPrimitives(input));
    for (Value input : dependent) {
      bool isEarlier =
          dependent.size() > 1 && op->getNumResults() == 1 &&
          Precedence::areBefore(
              last.getVia(op, [&](Value via) { return via == input; }),
              last.getVia(op, [&](Value via) { return via != input; }));
      if (isEarlier)
        triangle.earlier.insert(input);
      else
        direct.insert(input);
    }
  }
  auto isDirect = [&](Value value) { return direct.contains(value); };
  return direct.contains(triangle.x) && !triangle.earlier.empty() &&
         llvm::none_of(triangle.earlier, isDirect);
}

SmallVector<Operation *> TriangleFinder::getOps(ValueRange values,
                                                Triangle &triangle) {
  DenseSet<Operation *> needed;
  auto isGiven = [&](Value value) {
    value = lookThroughPrimitives(value);
    Operation *op = value.getDefiningOp();
    return value == triangle.x || !inCone.contains(op) ||
           (!llvm::is_contained(values, value) &&
            triangle.earlier.contains(value));
  };
  SmallVector<Value> open(values);
  while (!open.empty()) {
    Value value = lookThroughPrimitives(open.pop_back_val());
    if (isGiven(value) || !needed.insert(value.getDefiningOp()).second)
      continue;
    llvm::append_range(open, getOperandsAndCaptured(value.getDefiningOp()));
  }
  auto isNeeded = [&](Value value) {
    return needed.contains(lookThroughPrimitives(value).getDefiningOp());
  };
  auto isThere = [&](Value value) { return isGiven(value) || isNeeded(value); };
  return llvm::filter_to_vector(cone, [&](Operation *op) {
    auto primitive = dyn_cast<PrimitiveOp>(op);
    return needed.contains(op) ||
           (primitive && llvm::any_of(primitive.getLowered(), isNeeded) &&
            llvm::all_of(op->getOperands(), isThere));
  });
}

bool TriangleFinder::rank(Triangle &triangle, Precedence &last,
                          const Literal &positions) {
  Value value = lookThroughPrimitives(triangle.root->getResult(0));
  triangle.formula = getOps(value, triangle);
  // What the formula has of x, and what it has of earlier values.
  Precedence ofX(triangle.x, positions), ofEarlier(triangle.x, positions);
  ofEarlier.setIndependent(triangle.x);
  for (Value earlier : triangle.earlier) {
    ofX.setIndependent(earlier);
    ofEarlier.set(earlier, last.get(earlier));
  }
  for (Operation *op : triangle.formula)
    for (Precedence *precedence : {&ofX, &ofEarlier})
      precedence->visit(op);
  const Literal &own = ofX.get(value), &earlier = ofEarlier.get(value);
  int64_t count = positions.getNumHeld();
  if (!Precedence::areBefore(earlier, own) || !dependEverywhere(own) ||
      !areAsMany(own, count))
    return false;

  // An element has one rank more than the last that it needs.
  SmallVector<int64_t> needed(count, -1), ranks(count), highest(count);
  SmallVector<int64_t> held;
  for (auto [a, b] :
       llvm::zip_equal(own.getHeldShape(), earlier.getHeldShape()))
    held.push_back(std::max(a, b));
  Literal ownHeld = own.holding(held), earlierHeld = earlier.holding(held);
  for (int64_t i : llvm::seq(ShapedType::getNumElements(held))) {
    int64_t &before = needed[ownHeld.getInteger(i)];
    before = std::max(before, earlierHeld.getInteger(i));
  }
  for (int64_t i : llvm::seq(count)) {
    ranks[i] = needed[i] < 0 ? 1 : highest[needed[i]] + 1;
    highest[i] = i == 0 ? ranks[i] : std::max(highest[i - 1], ranks[i]);
  }
  auto rankAll = [&](const Literal &at) {
    std::vector<Element> elements;
    for (int64_t i : llvm::seq(at.getNumHeld()))
      elements.push_back(
          toElement(ranks[at.getInteger(i)], at.getElementType()));
    return Literal(at.getType(), at.getHeldShape(), std::move(elements));
  };
  triangle.ranksOfX.emplace(rankAll(positions));
  triangle.ranksOfValue.emplace(rankAll(own));
  triangle.depth = highest.back();
  triangle.conditioner = getOps(triangle.earlier.getArrayRef(), triangle);
  return triangle.depth > 1;
}

std::vector<Triangle> TriangleFinder::findAll() {
  std::vector<Triangle> triangles;
  SmallVector<Value> values(block.getArguments());
  for (Operation &op : block.without_terminator())
    if (op.getNumResults() == 1)
      values.push_back(op.getResult(0));
  int64_t limit = kMaxVisits * block.getOperations().size();
  Operation *end = nullptr;
  for (Value value : values) {
    Operation *definition = value.getDefiningOp();
    bool isInside = definition && end && definition != end &&
                    definition->isBeforeInBlock(end);
    if (isInside || knowledge.isKnown(value) ||
        !isa<RankedTensorType>(value.getType()))
      continue;
    Operation *root = meetings.find(value);
    if (!root || root->getNumResults() != 1)
      continue;
    Value met = lookThroughPrimitives(root->getResult(0));
    if (work > limit + kMaxWork)
      break;
    if (auto triangle =
            find(lookThroughPrimitives(value), met.getDefiningOp())) {
      triangles.push_back(std::move(*triangle));
      end = root;
    }
  }
  return triangles;
}

/// The ranks of all elements, which may be the same along dimensions.
static Value createRanks(OpBuilder &b, Location loc, const Literal &ranks) {
  SmallVector<int64_t> dims =
      llvm::to_vector(llvm::seq<int64_t>(ranks.getShape().size()));
  Value held = ConstantOp::create(b, loc, ranks.toHeldAttr());
  return BroadcastInDimOp::create(b, loc, ranks.getType(), held, dims);
}

static void raiseIn(Block &block, SmallVectorImpl<Operation *> &raised) {
  std::vector<Triangle> triangles = TriangleFinder(block).findAll();
  // From the last one up: its x may be the value of one before it.
  for (Triangle &triangle : llvm::reverse(triangles)) {
    OpBuilder b(triangle.root->getContext());
    b.setInsertionPointAfter(triangle.root);
    Value value = triangle.root->getResult(0);
    ValueRange earlier = triangle.earlier.getArrayRef();
    Location loc = triangle.root->getLoc();
    Value ranksOfX = createRanks(b, loc, *triangle.ranksOfX);
    Value ranksOfValue = createRanks(b, loc, *triangle.ranksOfValue);
    auto op =
        TriangularOp::create(b, loc, value.getType(), triangle.x, ranksOfX,
                             earlier, ranksOfValue, value, triangle.depth);
    outline(op.getConditioner(), triangle.conditioner, triangle.x, {}, earlier);
    outline(op.getFormula(), triangle.formula, triangle.x, earlier, value);
    value.replaceAllUsesExcept(op, op);
    raised.push_back(op);
  }
}

SmallVector<Operation *> invhlo::raiseTriangular(ModuleOp module) {
  SmallVector<Operation *> raised;
  module.walk([&](Block *block) {
    if (!isa<ModuleOp>(block->getParentOp()))
      raiseIn(*block, raised);
  });
  return raised;
}

namespace {
struct RaiseTriangularPass
    : invhlo::impl::RaiseTriangularPassBase<RaiseTriangularPass> {
  void runOnOperation() override { raiseTriangular(getOperation()); }
};
} // namespace
