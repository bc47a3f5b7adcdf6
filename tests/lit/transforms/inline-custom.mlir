// RUN: invhlo-opt %s --invhlo-inline-custom | FileCheck %s --implicit-check-not=invhlo. --implicit-check-not=call

// No trace is left of annotations and of the functions of their rules.

// CHECK-LABEL: func.func @nested
// CHECK-NEXT: %[[A:.*]] = stablehlo.add %arg0, %arg0
// CHECK-NEXT: %[[N:.*]] = stablehlo.negate %[[A]]
// CHECK-NEXT: %[[B:.*]] = stablehlo.add %[[N]], %[[N]]
// CHECK-NEXT: return %[[B]]
func.func @nested(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@outer], invhlo.name = "outer",
    invhlo.rules = [{inverse = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
  %z = stablehlo.composite "my.double" %y {
    decomposition = @double, invhlo.rules = [{inverse = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
  return %z : tensor<3xf32>
}

// CHECK-NOT: func.func
func.func private @outer(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@double], invhlo.rules = [{inverse = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
  %z = stablehlo.negate %y : tensor<3xf32>
  return %z : tensor<3xf32>
}
func.func private @double(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.add %x, %x : tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func private @halve(%y: tensor<3xf32>) -> tensor<3xf32> {
  %c = stablehlo.constant dense<5.000000e-01> : tensor<3xf32>
  %x = stablehlo.multiply %y, %c : tensor<3xf32>
  return %x : tensor<3xf32>
}
