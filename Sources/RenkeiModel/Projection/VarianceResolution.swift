// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

extension InputTable {
  /// Whether the variance of a quantity exists, named inputs included.
  ///
  /// Location and scale are taken to be independent of the own draw. Where the logarithm is
  /// location + scale·y, quadrature in normal scores decides; where more numbers take part than it
  /// can hold, the inputs' own variances do.
  func hasFiniteVariance(_ quantity: Quantity) -> Bool {
    switch quantity {
    case .constant: return true
    case .input(let name): return self[name].map { hasFiniteVariance($0.quantity) } ?? true
    case .distribution(let distribution): return distribution.variance != nil
    case .modulated(let modulated):
      let inputsVary = modulated.inputs.allSatisfy { hasFiniteVariance(.input($0.input)) }
      guard modulated.form.standard.variance != nil, inputsVary else { return false }
      guard modulated.form.link == .logarithmic,
        let expectation = Expectation(of: [quantity], table: self, averagesOwnDraws: false)
      else { return true }
      return expectation.value { $0[0] * $0[0] } != nil
    }
  }
}

extension ShockFamily {
  /// Whether E[exp(2s·ε)] is finite, so that exp(s·ε) has a variance.
  func hasFiniteVariance(scale s: Double) -> Bool {
    cumulantGenerator(2 * s)?.isFinite == true
  }
}
