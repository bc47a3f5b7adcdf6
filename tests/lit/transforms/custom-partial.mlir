// RUN: invhlo-opt %s --invhlo-pipeline | FileCheck %s
// RUN: invhlo-opt %s --invhlo-pipeline=log-det=shares | FileCheck %s --check-prefix=SHARES

// One rule for each way in which the function is known; the one applies that
// has what it needs.

// CHECK-LABEL: func.func @first_unknown.inverse(%arg0: tensor<f32>, %arg1: tensor<f32>)
// CHECK: %[[X:.*]] = stablehlo.divide %arg1, %arg0
// CHECK: return %[[X]]

// The rule is handed the share of the result and returns that of what it finds.

// SHARES-LABEL: func.func @first_unknown.inverse
// SHARES: %[[ZERO:.*]] = stablehlo.constant dense<0.0
// SHARES: %[[X:.*]] = stablehlo.divide %arg1, %arg0
// SHARES: %[[LOG:.*]] = stablehlo.log %arg0
// SHARES: %[[SHARE:.*]] = stablehlo.subtract %[[ZERO]], %[[LOG]]
// SHARES: return %[[X]], %[[SHARE]]
func.func @first_unknown(%x: tensor<f32> {invhlo.unknown}, %k: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x, %k) {
    called_computations = [@times], invhlo.name = "times",
    invhlo.rules = [
      {operands = array<i64: 1>, inverse_and_ildj = @from_right},
      {operands = array<i64: 0>, inverse_and_ildj = @from_left}]}
    : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// CHECK-LABEL: func.func @second_unknown.inverse(%arg0: tensor<f32>, %arg1: tensor<f32>)
// CHECK: %[[R:.*]] = stablehlo.divide %arg0, %arg1
// CHECK: %[[X:.*]] = stablehlo.power %[[R]],
// CHECK: return
func.func @second_unknown(%k: tensor<f32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%k, %x) {
    called_computations = [@times], invhlo.name = "times",
    invhlo.rules = [
      {operands = array<i64: 1>, inverse_and_ildj = @from_right},
      {operands = array<i64: 0>, inverse_and_ildj = @from_left}]}
    : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// A rule may need some of the results only, and what it finds lets others go on:
// %a from the first result, then %b from the second.

// CHECK-LABEL: func.func @some_results.inverse(%arg0: tensor<f32>, %arg1: tensor<f32>)
// CHECK-DAG: %[[A:.*]] = stablehlo.negate %arg0
// CHECK: %[[B:.*]] = stablehlo.subtract %arg1, %[[A]]
// CHECK: return %[[A]], %[[B]]
func.func @some_results(%a: tensor<f32>, %b: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %y:2 = stablehlo.custom_call @invhlo.custom_inverse(%a) {
    called_computations = [@negate_and_sine], invhlo.name = "two",
    invhlo.rules = [{results = array<i64: 0>, inverse = @negate}]}
    : (tensor<f32>) -> (tensor<f32>, tensor<f32>)
  %z = stablehlo.add %a, %b : tensor<f32>
  return %y#0, %z : tensor<f32>, tensor<f32>
}

func.func private @times(%x: tensor<f32>, %k: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.multiply %x, %k : tensor<f32>
  return %y : tensor<f32>
}
func.func private @from_right(%k: tensor<f32>, %y: tensor<f32>, %s: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %x = stablehlo.divide %y, %k : tensor<f32>
  %l = stablehlo.log %k : tensor<f32>
  %t = stablehlo.subtract %s, %l : tensor<f32>
  return %x, %t : tensor<f32>, tensor<f32>
}
func.func private @from_left(%k: tensor<f32>, %y: tensor<f32>, %s: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %r = stablehlo.divide %k, %y : tensor<f32>
  %m = stablehlo.constant dense<-1.0> : tensor<f32>
  %x = stablehlo.power %r, %m : tensor<f32>
  return %x, %s : tensor<f32>, tensor<f32>
}
func.func private @negate_and_sine(%x: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  %y = stablehlo.negate %x : tensor<f32>
  %z = stablehlo.sine %x : tensor<f32>
  return %y, %z : tensor<f32>, tensor<f32>
}
func.func private @negate(%y: tensor<f32>) -> tensor<f32> {
  %x = stablehlo.negate %y : tensor<f32>
  return %x : tensor<f32>
}
