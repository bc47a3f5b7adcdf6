// RUN: invhlo-opt %s --split-input-file --verify-diagnostics --invhlo-pipeline=log-det=total

// The rules have the last word: the body, which could be inverted, is not
// looked into.
// expected-note@+1 {{the unknown is argument #0}}
func.func @too_little(%x: tensor<f32>, %k: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-error@+1 {{cannot be inverted: too little is known for the custom inverse of `pair`}}
  %y = call @f(%x, %k) {invhlo.name = "pair", invhlo.rules = [{operands = array<i64: 1>, finds = array<i64: 0>, inverse = @g}]} : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %y, %y : tensor<f32>, tensor<f32>
}
func.func private @f(%x: tensor<f32>, %k: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }
func.func private @g(%k: tensor<f32>, %y: tensor<f32>) -> tensor<f32> { return %y : tensor<f32> }

// -----

// A rule that only the program which wrote the module knows.
// expected-note@+1 {{the unknown is argument #0}}
func.func @host(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{the custom inverse of `f` declines: it is part of the program that wrote the module}}
  %y = call @f(%x) {invhlo.rules = [{host = 0 : i64}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

// expected-note@+1 {{the unknown is argument #0}}
func.func @no_log_det(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{the log-det of the custom inverse of `f` cannot be derived: 2 operands depend on the unknown}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @g}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }
func.func private @g(%y: tensor<f32>) -> tensor<f32> {
  %e = stablehlo.exponential %y : tensor<f32>
  %x = stablehlo.multiply %y, %e : tensor<f32>
  return %x : tensor<f32>
}

// -----

// expected-note@+1 {{the unknown is argument #0}}
func.func @no_square(%x: tensor<4xf32>) -> tensor<2xf32> {
  // expected-error@+1 {{the log-det of the custom inverse of `f` cannot be derived: its input and output differ in size}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @g}]} : (tensor<4xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func private @f(%x: tensor<4xf32>) -> tensor<2xf32> {
  %y = stablehlo.slice %x [0:2] : (tensor<4xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func private @g(%y: tensor<2xf32>) -> tensor<4xf32> {
  %x = stablehlo.concatenate %y, %y, dim = 0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return %x : tensor<4xf32>
}

// -----

// expected-note@+1 {{the unknown is argument #0}}
func.func @no_body_inverse(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{its body cannot be inverted: it maps many values to one}}
  %y = call @f(%x) {invhlo.rules = [{ildj = @g}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> {
  %y = stablehlo.sign %x : tensor<f32>
  return %y : tensor<f32>
}
func.func private @g(%y: tensor<f32>) -> tensor<f32> { return %y : tensor<f32> }
