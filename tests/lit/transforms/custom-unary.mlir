// RUN: invhlo-opt %s --invhlo-pipeline | FileCheck %s --implicit-check-not=invhlo.rules
// RUN: invhlo-opt %s --invhlo-pipeline=log-det=shares | FileCheck %s --check-prefix=SHARES

// The declared inverse counts, whatever the body says. It need not agree with
// it: here the body adds one and the inverse doubles.

// CHECK-LABEL: func.func @unary.inverse(%arg0: tensor<3xf32>) -> tensor<3xf32>
// CHECK: %[[TWO:.*]] = stablehlo.constant dense<2.0
// CHECK: %[[X:.*]] = stablehlo.multiply %arg0, %[[TWO]]
// CHECK: return %[[X]]

// Its log-det is that of the inverse, by propagation through it: log 2.

// SHARES-LABEL: func.func @unary.inverse
// SHARES: %[[X:.*]] = stablehlo.multiply %arg0
// SHARES: %[[LOG:.*]] = stablehlo.log
// SHARES: %[[SHARE_Y:.*]] = stablehlo.negate %[[LOG]]
// SHARES: %[[SHARE:.*]] = stablehlo.negate %[[SHARE_Y]]
// SHARES: return %[[X]], %[[SHARE]]
func.func @unary(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@add_one], invhlo.name = "add_one",
    invhlo.rules = [{inverse = @double}]} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// A given log-det is added to the share of the result.

// SHARES-LABEL: func.func @with_ildj.inverse
// SHARES: %[[Y:.*]] = stablehlo.log %arg0
// SHARES: %[[LOCAL:.*]] = stablehlo.abs %[[Y]]
// SHARES: %[[SHARE:.*]] = stablehlo.add %{{.*}}, %[[LOCAL]]
// SHARES: return %{{.*}}, %[[SHARE]]
func.func @with_ildj(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@add_one], invhlo.name = "add_one",
    invhlo.rules = [{inverse = @double, ildj = @magnitude}]} : (tensor<3xf32>) -> tensor<3xf32>
  %z = stablehlo.exponential %y : tensor<3xf32>
  return %z : tensor<3xf32>
}

// With a log-det alone, the body is inverted.

// CHECK-LABEL: func.func @only_ildj.inverse
// CHECK: stablehlo.subtract %arg0
// SHARES-LABEL: func.func @only_ildj.inverse
// SHARES-DAG: %[[X:.*]] = stablehlo.subtract %arg0
// SHARES-DAG: %[[SHARE:.*]] = stablehlo.abs %arg0
// SHARES: return %[[X]], %[[SHARE]]
func.func @only_ildj(%x: tensor<3xf32>) -> tensor<3xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@add_one], invhlo.name = "add_one",
    invhlo.rules = [{ildj = @magnitude}]} : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// The shares of a result of another shape are spread, for each index of the
// batch by itself.

// SHARES-LABEL: func.func @another_shape.inverse
// SHARES: %[[SUM:.*]] = stablehlo.reduce(%{{.*}} across dimensions = [1] {{.*}} -> tensor<4xf32>
// SHARES: %[[SIX:.*]] = stablehlo.constant dense<6.0{{.*}}> : tensor<4xf32>
// SHARES: %[[EACH:.*]] = stablehlo.divide %[[SUM]], %[[SIX]]
// SHARES: stablehlo.broadcast_in_dim %[[EACH]], dims = [0] : (tensor<4xf32>) -> tensor<4x2x3xf32>
func.func @another_shape(%x: tensor<4x2x3xf32>) -> tensor<4x6xf32> {
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {
    called_computations = [@flatten], invhlo.name = "flatten",
    invhlo.rules = [{batch_dims = 1 : i64, inverse = @unflatten}]} : (tensor<4x2x3xf32>) -> tensor<4x6xf32>
  %z = stablehlo.exponential %y : tensor<4x6xf32>
  return %z : tensor<4x6xf32>
}

func.func private @add_one(%x: tensor<3xf32>) -> tensor<3xf32> {
  %c = stablehlo.constant dense<1.0> : tensor<3xf32>
  %y = stablehlo.add %x, %c : tensor<3xf32>
  return %y : tensor<3xf32>
}
func.func private @double(%y: tensor<3xf32>) -> tensor<3xf32> {
  %c = stablehlo.constant dense<2.0> : tensor<3xf32>
  %x = stablehlo.multiply %y, %c : tensor<3xf32>
  return %x : tensor<3xf32>
}
func.func private @magnitude(%y: tensor<3xf32>) -> tensor<3xf32> {
  %s = stablehlo.abs %y : tensor<3xf32>
  return %s : tensor<3xf32>
}
func.func private @flatten(%x: tensor<4x2x3xf32>) -> tensor<4x6xf32> {
  %y = stablehlo.reshape %x : (tensor<4x2x3xf32>) -> tensor<4x6xf32>
  return %y : tensor<4x6xf32>
}
func.func private @unflatten(%y: tensor<4x6xf32>) -> tensor<4x2x3xf32> {
  %t = stablehlo.tanh %y : tensor<4x6xf32>
  %x = stablehlo.reshape %t : (tensor<4x6xf32>) -> tensor<4x2x3xf32>
  return %x : tensor<4x2x3xf32>
}
