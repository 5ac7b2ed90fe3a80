// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Turns the values of one scenario document into a Scenario; the plan list is read elsewhere.
struct ScenarioReader {
  /// Path of the scenario file, for messages.
  let source: String
  let diagnostics: DiagnosticCollector

  /// Where the plans of a scenario are.
  enum PlanSource {
    case file(Stated<String>, TextEncoding)
    case list(ScenarioField)
  }

  /// A scenario whose plan list is still empty, and where the list is; nil where one is missing.
  struct Draft {
    var scenario: Scenario
    var planSource: PlanSource?
    /// How many plans there are to be; nil: those listed.
    var planCount: Int?
  }

  /// Reads as much as can be read; problems are reported.
  func draft(_ root: YAMLValue) -> Draft? {
    guard
      let reader = MappingReader(
        root, path: "", keys: ScenarioKeys.root, diagnostics: diagnostics)
    else { return nil }
    reader.checkVersion(ScenarioKeys.format)
    // A name that could be followed was taken out before.
    _ = reader.text(ScenarioKeys.extends)
    let plans = reader.map(ScenarioKeys.plans)
    let goal = reader.map(ScenarioKeys.goal)
    var scenario = Scenario(
      source: source,
      location: root.location,
      title: reader.text(ScenarioKeys.title)?.value ?? Self.standardTitle(source),
      startYear: reader.whole(ScenarioKeys.startYear) ?? Stated(1, at: root.location),
      horizonYears: reader.whole(ScenarioKeys.horizonYears) ?? Stated(5, at: root.location),
      goalYen: goal?.number(ScenarioKeys.cumulativeRevenueYen),
      simulation: simulation(reader.map(ScenarioKeys.simulation)),
      report: report(reader.map(ScenarioKeys.report)),
      plans: PlanList(source: source, columns: [], rows: []),
      defaults: plans?.map(ScenarioKeys.defaults)?.planSettings() ?? PlanSettings(),
      segments: segments(plans?[ScenarioKeys.segments]),
      optimismCommonShare: quantity(
        ScenarioKeys.commonShare, of: reader.map(ScenarioKeys.optimism), standard: 0, root),
      creditCorrelation: quantity(
        ScenarioKeys.creditCorrelation, of: reader.map(ScenarioKeys.credit), standard: 0.05, root),
      factors: factors(reader[ScenarioKeys.factors]),
      events: events(reader[ScenarioKeys.events]),
      inputs: inputs(reader[ScenarioKeys.inputs]),
      correlations: correlations(reader[ScenarioKeys.correlations]),
      arms: arms(reader[ScenarioKeys.arms]))
    scenario.support = support(reader[ScenarioKeys.support])
    scenario.calibratedTo = reader.text(ScenarioKeys.calibratedTo)
    scenario.baselineArm = reader.text(ScenarioKeys.baselineArm)
    scenario.goalProbability = goal?.number(ScenarioKeys.goalProbability)?.value
    scenario.targetScale = plans?.number(ScenarioKeys.targetScale)
    scenario.places = root.places()
    return Draft(
      scenario: scenario, planSource: plans.flatMap(planSource),
      planCount: plans?.whole(ScenarioKeys.planCount)?.value)
  }

  /// The file's name without folder and extension.
  private static func standardTitle(_ source: String) -> String {
    let name = source.split(separator: "/").last.map(String.init) ?? source
    for ending in [".yaml", ".yml", ".json"] where name.hasSuffix(ending) && name != ending {
      return String(name.dropLast(ending.count))
    }
    return name == "-" ? "scenario" : name
  }

  private func planSource(_ plans: MappingReader) -> PlanSource? {
    let file = plans.text(ScenarioKeys.planFile)
    let list = plans[ScenarioKeys.planRows]
    let encoding = plans.choice(ScenarioKeys.planEncoding).flatMap(TextEncoding.init) ?? .utf8
    if let file, let list {
      diagnostics.error(
        "conflict", at: list.value.location, key: list.path,
        "the plans are stated twice, here and by 'file' "
          + file.location.phrase(seenFrom: list.value.location),
        suggestion: "keep one of them")
    }
    if let file { return .file(file, encoding) }
    if let list {
      plans[ScenarioKeys.planEncoding]?.report(
        "conflict", "the encoding is that of a plan list's file, but no file is stated",
        suggestion: "leave out 'encoding'")
      return .list(list)
    }
    if plans[ScenarioKeys.planFile] == nil {
      diagnostics.error(
        "missing-key", at: plans.location, key: plans.path, "no plan list is stated",
        suggestion: "name its CSV file with 'file', or write the plans below 'list'")
    }
    return nil
  }

