// SPDX-License-Identifier: GPL-3.0-or-later

/// How the total over the horizon compares with the programme's goal.
public struct GoalRow: Sendable {
  public let goalYen: Double
  /// Sum of all plans' promises over the horizon.
  public let promisedYen: Double
  public let paths: Int
  /// Paths on which the cumulative revenue at H is at least the goal.
  public let hits: Int
  public let probability: Double
  public let standardError: Double
  /// Wilson interval; where paths are not independent that of Student's t, joined with Wilson's
  /// where fewer than 100 paths decide.
  public let interval95: ClosedRange<Double>
  /// Mean of max(0, goal − cumulative revenue), in yen.
  public let meanGapYen: Double
  /// Mean of the worst 5% of the gaps, in yen.
  public let cvar95GapYen: Double
  /// Mean of cumulative revenue over promise; nil where nothing is promised.
  public let attainmentRatioMean: Double?

  package init(
    goalYen: Double, promisedYen: Double, paths: Int, hits: Int, probability: Double,
    standardError: Double, interval95: ClosedRange<Double>, meanGapYen: Double,
    cvar95GapYen: Double, attainmentRatioMean: Double?
  ) {
    self.goalYen = goalYen
    self.promisedYen = promisedYen
    self.paths = paths
    self.hits = hits
    self.probability = probability
    self.standardError = standardError
    self.interval95 = interval95
    self.meanGapYen = meanGapYen
    self.cvar95GapYen = cvar95GapYen
    self.attainmentRatioMean = attainmentRatioMean
  }
}

/// P(cumulative revenue at H ≥ threshold).
public struct ExceedanceRow: Sendable {
  public let thresholdYen: Double
  public let probability: Double

  package init(thresholdYen: Double, probability: Double) {
    self.thresholdYen = thresholdYen
    self.probability = probability
  }
}
