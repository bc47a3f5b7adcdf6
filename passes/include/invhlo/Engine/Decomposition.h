// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What propagation leaves open, taken apart into what can be solved by itself.

#ifndef INVHLO_ENGINE_DECOMPOSITION_H
#define INVHLO_ENGINE_DECOMPOSITION_H

#include "invhlo/Engine/Ledger.h"
#include "invhlo/Interfaces/SystemSolver.h"

namespace invhlo {

/// The Dulmage-Mendelsohn decomposition of the equations that are left and the
/// unknowns that they see, from a largest matching of the ones to the others.
/// A value has as many unknowns as real numbers of it are not known, an op as
/// many equations as it was not yet solved or evaluated for; which of its
/// elements an equation sees is not looked at. A. L. Dulmage, N. S. Mendelsohn:
/// Coverings of bipartite graphs. Canadian Journal of Mathematics 10, 1958.
class Decomposition {
public:
  Decomposition(const Unit &unit, const KnowledgeBase &knowledge);

  /// More unknowns than equations that see them.
  const Cluster &getUnderdetermined() const { return underdetermined; }
  /// More equations than unknowns that they see.
  const Cluster &getOverdetermined() const { return overdetermined; }
  /// The rest: irreducible blocks with as many equations as unknowns. Each
  /// depends on blocks before it only.
  llvm::ArrayRef<Cluster> getBlocks() const { return blocks; }

private:
  Cluster underdetermined, overdetermined;
  llvm::SmallVector<Cluster> blocks;
};

} // namespace invhlo

#endif // INVHLO_ENGINE_DECOMPOSITION_H
