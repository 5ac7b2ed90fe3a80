// SPDX-License-Identifier: GPL-3.0-or-later

/// A probability distribution on the real line, without any sampling state.
///
/// Discrete distributions answer `density` with the probability mass at the point. Lower tails are
/// P(X ≤ x), upper tails P(X > x); both keep their relative accuracy where they are small.
public protocol UnivariateDistribution: Sendable {
  /// Name of the family in scenario files.
  var familyName: String { get }

  /// Parameters in the order of the family's first parameter form, defaults filled in.
  var parameters: [(name: String, value: Double)] { get }

  /// Smallest closed interval that holds all probability; its ends may be infinite.
  var support: ClosedRange<Double> { get }

  /// Expected value, nil where infinite or undefined.
  var mean: Double? { get }

  /// Variance, nil where infinite or undefined.
  var variance: Double? { get }

  /// Probability density at `x`; for a discrete distribution the probability mass.
  func density(_ x: Double) -> Double

  /// P(X ≤ x).
  func cumulativeProbability(_ x: Double) -> Double

  /// P(X > x).
  func upperTailProbability(_ x: Double) -> Double

  /// Smallest x with P(X ≤ x) ≥ `p`, p in [0, 1].
  func quantile(lowerTail p: Double) -> Double

  /// The x whose upper tail is `q`, q in [0, 1].
  func quantile(upperTail q: Double) -> Double

  /// F⁻¹(Φ(z)): the value that belongs to the standard normal score `z`.
  func quantile(normalScore z: Double) -> Double

  /// Normal scores, ascending, at which the quantile function has a kink.
  var breakpoints: [Double] { get }

  /// Cumulant generating function log E[exp(s·X)]; nil where infinite or not available.
  func cumulantGenerator(_ s: Double) -> Double?

  /// How an engine that draws standard normal scores samples this distribution.
  var sampling: SamplingForm { get }
}

/// How a standard normal score z becomes a value of the distribution.
public enum SamplingForm: Sendable, Equatable {
  /// mean + sd·z.
  case normal(mean: Double, sd: Double)

  /// exp(logMean + logSD·z).
  case logNormal(logMean: Double, logSD: Double)

  /// values[i] with i the number of thresholds strictly below z: one value more than thresholds.
  case discrete(thresholds: [Double], values: [Double])

  /// By a `QuantileTable` of the distribution.
  case table
}

extension UnivariateDistribution {
  public func quantile(normalScore z: Double) -> Double {
    z < 0
      ? quantile(lowerTail: Reproducible.normalCDF(z))
      : quantile(upperTail: Reproducible.normalUpperTail(z))
  }

  public var breakpoints: [Double] { [] }

  public func cumulantGenerator(_ s: Double) -> Double? { s == 0 ? 0 : nil }

  public var sampling: SamplingForm { .table }

  /// The normal score with the same probability below it as `x`: Φ⁻¹(F(x)), by the smaller tail.
  package func normalScore(_ x: Double) -> Double {
    let lower = cumulativeProbability(x)
    return lower <= 0.5
      ? Reproducible.normalQuantile(lower)
      : Reproducible.normalQuantile(upperTail: upperTailProbability(x))
  }

  /// Words such as `lognormal(median 0.3, log_sd 1.2)` for messages and reports.
  package var label: String {
    let all = parameters
    let shown = all.prefix(8).map { "\($0.name) \(plain($0.value))" } + (all.count > 8 ? ["…"] : [])
    return "\(familyName)(\(shown.joined(separator: ", ")))"
  }
}

/// A number as people write it: whole numbers without a fraction.
package func plain(_ value: Double) -> String {
  if value == value.rounded(), value.magnitude < 1e15 { return "\(Int(value))" }
  return "\(value)"
}
