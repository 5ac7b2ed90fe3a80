// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles

/// What is to be reached by the end of the horizon.
package enum SolveTarget: Sendable, Equatable {
  /// Probability of the scenario's goal.
  case goalProbability(Double)
  /// Mean revenue over the horizon, in yen.
  case mean(Double)
  /// Quantile of revenue over the horizon at a level, in yen.
  case quantile(level: Double, yen: Double)

  /// Whether the figure is a share of paths, which may jump where a mean does not.
  var isShare: Bool {
    if case .mean = self { false } else { true }
  }

  /// Why an argument states no target.
  package struct Problem: Error, Equatable {
    package let message: String
  }

  /// Reads `goal_probability=0.8`, `mean=150e9` or `p10=100億円`.
  ///
  /// - Throws: ``Problem``.
  package init(_ argument: String) throws(Problem) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw Problem(message: "a figure and its value, for example goal_probability=0.8")
    }
    let (name, text) = (String(parts[0]), String(parts[1]))
    func number(_ unit: NumberUnit) throws(Problem) -> Double {
      do throws(NumberText.Problem) {
        return try NumberText.value(of: text, unit: unit)
      } catch {
        throw Problem(message: "\(name): \(error.message)")
      }
    }
    switch name {
    case "goal_probability":
      let value = try number(.probability)
      guard value > 0, value < 1 else {
        throw Problem(message: "goal_probability lies between 0 and 1")
      }
      self = .goalProbability(value)
    case "mean": self = .mean(try number(.yen))
    default:
      guard name.hasPrefix("p"), let percent = try? NumberText.value(of: String(name.dropFirst())),
        percent > 0, percent < 100
      else {
        throw Problem(
          message: "'\(name)' is no figure that can be asked for: goal_probability, mean, or a "
            + "quantile such as p10")
      }
      self = .quantile(level: percent / 100, yen: try number(.yen))
    }
  }

  /// The figure of revenue over the horizon that is compared with ``level``; nil without a goal.
  ///
  /// A quantile reaches an amount where the share of the paths that reach the amount is 1 − level:
  /// a share has an exact test, a quantile has none.
  func figure(goalYen: Double?) -> PathFigure? {
    switch self {
    case .goalProbability: goalYen.map { .share(atLeast: $0) }
    case .mean: .mean
    case .quantile(_, let yen): .share(atLeast: yen)
    }
  }

  /// What the figure is to be.
  package var level: Double {
    switch self {
    case .goalProbability(let value), .mean(let value): value
    case .quantile(let level, _): 1 - level
    }
  }
}
