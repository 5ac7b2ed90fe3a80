// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// What a row of a sweep is about.
package enum SweepMetric: Sendable, Hashable {
  /// A figure of the revenue of all plans.
  package enum Revenue: Sendable, Hashable {
    case mean
    case standardDeviation
    case quantile(Double)
  }

  case goalProbability
  /// Mean of max(0, goal − revenue over the horizon).
  case meanGap
  case revenue(Measure, Revenue)
  /// Mean over the life of the loans.
  case publicCost(CostComponent)
  /// Extra net public cost per yen of extra revenue, both against the baseline arm.
  case costPerExtraYen
}

/// What a row's value is compared with.
package enum SweepComparison: Sendable, Hashable {
  /// With nothing.
  case none
  /// Less the baseline arm of the same point, path by path.
  case baseline
  /// Less the same arm at the first point, path by path.
  case first
}

/// A figure with its error.
package struct SweptFigure: Sendable, Equatable {
  package let value: Double
  /// Nil where nobody can tell.
  package var standardError: Double?
  /// 95%; nil where there is none that is bounded.
  package var interval: ClosedRange<Double>?
}

/// One line of sweep.csv.
package struct SweepRow: Sendable {
  package let point: Int
  package let arm: String
  package let metric: SweepMetric
  package let comparison: SweepComparison
  /// 1…H; nil for what belongs to no year.
  package let year: Int?
  package let figure: SweptFigure
}
