// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// How it is asked what an input does to a figure.
public enum SensitivityMethod: String, CaseIterable, Sendable {
  /// Mean of the figure with the input at its 10% quantile on all paths.
  case tornadoLow = "tornado_p10"
  /// The same at its 90% quantile.
  case tornadoHigh = "tornado_p90"
  /// Rank correlation of the input and the total over the paths.
  case spearman
  /// Share of the figure's variance that would go if the input were known.
  case sobolFirst = "sobol_first"
  /// Share of the figure's variance that would stay if all other inputs were known.
  case sobolTotal = "sobol_total"
}

/// What one input does to one figure under one arm, by one method.
public struct SensitivityRow: Sendable {
  public let arm: String
  public let metric: EffectMetric
  /// A named input, several correlated ones joined by `+`, or a dotted path.
  public let input: String
  public let level: DrawLevel
  public let method: SensitivityMethod
  /// Value at which the input is held, in its own unit; nil but for a tornado.
  public let inputValue: Double?
  /// Mean of the figure, a correlation, or a share of the variance; nil where there is none.
  public let value: Double?
  public let standardError: Double?
  public let interval95: ClosedRange<Double>?
  /// From 1, among the inputs of the same arm, metric and method; of a tornado by the difference
  /// between its two ends.
  public package(set) var rank: Int?

  package init(
    arm: String, metric: EffectMetric, input: String, level: DrawLevel, method: SensitivityMethod,
    inputValue: Double? = nil, value: Double?, standardError: Double?,
    interval95: ClosedRange<Double>?, rank: Int? = nil
  ) {
    self.arm = arm
    self.metric = metric
    self.input = input
    self.level = level
    self.method = method
    self.inputValue = inputValue
    self.value = value
    self.standardError = standardError
    self.interval95 = interval95
    self.rank = rank
  }
}

/// The figure with an input at its 90% quantile less the figure with it at its 10% quantile, path by
/// path on the same draws.
public struct SensitivitySwing: Sendable {
  public let arm: String
  public let metric: EffectMetric
  public let input: String
  public let difference: Double
  /// Paired; nil where revenue has no variance.
  public let standardError: Double?

  package init(
    arm: String, metric: EffectMetric, input: String, difference: Double, standardError: Double?
  ) {
    self.arm = arm
    self.metric = metric
    self.input = input
    self.difference = difference
    self.standardError = standardError
  }
}

/// What the total of a scenario and its goal depend on.
public struct SensitivityResult: Sendable {
  /// An arm with nothing changed.
  public struct Arm: Sendable {
    public let name: String
    /// Mean total over the horizon in yen.
    public let meanYen: Double
    /// Nil where revenue has no variance.
    public let standardErrorYen: Double?
    /// Of the goal; nil where the scenario states none.
    public let goal: Proportion?

    package init(name: String, meanYen: Double, standardErrorYen: Double?, goal: Proportion?) {
      self.name = name
      self.meanYen = meanYen
      self.standardErrorYen = standardErrorYen
      self.goal = goal
    }
  }

  public let title: String
  public let horizonYears: Int
  /// Paths of each run.
  public let paths: Int
  public let runs: Int
  public let seed: UInt64
  /// From both samples together.
  public let arms: [Arm]
  /// By arm, metric, input and method.
  public let rows: [SensitivityRow]
  /// By arm, metric and input.
  public let swings: [SensitivitySwing]

  package init(
    title: String, horizonYears: Int, paths: Int, runs: Int, seed: UInt64, arms: [Arm],
    rows: [SensitivityRow], swings: [SensitivitySwing]
  ) {
    self.title = title
    self.horizonYears = horizonYears
    self.paths = paths
    self.runs = runs
    self.seed = seed
    self.arms = arms
    self.rows = rows
    self.swings = swings
  }
}
