// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "AffineSolver.h"

#include "BatchSlice.h"
#include "LinearLiterals.h"
#include "invhlo/Literals/LiteralLookup.h"
#include "invhlo/Rules/Elementwise.h"
#include "invhlo/Rules/LinearSystem.h"
#include "invhlo/StableHLO/Analysis/Indices.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVectorExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <random>

using namespace mlir;
using namespace invhlo;
using namespace invhlo::stablehlo;

/// Larger matrices are not made.
static constexpr int64_t kMostUnknowns = 2048;
/// Larger ones are not looked at when the program is inverted.
static constexpr int64_t kMostLookedAt = 512;
/// Of matrices up to this size, elimination is written out.
static constexpr int64_t kMostEliminated = 3;
/// More elements of matrices are not looked at.
static constexpr int64_t kMostMatrixElements = int64_t(1) << 20;

static SmallVector<int64_t> getRange(int64_t from, int64_t to) {
  return llvm::to_vector(llvm::seq(from, to));
}

/// The type of what is read of values: the widest.
static Type getReadType(ArrayRef<Value> values, bool isComplex) {
  auto getWidth = [](Value value) {
    return getPartType(getTensorType(value).getElementType())
        .getIntOrFloatBitWidth();
  };
  Value widest = *llvm::max_element(
      values, [&](Value a, Value b) { return getWidth(a) < getWidth(b); });
  Type type = getTensorType(widest).getElementType();
  return isComplex ? type : getPartType(type);
}

AffineSolver::AffineSolver(const AffineSystem &system, ElementGroups found,
                           Operation *author, Knowledge &knowledge)
    : system(system), groups(std::move(found)), author(author),
      knowledge(knowledge), e(knowledge.getBuilder(), author->getLoc()),
      xs(Layout::ofXs(system, groups)), ys(Layout::ofYs(system, groups)),
      yType(getReadType(system.getYs(), system.isComplexLinear())),
      type(getComputeType(yType)) {}

SmallVector<Literal> AffineSolver::getUnits(int64_t number) const {
  SmallVector<bool> isOne(groups.getNumCoordinates(), false);
  for (int64_t group : llvm::seq(groups.count))
    isOne[groups.orderOfXs[group * groups.size + number]] = true;
  SmallVector<SmallVector<int64_t>> held;
  std::vector<std::vector<Element>> elements(system.getXs().size());
  for (Value x : system.getXs())
    held.emplace_back(getTensorType(x).getShape());
  int64_t next = 0;
  for (const ValuePart &part : groups.partsOfXs) {
    for (const BatchDim &dim : groups.batch)
      held[part.value][dim.ofXs[part.value]] = 1;
    Type type = getTensorType(system.getXs()[part.value]).getElementType();
    std::vector<Element> &ofX = elements[part.value];
    ofX.resize(ShapedType::getNumElements(held[part.value]));
    for (Element &element : ofX)
      if (isOne[next++])
        element = fromNumber(part.kind == ValuePart::Imaginary
                                 ? std::complex<double>(0, 1)
                                 : std::complex<double>(1, 0),
                             type);
  }
  SmallVector<Literal> units;
  for (auto [x, ofX, shape] : llvm::zip_equal(system.getXs(), elements, held))
    units.emplace_back(getTensorType(x), shape, std::move(ofX));
  return units;
}

