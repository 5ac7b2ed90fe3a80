// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// A scenario with every plan's inputs resolved and checked: what the engines compute.
public struct ProjectionModel: Sendable {
  public let title: String
  public let startYear: Int
  /// H, the number of simulated years.
  public let horizonYears: Int
  public let goalYen: Double?
  /// Probability with which the programme wants to reach the goal; nothing is computed from it.
  public let goalProbability: Double?
  public let simulation: SimulationSettings
  public let quantileLevels: [Double]
  /// Named inputs in an order in which each reads only earlier ones.
  public let inputs: [ResolvedInput]
  /// Correlations between named inputs; nil where all are independent.
  public let correlations: ResolvedCorrelations?
  /// ω; programme level.
  public let optimismCommonShare: Quantity
  /// ρ; programme level.
  public let creditCorrelation: Quantity
  public let factors: [ResolvedFactor]
  /// In file order.
  public let events: [ResolvedEvent]
  /// In the order of the plan list.
  public let plans: [ResolvedPlan]
  public let groupings: [ResolvedGrouping]
  /// Those that run, in file order; never empty.
  public internal(set) var arms: [ResolvedArm]
  /// What the arms share; nil where the scenario describes no support.
  public let support: ResolvedSupport?
  /// What is unusual but not wrong.
  public let warnings: [Diagnostic]

  /// Promised revenue of all plans in each year 1…H, in yen; added in canonical order.
  ///
  /// Complexity: O(plans × (log plans + years)).
  public var promisedByYear: [Double] {
    let order = canonicalOrder
    return (0..<horizonYears).map { year in
      order.reduce(0) { $0 + plans[$1].promisedByYear[year] }
    }
  }

  /// Indices of the plans by the bytes of their id: the order in which amounts are added, so that
  /// totals do not depend on the order of the plan list.
  public var canonicalOrder: [Int] {
    plans.indices.sorted { plans[$0].id.utf8.lexicographicallyPrecedes(plans[$1].id.utf8) }
  }
}

extension ProjectionModel {
  /// The same model, restricted to the named arms; the order of the arms stays.
  ///
  /// The calibrated arm goes on to count where it does not run.
  public func keepingArms(named names: [String]) -> ProjectionModel {
    var model = self
    model.arms = arms.filter { names.contains($0.name) }
    precondition(!model.arms.isEmpty, "no arm of these names")
    return model
  }
}

extension ProjectionModel {
  /// The same model with other arms, which need not be among the scenario's. What the arms share
  /// and the calibrated arm stay.
  package func replacingArms(_ arms: [ResolvedArm]) -> ProjectionModel {
    precondition(!arms.isEmpty, "a model without arms")
    var model = self
    model.arms = arms
    return model
  }
}

/// A named input with its place in ``ProjectionModel/inputs``.
public struct ResolvedInput: Sendable {
  public let name: String
  public let quantity: Quantity
  /// Bounds of the values that can be drawn.
  public let bounds: ClosedRange<Double>
  /// Mean, or nil where it does not exist.
  public let mean: Double?
}

/// A year-level factor with one series per value of its column.
public struct ResolvedFactor: Sendable {
  public let name: String
  /// b or, where `loadingIsCorrelation`, b²; programme level.
  public let loading: Quantity
  public let loadingIsCorrelation: Bool
  /// φ.
  public let autocorrelation: Double
  /// Values of the factor's column in order of first appearance; one empty string for a factor
  /// of all plans.
  public let series: [String]

  /// Variance of the sum of m successive values: [m(1−φ²) − 2φ(1−φ^m)] / (1−φ)².
  ///
  /// Complexity: O(m).
  public func cumulativeVariance(years m: Int) -> Double {
    let phi = autocorrelation
    var power = 1.0
    for _ in 0..<m { power *= phi }
    return (Double(m) * (1 - phi * phi) - 2 * phi * (1 - power)) / ((1 - phi) * (1 - phi))
  }
}

/// Where a resolved value comes from.
public struct Provenance: Sendable, Equatable {
  public enum Origin: Sendable, Equatable {
    /// The model's own standard value: nothing was stated.
    case standard
    /// `plans.defaults`, or the support block.
    case defaults
    case segment(String)
    /// `set` of the arm of that name.
    case arm(String)
    /// The plan's own row.
    case plan
  }

  public let origin: Origin
  public let location: SourceLocation?
  /// Segments whose factors were applied after it, in file order.
  public let multipliedBy: [String]

  public init(origin: Origin, location: SourceLocation?, multipliedBy: [String] = []) {
    self.origin = origin
    self.location = location
    self.multipliedBy = multipliedBy
  }
}

/// One plan with every input known.
public struct ResolvedPlan: Sendable {
  public let id: String
  public let name: String
  public let attributes: PlanAttributes
  /// n.
  public let periodYears: Int
  public let startOffsetYears: Double
  public let ramp: RampCurve
  public let shock: ShockFamily
  public let endTargetYen: ResolvedQuantity
  public let growthAfterPlan: ResolvedQuantity
  public let attainment: ResolvedQuantity
  public let launchProbability: ResolvedQuantity
  public let launchOddsRatio: ResolvedQuantity
  public let launchDelayYears: ResolvedQuantity
  public let annualShockSD: ResolvedQuantity
  /// f by plan year, already extended to every simulated plan year.
  public let annualFailureProbability: [Quantity]
  public let rampProvenance: Provenance
  public let shockProvenance: Provenance
  public let failureProvenance: Provenance
  /// For each factor of the model the index of this plan's series; nil where the plan's cell is
  /// empty and the factor does not touch it.
  public let factorSeries: [Int?]
  /// The plan's money; nil where the scenario describes no support.
  public let finance: PlanFinance?
  /// Indices of the model's events that touch this plan, ascending.
  public let events: [Int]
  /// E[T]·ramp(t − start) for t = 1…H, in yen.
  public let promisedByYear: [Double]
  /// Whether the plan's revenue has a variance: without one, the standard error of its mean, and of
  /// every total that it is part of, means nothing.
  public let hasFiniteVariance: Bool

  /// 0-based index of the first simulated year that ends after the plan's start.
  public var firstYearIndex: Int { Int(startOffsetYears) }

  /// Promised revenue cumulated over the horizon, in yen.
  public var promisedTotal: Double { promisedByYear.reduce(0, +) }
}

/// A breakdown: every plan belongs to exactly one group of it.
public struct ResolvedGrouping: Sendable {
  public let column: String
  /// Group labels, in order of first appearance or of the bins.
  public let labels: [String]
  /// For each plan the index of its group.
  public let groupOfPlan: [Int]

  /// Label of plans whose cell is empty.
  public static let unspecifiedLabel = "unspecified"
}
