// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Rules/ErrorFunctions.h"

#include "invhlo/CHLO/CHLO.h"
#include <cmath>

using namespace mlir;
using namespace invhlo;

static bool isDouble(Value value) {
  return getElementTypeOrSelf(value.getType()).isF64();
}

namespace {
/// Where erfc is replaced by the asymptotic expansion
/// erfc(t) = exp(-t^2) / (t sqrt(pi)) sum_k (-1)^k (2k - 1)!! / (2 t^2)^k
/// (Abramowitz and Stegun 7.1.23), whose terms fall below the last place there.
struct Asymptotics {
  double start;
  unsigned numTerms;

  static Asymptotics get(Value t) {
    return isDouble(t) ? Asymptotics{10, 12} : Asymptotics{5, 8};
  }

  /// exp(t^2) erfc(t) for t beyond the start.
  Value createScaled(Emitter &e, Value t) const {
    Value square = e.mul(t, t);
    Value ratio = e.div(e.fill(-0.5, t), square);
    Value sum = e.fill(1, t);
    for (unsigned k = numTerms; k > 0; --k)
      sum = e.shift(1, e.mul(e.scale(2 * k - 1, ratio), sum));
    return e.div(sum, e.scale(std::sqrt(M_PI), t));
  }
};

/// erfc of t of at least -5, in the forms that an iteration on its log needs.
struct LogErfc {
  Value log, scaled;

  static LogErfc get(Emitter &e, Value t) {
    Asymptotics far = Asymptotics::get(t);
    Value start = e.fill(far.start, t);
    Value isFar = e.less(start, t);
    Value near = e.select(isFar, start, t);
    Value erfc = e.create<chlo::ErfcOp>(near);
    Value nearScaled = e.mul(erfc, e.exp(e.mul(near, near)));
    Value scaled = far.createScaled(e, e.select(isFar, t, start));
    Value square = e.mul(t, t);
    Value farLog = e.sub(e.log(scaled), square);
    return {e.select(isFar, farLog, e.log(erfc)),
            e.select(isFar, scaled, nearScaled)};
  }
};
} // namespace

/// Halley's iteration on f(t) = log erfc(t) - log y, from the first term of the
/// asymptotic expansion.
static Value iterate(Emitter &e, Value logY) {
  Value minusLog = e.neg(logY);
  // exp(-t^2) / (t sqrt(pi)) = y, with sqrt(-log y) for the lone t.
  Value logT = e.scale(0.5, e.log(minusLog));
  Value square = e.sub(minusLog, e.shift(std::log(std::sqrt(M_PI)), logT));
  Value t = e.create<stablehlo::SqrtOp>(square);
  // The starting error is below 0.05 for y < 0.1 and is cubed each time.
  for (unsigned step = 0, end = isDouble(t) ? 3 : 2; step < end; ++step) {
    LogErfc erfc = LogErfc::get(e, t);
    // With s = sqrt(pi) / 2 exp(t^2) erfc(t):  f' = -1 / s,
    // f'' / f' = (1 - 2 t s) / s.
    Value s = e.scale(std::sqrt(M_PI) / 2, erfc.scaled);
    Value newton = e.mul(e.sub(erfc.log, logY), s);
    // It falls like 1 / t; far out its terms cancel, and Newton's step is
    // enough.
    Value isNear = e.less(t, e.fill(Asymptotics::get(t).start, t));
    Value divisor = e.guard(isNear, s, 1);
    Value ratio = e.div(e.fill(0.5, s), divisor);
    Value bend = e.guard(isNear, e.sub(ratio, t), 0);
    t = e.add(t, e.div(newton, e.shift(1, e.mul(newton, bend))));
  }
  return t;
}

static Value solveTail(Emitter &e, Value logY) {
  Value isZero = e.equal(logY, e.fill(-INFINITY, logY));
  return e.branch(isZero, logY, {-3, [&](Value v) { return e.neg(v); }},
                  {-3, [&](Value v) { return iterate(e, v); }});
}

Value invhlo::createScaledErfc(Emitter &e, Value t) {
  return LogErfc::get(e, t).scaled;
}

/// For small y, where 1 - y has lost them, by iteration.
Value invhlo::createErfcInv(Emitter &e, Value y) {
  Value isSmall = e.less(y, e.fill(0.1, y));
  return e.branch(isSmall, y,
                  {0.05, [&](Value v) { return solveTail(e, e.log(v)); }},
                  {0.5, [&](Value v) {
                     return e.create<chlo::ErfInvOp>(e.reflect(1, v));
                   }});
}

Value invhlo::createErfcInvOfLog(Emitter &e, Value logY) {
  Value isSmall = e.less(logY, e.fill(std::log(0.1), logY));
  return e.branch(isSmall, logY, {-3, [&](Value v) { return solveTail(e, v); }},
                  {-1, [&](Value v) {
                     return e.create<chlo::ErfInvOp>(e.neg(e.expm1(v)));
                   }});
}