std::optional<AffineSolver::Matrices> AffineSolver::evaluate(
    function_ref<std::optional<Literal>(Value)> getFactor) const {
  int64_t n = groups.getNumCoordinates(), size = groups.size;
  SmallVector<SmallVector<Literal>> columns;
  Matrices matrices{SmallVector<int64_t>(groups.batch.size(), 1), {}};
  for (int64_t column : llvm::seq(size)) {
    auto computed = system.evaluate(getUnits(column), getFactor);
    if (!computed)
      return std::nullopt;
    for (auto [i, literal] : llvm::enumerate(*computed))
      if (!literal.isSplat())
        for (auto [held, dim] : llvm::zip_equal(matrices.held, groups.batch))
          held = std::max(held, literal.getHeldShape()[dim.ofYs[i]]);
    columns.push_back(std::move(*computed));
  }
  int64_t batch = ShapedType::getNumElements(matrices.held);
  if (batch * n * size > kMostMatrixElements)
    return std::nullopt;
  SmallVector<int64_t> place(n);
  for (auto [row, coordinate] : llvm::enumerate(groups.orderOfYs))
    place[coordinate] = row;
  matrices.elements.resize(batch * n * size);
  for (int64_t column : llvm::seq(size)) {
    ArrayRef<Literal> literals = columns[column];
    int64_t coordinate = 0;
    for (const ValuePart &part : groups.partsOfYs) {
      Literal literal = literals[part.value];
      SmallVector<int64_t> ofBatch =
          llvm::map_to_vector(groups.batch, [&](const BatchDim &dim) {
            return dim.ofYs[part.value];
          });
      SmallVector<int64_t> held(literal.getShape());
      for (auto [d, size] : llvm::zip_equal(ofBatch, matrices.held))
        held[d] = size;
      literal = literal.holding(held);
      SmallVector<int64_t> dims = ElementGroups::getDims(ofBatch, held.size());
      SmallVector<int64_t> strides = computeStrides(held);
      applyPermutationToVector(held, dims);
      applyPermutationToVector(strides, dims);
      int64_t next = 0, count = ShapedType::getNumElements(held) / batch;
      forEachIndex(held, [&](ArrayRef<int64_t> index) {
        auto number = toNumber(literal[linearize(index, strides)],
                               literal.getElementType());
        if (part.kind == ValuePart::Imaginary)
          number = number.imag();
        int64_t row = place[coordinate + next % count];
        matrices.elements[(next / count * n + row) * size + column] =
            fromNumber(number, yType);
        ++next;
      });
      coordinate += count;
    }
  }
  return matrices;
}

bool AffineSolver::isSingular(const Matrices &matrices) const {
  // The narrowest type rounds most.
  double epsilon = 0;
  for (Value y : system.getYs()) {
    auto part = cast<FloatType>(getPartType(getTensorType(y).getElementType()));
    epsilon =
        std::max(epsilon, std::ldexp(1., 1 - int(part.getFPMantissaWidth())));
  }
  bool isComplex = isa<ComplexType>(yType);
  int64_t size = groups.size, n = isComplex ? 2 * size : size;
  int64_t count = matrices.elements.size() / (size * size);
  for (int64_t group : llvm::seq(count)) {
    SmallVector<double> matrix(n * n);
    for (int64_t i : llvm::seq(size))
      for (int64_t j : llvm::seq(size)) {
        auto number =
            toNumber(matrices.elements[(group * size + i) * size + j], yType);
        matrix[i * n + j] = number.real();
        if (!isComplex)
          continue;
        matrix[(i + size) * n + j + size] = number.real();
        matrix[(i + size) * n + j] = number.imag();
        matrix[i * n + j + size] = -number.imag();
      }
    if (isSingularMatrix(matrix, n, epsilon))
      return true;
  }
  return false;
}

namespace {
/// Literals of numbers that nothing is to be expected of, for what is known in
/// a run only.
class Samples {
public:
  std::optional<Literal> get(Value value) {
    auto [it, isNew] = samples.try_emplace(value);
    if (isNew)
      it->second = draw(value);
    return it->second;
  }

private:
  std::optional<Literal> draw(Value value) {
    if (std::optional<Literal> literal = findLiteral(value))
      return literal;
    constexpr int64_t maxElements = int64_t(1) << 18;
    RankedTensorType type = getTensorType(value);
    if (!hasDensity(type) || !type.hasStaticShape() ||
        type.getNumElements() > maxElements)
      return std::nullopt;
    std::vector<Element> elements(type.getNumElements());
    for (Element &element : elements) {
      // Few digits, so that no type rounds them.
      element = toElement(1 + generator() % 127, type.getElementType());
      if (isa<ComplexType>(type.getElementType()))
        element.imaginary = element.bits;
    }
    return Literal(type, std::move(elements));
  }

  std::mt19937 generator;
  DenseMap<Value, std::optional<Literal>> samples;
};
} // namespace

