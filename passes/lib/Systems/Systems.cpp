// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Systems/Systems.h"

#include "AffineSolver.h"
#include "invhlo/Invhlo/Invhlo.h"
#include "invhlo/StableHLO/StableHLO.h"

using namespace mlir;
using namespace invhlo;

/// Matrices of this size are solved faster than they are gone through.
static constexpr int64_t kSmall = 64;

namespace {
/// Solves systems that are affine.
class AffineSystemSolver : public SystemSolver {
public:
  using SystemSolver::SystemSolver;

  void solve(const Cluster &cluster, Operation *author,
             Knowledge &knowledge) const override {
    // Of these alone their rules know all.
    if (cluster.ops.size() == 1 &&
        isa<stablehlo::DotGeneralOp, stablehlo::GatherOp,
            stablehlo::DynamicSliceOp>(cluster.ops.front()))
      return;
    std::optional<AffineSystem> system = AffineSystem::get(cluster, knowledge);
    if (!system)
      return;
    std::optional<ElementGroups> groups = ElementGroups::find(*system);
    // What is triangular needs no matrix, which would be large.
    if (groups && (groups->size <= kSmall || !groups->isTriangular))
      AffineSolver(*system, std::move(*groups), author, knowledge).solve();
  }
};
} // namespace

void invhlo::registerSystems(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *, InvhloDialect *dialect) {
    dialect->addInterface<AffineSystemSolver>();
  });
}
