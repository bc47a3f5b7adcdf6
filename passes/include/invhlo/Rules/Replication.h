// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which devices hold copies of a value in a manual computation.

#ifndef INVHLO_RULES_REPLICATION_H
#define INVHLO_RULES_REPLICATION_H

#include "invhlo/Literals/Literal.h"
#include "invhlo/Sdy/Sdy.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "llvm/ADT/DenseMap.h"

namespace invhlo {

/// A result that is not split over an axis is promised to be the same on all
/// devices along it. Whether it is, is computed here: the devices fall into
/// classes, and those of one class hold the same data whatever the operands.
class Replication {
public:
  /// Of the body of an op like `computation`, which need not be in a module.
  explicit Replication(sdy::ManualComputationOp computation);

  /// Goes through a body whose arguments are split by `shardings`.
  void run(mlir::Block &body,
           llvm::ArrayRef<sdy::TensorShardingAttr> shardings);
  /// A manual axis along which `value` may differ although `sharding` does not
  /// split it; empty if there is none.
  llvm::StringRef findDifference(mlir::Value value,
                                 sdy::TensorShardingAttr sharding) const {
    return findAxis(value, sharding, /*isSplit=*/false);
  }
  /// A manual axis along which `value` is the same although `sharding` splits
  /// it; empty if there is none.
  llvm::StringRef findSameness(mlir::Value value,
                               sdy::TensorShardingAttr sharding) const {
    return findAxis(value, sharding, /*isSplit=*/true);
  }

private:
  /// A number for each device, the same within a class.
  using Classes = llvm::SmallVector<unsigned>;
  using Key = llvm::SmallVector<unsigned, 4>;

  struct Axis {
    llvm::StringRef name;
    int64_t size, stride;

    int64_t getCoordinate(int64_t position) const {
      return position / stride % size;
    }
  };

  /// Devices of equal keys make a class.
  Classes classify(llvm::function_ref<Key(unsigned device)> getKey) const;
  Classes classifyArgument(const Classes *operand,
                           sdy::TensorShardingAttr sharding,
                           sdy::ManualAxesAttr axes) const;
  Classes classifyApart() const;
  Classes join(mlir::ValueRange operands) const;
  /// Devices whose values are the same.
  Classes classifyValues(llvm::ArrayRef<Literal> onEach) const;
  /// The value on each device, if it follows from which device it is; else
  /// empty.
  llvm::SmallVector<Literal> evaluateOnEach(mlir::Operation *op) const;

  llvm::StringRef findAxis(mlir::Value value, sdy::TensorShardingAttr sharding,
                           bool isSplit) const;
  void visit(mlir::Block &body);
  void visitNested(sdy::ManualComputationOp op);
  void visitCall(mlir::CallOpInterface call);
  Classes visitCollective(mlir::Operation *op) const;
  mlir::Operation *resolve(mlir::CallOpInterface call) const;
  bool dependsOnDevice(mlir::Operation *root);

  /// Where symbols are looked up from.
  mlir::Operation *scope;
  sdy::ManualAxesAttr manualAxes;
  llvm::SmallVector<Axis> axes;
  /// The place in the mesh of each device, and back.
  llvm::SmallVector<int64_t> positions, devices;
  llvm::DenseMap<mlir::Value, Classes> classes;
  /// Of values that follow from which device it is.
  llvm::DenseMap<mlir::Value, llvm::SmallVector<Literal>> values;
  llvm::DenseMap<mlir::Operation *, bool> callees;
};

} // namespace invhlo

#endif // INVHLO_RULES_REPLICATION_H
