// RUN: invhlo-opt %s --invhlo-pipeline=log-det=total | FileCheck %s --implicit-check-not=invhlo.rules

// An annotated call in the body of an annotated call: the outer rule has the
// last word, and the inner one counts where the outer has none.

// CHECK-LABEL: func.func @outer_rule.inverse
// CHECK: stablehlo.cosine %arg0
func.func @outer_rule(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@outer], invhlo.name = "outer",
    invhlo.rules = [{inverse = @cosine, ildj = @zero}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// CHECK-LABEL: func.func @inner_rule.inverse
// CHECK: %[[Y:.*]] = stablehlo.negate %arg0
// CHECK: stablehlo.sine %[[Y]]
// CHECK-NOT: stablehlo.sine
// CHECK: return
func.func @inner_rule(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@outer], invhlo.name = "outer",
    invhlo.rules = [{ildj = @zero}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

// In a function that is called often: the calls whose result has a share have
// one inverse.

// CHECK-LABEL: func.func @in_a_callee.inverse
// CHECK: stablehlo.sine %arg0
// CHECK: %[[A:.*]]:2 = call @[[$LAYER:.*]](%{{.*}}, %{{.*}})
// CHECK: call @[[$LAYER]](%[[A]]#0, %[[A]]#1)
// CHECK: return
func.func @in_a_callee(%x: tensor<f32>) -> tensor<f32> {
  %x1 = call @layer(%x) : (tensor<f32>) -> tensor<f32>
  %x2 = call @layer(%x1) : (tensor<f32>) -> tensor<f32>
  %x3 = call @layer(%x2) : (tensor<f32>) -> tensor<f32>
  return %x3 : tensor<f32>
}

// What is evaluated forward needs no rule.

// CHECK-LABEL: func.func @forward.inverse(%arg0: tensor<f32>, %arg1: tensor<f32>)
// CHECK: stablehlo.abs %arg0
// CHECK: stablehlo.subtract %arg1
func.func @forward(%k: tensor<f32>, %x: tensor<f32> {invhlo.unknown}) -> tensor<f32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%k) {
    called_computations = [@magnitude], invhlo.name = "magnitude",
    invhlo.rules = [{inverse = @cosine}]} : (tensor<f32>) -> tensor<f32>
  %z = stablehlo.add %x, %y : tensor<f32>
  return %z : tensor<f32>
}

// CHECK: func.func private @[[$LAYER]]
// CHECK: stablehlo.sine
func.func private @layer(%x: tensor<f32>) -> tensor<f32> {
  %0 = stablehlo.exponential %x : tensor<f32>
  %1 = stablehlo.tanh %0 : tensor<f32>
  %2 = stablehlo.exponential %1 : tensor<f32>
  %3 = stablehlo.tanh %2 : tensor<f32>
  %4 = stablehlo.exponential %3 : tensor<f32>
  %5 = stablehlo.tanh %4 : tensor<f32>
  %6 = stablehlo.exponential %5 : tensor<f32>
  %7 = stablehlo.tanh %6 : tensor<f32>
  %8 = stablehlo.exponential %7 : tensor<f32>
  %9 = stablehlo.tanh %8 : tensor<f32>
  %10 = stablehlo.exponential %9 : tensor<f32>
  %11 = stablehlo.tanh %10 : tensor<f32>
  %12 = stablehlo.exponential %11 : tensor<f32>
  %13 = stablehlo.tanh %12 : tensor<f32>
  %14 = stablehlo.exponential %13 : tensor<f32>
  %15 = stablehlo.tanh %14 : tensor<f32>
  %16 = stablehlo.exponential %15 : tensor<f32>
  %y = stablehlo.custom_call @invhlo.custom_inverse(%16) {
    called_computations = [@magnitude], invhlo.name = "magnitude",
    invhlo.rules = [{inverse = @sine}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @outer(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@magnitude], invhlo.name = "magnitude",
    invhlo.rules = [{inverse = @sine}]} : (tensor<f32>) -> tensor<f32>
  %z = stablehlo.negate %y : tensor<f32>
  return %z : tensor<f32>
}
func.func private @magnitude(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.abs %x : tensor<f32>
  return %y : tensor<f32>
}
func.func private @sine(%y: tensor<f32>) -> tensor<f32> {
  %x = stablehlo.sine %y : tensor<f32>
  return %x : tensor<f32>
}
func.func private @cosine(%y: tensor<f32>) -> tensor<f32> {
  %x = stablehlo.cosine %y : tensor<f32>
  return %x : tensor<f32>
}
func.func private @zero(%y: tensor<f32>) -> tensor<f32> {
  %x = stablehlo.constant dense<0.0> : tensor<f32>
  return %x : tensor<f32>
}
