// RUN: invhlo-opt %s --split-input-file --verify-diagnostics --invhlo-lower-annotations

func.func @unknown_key(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{is wrongly annotated: a rule has no key 'invers'}}
  %y = call @f(%x) {invhlo.rules = [{invers = @f}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @missing_symbol(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has a rule whose 'inverse' is @g, which is no function with a body}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @g}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @wrong_signature(%x: tensor<f32>) -> tensor<2xf32> {
  // expected-error@+1 {{has a rule whose 'inverse' has the type '(tensor<f32>) -> tensor<2xf32>', where the rule needs '(tensor<2xf32>) -> tensor<f32>'}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @f}]} : (tensor<f32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
// expected-note@+1 {{the function is here}}
func.func private @f(%x: tensor<f32>) -> tensor<2xf32> {
  %y = stablehlo.broadcast_in_dim %x, dims = [] : (tensor<f32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// -----

// Shares have at least 32 bits.
func.func @wrong_share(%x: tensor<bf16>) -> tensor<bf16> {
  // expected-error@+1 {{has a rule whose 'ildj' has the type '(tensor<bf16>) -> tensor<bf16>', where the rule needs '(tensor<bf16>) -> tensor<f32>'}}
  %y = call @f(%x) {invhlo.rules = [{ildj = @f}]} : (tensor<bf16>) -> tensor<bf16>
  return %y : tensor<bf16>
}
// expected-note@+1 {{the function is here}}
func.func private @f(%x: tensor<bf16>) -> tensor<bf16> { return %x : tensor<bf16> }

// -----

func.func @no_function(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has a rule without a function}}
  %y = call @f(%x) {invhlo.rules = [{}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @two_ways_in_one(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has a rule with 'inverse_and_ildj' and another function}}
  %y = call @f(%x) {invhlo.rules = [{inverse = @f, inverse_and_ildj = @f}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_such_operand(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has a rule whose 'operands' names operand #1 of 1}}
  %y = call @f(%x) {invhlo.rules = [{operands = array<i64: 1>, inverse = @f}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @twice(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has a rule whose 'finds' names operand #0 twice}}
  %y = call @f(%x) {invhlo.rules = [{finds = array<i64: 0, 0>, inverse = @f}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @finds_what_it_needs(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has a rule that finds operand #0, which it needs}}
  %y = call @f(%x) {invhlo.rules = [{operands = array<i64: 0>, finds = array<i64: 0>, inverse = @f}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @wrong_kinds(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{is wrongly annotated: 'inverse' names a function, not "f"}}
  %y = call @f(%x) {invhlo.rules = [{inverse = "f"}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @wrong_kinds(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{is wrongly annotated: 'results' is an array<i64: ...>, not [0]}}
  %y = call @f(%x) {invhlo.rules = [{results = [0], inverse = @f}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @wrong_kinds(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{is wrongly annotated: 'host' is an integer of 64 bits, not @f}}
  %y = call @f(%x) {invhlo.rules = [{host = @f}]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_array(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{has an attribute 'invhlo.rules' that is not an array}}
  %y = call @f(%x) {invhlo.rules = @f} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_dictionary(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{is wrongly annotated: a rule is a dictionary, not @f}}
  %y = call @f(%x) {invhlo.rules = [@f]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_call(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{is annotated, but does not call one function}}
  %y = stablehlo.negate %x {invhlo.rules = [{inverse = @f}]} : tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }

// -----

func.func @no_body(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{calls @f, which is no function with a body}}
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {called_computations = [@f]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func private @f(%x: tensor<f32>) -> tensor<f32>

// -----

func.func @wrong_body(%x: tensor<f32>) -> tensor<f32> {
  // expected-error@+1 {{does not fit @f, which has the type '(tensor<2xf32>) -> tensor<2xf32>'}}
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) {called_computations = [@f]} : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
// expected-note@+1 {{the function is here}}
func.func private @f(%x: tensor<2xf32>) -> tensor<2xf32> { return %x : tensor<2xf32> }

// -----

func.func @no_function(%x: tensor<3xf32>) -> tensor<3xf32> {
  // expected-error @+1 {{does not call one function}}
  %y = stablehlo.custom_call @invhlo.custom_inverse(%x) : (tensor<3xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
