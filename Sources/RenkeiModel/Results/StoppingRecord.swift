// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// A figure whose precision may end a run: of the portfolio's revenue cumulated over the horizon.
public enum StoppingFigure: String, CaseIterable, Sendable {
  /// The share of the paths that reach the goal.
  case goalProbability = "goal_probability"
  /// The mean, in yen.
  case mean
}

/// How a run ended that was told when to stop.
public struct StoppingRecord: Sendable, Equatable {
  /// What was watched under one arm, as it stood at the end.
  public struct Estimate: Sendable, Equatable {
    public let arm: String
    public let figure: StoppingFigure
    /// The 95% confidence sequence: it holds the true figure at all looks together with 95%
    /// probability, whenever the run ends. In the unit of the figure.
    public let sequence95: ClosedRange<Double>
    /// Whether the condition holds under this arm.
    public let holds: Bool
    /// Whether the comparison that was to be decided is true; nil where there is none, or where it
    /// is open.
    public let answer: Bool?

    package init(
      arm: String, figure: StoppingFigure, sequence95: ClosedRange<Double>, holds: Bool,
      answer: Bool? = nil
    ) {
      self.arm = arm
      self.figure = figure
      self.sequence95 = sequence95
      self.holds = holds
      self.answer = answer
    }
  }

  /// What was known of the figure under one arm when the condition was asked about.
  public struct Look: Sendable, Equatable {
    /// Paths so far.
    public let paths: Int
    public let arm: String
    public let figure: StoppingFigure
    public let value: Double
    /// Infinite where nothing is known yet, as is the sequence.
    public let standardError: Double
    /// The interval of the 95% confidence sequence at that look.
    public let sequence95: ClosedRange<Double>

    package init(
      paths: Int, arm: String, figure: StoppingFigure, value: Double, standardError: Double,
      sequence95: ClosedRange<Double>
    ) {
      self.paths = paths
      self.arm = arm
      self.figure = figure
      self.value = value
      self.standardError = standardError
      self.sequence95 = sequence95
    }
  }

  /// As it was stated, in its shortest form.
  public let condition: String
  /// The largest number of paths that was allowed.
  public let pathLimit: Int
  /// How often the condition was asked about.
  public let looks: Int
  /// One for each arm that was watched.
  public let estimates: [Estimate]
  /// By look, then by arm.
  public let history: [Look]
  /// About how many paths would do; nil where the condition holds or nobody can tell.
  public let pathsNeeded: Int?

  package init(
    condition: String, pathLimit: Int, looks: Int, estimates: [Estimate], history: [Look],
    pathsNeeded: Int?
  ) {
    self.condition = condition
    self.pathLimit = pathLimit
    self.looks = looks
    self.estimates = estimates
    self.history = history
    self.pathsNeeded = pathsNeeded
  }

  /// Whether the condition ended the run, not the number of paths.
  public var isMet: Bool { estimates.allSatisfy(\.holds) }
}

/// An estimate with what its number of paths says of its error.
package struct FixedEstimate: Sendable, Equatable {
  package let value: Double
  package let standardError: Double
  /// For a number of paths that was fixed before the run.
  package let interval95: ClosedRange<Double>
}

extension SimulationResult {
  /// What the result files say of a figure; nil where it has no error.
  package func estimate(_ figure: StoppingFigure, arm name: String) -> FixedEstimate? {
    guard let arm = arms.first(where: { $0.arm == name }) else { return nil }
    switch figure {
    case .goalProbability:
      return arm.goal.map {
        FixedEstimate(
          value: $0.probability, standardError: $0.standardError, interval95: $0.interval95)
      }
    case .mean:
      guard let total = arm.portfolio.last(where: { $0.measure == .cumulative })?.amount,
        let error = total.standardError
      else { return nil }
      let half = errorUnit.criticalValue(paths: paths) * error
      return FixedEstimate(
        value: total.mean, standardError: error, interval95: total.mean - half...total.mean + half)
    }
  }
}
