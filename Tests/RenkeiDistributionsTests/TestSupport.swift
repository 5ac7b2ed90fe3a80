// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

/// A small fixed generator (splitmix64), so that a failure repeats.
struct TestRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + (range.upperBound - range.lowerBound) * unit
  }
}

/// One distribution as a scenario would write it.
struct DistributionCase: Sendable, CustomTestStringConvertible {
  let family: String
  let description: DistributionParameters

  init(
    _ family: String, _ numbers: [String: Double] = [:], lists: [String: [Double]] = [:],
    mixing components: [(Double, DistributionCase)] = [], truncate: (Double, Double)? = nil
  ) {
    self.family = family
    description = DistributionParameters(
      numbers, lists: lists,
      components: components.map {
        MixtureComponent(weight: $0.0, family: $0.1.family, parameters: $0.1.description)
      },
      truncation: truncate.map { Truncation(low: $0.0, high: $0.1) })
  }

  func make() throws -> any UnivariateDistribution {
    try DistributionRegistry.make(family: family, description)
  }

  var testDescription: String {
    let numbers = description.numbers.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let parts = description.components.map { "\($0.weight) \($0.family)" }.joined(separator: " + ")
    let ends = description.truncation.map { " in [\($0.low), \($0.high)]" } ?? ""
    return "\(family)(\(numbers)\(parts))\(ends)"
  }

  static let continuous: [DistributionCase] = [
    DistributionCase("normal", ["mean": 0, "sd": 1]),
    DistributionCase("normal", ["mean": -3, "sd": 0.02]),
    DistributionCase("lognormal", ["median": 0.3, "log_sd": 1.2]),
    DistributionCase("lognormal", ["log_mean": -0.2, "log_sd": 0.5]),
    DistributionCase("lognormal", ["mean": 15e6, "sd": 4e6]),
    DistributionCase("uniform", ["min": 0.4, "max": 0.7]),
    DistributionCase("uniform", ["min": -5, "max": 100]),
    DistributionCase("triangular", ["min": -0.3, "mode": 0.4, "max": 1.5]),
    DistributionCase("triangular", ["min": 0, "mode": 0, "max": 2]),
    DistributionCase("triangular", ["min": 0, "mode": 2, "max": 2]),
    DistributionCase("pert", ["min": 0.6, "mode": 0.8, "max": 0.95]),
    DistributionCase("pert", ["min": 0, "mode": 0, "max": 10, "shape": 2]),
    DistributionCase("beta", ["a": 14, "b": 6]),
    DistributionCase("beta", ["a": 3, "b": 1]),
    DistributionCase("beta", ["a": 0.5, "b": 0.7, "min": -1, "max": 3]),
    DistributionCase("beta", ["a": 300, "b": 20]),
    DistributionCase("gamma", ["shape": 2.5, "scale": 4]),
    DistributionCase("gamma", ["shape": 0.5, "scale": 1]),
    DistributionCase("gamma", ["shape": 0.2, "scale": 3]),
    DistributionCase("gamma", ["shape": 400, "scale": 0.01]),
    DistributionCase("gamma", ["shape": 1000, "scale": 1]),
    DistributionCase("beta", ["a": 1000, "b": 1500]),
    DistributionCase("student_t", ["degrees_of_freedom": 1e4]),
    DistributionCase("exponential", ["mean": 0.69]),
    DistributionCase("weibull", ["shape": 1.5, "scale": 2]),
    DistributionCase("weibull", ["shape": 0.6, "scale": 1]),
    DistributionCase("pareto", ["min": 100, "exponent": 0.886]),
    DistributionCase("pareto", ["min": 1, "exponent": 5]),
    DistributionCase("laplace", ["location": 1, "scale": 0.3]),
    DistributionCase("student_t", ["degrees_of_freedom": 3]),
    DistributionCase("student_t", ["degrees_of_freedom": 7.5, "location": 10, "scale": 2]),
    DistributionCase("student_t", ["degrees_of_freedom": 1.5]),
    DistributionCase("student_t", ["degrees_of_freedom": 80]),
    DistributionCase("logistic", ["location": 2, "scale": 0.4]),
    DistributionCase("gumbel", ["location": -1, "scale": 3]),
    DistributionCase("cauchy", ["location": 0.5, "scale": 2]),
    DistributionCase("rayleigh", ["scale": 0.4]),
    DistributionCase("chi_squared", ["degrees_of_freedom": 1]),
    DistributionCase("chi_squared", ["degrees_of_freedom": 7]),
    DistributionCase(
      "mixture",
      mixing: [
        (0.85, DistributionCase("lognormal", ["median": 180e6, "log_sd": 0.5])),
        (0.15, DistributionCase("lognormal", ["median": 2311e6, "log_sd": 0.8])),
      ]),
    DistributionCase(
      "mixture",
      mixing: [
        (2, DistributionCase("normal", ["mean": -1, "sd": 0.5])),
        (1, DistributionCase("laplace", ["location": 1, "scale": 0.2])),
        (1, DistributionCase("uniform", ["min": 0, "max": 3])),
      ]),
    DistributionCase(
      "mixture",
      mixing: [
        (1, DistributionCase("uniform", ["min": 0, "max": 1])),
        (1, DistributionCase("triangular", ["min": 0.5, "mode": 1, "max": 4])),
      ]),
    DistributionCase(
      "mixture",
      mixing: [
        (1, DistributionCase("exponential", ["mean": 1])),
        (1, DistributionCase("pareto", ["min": 2, "exponent": 1.5])),
      ]),
    DistributionCase("logistic", ["location": 0, "scale": 1], truncate: (0, .infinity)),
    DistributionCase("gumbel", ["location": 0, "scale": 1], truncate: (-1, 4)),
    DistributionCase("cauchy", ["location": 0, "scale": 1], truncate: (0, 50)),
    DistributionCase("rayleigh", ["scale": 1], truncate: (0.5, 3)),
    DistributionCase("chi_squared", ["degrees_of_freedom": 5], truncate: (1, 20)),
    DistributionCase(
      "mixture",
      mixing: [
        (3, DistributionCase("normal", ["mean": 0, "sd": 1])),
        (1, DistributionCase("gamma", ["shape": 2, "scale": 2], truncate: (0, 6))),
      ], truncate: (-1, 5)),
    DistributionCase("pareto", ["min": 100, "exponent": 0.886], truncate: (100, 20_000)),
    DistributionCase("normal", ["mean": 0, "sd": 1], truncate: (0, .infinity)),
    DistributionCase("normal", ["mean": 0, "sd": 1], truncate: (4, 6)),
    DistributionCase("normal", ["mean": 0, "sd": 1], truncate: (-1, 2.5)),
    DistributionCase("lognormal", ["median": 15, "log_sd": 0.5], truncate: (-.infinity, 30)),
    DistributionCase("gamma", ["shape": 2, "scale": 1], truncate: (0.5, 3)),
    DistributionCase("laplace", ["location": 0, "scale": 1], truncate: (-1, 2)),
    DistributionCase("triangular", ["min": 0, "mode": 1, "max": 3], truncate: (0.5, 2)),
  ]

