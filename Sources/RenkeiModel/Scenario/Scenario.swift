// SPDX-License-Identifier: GPL-3.0-or-later

/// A scenario as stated: every value with the place where it was written, nothing resolved.
///
/// `Scenario.resolved()` turns it into a ``ProjectionModel`` or reports every problem.
public struct Scenario: Sendable {
  /// Path of the scenario file, as given.
  public var source: String
  /// Where the scenario begins, for problems that concern the whole.
  public var location: SourceLocation
  public var title: String
  /// Calendar label of year 1.
  public var startYear: Stated<Int>
  /// Number of years H that are simulated.
  public var horizonYears: Stated<Int>
  /// Goal for the revenue of all plans cumulated over the horizon, in yen.
  public var goalYen: Stated<Double>?
  /// Probability with which the programme wants to reach the goal; nil where it does not say.
  public var goalProbability: Double?
  /// Factor on the end target of every plan; nil: 1.
  public var targetScale: Stated<Double>?
  public var simulation: SimulationSettings
  public var report: ReportSettings
  public var plans: PlanList
  /// Plan-level inputs of every plan that does not state its own.
  public var defaults: PlanSettings
  /// Rules that set or multiply inputs of matching plans, in file order.
  public var segments: [Segment]
  /// Share of the variance of attainment's normal score that all plans have in common.
  public var optimismCommonShare: Stated<Quantity>
  /// Correlation of the plans' failure clocks (one-factor Gaussian).
  public var creditCorrelation: Stated<Quantity>
  /// Year-level factors behind the revenue shocks, in file order.
  public var factors: [FactorSettings]
  /// Risk events, in file order.
  public var events: [EventSettings]
  /// Named programme-level inputs, in file order.
  public var inputs: [NamedInput]
  /// Correlations between named inputs; nil where none are stated.
  public var correlations: CorrelationSettings?
  /// Support packages that are compared, in file order; never empty.
  public var arms: [Arm]
  /// The `support` block; nil where there is none.
  public var support: SupportSettings?
  /// Name of the arm with which the plans' inputs were observed; nil: the first arm.
  public var calibratedTo: Stated<String>?
  /// Name of the arm that others are compared with; nil: the first that offers nothing.
  public var baselineArm: Stated<String>?
  /// Where each key of the scenario file was written, by its dotted path, such as
  /// `simulation.paths`; a key that is not here has its standard value.
  public var places: [String: SourceLocation] = [:]

  public init(
    source: String, location: SourceLocation, title: String, startYear: Stated<Int>,
    horizonYears: Stated<Int>, goalYen: Stated<Double>?, simulation: SimulationSettings,
    report: ReportSettings, plans: PlanList, defaults: PlanSettings, segments: [Segment],
    optimismCommonShare: Stated<Quantity>, creditCorrelation: Stated<Quantity>,
    factors: [FactorSettings], events: [EventSettings] = [], inputs: [NamedInput],
    correlations: CorrelationSettings? = nil, arms: [Arm]
  ) {
    self.source = source
    self.location = location
    self.title = title
    self.startYear = startYear
    self.horizonYears = horizonYears
    self.goalYen = goalYen
    self.simulation = simulation
    self.report = report
    self.plans = plans
    self.defaults = defaults
    self.segments = segments
    self.optimismCommonShare = optimismCommonShare
    self.creditCorrelation = creditCorrelation
    self.factors = factors
    self.events = events
    self.inputs = inputs
    self.correlations = correlations
    self.arms = arms
  }
}

/// How many paths are drawn, from which seed, and by which design.
public struct SimulationSettings: Sendable, Equatable {
  public var paths: Int
  public var seed: UInt64
  public var sampling: SamplingDesign

  /// Numbers of paths that can be asked for.
  public static let pathRange = 1...1_000_000_000_000

  public init(paths: Int = 100_000, seed: UInt64 = 1, sampling: SamplingDesign = .random) {
    self.paths = paths
    self.seed = seed
    self.sampling = sampling
  }
}

/// What the result files break down and at which levels.
public struct ReportSettings: Sendable {
  public var groupings: [Stated<Grouping>]
  /// Quantile levels, ascending, strictly inside 0…1; always holds 0.05, 0.50 and 0.95.
  public var quantileLevels: [Double]

  public static let standardQuantileLevels = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]

  public init(
    groupings: [Stated<Grouping>] = [],
    quantileLevels: [Double] = ReportSettings.standardQuantileLevels
  ) {
    self.groupings = groupings
    self.quantileLevels = quantileLevels
  }
}

/// A breakdown of the portfolio by one column of the plan list.
public struct Grouping: Sendable, Equatable {
  public let column: String
  /// Upper edges (inclusive) of the bins of a numeric column, ascending; empty: one group a value.
  public let edges: [Double]

  public init(column: String, edges: [Double] = []) {
    self.column = column
    self.edges = edges
  }
}

/// A year-level factor F: AR(1), standard normal, F[s] = φ·F[s−1] + √(1−φ²)·η[s].
public struct FactorSettings: Sendable {
  public let name: String
  /// Loading b of every plan’s yearly shock on the factor, or b² where stated as a correlation.
  public let loading: Stated<Quantity>
  /// True where `correlation` was stated: then `loading` holds the correlation b², not b.
  public let loadingIsCorrelation: Bool
  /// φ, strictly between −1 and 1.
  public let autocorrelation: Stated<Double>
  /// Column with one factor per value; nil: one factor for all plans.
  public let by: Stated<String>?
  public let location: SourceLocation

  public init(
    name: String, loading: Stated<Quantity>, loadingIsCorrelation: Bool,
    autocorrelation: Stated<Double>, by: Stated<String>?, location: SourceLocation
  ) {
    self.name = name
    self.loading = loading
    self.loadingIsCorrelation = loadingIsCorrelation
    self.autocorrelation = autocorrelation
    self.by = by
    self.location = location
  }
}

/// A programme-level uncertain number that scenarios use as `$name`.
public struct NamedInput: Sendable {
  public let name: String
  public let quantity: Stated<Quantity>

  public init(name: String, quantity: Stated<Quantity>) {
    self.name = name
    self.quantity = quantity
  }
}
