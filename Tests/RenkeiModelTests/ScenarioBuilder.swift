// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

@testable import RenkeiModel

/// Scenarios in code, with places that tell apart where each value was written.
enum Build {
  static func at(_ line: Int, _ column: Int = 1, file: String = "s.yaml") -> SourceLocation {
    SourceLocation(file: file, line: line, column: column)
  }

  static func distribution(
    _ family: String, _ parameters: [String: Double], truncate: (Double, Double)? = nil
  ) throws -> any UnivariateDistribution {
    try DistributionRegistry.make(
      family: family,
      DistributionParameters(
        parameters, truncation: truncate.map { Truncation(low: $0.0, high: $0.1) }))
  }

  static func quantity(
    _ family: String, _ parameters: [String: Double], truncate: (Double, Double)? = nil
  ) throws -> Quantity {
    .distribution(try distribution(family, parameters, truncate: truncate))
  }

  /// A distribution some of whose parameters are named inputs.
  static func modulated(
    _ family: String, fixed: [String: Double] = [:], open: [(String, String)]
  ) throws -> Quantity {
    let form = try DistributionRegistry.family(named: family).locationScaleForm(
      fixed: DistributionParameters(fixed), open: Set(open.map(\.0)))
    return .modulated(
      ModulatedDistribution(
        familyName: family, form: form, inputs: open.map { (parameter: $0.0, input: $0.1) }))
  }

  static func settings(_ numbers: [PlanInput: Quantity], line: Int) -> PlanSettings {
    var settings = PlanSettings()
    for (index, input) in PlanInput.allCases.enumerated() {
      settings.numbers[input] = numbers[input].map { Stated($0, at: at(line, index + 1)) }
    }
    return settings
  }

  static func segment(
    _ name: String, where conditions: [(String, Condition.Test)] = [],
    set: [PlanInput: Quantity] = [:], multiply: [(PlanInput, Quantity)] = [], line: Int
  ) -> Segment {
    Segment(
      name: name,
      conditions: conditions.map { Condition(column: $0.0, test: $0.1, location: at(line, 20)) },
      settings: settings(set, line: line),
      multipliers: multiply.map { (input: $0.0, factor: Stated($0.1, at: at(line, 40))) },
      location: at(line))
  }

  /// A plan whose row is line `line` of the plan list.
  static func plan(
    _ id: String, target: Quantity? = .constant(100e6), _ attributes: [String: String] = [:],
    own: [PlanInput: Quantity] = [:], line: Int = 2
  ) -> PlanRow {
    var settings = PlanSettings()
    var numbers = own
    if let target { numbers[.endTargetYen] = target }
    for (index, input) in PlanInput.allCases.enumerated() {
      settings.numbers[input] = numbers[input].map {
        Stated($0, at: at(line, index + 1, file: "plans.csv"))
      }
    }
    return PlanRow(
      id: id, name: id, attributes: attributes, settings: settings,
      location: at(line, 0, file: "plans.csv"))
  }

  static func factor(
    _ name: String, loading: Quantity, isCorrelation: Bool = false, phi: Double = 0,
    by: String? = nil, line: Int = 60
  ) -> FactorSettings {
    FactorSettings(
      name: name, loading: Stated(loading, at: at(line, 2)), loadingIsCorrelation: isCorrelation,
      autocorrelation: Stated(phi, at: at(line, 3)), by: by.map { Stated($0, at: at(line, 4)) },
      location: at(line))
  }

  static func input(_ name: String, _ quantity: Quantity, line: Int = 80) -> NamedInput {
    NamedInput(name: name, quantity: Stated(quantity, at: at(line)))
  }

  /// Columns are those of any plan's attributes, in order of the alphabet.
  static func scenario(
    plans: [PlanRow], defaults: [PlanInput: Quantity] = [:], years: Int = 5,
    _ change: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    let columns = Set(plans.flatMap(\.attributes.keys)).sorted()
    var scenario = Scenario(
      source: "s.yaml", location: at(1), title: "test", startYear: Stated(2005, at: at(2)),
      horizonYears: Stated(years, at: at(3)), goalYen: nil, simulation: SimulationSettings(),
      report: ReportSettings(),
      plans: PlanList(source: "plans.csv", columns: columns, rows: plans),
      defaults: settings(defaults, line: 10), segments: [],
      optimismCommonShare: Stated(.constant(0), at: at(50)),
      creditCorrelation: Stated(.constant(0.05), at: at(51)), factors: [], inputs: [], arms: [])
    change(&scenario)
    return scenario
  }

  /// All problems of a scenario as printed, whether or not it resolves.
  static func problems(_ scenario: Scenario) -> [String] {
    do {
      return try scenario.resolved().warnings.map(\.description)
    } catch {
      return error.diagnostics.map(\.description)
    }
  }
}