  static let discrete: [DistributionCase] = [
    DistributionCase("discrete", lists: ["values": [1, 2, 5], "weights": [0.5, 0.3, 0.2]]),
    DistributionCase("discrete", lists: ["values": [3, -1, 0, 8], "weights": [1, 4, 0, 2]]),
    DistributionCase(
      "discrete", lists: ["values": [1, 2, 5, 9], "weights": [4, 3, 2, 1]], truncate: (1.5, 8)),
    DistributionCase("empirical", lists: ["values": [3, 1, 1, 2, 8]]),
    DistributionCase("empirical", lists: ["file": [3, 1, 1, 2, 8]], truncate: (2, 8)),
    DistributionCase(
      "mixture",
      mixing: [
        (1, DistributionCase("empirical", lists: ["values": [1, 2]])),
        (3, DistributionCase("discrete", lists: ["values": [2, 5], "weights": [1, 2]])),
      ]),
  ]
}

/// Whether `x` has the target tail to the given relative precision, or is within 8 roundings of it.
func hits(
  _ target: TailTarget, _ distribution: any UnivariateDistribution, at x: Double,
  precision: Double
) -> Bool {
  let tail = target.tail(of: distribution, at: x)
  if (tail - target.probability).magnitude <= precision * target.probability { return true }
  let reach = 8 * x.ulp
  let (left, right) = (
    target.tail(of: distribution, at: x - reach), target.tail(of: distribution, at: x + reach)
  )
  return min(left, right) <= target.probability && target.probability <= max(left, right)
}
