// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

extension InputTable {
  /// E[product of the quantities]; nil where it does not exist or no method here reaches it.
  ///
  /// Quantities draw independently given the named inputs. The product of the means is exact where
  /// no input is shared, inputs of different quantities are independent and each mean is linear in its inputs; otherwise quadrature over the
  /// inputs that take part.
  func mean(ofProduct quantities: [Quantity]) -> Double? {
    let uncertain = quantities.filter { !$0.inputNames.isEmpty }
    if uncertain.isEmpty || uncertain.count == 1 || !sharesInputs(uncertain) {
      var product = 1.0
      for quantity in quantities {
        guard let mean = mean(of: quantity) else { return nil }
        product *= mean
      }
      return product
    }
    return Expectation(of: quantities, table: self, averagesOwnDraws: true)?
      .value { $0.reduce(1, *) }
  }

  /// E of a named input that is not yet in the table.
  ///
  /// The closed forms take the own draw as independent of the inputs that it reads; where it is
  /// correlated with one of them, quadrature.
  func mean(ofInput name: String, _ quantity: Quantity) -> Double? {
    guard let correlations, correlations.index(of: name) != nil, !quantity.inputNames.isEmpty
    else { return mean(of: quantity) }
    var table = self
    table.append(ResolvedInput(name: name, quantity: quantity, bounds: 0...0, mean: nil))
    return Expectation(of: [.input(name)], table: table, averagesOwnDraws: false)?.value { $0[0] }
  }

  /// E of one quantity.
  func mean(of quantity: Quantity) -> Double? {
    switch quantity {
    case .constant(let value): return value
    case .input(let name): return self[name]?.mean
    case .distribution(let distribution): return distribution.mean
    case .modulated(let modulated):
      return linearMean(of: modulated)
        ?? Expectation(of: [quantity], table: self, averagesOwnDraws: true)?.value { $0[0] }
    }
  }

  /// The closed form: E[location] + E[scale]·E[Y], or E[sum]·E[exp(scale·Y)] where the location is
  /// the logarithm of a sum and the scale is fixed.
  private func linearMean(of modulated: ModulatedDistribution) -> Double? {
    let form = modulated.form
    var means: [String: Double] = [:]
    for (parameter, input) in modulated.inputs { means[parameter] = self[input]?.mean }
    let parameters: (String) -> Double = { means[$0] ?? .nan }
    let value: Double?
    switch form.link {
    case .identity:
      guard !form.location.isLogarithm, !form.scale.isLogarithm else { return nil }
      value = form.mean(parameters)
    case .logarithmic:
      guard form.scale.isConstant, form.location.isLogarithm || form.location.isConstant else {
        return nil
      }
      value = form.mean(parameters)
    }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether an input, or one that depends on it, takes part in two of the quantities.
  private func sharesInputs(_ quantities: [Quantity]) -> Bool {
    var seen = Set<Int>()
    for quantity in quantities {
      var own = Set<Int>()
      var pending = quantity.inputNames
      while let name = pending.popLast() {
        guard let index = index(of: name) else { continue }
        if own.insert(index).inserted { pending += inputs[index].quantity.inputNames }
      }
      if !seen.isDisjoint(with: own) { return true }
      if let correlations,
        own.contains(where: { a in
          seen.contains { correlations.areCorrelated(inputs[a].name, inputs[$0].name) }
        })
      {
        return true
      }
      seen.formUnion(own)
    }
    return false
  }
}

extension ProjectionModel {
  /// E[f(X)] of one resolved quantity by deterministic quadrature in normal scores.
  ///
  /// Gauss–Legendre panels over z in [−8.3, 8.3] weighted with the normal density, nested over the
  /// quantity's own draw, its factors and the named inputs they read.
  ///
  /// - Parameters:
  ///   - quantity: A quantity of one of the model's plans.
  ///   - function: f; called with possible values only.
  /// - Returns: nil where the expectation is infinite or more than three uncertain numbers take
  ///   part.
  /// Complexity: at most 272ᵈ calls of `function` for d ≤ 2 uncertain numbers, below 10⁶ for three.
  public func expectation(
    of quantity: ResolvedQuantity, _ function: (Double) -> Double
  ) -> Double? {
    InputTable(inputs, correlations: correlations).expectation(of: quantity.quantities, function)
  }
}

extension InputTable {
  /// E[f(product of the quantities)].
  func expectation(of quantities: [Quantity], _ function: (Double) -> Double) -> Double? {
    Expectation(of: quantities, table: self, averagesOwnDraws: false)?
      .value { function($0.reduce(1, *)) }
  }
}

extension ResolvedQuantity {
  /// Base and factors.
  var quantities: [Quantity] { [base] + multipliers.map(\.factor) }
}
