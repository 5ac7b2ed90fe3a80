// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel
import RenkeiReference
import Testing

private let nowhere = SourceLocation(file: "test")

/// Plan-level settings as a scenario would state them.
func settings(
  _ numbers: [PlanInput: Quantity] = [:], ramp: RampCurve? = nil, shock: ShockFamily? = nil,
  failure: [Double] = []
) -> PlanSettings {
  var settings = PlanSettings()
  for (input, quantity) in numbers { settings.numbers[input] = Stated(quantity, at: nowhere) }
  settings.ramp = ramp.map { Stated($0, at: nowhere) }
  settings.shock = shock.map { Stated($0, at: nowhere) }
  if !failure.isEmpty {
    settings.annualFailureProbability = Stated(failure.map(Quantity.constant), at: nowhere)
  }
  return settings
}

/// A plan with a target of 100, unless `own` states another, and the given cells.
func plan(
  _ id: String, _ own: PlanSettings = PlanSettings(), cells: [String: String] = [:]
) -> PlanRow {
  var own = own
  if own.numbers[.endTargetYen] == nil {
    own.numbers[.endTargetYen] = Stated(.constant(100), at: nowhere)
  }
  return PlanRow(id: id, name: id, attributes: cells, settings: own, location: nowhere)
}

/// A factor with one series, or one per value of `column`.
func factor(
  _ name: String, loading: Double, autocorrelation: Double = 0, by column: String? = nil,
  isCorrelation: Bool = false
) -> FactorSettings {
  FactorSettings(
    name: name, loading: Stated(.constant(loading), at: nowhere),
    loadingIsCorrelation: isCorrelation,
    autocorrelation: Stated(autocorrelation, at: nowhere),
    by: column.map { Stated($0, at: nowhere) }, location: nowhere)
}

/// A resolved scenario of a few plans; whatever is not stated has no effect.
func portfolio(
  _ plans: [PlanRow], defaults: PlanSettings = PlanSettings(), horizonYears: Int = 5,
  optimism: Double = 0, credit: Double = 0, factors: [FactorSettings] = [],
  inputs: [(name: String, quantity: Quantity)] = [], segments: [Segment] = [],
  arms: [Arm] = [.asPlanned], goalYen: Double? = nil
) throws -> ProjectionModel {
  var columns: [String] = []
  for column in plans.flatMap({ $0.attributes.keys.sorted() }) where !columns.contains(column) {
    columns.append(column)
  }
  return try Scenario(
    source: "test", location: nowhere, title: "test", startYear: Stated(2005, at: nowhere),
    horizonYears: Stated(horizonYears, at: nowhere),
    goalYen: goalYen.map { Stated($0, at: nowhere) }, simulation: SimulationSettings(),
    report: ReportSettings(),
    plans: PlanList(source: "test", columns: columns, rows: plans), defaults: defaults,
    segments: segments, optimismCommonShare: Stated(.constant(optimism), at: nowhere),
    creditCorrelation: Stated(.constant(credit), at: nowhere), factors: factors,
    inputs: inputs.map { NamedInput(name: $0.name, quantity: Stated($0.quantity, at: nowhere)) },
    arms: arms
  ).resolved()
}

/// A segment of the plans whose `column` holds `value`.
func segment(
  _ name: String, column: String, is value: String,
  multiply multipliers: [(input: PlanInput, factor: Quantity)]
) -> Segment {
  Segment(
    name: name, conditions: [Condition(column: column, test: .oneOf([value]), location: nowhere)],
    settings: PlanSettings(),
    multipliers: multipliers.map { ($0.input, Stated($0.factor, at: nowhere)) }, location: nowhere)
}

/// Mean and standard error of figures of a path over fresh paths.
struct Estimate {
  var mean: [Double]
  var standardError: [Double]

  /// Runs `paths` paths of `model` and averages what `figures` reads off each.
  init(
    _ model: ProjectionModel, paths: Int, seed: UInt64 = 20_051_003,
    _ figures: (PathRevenue) -> [Double]
  ) throws {
    let engine = ReferenceEngine(
      model: model, options: SimulationOptions(paths: paths, seed: seed, threads: 1))
    let draws = GSLDraws(seed: seed)
    var rows: [[Double]] = []
    for _ in 0..<paths { rows.append(figures(try engine.revenue(path: draws))) }
    let count = Double(paths)
    mean = rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / count }
    standardError = []
    for (column, centre) in mean.enumerated() {
      let squares = rows.reduce(0) { $0 + ($1[column] - centre) * ($1[column] - centre) }
      standardError.append((squares / (count - 1) / count).squareRoot())
    }
  }

  /// Fails unless every mean lies within 5 standard errors of what it should be.
  func expect(
    _ expected: [Double], sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(expected.count == mean.count, sourceLocation: sourceLocation)
    for (index, value) in expected.enumerated() {
      // The second term allows for rounding where a figure does not vary at all.
      let allowed = 5 * standardError[index] + 1e-12 * value.magnitude
      #expect(
        (mean[index] - value).magnitude <= allowed,
        "figure \(index): \(mean[index]) ± \(standardError[index]), should be \(value)",
        sourceLocation: sourceLocation)
    }
  }
}