  private func simulation(_ reader: MappingReader?) -> SimulationSettings {
    var settings = SimulationSettings()
    guard let reader else { return settings }
    if let paths = reader.whole(ScenarioKeys.paths) { settings.paths = paths.value }
    if let seed = reader.seed(ScenarioKeys.seed) { settings.seed = seed }
    if let sampling = reader.choice(ScenarioKeys.sampling).flatMap(SamplingDesign.init) {
      settings.sampling = sampling
    }
    return settings
  }

  private func quantity(
    _ key: ScenarioKey, of reader: MappingReader?, standard: Double, _ root: YAMLValue
  ) -> Stated<Quantity> {
    let absent = Stated(Quantity.constant(standard), at: root.location)
    guard let field = reader?[key], case .quantity(let range, _, _) = key.kind,
      let quantity = field.quantity(in: range)
    else { return absent }
    return Stated(quantity, at: field.value.location)
  }

  private func segments(_ field: ScenarioField?) -> [Segment] {
    guard let field else { return [] }
    return field.namedEntries().compactMap { name, location, field in
      guard
        let reader = MappingReader(
          field.value, path: field.path, keys: ScenarioKeys.segments.children,
          diagnostics: diagnostics)
      else { return nil }
      let multiply = reader.map(ScenarioKeys.segmentMultiply)
      if reader[ScenarioKeys.segmentSet] == nil, multiply == nil {
        diagnostics.error(
          "missing-key", at: location, key: field.path, "the segment changes nothing",
          suggestion: "state 'set' or 'multiply'")
      }
      return Segment(
        name: name,
        conditions: reader[ScenarioKeys.segmentWhere]?.conditions() ?? [],
        settings: reader.map(ScenarioKeys.segmentSet)?.planSettings() ?? PlanSettings(),
        multipliers: multiply.map(multipliers) ?? [],
        location: location)
    }
  }

  private func multipliers(
    _ reader: MappingReader
  ) -> [(input: PlanInput, factor: Stated<Quantity>)] {
    reader.stated.compactMap { field in
      guard let input = PlanInput(rawValue: field.name) else { return nil }
      let field = field.measured(in: .ratio)
      let factor =
        input.declaration.mayBeUncertain
        ? field.quantity(in: ScenarioKeys.factorRange)
        : field.number(in: ScenarioKeys.factorRange).map { .constant($0) }
      return factor.map { (input, Stated($0, at: field.value.location)) }
    }
  }

  private func factors(_ field: ScenarioField?) -> [FactorSettings] {
    guard let field else { return [] }
    return field.namedEntries().compactMap { name, location, field in
      guard
        let reader = MappingReader(
          field.value, path: field.path, keys: ScenarioKeys.factors.children,
          diagnostics: diagnostics)
      else { return nil }
      let stated = [ScenarioKeys.loading, ScenarioKeys.factorCorrelation].filter {
        reader[$0] != nil
      }
      guard stated.count == 1 else {
        diagnostics.error(
          stated.isEmpty ? "missing-key" : "conflict", at: location, key: field.path,
          stated.isEmpty
            ? "the factor states no loading" : "the factor states its loading twice",
          allowed: "either 'loading' or 'correlation' (the loading squared)")
        return nil
      }
      let absent = Stated(Quantity.constant(0), at: location)
      return FactorSettings(
        name: name,
        loading: reader[stated[0]].flatMap { field in
          guard case .quantity(let range, _, _) = stated[0].kind else { return nil }
          return field.quantity(in: range).map { Stated($0, at: field.value.location) }
        } ?? absent,
        loadingIsCorrelation: stated[0].name == ScenarioKeys.factorCorrelation.name,
        autocorrelation: reader.number(ScenarioKeys.autocorrelation) ?? Stated(0, at: location),
        by: reader.text(ScenarioKeys.by),
        location: location)
    }
  }

  private func inputs(_ field: ScenarioField?) -> [NamedInput] {
    guard let field else { return [] }
    return field.namedEntries().compactMap { name, _, field in
      field.measured(in: NumberUnit(inputName: name)).quantity(in: ScenarioKeys.anyNumber).map {
        NamedInput(name: name, quantity: Stated($0, at: field.value.location))
      }
    }
  }
}
