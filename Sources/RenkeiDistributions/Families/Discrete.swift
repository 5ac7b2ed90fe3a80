// SPDX-License-Identifier: GPL-3.0-or-later

/// Finitely many values with given probabilities.
///
/// Whatever a scenario calls it: a discrete or empirical distribution, or a mixture of such.
public struct DiscreteDistribution: UnivariateDistribution {
  public let familyName: String
  /// Values, strictly ascending.
  package let values: [Double]
  /// Probabilities, positive, summing to 1.
  package let probabilities: [Double]
  /// P(X ≤ values[i]) and P(X > values[i]).
  private let lowerTails: [Double]
  private let upperTails: [Double]
  /// Normal scores at which the next value begins.
  private let thresholds: [Double]

  /// - Parameters:
  ///   - familyName: the family that the scenario names.
  ///   - values: strictly ascending, not empty.
  ///   - weights: one per value, positive; divided by their sum.
  package init(familyName: String = "discrete", values: [Double], weights: [Double]) {
    self.familyName = familyName
    precondition(!values.isEmpty && values.count == weights.count, "one weight for each value")
    precondition(zip(values, values.dropFirst()).allSatisfy { $0 < $1 }, "values must ascend")
    self.values = values
    let total = weights.reduce(0, +)
    probabilities = weights.map { $0 / total }
    var lower = [Double]()
    var upper = [Double]()
    var sum = 0.0
    for weight in weights {
      sum += weight
      lower.append(sum / total)
    }
    sum = 0
    for weight in weights.reversed() {
      upper.append(sum / total)
      sum += weight
    }
    lower[lower.count - 1] = 1
    upper.reverse()
    lowerTails = lower
    upperTails = upper
    thresholds = (0..<(values.count - 1)).map {
      lower[$0] <= 0.5
        ? Reproducible.normalQuantile(lower[$0])
        : Reproducible.normalQuantile(upperTail: upper[$0])
    }
  }

  /// Values and weights in any order, equal values added up and values without weight left out.
  package init(familyName: String, merging atoms: [(value: Double, weight: Double)]) {
    var (values, weights) = ([Double](), [Double]())
    for atom in atoms.sorted(by: { $0.value < $1.value }) where atom.weight > 0 {
      if atom.value == values.last {
        weights[weights.count - 1] += atom.weight
      } else {
        values.append(atom.value)
        weights.append(atom.weight)
      }
    }
    self.init(familyName: familyName, values: values, weights: weights)
  }

  /// The values and their probabilities as value_1, weight_1, value_2, ….
  public var parameters: [(name: String, value: Double)] {
    values.indices.flatMap {
      [("value_\($0 + 1)", values[$0]), ("weight_\($0 + 1)", probabilities[$0])]
    }
  }

  public var support: ClosedRange<Double> { values[0]...values[values.count - 1] }

  public var mean: Double? {
    zip(values, probabilities).reduce(0) { $0.addingProduct($1.0, $1.1) }
  }

  public var variance: Double? {
    guard let mean else { return nil }
    return zip(values, probabilities).reduce(0) { sum, pair in
      sum.addingProduct(pair.1, (pair.0 - mean) * (pair.0 - mean))
    }
  }

  public func density(_ x: Double) -> Double {
    guard let index = lastIndex(notAbove: x), values[index] == x else { return 0 }
    return probabilities[index]
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    lastIndex(notAbove: x).map { lowerTails[$0] } ?? 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    lastIndex(notAbove: x).map { upperTails[$0] } ?? 1
  }

  public func quantile(lowerTail p: Double) -> Double {
    values[min(Self.count(of: lowerTails) { $0 < p }, values.count - 1)]
  }

  public func quantile(upperTail q: Double) -> Double {
    values[min(Self.count(of: upperTails) { $0 > q }, values.count - 1)]
  }

  public func quantile(normalScore z: Double) -> Double {
    values[Self.count(of: thresholds) { $0 < z }]
  }

  private func lastIndex(notAbove x: Double) -> Int? {
    let count = Self.count(of: values) { $0 <= x }
    return count > 0 ? count - 1 : nil
  }

  /// How many numbers at the beginning satisfy a condition that none behind them satisfies.
  private static func count(of numbers: [Double], where isEarly: (Double) -> Bool) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if isEarly(numbers[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  public var breakpoints: [Double] { thresholds }

  /// ln Σ probability·exp(s·value).
  public func cumulantGenerator(_ s: Double) -> Double? {
    let largest = max(s * values[0], s * values[values.count - 1])
    let sum = zip(values, probabilities).reduce(0) {
      $0.addingProduct($1.1, Reproducible.exp(s * $1.0 - largest))
    }
    return largest + Reproducible.log(sum)
  }

  public var sampling: SamplingForm { .discrete(thresholds: thresholds, values: values) }
}

extension DiscreteDistribution {
  package static let family = DistributionFamily(
    name: "discrete", summary: "listed values with weights",
    parameterForms: [
      [DistributionParameter("values", .list), DistributionParameter("weights", .list)]
    ],
    build: { given throws(DistributionError) in
      let values = given.list("values")
      let weights = given.list("weights")
      if values.isEmpty { throw given.error("values", nil, "values must be a list of numbers") }
      if weights.count != values.count {
        throw given.error(
          "weights", nil,
          "weights must hold as many numbers as values: \(values.count), not \(weights.count)")
      }
      if let value = values.first(where: { !$0.isFinite }) {
        throw given.error("values", value, "values must be finite numbers")
      }
      if let weight = weights.first(where: { !($0.isFinite && $0 >= 0) }) {
        throw given.error("weights", weight, "weights must be at least 0")
      }
      let sorted = values.sorted()
      if let repeated = zip(sorted, sorted.dropFirst()).first(where: { $0 == $1 }) {
        throw given.error("values", repeated.0, "values must differ from each other")
      }
      let kept = values.indices.filter { weights[$0] > 0 }.sorted { values[$0] < values[$1] }
      if kept.isEmpty { throw given.error("weights", nil, "weights must not all be 0") }
      if kept.count == 1 {
        throw given.error(
          "values", nil, "values must hold at least two numbers with weight",
          "write the plain number \(plain(values[kept[0]]))")
      }
      return DiscreteDistribution(
        values: kept.map { values[$0] }, weights: kept.map { weights[$0] })
    })
}
