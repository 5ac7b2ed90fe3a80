// SPDX-License-Identifier: GPL-3.0-or-later

/// Mergeable first and second moments of pairs (x, y), taken about fixed shifts.
package struct PairedMoments: Sendable, Hashable, Mergeable {
  package private(set) var count = 0
  package let shiftX: Double
  package let shiftY: Double
  package private(set) var sumX = 0.0
  package private(set) var sumY = 0.0
  private var sumXX = 0.0
  private var sumYY = 0.0
  private var sumXY = 0.0

  /// No pairs yet. Sums that are merged have the same shifts.
  package init(shiftX: Double, shiftY: Double) {
    self.shiftX = shiftX
    self.shiftY = shiftY
  }

  package mutating func add(_ x: Double, _ y: Double) {
    let (dx, dy) = (x - shiftX, y - shiftY)
    count += 1
    sumX += dx
    sumY += dy
    sumXX += dx * dx
    sumYY += dy * dy
    sumXY += dx * dy
  }

  /// Adds the pairs of two columns in order. O(count), no allocation.
  package mutating func add(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, count: Int
  ) {
    for index in 0..<count { add(x[index], y[index]) }
  }

  package mutating func merge(_ other: PairedMoments) {
    precondition(
      shiftX == other.shiftX && shiftY == other.shiftY, "moments about different shifts")
    count += other.count
    sumX += other.sumX
    sumY += other.sumY
    sumXX += other.sumXX
    sumYY += other.sumYY
    sumXY += other.sumXY
  }

  /// Mean x over mean y; nil without pairs.
  package var ratio: RatioEstimate? {
    guard count > 0 else { return nil }
    let n = Double(count)
    func covariance(_ products: Double, _ a: Double, _ b: Double) -> Double {
      count > 1 ? (products - a * b / n) / (n - 1) / n : 0
    }
    return RatioEstimate(
      numerator: shiftX + sumX / n, denominator: shiftY + sumY / n,
      numeratorVariance: max(0, covariance(sumXX, sumX, sumX)),
      denominatorVariance: max(0, covariance(sumYY, sumY, sumY)),
      covariance: covariance(sumXY, sumX, sumY))
  }
}

/// A ratio of two correlated means with Fieller's interval, which need not be bounded.
///
/// The interval holds every θ for which numerator − θ·denominator is compatible with 0:
///
///     (n − θd)² ≤ z²·(Vₙ − 2θ·C + θ²·V_d)
///
/// Source: Fieller, Some problems in interval estimation, J. R. Stat. Soc. B 16 (1954), 175–185.
public struct RatioEstimate: Sendable, Hashable {
  /// The form of the set of compatible ratios.
  public enum IntervalKind: String, Sendable {
    /// low ≤ θ ≤ high.
    case bounded
    /// θ ≤ low or θ ≥ high: the denominator may be 0, but not this ratio.
    case outside
    /// Every ratio.
    case unbounded
  }

  public let numerator: Double
  public let denominator: Double
  /// Variances of the two means and their covariance.
  public let numeratorVariance: Double
  public let denominatorVariance: Double
  public let covariance: Double

  public init(
    numerator: Double, denominator: Double, numeratorVariance: Double,
    denominatorVariance: Double, covariance: Double
  ) {
    self.numerator = numerator
    self.denominator = denominator
    self.numeratorVariance = numeratorVariance
    self.denominatorVariance = denominatorVariance
    self.covariance = covariance
  }

  /// n/d; nil where d is 0.
  public var value: Double? { denominator == 0 ? nil : numerator / denominator }

  /// √(Vₙ − 2θC + θ²V_d)/|d|, the linearised standard error; nil where d is 0.
  public var standardError: Double? {
    value.map { ratio in
      let variance =
        numeratorVariance - 2 * ratio * covariance + ratio * ratio * denominatorVariance
      return max(0, variance).squareRoot() / denominator.magnitude
    }
  }

  /// Fieller's interval; `low` and `high` are nil where it is unbounded.
  public func interval(
    _ confidence: ConfidenceLevel = .ninetyFive
  ) -> (kind: IntervalKind, low: Double?, high: Double?) {
    let z2 = confidence.normalQuantile * confidence.normalQuantile
    let a = denominator * denominator - z2 * denominatorVariance
    let half = numerator * denominator - z2 * covariance
    let c = numerator * numerator - z2 * numeratorVariance
    let discriminant = half * half - a * c
    if a > 0 {
      // Rounding alone can make it negative here: the ratio itself solves the inequality.
      let root = max(0, discriminant).squareRoot()
      return (.bounded, (half - root) / a, (half + root) / a)
    }
    guard a < 0, discriminant > 0 else { return (.unbounded, nil, nil) }
    let root = discriminant.squareRoot()
    return (.outside, (half + root) / a, (half - root) / a)
  }
}
