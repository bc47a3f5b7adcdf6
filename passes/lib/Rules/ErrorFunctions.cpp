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

/// erfc, in the forms that Newton's iteration on its log needs.
struct LogErfc {
  Value log, scaled;

  /// For t whose erfc is a normal number.
  static LogErfc get(Emitter &e, Value t) {
    Value erfc = e.create<chlo::ErfcOp>(t);
    Value log = e.log(erfc);
    return {log, e.mul(erfc, e.exp(e.mul(t, t)))};
  }

  /// For any t of at least -5.
  static LogErfc getOfAny(Emitter &e, Value t) {
    Asymptotics far = Asymptotics::get(t);
    Value start = e.fill(far.start, t);
    Value isFar = e.less(start, t);
    LogErfc near = get(e, e.select(isFar, start, t));
    Value scaled = far.createScaled(e, e.select(isFar, t, start));
    Value square = e.mul(t, t);
    Value log = e.sub(e.log(scaled), square);
    return {e.select(isFar, log, near.log),
            e.select(isFar, scaled, near.scaled)};
  }
};
} // namespace

/// Newton's iteration on log erfc(t) = log y, which is nearly quadratic for
/// small y, from the first term of the asymptotic expansion.
static Value solveTail(Emitter &e, Value logY, bool isNormal) {
  Value minusLog = e.neg(logY);
  // exp(-t^2) / (t sqrt(pi)) = y, with sqrt(-log y) for the lone t.
  Value logT = e.scale(0.5, e.log(minusLog));
  Value square = e.sub(minusLog, e.shift(std::log(std::sqrt(M_PI)), logT));
  Value t = e.create<stablehlo::SqrtOp>(square);
  // The starting error is below 0.05 for y < 0.1 and is squared each time.
  for (unsigned step = 0, end = isDouble(t) ? 5 : 4; step < end; ++step) {
    LogErfc erfc = isNormal ? LogErfc::get(e, t) : LogErfc::getOfAny(e, t);
    // d/dt log erfc = -2 / (sqrt(pi) exp(t^2) erfc).
    Value residual = e.sub(erfc.log, logY);
    Value change = e.scale(std::sqrt(M_PI) / 2, e.mul(residual, erfc.scaled));
    t = e.add(t, change);
  }
  return t;
}

Value invhlo::createScaledErfc(Emitter &e, Value t) {
  return LogErfc::getOfAny(e, t).scaled;
}

/// For small y, where 1 - y has lost them, by iteration.
Value invhlo::createErfcInv(Emitter &e, Value y) {
  Value bound = e.fill(0.1, y);
  Value isSmall = e.less(y, bound);
  Value bulk = e.create<chlo::ErfInvOp>(e.reflect(1, y));
  Value safe = e.select(isSmall, y, bound);
  Value tail = solveTail(e, e.log(safe), /*isNormal=*/true);
  return e.select(isSmall, tail, bulk);
}

Value invhlo::createErfcInvOfLog(Emitter &e, Value logY) {
  return solveTail(e, logY, /*isNormal=*/false);
}