bool AffineSolver::areGroupsWhole() const {
  auto isPartlyKnown = [&](Value x) { return knowledge.knowsAnyOf(x); };
  if (llvm::none_of(system.getXs(), isPartlyKnown))
    return true;
  SmallVector<int64_t> groupOf(groups.getNumCoordinates());
  for (auto [i, coordinate] : llvm::enumerate(groups.orderOfXs))
    groupOf[coordinate] = i / groups.size;
  DenseMap<int64_t, bool> isKnown;
  int64_t offset = 0;
  for (const ValuePart &part : groups.partsOfXs) {
    Value x = system.getXs()[part.value];
    ArrayRef<int64_t> shape = getTensorType(x).getShape();
    llvm::BitVector unknown(getTensorType(x).getNumElements());
    for (const IndexSet &set : knowledge.getUnknown(x, Knowledge::wholeOf(x)))
      unknown |= set.getBits();
    SmallVector<int64_t> ofBatch =
        llvm::map_to_vector(groups.batch, [&](const BatchDim &dim) {
          return dim.ofXs[part.value];
        });
    int64_t element = 0, size = 0;
    bool isWhole = true;
    forEachIndex(shape, [&](ArrayRef<int64_t> index) {
      int64_t batch = 0, coordinate = 0;
      for (int64_t d : ofBatch)
        batch = batch * shape[d] + index[d];
      for (auto [d, i] : llvm::enumerate(index))
        if (!llvm::is_contained(ofBatch, int64_t(d)))
          coordinate = coordinate * shape[d] + i;
      size = coordinate + 1;
      int64_t group = batch * groups.count + groupOf[offset + coordinate];
      bool known = !unknown[element++];
      isWhole &= isKnown.try_emplace(group, known).first->second == known;
    });
    if (!isWhole)
      return false;
    offset += size;
  }
  return true;
}

std::string AffineSolver::findFault() {
  int64_t size = groups.size;
  if (knowledge.wantsShares() && !areGroupsWhole())
    return "part of what it belongs to is known already";
  if (size > kMostUnknowns)
    return llvm::formatv("{0} unknown numbers depend on each other, which is "
                         "more than a matrix is made for ({1})",
                         size, kMostUnknowns);
  bool isLiteral = system.hasLiteralFactors();
  Samples samples;
  std::optional<Matrices> matrices;
  if (size <= kMostLookedAt)
    matrices = evaluate([&](Value v) { return samples.get(v); });
  if (!matrices && isLiteral && size > kMostEliminated)
    return llvm::formatv("{0} unknown numbers depend on each other, too many "
                         "to see whether they are told",
                         size);
  if (matrices && isSingular(*matrices))
    return size == 1 ? "the unknown is multiplied by zero"
                     : llvm::formatv("it belongs to {0} equations that do not "
                                     "tell {0} unknown numbers: their matrix "
                                     "is singular",
                                     size)
                           .str();
  if (isLiteral)
    literal = std::move(matrices);
  return "";
}

void AffineSolver::sortBatch() {
  SmallVector<BatchDim> varying, uniform;
  for (auto [i, dim] : llvm::enumerate(groups.batch)) {
    bool isSame = literal ? literal->held[i] == 1 : isUniform(system, dim);
    (isSame ? uniform : varying).push_back(std::move(dim));
  }
  groups.numVarying = varying.size();
  for (BatchDim &dim : uniform)
    varying.push_back(std::move(dim));
  groups.batch = std::move(varying);
}

ElementGroups AffineSolver::getSlice() const {
  ElementGroups ofOne = groups;
  for (int64_t d = groups.numVarying, n = groups.batch.size(); d < n; ++d)
    ofOne.batch[d].size = 1;
  return ofOne;
}

Value AffineSolver::buildColumn(int64_t number) {
  ElementGroups ofOne = getSlice();
  ArrayRef<BatchDim> uniform =
      ArrayRef(ofOne.batch).drop_front(groups.numVarying);
  SmallVector<Value> ofXs;
  for (auto [i, unit] : llvm::enumerate(getUnits(number))) {
    SmallVector<int64_t> shape(unit.getShape());
    for (const BatchDim &dim : uniform)
      shape[dim.ofXs[i]] = 1;
    Value held = e.create<ConstantOp>(unit.toHeldAttr());
    ofXs.push_back(e.broadcast(held, shape, getRange(0, shape.size())));
  }
  BatchSlice slice(uniform);
  return Layout::ofYs(system, ofOne)
      .pack(e,
            system.build(e.getBuilder(), ofXs, /*isLinear=*/true, knowledge,
                         &slice),
            type);
}

Value AffineSolver::buildColumn(OpBuilder &b, Value number) {
  ElementGroups ofOne = getSlice();
  Layout xsOfOne = Layout::ofXs(system, ofOne);
  Emitter at(b, e.getLoc());
  SmallVector<int64_t> shape = xsOfOne.getShape();
  auto ofNumbers = RankedTensorType::get(shape, b.getI32Type());
  Value same = at.broadcast(number, shape, {});
  Value column = at.create<IotaOp>(ofNumbers, int64_t(shape.size()) - 1);
  Value ones = at.convert(at.equal(column, same), type);
  SmallVector<Value> ofXs = xsOfOne.unpack(at, ones);
  BatchSlice slice(ArrayRef(ofOne.batch).drop_front(groups.numVarying));
  return Layout::ofYs(system, ofOne)
      .pack(at, system.build(b, ofXs, /*isLinear=*/true, knowledge, &slice),
            type);
}

