// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Mean and central 90% range of a product of quantities.
struct QuantitySpread {
  /// Nil where no finite mean exists or no method here reaches it.
  let mean: Double?
  /// The 5% and 95% quantiles; nil where nothing is uncertain.
  ///
  /// Exact where one uncertain number takes part; with several, order statistics of a lattice of
  /// normal scores, good to about three digits.
  let range90: ClosedRange<Double>?

  init(of quantities: [Quantity], table: InputTable) {
    mean = table.mean(ofProduct: quantities)
    range90 = ProductSample(quantities, table: table)?.range90
  }
}

/// A product of quantities as a function of standard normal scores, one for each uncertain number
/// that takes part: those that the named inputs draw and those of the quantities themselves.
private struct ProductSample {
  /// Points of the lattice where several numbers are uncertain.
  private static let points = 2_048

  private let ancestors: [ResolvedInput]
  private let quantities: [Quantity]
  private let dimension: Int
  /// How the scores of correlated inputs mix, by name; the places are those of their draws.
  private let mixes: [String: CorrelatedScores.Mix]

  /// Nil where nothing is uncertain or an input is unknown.
  init?(_ quantities: [Quantity], table: InputTable) {
    var indices = Set<Int>()
    var pending = quantities.flatMap(\.inputNames)
    while let name = pending.popLast() {
      guard let index = table.index(of: name) else { return nil }
      if indices.insert(index).inserted { pending += table.inputs[index].quantity.inputNames }
    }
    ancestors = indices.sorted().map { table.inputs[$0] }
    self.quantities = quantities
    dimension = (ancestors.map(\.quantity) + quantities).count(where: \.drawsItself)
    let drawn = ancestors.filter(\.quantity.drawsItself).map(\.name)
    let scores = CorrelatedScores(of: drawn, in: table.correlations)
    let slots = Dictionary(zip(drawn, 0...)) { first, _ in first }
    mixes = Dictionary(
      drawn.compactMap { name in scores.mix(of: name, slots: slots).map { (name, $0) } }
    ) { first, _ in first }
    if dimension == 0 { return nil }
  }

  var range90: ClosedRange<Double> {
    let ends: (low: Double, high: Double)
    if dimension == 1 {
      let score = Reproducible.normalQuantile(0.95)
      ends = (value([-score]), value([score]))
    } else {
      let sorted = lattice.map(value).sorted()
      ends = (sorted[Self.points * 5 / 100], sorted[Self.points * 95 / 100])
    }
    return min(ends.low, ends.high)...max(ends.low, ends.high)
  }

  private func value(_ scores: [Double]) -> Double {
    var values: [String: Double] = [:]
    var count = 0
    func nextScore(_ mix: CorrelatedScores.Mix?) -> Double {
      let own = scores[count]
      count += 1
      guard let mix else { return own }
      return mix.earlier.reduce(mix.own * own) { $0 + $1.weight * scores[$1.slot] }
    }
    func draw(_ quantity: Quantity, _ mix: CorrelatedScores.Mix? = nil) -> Double {
      switch quantity {
      case .constant(let value): return value
      case .input(let name): return values[name] ?? .nan
      case .distribution(let distribution):
        return distribution.quantile(normalScore: nextScore(mix))
      case .modulated(let modulated):
        return modulated.form.value(normalScore: nextScore(mix)) { parameter in
          modulated.inputs.first { $0.parameter == parameter }.flatMap { values[$0.input] }
            ?? .nan
        }
      }
    }
    for input in ancestors { values[input.name] = draw(input.quantity, mixes[input.name]) }
    return quantities.reduce(1) { $0 * draw($1) }
  }

  /// Normal scores of a Kronecker lattice with steps 1/g, 1/g², …, where g is the positive root of
  /// g^(d+1) = g + 1. (Roberts, The unreasonable effectiveness of quasirandom sequences, 2018)
  private var lattice: [[Double]] {
    var root = 1.5
    for _ in 0..<60 { root = Reproducible.pow(1 + root, 1 / Double(dimension + 1)) }
    return (0..<Self.points).map { point in
      var step = 1.0
      return (0..<dimension).map { _ in
        step /= root
        let position = 0.5 + Double(point + 1) * step
        return Reproducible.normalQuantile(position - position.rounded(.down))
      }
    }
  }
}
