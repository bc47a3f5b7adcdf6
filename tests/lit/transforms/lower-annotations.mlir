// RUN: invhlo-opt %s --invhlo-lower-annotations | FileCheck %s

// What carries the annotation becomes a call that carries it.

// CHECK-LABEL: func.func @custom_call
// CHECK: call @double(%arg0) {invhlo.name = "double", invhlo.rules = [{inverse = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
func.func @custom_call(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@double], invhlo.name = "double",
    invhlo.rules = [{inverse = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK-LABEL: func.func @composite
// CHECK: call @double(%arg0) {invhlo.rules = [{ildj = @halve, inverse = @halve}]}
func.func @composite(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.composite "my.double" %x {
    decomposition = @double,
    invhlo.rules = [{inverse = @halve, ildj = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK-LABEL: func.func @call
// CHECK: call @double(%arg0) {invhlo.rules = [{inverse = @halve}]}
func.func @call(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = call @double(%x) {invhlo.rules = [{inverse = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// Without a rule, the body is all there is.

// CHECK-LABEL: func.func @without_rules
// CHECK: call @double(%arg0) : (tensor<3xf32>) -> tensor<3xf32>
// CHECK: call @double(%{{.*}}) : (tensor<3xf32>) -> tensor<3xf32>
func.func @without_rules(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@double], invhlo.name = "double"} : (tensor<3xf32>) -> tensor<3xf32>
  %z = stablehlo.custom_call @invhlo.custom_inverse(%y) {
    called_computations = [@double], invhlo.name = "double", invhlo.rules = []} : (tensor<3xf32>) -> tensor<3xf32>
  return %z : tensor<3xf32>
}

// Also in regions.

// CHECK-LABEL: func.func @in_a_region
// CHECK: stablehlo.if
// CHECK: call @double(%{{.*}}) {invhlo.rules
func.func @in_a_region(%p: tensor<i1>, %x: tensor<3xf32>) -> tensor<3xf32> {
  %y = "stablehlo.if"(%p) ({
    %z = stablehlo.custom_call @invhlo.custom_inverse(%x) {
      called_computations = [@double], invhlo.rules = [{inverse = @halve}]} : (tensor<3xf32>) -> tensor<3xf32>
    stablehlo.return %z : tensor<3xf32>
  }, {
    stablehlo.return %x : tensor<3xf32>
  }) : (tensor<i1>) -> tensor<3xf32>
  return %y : tensor<3xf32>
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
