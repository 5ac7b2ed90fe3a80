// SPDX-License-Identifier: GPL-3.0-or-later

/// Plan-level inputs that one place of the scenario states: `plans.defaults`, a segment's `set`,
/// or a plan's own row. What is missing is "not set", not zero.
public struct PlanSettings: Sendable {
  public var numbers = PlanNumbers()
  /// What is no plain number; at most one element, so that the many plans without any stay small.
  private var others: [Others] = []

  private struct Others: Sendable {
    var bases: [PlanInput: AmountBasis] = [:]
    var ramp: Stated<RampCurve>?
    var shock: Stated<ShockFamily>?
    var annualFailureProbability: Stated<[Quantity]>?
    var cashFailure: Stated<CashFailure>?
  }

  public init() {}

  /// What the numbers stated as shares are shares of; those that are not here count as they stand.
  public var bases: [PlanInput: AmountBasis] {
    get { others.isEmpty ? [:] : others[0].bases }
    set { change(isAbsent: newValue.isEmpty) { $0.bases = newValue } }
  }

  public var ramp: Stated<RampCurve>? {
    get { others.isEmpty ? nil : others[0].ramp }
    set { change(isAbsent: newValue == nil) { $0.ramp = newValue } }
  }

  public var shock: Stated<ShockFamily>? {
    get { others.isEmpty ? nil : others[0].shock }
    set { change(isAbsent: newValue == nil) { $0.shock = newValue } }
  }

  /// Probability f of failing within plan year 1, 2, …; a short list repeats its last value.
  public var annualFailureProbability: Stated<[Quantity]>? {
    get { others.isEmpty ? nil : others[0].annualFailureProbability }
    set { change(isAbsent: newValue == nil) { $0.annualFailureProbability = newValue } }
  }

  public var cashFailure: Stated<CashFailure>? {
    get { others.isEmpty ? nil : others[0].cashFailure }
    set { change(isAbsent: newValue == nil) { $0.cashFailure = newValue } }
  }

  private mutating func change(isAbsent: Bool, _ body: (inout Others) -> Void) {
    if others.isEmpty {
      if isAbsent { return }
      others.append(Others())
    }
    body(&others[0])
  }
}

/// A named rule: plans that meet every condition get inputs set or multiplied.
public struct Segment: Sendable {
  public let name: String
  public let conditions: [Condition]
  public let settings: PlanSettings
  /// Factors on inputs, in file order.
  public let multipliers: [(input: PlanInput, factor: Stated<Quantity>)]
  public let location: SourceLocation

  public init(
    name: String, conditions: [Condition], settings: PlanSettings,
    multipliers: [(input: PlanInput, factor: Stated<Quantity>)], location: SourceLocation
  ) {
    self.name = name
    self.conditions = conditions
    self.settings = settings
    self.multipliers = multipliers
    self.location = location
  }
}

/// A test on one column of the plan list. An empty cell meets no condition.
public struct Condition: Sendable {
  public enum Test: Sendable, Equatable {
    /// The cell's text is one of these (numbers compare by value).
    case oneOf([String])
    case atMost(Double)
    case atLeast(Double)
    case noneOf([String])
  }

  public let column: String
  public let test: Test
  public let location: SourceLocation

  public init(column: String, test: Test, location: SourceLocation) {
    self.column = column
    self.test = test
    self.location = location
  }
}

/// The plan list as read: one row a plan, every column kept for conditions and groups.
public struct PlanList: Sendable {
  /// Path of the list, as given; the scenario file for an inline list.
  public var source: String
  /// Column names in file order.
  public var columns: [String]
  public var rows: [PlanRow] {
    didSet { hasDistinctIDs = false }
  }
  /// Whether a reader has found all ids distinct, so that nobody need look again.
  package var hasDistinctIDs = false

  public init(source: String, columns: [String], rows: [PlanRow]) {
    self.source = source
    self.columns = columns
    self.rows = rows
  }
}

/// One certified plan as listed.
public struct PlanRow: Sendable {
  public var id: String
  /// The plan's name, or its id where the list has none.
  public var name: String
  /// Text of every non-empty cell by column name.
  public var attributes: PlanAttributes
  /// Inputs that the plan's own cells state.
  public var settings: PlanSettings
  public var location: SourceLocation

  public init(
    id: String, name: String, attributes: PlanAttributes, settings: PlanSettings,
    location: SourceLocation
  ) {
    self.id = id
    self.name = name
    self.attributes = attributes
    self.settings = settings
    self.location = location
  }

  public init(
    id: String, name: String, attributes: [String: String], settings: PlanSettings,
    location: SourceLocation
  ) {
    self.init(
      id: id, name: name, attributes: PlanAttributes(attributes), settings: settings,
      location: location)
  }
}
