// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure of the whole portfolio at the end of the horizon that is attributed to measures: each is
/// the mean over the paths of a number that every path has.
public enum AttributionMetric: String, CaseIterable, Sendable {
  case cumulativeRevenue = "cumulative_revenue"
  /// 1 on paths that reach the goal; left out where there is none.
  case goalProbability = "goal_probability"
  case launched
  /// Plans whose business has not failed.
  case surviving
  /// Gross cost less tax before incentives, in present value over the life of the loans. The tax of
  /// the baseline arm is left out: it is the same for all arms and cancels in every contribution.
  case netPublicCost = "net_public_cost"

  /// The metric of one path under one arm.
  package func value(_ figures: PathFigures) -> Double {
    switch self {
    case .cumulativeRevenue: figures.effect(.cumulativeRevenue)
    case .goalProbability: figures.effect(.goalProbability)
    case .launched: figures.effect(.launched)
    case .surviving: figures.effect(.surviving)
    case .netPublicCost: figures.netCostBeforeBaselineTax(.life)
    }
  }
}

/// What one measure contributes to what an arm does, or all of them together.
public struct AttributionRow: Sendable {
  /// The name under which all measures together stand.
  public static let totalLabel = "total"

  public let arm: String
  public let baselineArm: String
  public let metric: AttributionMetric
  /// Nil for all measures of the arm together.
  public let measure: SupportMeasure?
  /// The Shapley value; of all measures the whole difference. In yen, plans or as a probability.
  public let shapley: Double
  /// Paired; nil where revenue has no variance and for a single path.
  public let standardError: Double?
  /// What the measure adds to no measure at all; nil for the total.
  public let firstIn: Double?
  /// What the arm loses without the measure; nil for the total.
  public let lastIn: Double?
  /// Part of the total; nil where that is 0.
  public let share: Double?
  /// Paths simulated for the attribution.
  public let paths: Int

  public init(
    arm: String, baselineArm: String, metric: AttributionMetric, measure: SupportMeasure?,
    shapley: Double, standardError: Double?, firstIn: Double?, lastIn: Double?, share: Double?,
    paths: Int
  ) {
    self.arm = arm
    self.baselineArm = baselineArm
    self.metric = metric
    self.measure = measure
    self.shapley = shapley
    self.standardError = standardError
    self.firstIn = firstIn
    self.lastIn = lastIn
    self.share = share
    self.paths = paths
  }
}

/// Every ``AttributionMetric`` of every path under every arm of a model, in memory that threads
/// fill side by side.
///
/// Unchecked sendable: each path belongs to exactly one thread while the engine runs, and nothing
/// writes afterwards.
package final class PathMetrics: @unchecked Sendable {
  package let arms: Int
  package let paths: Int
  private let storage: UnsafeMutablePointer<Double>

  package init(arms: Int, paths: Int) {
    self.arms = arms
    self.paths = paths
    let count = Self.count(arms: arms, paths: paths)
    storage = .allocate(capacity: max(1, count))
    storage.initialize(repeating: 0, count: max(1, count))
  }

  deinit { storage.deallocate() }

  /// By path.
  package func column(
    _ metric: AttributionMetric, arm: Int
  ) -> UnsafeMutableBufferPointer<Double> {
    let place = AttributionMetric.allCases.firstIndex(of: metric) ?? 0
    return UnsafeMutableBufferPointer(
      start: storage + (place * arms + arm) * paths, count: paths)
  }

  package func record(_ figures: PathFigures, arm: Int, path: Int) {
    for metric in AttributionMetric.allCases {
      column(metric, arm: arm)[path] = metric.value(figures)
    }
  }

  /// Numbers that are kept.
  package static func count(arms: Int, paths: Int) -> Int {
    AttributionMetric.allCases.count * arms * paths
  }
}
