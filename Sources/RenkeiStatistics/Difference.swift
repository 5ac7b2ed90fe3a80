// SPDX-License-Identifier: GPL-3.0-or-later

/// The difference of two independent estimates, studentised by their standard errors.
///
/// difference = a − b, standardError = √(se_a² + se_b²), z = difference/standardError.
public struct StudentisedDifference: Sendable, Hashable {
  /// a − b, in the unit of the estimates.
  public let difference: Double
  /// The standard error of the difference, in the same unit.
  public let standardError: Double

  /// The difference `a` − `b` of independent estimates with their standard errors, each ≥ 0.
  public init(
    _ a: Double, standardError seA: Double, minus b: Double, standardError seB: Double
  ) {
    precondition(seA >= 0 && seB >= 0, "a standard error is not negative, and not NaN")
    let large = seA > seB ? seA : seB
    let small = seA > seB ? seB : seA
    let ratio = large > 0 && large.isFinite ? small / large : 0
    difference = a - b
    standardError = large * (1 + ratio * ratio).squareRoot()
  }

  /// difference/standardError: near a standard normal when the two expectations agree.
  ///
  /// With a standard error of 0: 0 for equal estimates, otherwise infinite with their sign.
  public var z: Double { studentised(difference, standardError) }

  /// difference ± z·standardError.
  public func interval(_ confidence: ConfidenceLevel = .ninetyFive) -> Interval {
    Interval(around: difference, standardError: standardError, confidence)
  }
}

/// The mean difference of two arms run on the same draws, path by path.
///
/// difference = mean of dᵢ = aᵢ − bᵢ, standardError = √(variance of d/n): what the two arms share
/// cancels inside each pair, so this is narrower than the two separate errors suggest.
public struct PairedDifference: Sendable, Hashable {
  /// The number of pairs, n ≥ 2.
  public let count: Int
  /// The mean of a − b, in the unit of the values.
  public let difference: Double
  /// The standard error of that mean, in the same unit.
  public let standardError: Double

  /// The summary of the moments of aᵢ − bᵢ; nil for fewer than two pairs.
  package init?(_ moments: ShiftedMoments) {
    guard let mean = moments.mean, let error = moments.standardErrorOfMean else { return nil }
    count = moments.count
    difference = mean
    standardError = error
  }

  /// difference/standardError; with a standard error of 0: 0 for no difference, otherwise infinite.
  public var z: Double { studentised(difference, standardError) }

  /// difference ± z·standardError.
  public func interval(_ confidence: ConfidenceLevel = .ninetyFive) -> Interval {
    Interval(around: difference, standardError: standardError, confidence)
  }
}

private func studentised(_ difference: Double, _ standardError: Double) -> Double {
  if standardError == 0 && difference == 0 { return 0 }
  return difference / standardError
}
