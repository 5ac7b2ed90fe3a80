// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

// Expectations over what is uncertain, in normal-score space: every draw is x = F⁻¹(Φ(z)), so
// E[g(X)] = ∫ g(F⁻¹(Φ(z)))·φ(z) dz. The engines keep |z| ≤ 8.3, which leaves out a probability of
// 1e-16; the same limit holds here.

/// An expectation over named inputs and, where asked for, the quantities' own draws.
///
/// Nested quadrature, one dimension for each uncertain number that takes part; at most three.
struct Expectation {
  /// How one number follows from a draw and the numbers before it.
  private enum Step {
    case fixed(Double)
    case copy(of: Int)
    case draw(QuadratureNodes)
    case modulated(ModulatedDistribution, slots: [String: Int], QuadratureNodes)
    /// A draw whose normal score is correlated with those of earlier steps.
    case correlated(CorrelatedDraw)
    /// Mean over the own draw, given the inputs.
    case conditionalMean(ModulatedDistribution, slots: [String: Int])
  }

  static let largestDimension = 3

  private var steps: [Step] = []
  private var resultSlots: [Int] = []

  /// - Parameter averagesOwnDraws: replaces each quantity's own draw by its mean given the inputs.
  /// - Returns: nil where an input is unknown, a mean does not exist, or too many numbers take
  ///   part.
  init?(of quantities: [Quantity], table: InputTable, averagesOwnDraws: Bool) {
    var names = Set<Int>()
    var pending = quantities.flatMap(\.inputNames)
    while let name = pending.popLast() {
      guard let index = table.index(of: name) else { return nil }
      if names.insert(index).inserted { pending += table.inputs[index].quantity.inputNames }
    }
    let ancestors = names.sorted().map { table.inputs[$0] }
    func isUncertain(_ quantity: Quantity) -> Bool {
      switch quantity {
      case .constant, .input: false
      case .distribution, .modulated: true
      }
    }
    let drawn = ancestors.map(\.quantity) + (averagesOwnDraws ? [] : quantities)
    let dimension = drawn.filter(isUncertain).count
    guard dimension <= Self.largestDimension else { return nil }
    let panelWidth = dimension < 3 ? 1.0 : 4.0

    let scores = CorrelatedScores(of: ancestors.map(\.name), in: table.correlations)

    var slots: [String: Int] = [:]
    func step(_ quantity: Quantity, averaged: Bool) -> Step? {
      switch quantity {
      case .constant(let value):
        return .fixed(value)
      case .input(let name):
        return slots[name].map { .copy(of: $0) }
      case .distribution(let distribution):
        if averaged { return distribution.mean.map { .fixed($0) } }
        return .draw(QuadratureNodes(distribution, panelWidth: panelWidth))
      case .modulated(let modulated):
        var parameterSlots: [String: Int] = [:]
        for (parameter, input) in modulated.inputs { parameterSlots[parameter] = slots[input] }
        if averaged { return .conditionalMean(modulated, slots: parameterSlots) }
        return .modulated(
          modulated, slots: parameterSlots,
          QuadratureNodes(modulated.form.standard, panelWidth: panelWidth))
      }
    }
    for input in ancestors {
      guard var next = step(input.quantity, averaged: false) else { return nil }
      if let mix = scores.mix(of: input.name, slots: slots) {
        next = .correlated(
          CorrelatedDraw(input.quantity, mix: mix, slots: slots, panelWidth: panelWidth))
      }
      slots[input.name] = steps.count
      steps.append(next)
    }
    for quantity in quantities {
      guard let next = step(quantity, averaged: averagesOwnDraws) else { return nil }
      resultSlots.append(steps.count)
      steps.append(next)
    }
  }

  /// E[f(values)], or nil where the sum has not converged inside the normal scores used: the
  /// mark of an expectation that is infinite.
  func value(_ f: ([Double]) -> Double) -> Double? {
    var slots = [Double](repeating: 0, count: steps.count)
    // Independent normal scores behind correlated steps.
    var scores = slots
    var (total, outer) = (0.0, 0.0)
    func descend(_ index: Int, _ weight: Double, _ isOuter: Bool) {
      if index == steps.count {
        let contribution = weight * f(resultSlots.map { slots[$0] })
        total += contribution
        if isOuter { outer += contribution.magnitude }
        return
      }
      switch steps[index] {
      case .fixed(let value):
        slots[index] = value
        descend(index + 1, weight, isOuter)
      case .copy(let source):
        slots[index] = slots[source]
        descend(index + 1, weight, isOuter)
      case .draw(let nodes):
        for node in nodes.values.indices {
          slots[index] = nodes.values[node]
          descend(index + 1, weight * nodes.weights[node], isOuter || nodes.isOutermost[node])
        }
      case .modulated(let modulated, let parameterSlots, let nodes):
        let parameters: (String) -> Double = { slots[parameterSlots[$0] ?? index] }
        let location = modulated.form.location.value(parameters)
        let scale = modulated.form.scale.value(parameters)
        for node in nodes.values.indices {
          let x = location.addingProduct(scale, nodes.values[node])
          slots[index] = modulated.form.link == .identity ? x : Reproducible.exp(x)
          descend(index + 1, weight * nodes.weights[node], isOuter || nodes.isOutermost[node])
        }
      case .correlated(let draw):
        let (values, nodes) = draw.nodes(slots: slots, scores: scores)
        for node in values.indices {
          slots[index] = values[node]
          scores[index] = nodes.values[node]
          descend(index + 1, weight * nodes.weights[node], isOuter || nodes.isOutermost[node])
        }
      case .conditionalMean(let modulated, let parameterSlots):
        let parameters: (String) -> Double = { slots[parameterSlots[$0] ?? index] }
        slots[index] = modulated.form.mean(parameters) ?? .nan
        descend(index + 1, weight, isOuter)
      }
    }
    descend(0, 1, false)
    guard total.isFinite, outer <= 1e-6 * total.magnitude else { return nil }
    return total
  }
}

extension LocationScaleForm {
  /// Mean for known parameters: location + scale·E[Y], or exp(location)·E[exp(scale·Y)]; nil where
  /// it does not exist.
  func mean(_ parameters: (String) -> Double) -> Double? {
    let (place, spread) = (location.value(parameters), scale.value(parameters))
    switch link {
    case .identity: return standard.mean.map { place.addingProduct(spread, $0) }
    case .logarithmic:
      return standard.cumulantGenerator(spread).map { Reproducible.exp(place + $0) }
    }
  }
}
