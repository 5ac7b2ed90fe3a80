// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Everything a run answers, ready to be written: one entry per row of the result files.
public struct SimulationResult: Sendable {
  /// Levels of the quantiles of single plans, whatever the scenario asks for elsewhere.
  public static let planQuantileLevels = [0.05, 0.50, 0.95]

  public let title: String
  public let startYear: Int
  public let horizonYears: Int
  public let paths: Int
  public let seed: UInt64
  /// Levels of the quantiles of the portfolio and of groups, as the scenario asks for them.
  public let quantileLevels: [Double]
  /// Whether plan and group quantiles were computed.
  public let hasPlanQuantiles: Bool
  /// How the numbers that all plans share were drawn.
  public let sampling: SamplingDesign
  /// What plan-years were computed in.
  public let precision: ArithmeticPrecision
  public let arms: [ArmResult]
  /// What each measure contributes to each arm; nil where nobody asked for it.
  public internal(set) var attribution: [AttributionRow]?

  public init(
    title: String, startYear: Int, horizonYears: Int, paths: Int, seed: UInt64,
    quantileLevels: [Double], hasPlanQuantiles: Bool, sampling: SamplingDesign = .random,
    precision: ArithmeticPrecision = .double, arms: [ArmResult]
  ) {
    self.title = title
    self.startYear = startYear
    self.horizonYears = horizonYears
    self.paths = paths
    self.seed = seed
    self.quantileLevels = quantileLevels
    self.hasPlanQuantiles = hasPlanQuantiles
    self.sampling = sampling
    self.precision = precision
    self.arms = arms
  }

  /// What every standard error and interval was computed from.
  public var errorUnit: ErrorUnit { sampling.errorUnit }
  /// Number of those units.
  public var errorUnitCount: Int { errorUnit.count(paths: paths) }
}

extension SimulationResult {
  /// The same result with an attribution beside it.
  public func adding(_ attribution: [AttributionRow]) -> SimulationResult {
    var result = self
    result.attribution = attribution
    return result
  }
}

/// Whether a figure is of one year or of all years to date.
public enum Measure: String, CaseIterable, Sendable {
  case annual
  case cumulative
}

/// Answers under one arm.
public struct ArmResult: Sendable {
  public let arm: String
  /// Annual years 1…H, then cumulative years 1…H.
  public let portfolio: [PortfolioRow]
  /// Nil where the scenario states no goal.
  public let goal: GoalRow?
  /// Plan by plan in the plan list's order; within a plan annual, then cumulative.
  public let plans: PlanTable<PlanResultRow>
  public let groups: [GroupRow]
  public let counts: [CountRow]
  /// Plans first, then each grouping; within each by falling mean.
  public let contributions: [ContributionRow]
  public let exceedance: [ExceedanceRow]
  /// Nil where the scenario describes no support.
  public let finance: FinanceResult?
  /// Metric by metric, source by source; empty where nobody looked.
  public let varianceSplit: [VarianceSplitRow]

  public init(
    arm: String, portfolio: [PortfolioRow], goal: GoalRow?, plans: PlanTable<PlanResultRow>,
    groups: [GroupRow], counts: [CountRow], contributions: [ContributionRow],
    exceedance: [ExceedanceRow], finance: FinanceResult? = nil,
    varianceSplit: [VarianceSplitRow] = []
  ) {
    self.arm = arm
    self.portfolio = portfolio
    self.goal = goal
    self.plans = plans
    self.groups = groups
    self.counts = counts
    self.contributions = contributions
    self.exceedance = exceedance
    self.finance = finance
    self.varianceSplit = varianceSplit
  }
}

/// Mean, spread and quantiles of one simulated amount.
public struct AmountSummary: Sendable, Equatable {
  public let mean: Double
  public let standardDeviation: Double
  /// Monte Carlo standard error of the mean: standardDeviation / √paths, or from the means of
  /// ``SimulationResult/errorUnit`` where paths are not independent; nil where no number can tell
  /// the error: for a single path, and where the amount has no finite variance in the model.
  public let standardError: Double?
  /// One per level, of plans by ``SimulationResult/planQuantileLevels`` and else by
  /// ``SimulationResult/quantileLevels``; empty where quantiles were left out.
  public let quantiles: [Double]

