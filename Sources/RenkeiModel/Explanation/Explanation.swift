// SPDX-License-Identifier: GPL-3.0-or-later

/// What holds in a scenario or for one of its plans, value by value, and where each comes from.
public struct Explanation: Sendable {
  /// In a fixed order; every value appears, also where nothing was stated.
  public let rows: [Row]

  /// One value.
  public struct Row: Sendable {
    /// Dotted path in the scenario file, or the name of a plan's input.
    public let key: String
    /// The value in words, before any factor of a segment.
    public let value: String
    /// Expected value, factors included; nil for what is no number or has no finite mean.
    public let mean: Double?
    /// The central 90% of what can be drawn, factors included; nil where nothing is drawn.
    public let range90: ClosedRange<Double>?
    /// For example `yen/year`; empty for a pure number or a text.
    public let unit: String
    /// How often the value is drawn; nil where it is fixed.
    public let level: DrawLevel?
    public let source: Source
    /// Factors that segments put on the value, in the order applied.
    public let factors: [Factor]
  }

  /// Where a value comes from.
  public enum Source: Sendable, Equatable {
    /// Nothing was stated: the model's own value.
    case standard
    /// Written at this place, by a key of the scenario outside the plans.
    case scenario(SourceLocation)
    /// Written at this place for the plan, in `plans.defaults`, a segment or the plan's own row.
    case plan(Provenance.Origin, SourceLocation)
    /// Follows from other values.
    case computed
  }

  /// A factor with the segment that states it.
  public struct Factor: Sendable, Equatable {
    public let segment: String
    /// The factor in words.
    public let value: String
    /// Nil for a scenario that was not read from a file.
    public let location: SourceLocation?
  }
}

extension Explanation.Source {
  init(_ provenance: Provenance) {
    guard let location = provenance.location else {
      self = .standard
      return
    }
    self = .plan(provenance.origin, location)
  }

  /// The place of the value; nil where nobody wrote it.
  public var location: SourceLocation? {
    switch self {
    case .standard, .computed: nil
    case .scenario(let location), .plan(_, let location): location
    }
  }
}

/// Collects rows; knows the scenario's places and the inputs that quantities read.
struct ExplanationBuilder {
  let scenario: Scenario
  let table: InputTable
  private(set) var rows: [Explanation.Row] = []

  init(_ scenario: Scenario, _ model: ProjectionModel) {
    self.scenario = scenario
    table = InputTable(model.inputs, correlations: model.correlations)
  }

  /// The place of a key, or that it has its standard value.
  func source(_ key: String) -> Explanation.Source {
    scenario.places[key].map { .scenario($0) } ?? .standard
  }

  mutating func add(
    _ key: String, text: String, unit: String = "", level: DrawLevel? = nil,
    from source: Explanation.Source
  ) {
    rows.append(
      Explanation.Row(
        key: key, value: text, mean: nil, range90: nil, unit: unit, level: level, source: source,
        factors: []))
  }

  mutating func add(
    _ key: String, number: Double, unit: String = "", from source: Explanation.Source
  ) {
    add(key, .constant(number), unit: unit, level: .programme, from: source)
  }

  /// - Parameter level: how often the quantity is drawn where it takes a draw of its own.
  mutating func add(
    _ key: String, _ quantity: Quantity, unit: String = "", level: DrawLevel,
    from source: Explanation.Source
  ) {
    let spread = QuantitySpread(of: [quantity], table: table)
    rows.append(
      Explanation.Row(
        key: key, value: quantity.words, mean: spread.mean, range90: spread.range90, unit: unit,
        level: [quantity].level(own: level), source: source, factors: []))
  }

  /// A plan's input, factors included.
  mutating func add(
    _ input: PlanInput, _ quantity: ResolvedQuantity, basis: AmountBasis = .stated
  ) {
    let spread = QuantitySpread(of: quantity.quantities, table: table)
    let factors = quantity.multipliers.map { segment, factor in
      Explanation.Factor(
        segment: segment, value: factor.words,
        location: scenario.places["plans.segments.\(segment).multiply.\(input.rawValue)"]
          ?? scenario.places[segment])
    }
    rows.append(
      Explanation.Row(
        key: input.rawValue, value: quantity.base.words, mean: spread.mean,
        range90: spread.range90, unit: basis.unit ?? input.declaration.unit,
        level: quantity.quantities.level(own: .plan),
        source: Explanation.Source(quantity.provenance), factors: factors))
  }
}

extension [Quantity] {
  /// How often a product of these is drawn: nil where all are fixed, `own` where one takes a draw
  /// of its own, else the level of the inputs that they read.
  func level(own: DrawLevel) -> DrawLevel? {
    if contains(where: \.drawsItself) { return own }
    return contains { !$0.inputNames.isEmpty } ? .programme : nil
  }
}
