// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// What a synthetic plan list looks like: its columns with their distributions, and the total that
/// its plans promise together.
public struct PlanListSpecification: Sendable {
  /// Path of the file that states it, for messages.
  public var source: String
  /// Number from which all draws follow.
  public var seed: UInt64
  /// Number of plans.
  public var count: Int
  /// What stands before the number in a plan's id.
  public var idPrefix: String
  /// Least number of digits in a plan's id.
  public var idDigits: Int
  /// The first plans of the list: cells that are known, by column. The rest of their row is drawn.
  public var fixedPlans: [FixedPlan]
  /// Columns in the order of the list, without `plan_id`.
  public var columns: [SynthesizedColumn]
  /// Nil where the plans promise what they happen to draw.
  public var promise: PromiseCondition?
  public var checks: [ShareCheck]
  /// Nil where end targets stay as drawn.
  public var clamp: TargetClamp?

  public init(
    source: String, seed: UInt64, count: Int, idPrefix: String = "", idDigits: Int = 1,
    fixedPlans: [FixedPlan] = [], columns: [SynthesizedColumn],
    promise: PromiseCondition? = nil, checks: [ShareCheck] = [], clamp: TargetClamp? = nil
  ) {
    self.source = source
    self.seed = seed
    self.count = count
    self.idPrefix = idPrefix
    self.idDigits = idDigits
    self.fixedPlans = fixedPlans
    self.columns = columns
    self.promise = promise
    self.checks = checks
    self.clamp = clamp
  }
}

/// A plan some of whose cells are known.
public struct FixedPlan: Sendable {
  /// Text of the known cells by column.
  public var cells: [String: String]
  public var location: SourceLocation

  public init(cells: [String: String], location: SourceLocation) {
    self.cells = cells
    self.location = location
  }
}

/// A column and how its cells come about.
public struct SynthesizedColumn: Sendable {
  public var name: String
  /// The first case whose conditions a plan meets gives its cell; where none does, the cell is empty.
  public var cases: [ColumnCase]
  public var location: SourceLocation

  public init(name: String, cases: [ColumnCase], location: SourceLocation) {
    self.name = name
    self.cases = cases
    self.location = location
  }
}

/// How the cells of some plans come about.
public struct ColumnCase: Sendable {
  /// All must be met; none means every plan.
  public var conditions: [Condition]
  public var source: CellSource
  public var location: SourceLocation

  public init(conditions: [Condition] = [], source: CellSource, location: SourceLocation) {
    self.conditions = conditions
    self.source = source
    self.location = location
  }
}

/// Where the text of a cell comes from.
public enum CellSource: Sendable {
  /// The same text for every plan.
  case constant(String)
  /// One text per plan, drawn with probability proportional to its weight.
  case weights([(text: String, weight: Double)])
  /// Every text for as many plans as its share says, by largest remainders, in random order.
  case shares([(text: String, weight: Double)])
  /// A whole number: a band drawn by weight, every number of the band equally likely.
  case bands([(range: ClosedRange<Int>, weight: Double)])
  /// A number, rounded to a multiple of the unit.
  case number(NumberMixture, roundTo: Double?)
  /// One word of each list, joined by spaces; no combination comes twice before all have come once,
  /// and then with a number behind it.
  case phrases([[String]])
}

/// One or several distributions, each drawn with probability proportional to its weight.
public struct NumberMixture: Sendable {
  public var components: [(weight: Double, distribution: any UnivariateDistribution)]

  /// - Parameter components: weights above 0.
  public init(components: [(weight: Double, distribution: any UnivariateDistribution)]) {
    precondition(!components.isEmpty, "a mixture needs a component")
    self.components = components
  }
}

/// The total that all plans promise together.
public struct PromiseCondition: Sendable {
  /// Σ over plans of end target × Σ_{t=1…horizonYears} ramp(t / period), flat after the period.
  public var totalYen: Double
  public var horizonYears: Int
  public var ramp: RampCurve
  /// End targets are drawn anew until the total is right within this fraction.
  public var within: Double
  /// Then end targets above this amount are multiplied by one factor so that it is right.
  public var scaledAboveYen: Double
  /// Largest relative error that rounding of the end targets may leave.
  public var roundingTolerance: Double
  public var location: SourceLocation

  public init(
    totalYen: Double, horizonYears: Int, ramp: RampCurve, within: Double,
    scaledAboveYen: Double, roundingTolerance: Double, location: SourceLocation
  ) {
    self.totalYen = totalYen
    self.horizonYears = horizonYears
    self.ramp = ramp
    self.within = within
    self.scaledAboveYen = scaledAboveYen
    self.roundingTolerance = roundingTolerance
    self.location = location
  }
}

/// A share of the plans that the list must have; end targets are drawn anew until it has.
public struct ShareCheck: Sendable {
  public var name: String
  public var conditions: [Condition]
  /// Bounds of the fraction of plans that meet all conditions.
  public var share: ClosedRange<Double>
  public var location: SourceLocation

  public init(
    name: String, conditions: [Condition], share: ClosedRange<Double>, location: SourceLocation
  ) {
    self.name = name
    self.conditions = conditions
    self.share = share
    self.location = location
  }
}

/// A last step, after everything else: end targets outside a range give way to new draws.
public struct TargetClamp: Sendable {
  public var range: ClosedRange<Double>
  public var redraw: NumberMixture
  public var location: SourceLocation

  public init(range: ClosedRange<Double>, redraw: NumberMixture, location: SourceLocation) {
    self.range = range
    self.redraw = redraw
    self.location = location
  }
}
