// SPDX-License-Identifier: GPL-3.0-or-later

/// A two-sided confidence level with its standard normal quantile.
///
/// The quantile is stored, not computed, so that no mathematics library enters an interval.
public struct ConfidenceLevel: Sendable, Hashable {
  /// The probability inside the interval, such as 0.95.
  public let probability: Double
  /// z with Φ(z) − Φ(−z) = probability.
  public let normalQuantile: Double

  /// A level whose normal quantile the caller knows.
  package init(probability: Double, normalQuantile: Double) {
    precondition(probability > 0 && probability < 1, "a confidence level lies between 0 and 1")
    precondition(normalQuantile > 0 && normalQuantile.isFinite, "a normal quantile is positive")
    self.probability = probability
    self.normalQuantile = normalQuantile
  }

  /// 90%: z = 1.6448536269514722.
  public static let ninety = ConfidenceLevel(
    probability: 0.90, normalQuantile: 1.644_853_626_951_472_2)
  /// 95%: z = 1.959963984540054.
  public static let ninetyFive = ConfidenceLevel(
    probability: 0.95, normalQuantile: 1.959_963_984_540_054)
  /// 99%: z = 2.5758293035489004.
  public static let ninetyNine = ConfidenceLevel(
    probability: 0.99, normalQuantile: 2.575_829_303_548_900_4)
}

/// A closed interval of numbers, low ≤ high, in the unit of the estimate it belongs to.
public struct Interval: Sendable, Hashable {
  /// The lower end; −∞ where the data give no lower bound.
  public let low: Double
  /// The upper end; +∞ where the data give no upper bound.
  public let high: Double

  /// The interval from `low` to `high`; neither may be NaN, and low ≤ high.
  public init(low: Double, high: Double) {
    precondition(low <= high, "an interval needs low <= high, and no NaN")
    self.low = low
    self.high = high
  }

  /// estimate ± z·standardError.
  ///
  /// - Parameters:
  ///   - estimate: The middle.
  ///   - standardError: Its standard error, ≥ 0, in the same unit.
  ///   - confidence: The level; 95% unless told.
  public init(
    around estimate: Double, standardError: Double, _ confidence: ConfidenceLevel = .ninetyFive
  ) {
    precondition(standardError >= 0, "a standard error is not negative, and not NaN")
    let half = confidence.normalQuantile * standardError
    self.init(low: estimate - half, high: estimate + half)
  }

  /// high − low.
  public var width: Double { high - low }

  /// Whether `x` lies inside, the ends included.
  public func contains(_ x: Double) -> Bool { low <= x && x <= high }
}