Value AffineSolver::buildMatrices() {
  OpBuilder &b = e.getBuilder();
  Location loc = e.getLoc();
  int64_t size = groups.size, numVarying = groups.numVarying;
  SmallVector<int64_t> shape = ys.getShape();
  shape.truncate(numVarying);
  shape.append({groups.count, size, size});
  if (literal) {
    Literal matrices(RankedTensorType::get(shape, yType), literal->elements);
    return e.convert(e.create<ConstantOp>(matrices.toAttr()), type);
  }
  if (size <= kMostEliminated) {
    SmallVector<Value> columns;
    SmallVector<int64_t> ofColumn(shape);
    ofColumn.back() = 1;
    for (int64_t i : llvm::seq(size))
      columns.push_back(e.reshape(buildColumn(i), ofColumn));
    if (size == 1)
      return columns.front();
    return e.create<ConcatenateOp>(columns, int64_t(shape.size()) - 1);
  }
  Region region;
  Block &body = region.emplaceBlock();
  OpBuilder inside(b.getContext());
  inside.setInsertionPointToEnd(&body);
  Value number =
      body.addArgument(RankedTensorType::get({}, b.getI32Type()), loc);
  Value yielded = buildColumn(inside, number);
  YieldOp::create(inside, loc, yielded);
  auto scan =
      ScanOp::create(b, loc, ScanOp::getArrayType(yielded.getType(), size),
                     ValueRange(), ValueRange(), size, /*reverse=*/false);
  scan.getBody().takeBody(region);
  // [columns, varying, ones, count, size] to [varying, count, size, columns].
  SmallVector<int64_t> rows(shape);
  rows.pop_back();
  rows.insert(rows.begin(), size);
  SmallVector<int64_t> order = getRange(1, rows.size());
  order.push_back(0);
  return e.transpose(e.reshape(scan.getResult(0), rows), order);
}

std::pair<Value, Value> AffineSolver::solveDense(Value matrices, Value rhs) {
  int64_t numVarying = groups.numVarying, numBatch = groups.batch.size();
  SmallVector<int64_t> shape = ys.getShape();
  // The elements of a uniform batch are columns.
  SmallVector<int64_t> order = getRange(0, numVarying);
  order.append({numBatch, numBatch + 1});
  llvm::append_range(order, getRange(numVarying, numBatch));
  SmallVector<int64_t> moved =
      llvm::map_to_vector(order, [&](int64_t d) { return shape[d]; });
  SmallVector<int64_t> columns(moved);
  columns.truncate(numVarying + 2);
  columns.push_back(ShapedType::getNumElements(
      ArrayRef<int64_t>(moved).drop_front(numVarying + 2)));
  Value solved =
      e.create<SolveOp>(matrices, e.reshape(e.transpose(rhs, order), columns));
  SmallVector<int64_t> back(order.size());
  for (auto [i, d] : llvm::enumerate(order))
    back[d] = i;
  Value solution = e.transpose(e.reshape(solved, moved), back);
  return {solution, e.create<LogAbsDetOp>(matrices)};
}

