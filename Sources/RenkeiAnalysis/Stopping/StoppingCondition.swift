// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// When a run has enough paths: `se(goal_probability) < 0.001`, `ci(mean) < 1%`,
/// `decided(goal_probability > 0.5)`; with an arm behind the figure, `se(mean, certified) < 0.1%`,
/// for that arm alone, otherwise for every arm.
public struct StoppingCondition: Sendable, Equatable {
  /// How large an error may be.
  package enum Bound: Sendable, Equatable {
    /// In the unit of the figure: yen, or a probability.
    case absolute(Double)
    /// As a share of the estimate.
    case relative(Double)

    /// In the unit of a figure with that estimate.
    func size(at estimate: Double) -> Double {
      switch self {
      case .absolute(let bound): bound
      case .relative(let share): share * estimate.magnitude
      }
    }
  }

  package enum Test: Sendable, Equatable {
    /// The standard error is below the bound.
    case standardError(Bound)
    /// Half the 95% confidence sequence is below the bound.
    case halfWidth(Bound)
    /// The 95% confidence sequence no longer holds the threshold, so that one knows whether the
    /// figure lies above it, or below it.
    case decided(isAbove: Bool, threshold: Double)
  }

  package let figure: StoppingFigure
  /// Nil: every arm.
  package let arm: String?
  package let test: Test
  /// As it was stated, with its spaces in their places.
  public let text: String

  package init(figure: StoppingFigure, arm: String?, test: Test, text: String) {
    self.figure = figure
    self.arm = arm
    self.test = test
    self.text = text
  }

  /// Arms of a model that must satisfy the condition, by their places.
  ///
  /// - Throws: ``StoppingRefusal`` where the model cannot answer.
  package func places(in model: ProjectionModel, _ sampling: SamplingDesign)
    throws(StoppingRefusal) -> [Int]
  {
    if sampling.errorUnit == .randomisation { throw .fewUnits(sampling) }
    switch figure {
    case .goalProbability: guard model.goalYen != nil else { throw .noGoal }
    case .mean:
      guard model.plans.allSatisfy(\.hasFiniteVariance) else { throw .noFiniteVariance }
    }
    guard let arm else { return Array(model.arms.indices) }
    guard let place = model.arms.firstIndex(where: { $0.name == arm }) else {
      throw .unknownArm(arm, known: model.arms.map(\.name))
    }
    return [place]
  }
}

/// Why a scenario cannot be run until a condition holds.
public enum StoppingRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  case noGoal
  case noFiniteVariance
  case unknownArm(String, known: [String])
  case fewUnits(SamplingDesign)

  public var description: String {
    switch self {
    case .noGoal: "the scenario states no goal, so that goal_probability has no value"
    case .noFiniteVariance:
      "revenue has no finite variance in this scenario, so that no error of its mean can be told"
    case .unknownArm(let arm, let known):
      "no arm '\(arm)' runs, only \(known.joined(separator: ", "))"
        + (Suggestion.phrase(for: arm, among: known).map { "; \($0)" } ?? "")
    case .fewUnits(let sampling):
      "sampling '\(sampling.rawValue)' has \(ErrorUnit.randomisationCount) independent units however "
        + "many paths there are: too few for intervals that stay right while one looks; use random, "
        + "antithetic or latin_hypercube"
    }
  }
}
