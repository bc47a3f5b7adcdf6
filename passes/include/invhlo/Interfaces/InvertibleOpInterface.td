// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef INVHLO_INTERFACES_INVERTIBLEOPINTERFACE_TD
#define INVHLO_INTERFACES_INVERTIBLEOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def Invhlo_InvertibleOpInterface : OpInterface<"InvertibleOpInterface"> {
  let description = [{
    The contract of a rule: what an op does when some of its operands and
    results are known. The engine evaluates an op forward by itself as soon as
    all operands are wholly known; a rule adds what else the op allows, which
    is to find operands from results and to move partly known values.

    Rules are attached from outside the dialect, one family a file. An op
    without a rule is evaluated forward only.
  }];
  let cppNamespace = "::invhlo";

  let methods = [
    InterfaceMethod<[{
        Learns what follows from what is known of this op's operands and
        results. Called again whenever more of them is known, so it looks
        before it emits: nothing is built for parts that are known already.
        New ops go through the knowledge's builder and use known data only.
        To decline, `knowledge.refuse(op, "why")` and leave no ops behind; the
        engine reports the refusal if the unknown stays unknown.
      }],
      "void", "propagate", (ins "::invhlo::Knowledge &":$knowledge)>,
    InterfaceMethod<[{
        Whether the rule acts on a piece as soon as it is known, since that
        costs nothing (a slice, a concatenation), instead of waiting for the
        whole value while the rest may still come.
      }],
      "bool", "prefersPieces", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return false;">,
    InterfaceMethod<[{
        Whether the elements of the results are elements of the operands, moved
        or copied, whatever these are.
      }],
      "bool", "isRearrangement", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return false;">,
    InterfaceMethod<[{
        How the results depend on the operands, whatever is known of them: see
        Edge.h. By default nothing is said, which is always right.
      }],
      "::llvm::SmallVector<::invhlo::Edge>", "getEdges", (ins),
      /*methodBody=*/"",
      /*defaultImplementation=*/"return ::invhlo::getOpaqueEdges($_op);">,
    InterfaceMethod<[{
        How well the op can be solved for the operand for which it is solved
        worst. What is always solved comes first; what is solved by choosing a
        branch comes last, and `propagate` chooses one only where the knowledge
        `choosesBranches()`.
      }],
      "::invhlo::Solvability", "getSolvability", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return ::invhlo::Solvability::Always;">,
  ];
}

#endif // INVHLO_INTERFACES_INVERTIBLEOPINTERFACE_TD
