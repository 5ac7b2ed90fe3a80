// SPDX-License-Identifier: GPL-3.0-or-later

/// Finitely many values with given probabilities.
public struct DiscreteDistribution: UnivariateDistribution {
  /// Values, strictly ascending.
  package let values: [Double]
  /// Probabilities, positive, summing to 1.
  package let probabilities: [Double]
  /// P(X ≤ values[i]) and P(X > values[i]).
  private let lowerTails: [Double]
  private let upperTails: [Double]

  /// - Parameters:
  ///   - values: strictly ascending, not empty.
  ///   - weights: one per value, positive; divided by their sum.
  package init(values: [Double], weights: [Double]) {
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
    lowerTails = lower
    upperTails = upper.reversed()
  }

  public var familyName: String { "discrete" }

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
    values.firstIndex(of: x).map { probabilities[$0] } ?? 0
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    values.lastIndex { $0 <= x }.map { lowerTails[$0] } ?? 0
  }

  public func upperTailProbability(_ x: Double) -> Double {
    values.lastIndex { $0 <= x }.map { upperTails[$0] } ?? 1
  }

  public func quantile(lowerTail p: Double) -> Double {
    values[lowerTails.firstIndex { $0 >= p } ?? values.count - 1]
  }

  public func quantile(upperTail q: Double) -> Double {
    values[upperTails.firstIndex { $0 <= q } ?? values.count - 1]
  }

  public func quantile(normalScore z: Double) -> Double {
    values[thresholds.firstIndex { $0 >= z } ?? values.count - 1]
  }

  /// Normal scores at which the next value begins.
  private var thresholds: [Double] {
    (0..<(values.count - 1)).map {
      lowerTails[$0] <= 0.5
        ? Reproducible.normalQuantile(lowerTails[$0])
        : Reproducible.normalQuantile(upperTail: upperTails[$0])
    }
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
      if let repeated = values.indices.first(where: { values[..<$0].contains(values[$0]) }) {
        throw given.error("values", values[repeated], "values must differ from each other")
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