/// Gaussian elimination with partial pivoting, element by element.
std::pair<Value, Value> AffineSolver::eliminate(Value matrices, Value rhs) {
  int64_t n = groups.size;
  auto takeLast = [&](Value value, int64_t i) {
    SmallVector<int64_t> shape(getTensorType(value).getShape());
    Box box = Box::whole(shape);
    box[shape.size() - 1] = {i, 1, 1};
    Value slice = e.slice(value, box);
    shape.pop_back();
    return e.reshape(slice, shape);
  };
  SmallVector<int64_t> shape = ys.getShape();
  shape.pop_back();
  SmallVector<int64_t> dims = getRange(0, groups.numVarying);
  dims.push_back(shape.size() - 1);
  auto forBatch = [&](Value value) {
    return dims.size() == shape.size() ? value
                                       : e.broadcast(value, shape, dims);
  };
  // The rows of A, and of the right-hand side.
  SmallVector<SmallVector<Value>> a(n);
  SmallVector<Value> r;
  for (int64_t i : llvm::seq(n)) {
    for (int64_t j : llvm::seq(n)) {
      Value column = takeLast(matrices, j);
      a[i].push_back(takeLast(column, i));
    }
    r.push_back(takeLast(rhs, i));
  }
  auto swap = [&](Value isSwapped, Value &x, Value &y) {
    Value first = e.select(isSwapped, y, x);
    y = e.select(isSwapped, x, y);
    x = first;
  };
  Value logDet;
  for (int64_t step : llvm::seq(n)) {
    for (int64_t i : llvm::seq(step + 1, n)) {
      Value candidate = e.abs(a[i][step]), best = e.abs(a[step][step]);
      Value isLarger = e.less(best, candidate);
      for (int64_t j : llvm::seq(step, n))
        swap(isLarger, a[step][j], a[i][j]);
      swap(forBatch(isLarger), r[step], r[i]);
    }
    Value log = e.convert(e.logAbs(a[step][step]), getShareType(type));
    logDet = logDet ? e.add(logDet, log) : log;
    for (int64_t i : llvm::seq(step + 1, n)) {
      Value factor = e.div(a[i][step], a[step][step]);
      for (int64_t j : llvm::seq(step + 1, n))
        a[i][j] = e.sub(a[i][j], e.mul(factor, a[step][j]));
      r[i] = e.sub(r[i], e.mul(forBatch(factor), r[step]));
    }
  }
  SmallVector<int64_t> one(shape);
  one.push_back(1);
  for (int64_t i = n; i-- > 0;) {
    for (int64_t j : llvm::seq(i + 1, n))
      r[i] = e.sub(r[i], e.mul(forBatch(a[i][j]), r[j]));
    r[i] = e.div(r[i], forBatch(a[i][i]));
  }
  if (n == 1)
    return {e.reshape(r.front(), one), logDet};
  auto columns = llvm::map_to_vector(
      r, [&](Value column) { return e.reshape(column, one); });
  return {e.create<ConcatenateOp>(columns, int64_t(shape.size())), logDet};
}

void AffineSolver::solve() {
  if (std::string fault = findFault(); !fault.empty())
    return knowledge.refuse(author, fault);
  sortBatch();
  SmallVector<Value> known, shares;
  bool hasShares = false;
  for (Value y : system.getYs()) {
    Known data = knowledge.get(y);
    known.push_back(data.value);
    shares.push_back(data.share);
    hasShares |= bool(data.share);
  }
  Value rhs = ys.pack(e, known, type);
  if (system.hasConstant()) {
    SmallVector<Value> zeros;
    for (Value x : system.getXs())
      zeros.push_back(e.fill(0, getTensorType(x)));
    SmallVector<Value> constant =
        system.build(e.getBuilder(), zeros, /*isLinear=*/false, knowledge);
    rhs = e.sub(rhs, ys.pack(e, constant, type));
  }
  Value matrices = buildMatrices();
  auto [solution, logDet] = groups.size <= kMostEliminated
                                ? eliminate(matrices, rhs)
                                : solveDense(matrices, rhs);
  SmallVector<Known> found;
  for (Value x : xs.unpack(e, solution))
    found.push_back({x, {}});
  if (knowledge.wantsShares()) {
    SmallVector<int64_t> shape = ys.getShape();
    int64_t last = shape.size() - 1;
    SmallVector<int64_t> dims = getRange(0, groups.numVarying);
    dims.push_back(last - 1);
    if (system.isComplexLinear())
      logDet = e.scale(2, logDet);
    Value share = e.spread(e.neg(logDet), shape, dims, groups.size);
    if (hasShares) {
      for (auto [y, ofY] : llvm::zip_equal(system.getYs(), shares))
        if (!ofY)
          ofY = e.fill(0, getShareTensorType(getTensorType(y)));
      Value before = e.convert(ys.packShares(e, shares),
                               getTensorType(share).getElementType());
      share = e.addLogDet(e.mix(before, last), share);
    }
    for (auto [known, ofX] : llvm::zip_equal(found, xs.unpackShares(e, share)))
      known.share = ofX;
  }
  if (!literal)
    knowledge.setConditional();
  for (Value y : system.getYs())
    if (y.getDefiningOp() != author)
      knowledge.spend(y.getDefiningOp(), Knowledge::wholeOf(y));
  knowledge.setJoint(true);
  for (auto [x, data] : llvm::zip_equal(system.getXs(), found))
    knowledge.learn(x, Knowledge::wholeOf(x), data);
  knowledge.setJoint(false);
}