  public init(
    mean: Double, standardDeviation: Double, standardError: Double?, quantiles: [Double]
  ) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.standardError = standardError
    self.quantiles = quantiles
  }
}

/// Revenue of all plans together in one year, or to date.
public struct PortfolioRow: Sendable {
  public let measure: Measure
  /// 1…H.
  public let year: Int
  /// Yen.
  public let amount: AmountSummary

  package init(measure: Measure, year: Int, amount: AmountSummary) {
    self.measure = measure
    self.year = year
    self.amount = amount
  }
}

/// Revenue of one plan in one year, or to date.
public struct PlanResultRow: Sendable {
  /// Index into the plan list.
  public let planIndex: Int
  public let planID: String
  public let measure: Measure
  public let year: Int
  /// Yen.
  public let amount: AmountSummary
  /// P(revenue > 0).
  public let probabilityActive: Double
  /// P(revenue ≥ promise) where something is promised, else nil.
  public let probabilityTargetMet: Double?

  package init(
    planIndex: Int, planID: String, measure: Measure, year: Int, amount: AmountSummary,
    probabilityActive: Double, probabilityTargetMet: Double?
  ) {
    self.planIndex = planIndex
    self.planID = planID
    self.measure = measure
    self.year = year
    self.amount = amount
    self.probabilityActive = probabilityActive
    self.probabilityTargetMet = probabilityTargetMet
  }
}

/// Revenue of one group of plans in one year, or to date.
public struct GroupRow: Sendable {
  /// Column of the plan list.
  public let groupBy: String
  public let group: String
  public let planCount: Int
  public let measure: Measure
  public let year: Int
  /// Yen.
  public let amount: AmountSummary

  package init(
    groupBy: String, group: String, planCount: Int, measure: Measure, year: Int,
    amount: AmountSummary
  ) {
    self.groupBy = groupBy
    self.group = group
    self.planCount = planCount
    self.measure = measure
    self.year = year
    self.amount = amount
  }
}

/// A number of plans that is counted on every path and year.
public enum CountMetric: String, CaseIterable, Sendable {
  /// Plans that have begun to sell: launched, and the delay is over by the year's end.
  case launched
  /// Plans with revenue in the year.
  case active
  /// Plans whose business has failed by hazard by the year's end, launched or not.
  case failedHazard = "failed_hazard"
  /// Plans with revenue of at least what they promised for the year.
  case targetMet = "target_met"
  /// Plans with revenue of ¥100–300 million in the year.
  case revenue100To300Million = "revenue_100_300m"
  /// Plans whose business has failed for want of cash by the year's end; only with support.
  case failedCash = "failed_cash"
}

/// How many plans a metric counts in one year, over the paths.
public struct CountRow: Sendable {
  public let year: Int
  public let metric: CountMetric
  public let mean: Double
  public let standardDeviation: Double
  public let standardError: Double
  public let p05: Int
  public let p50: Int
  public let p95: Int

  package init(
    year: Int, metric: CountMetric, mean: Double, standardDeviation: Double, standardError: Double,
    p05: Int, p50: Int, p95: Int
  ) {
    self.year = year
    self.metric = metric
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.standardError = standardError
    self.p05 = p05
    self.p50 = p50
    self.p95 = p95
  }
}

/// Share of a plan or group in the mean cumulative revenue at H.
public struct ContributionRow: Sendable {
  /// `plan`, or a column of the plan list.
  public let groupBy: String
  /// Plan id or group label.
  public let group: String
  public let meanYen: Double
  /// Fraction of the portfolio's mean; nil where that is 0.
  public let share: Double?
  /// What the part adds to the spread of the total and to the gap; nil where nobody looked.
  public let euler: EulerContribution?
  /// 1 for the largest mean.
  public let rank: Int

  package init(
    groupBy: String, group: String, meanYen: Double, share: Double?, rank: Int,
    euler: EulerContribution? = nil
  ) {
    self.euler = euler
    self.groupBy = groupBy
    self.group = group
    self.meanYen = meanYen
    self.share = share
    self.rank = rank
  }
}
