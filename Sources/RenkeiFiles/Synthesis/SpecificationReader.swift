// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Turns the values of one document into the specification of a plan list.
struct SpecificationReader {
  private typealias Keys = SpecificationKeys

  /// Path of the file, for messages.
  let source: String
  let diagnostics: DiagnosticCollector

  /// Reads as much as can be read; problems are reported.
  func specification(_ root: YAMLValue) -> PlanListSpecification? {
    guard
      let reader = MappingReader(root, path: "", keys: Keys.root, diagnostics: diagnostics)
    else { return nil }
    reader.checkVersion(Keys.format)
    let count = reader.whole(Keys.count)?.value ?? 1
    let planID = reader.map(Keys.planID)
    return PlanListSpecification(
      source: source,
      seed: reader.seed(Keys.seed) ?? 1,
      count: count,
      idPrefix: planID?.text(Keys.prefix)?.value ?? "",
      idDigits: planID?.whole(Keys.digits)?.value ?? "\(count)".count,
      fixedPlans: reader[Keys.named].map(fixedPlans) ?? [],
      columns: reader[Keys.columns].map(columns) ?? [],
      promise: reader.map(Keys.promise).flatMap(promise),
      checks: reader[Keys.checks].map(checks) ?? [],
      clamp: reader.map(Keys.clamp).flatMap(clamp))
  }

  private func fixedPlans(_ field: ScenarioField) -> [FixedPlan] {
    guard case .list = field.value.content else {
      field.reportWrongKind("expected a list of maps")
      return []
    }
    return field.items().compactMap { item in
      guard case .mapping(let entries) = item.value.content else {
        item.reportWrongKind("expected a map of columns")
        return nil
      }
      var plan = FixedPlan(cells: [:], location: item.value.location)
      for entry in entries where !entry.value.isNull {
        let cell = item.child(entry)
        guard let text = entry.value.text, !text.isEmpty else {
          cell.reportWrongKind("expected text or a number")
          continue
        }
        if entry.name == PlanInput.endTargetYen.rawValue,
          cell.number(in: PlanInput.endTargetYen.declaration.range) == nil
        {
          continue
        }
        plan.cells[entry.name] = text
      }
      return plan
    }
  }

  private func columns(_ field: ScenarioField) -> [SynthesizedColumn] {
    field.namedEntries().compactMap { name, location, field in
      if name == PlanColumns.id {
        diagnostics.error(
          "conflict", at: location, key: field.path, "ids are not drawn",
          suggestion: "state their form with 'plan_id' at the top of the file")
        return nil
      }
      guard
        let reader = MappingReader(
          field.value, path: field.path, keys: Keys.column, diagnostics: diagnostics)
      else { return nil }
      guard let cases = reader[Keys.cases] else {
        let item = CellSourceReader(reader: reader, column: name).source().map {
          ColumnCase(source: $0, location: location)
        }
        return SynthesizedColumn(name: name, cases: item.map { [$0] } ?? [], location: location)
      }
      if let other = reader.stated.first(where: { $0.name != Keys.cases.name }) {
        other.report("conflict", "the column states it beside 'cases'", suggestion: "keep one")
      }
      return SynthesizedColumn(name: name, cases: columnCases(cases, of: name), location: location)
    }
  }

  private func columnCases(_ field: ScenarioField, of column: String) -> [ColumnCase] {
    guard case .list(let values) = field.value.content, !values.isEmpty else {
      field.reportWrongKind("expected a list of cases")
      return []
    }
    return field.items().compactMap { item in
      guard
        let reader = MappingReader(
          item.value, path: item.path, keys: Keys.columnCase, diagnostics: diagnostics),
        let source = CellSourceReader(reader: reader, column: column).source()
      else { return nil }
      return ColumnCase(
        conditions: reader[Keys.conditions]?.conditions() ?? [], source: source,
        location: item.value.location)
    }
  }

  private func promise(_ reader: MappingReader) -> PromiseCondition? {
    guard let total = reader.number(Keys.totalYen) else { return nil }
    return PromiseCondition(
      totalYen: total.value,
      horizonYears: reader.whole(Keys.horizonYears)?.value ?? 5,
      ramp: ramp(reader[Keys.ramp]),
      within: reader.number(Keys.within)?.value ?? 0.10,
      scaledAboveYen: reader.number(Keys.scaleAboveYen)?.value ?? 0,
      roundingTolerance: reader.number(Keys.tolerance)?.value ?? 0.0005,
      location: total.location)
  }

  private func ramp(_ field: ScenarioField?) -> RampCurve {
    guard let field, let ramp = field.ramp() else { return .linear }
    if let problem = ramp.problem { field.report("ramp", problem) }
    return ramp
  }

  private func checks(_ field: ScenarioField) -> [ShareCheck] {
    field.namedEntries().compactMap { name, location, field in
      guard
        let reader = MappingReader(
          field.value, path: field.path, keys: Keys.checks.children, diagnostics: diagnostics)
      else { return nil }
      let low = reader.number(Keys.atLeast)
      let high = reader.number(Keys.atMost)
      if reader[Keys.atLeast] == nil, reader[Keys.atMost] == nil {
        diagnostics.error(
          "missing-key", at: location, key: field.path, "the check demands nothing",
          suggestion: "state 'at_least' or 'at_most'")
      }
      guard (low?.value ?? 0) <= (high?.value ?? 1) else {
        reader[Keys.atMost]?.report("out-of-range", "at_most lies below at_least")
        return nil
      }
      return ShareCheck(
        name: name, conditions: reader[Keys.checkConditions]?.conditions() ?? [],
        share: (low?.value ?? 0)...(high?.value ?? 1), location: location)
    }
  }

  private func clamp(_ reader: MappingReader) -> TargetClamp? {
    guard let low = reader.number(Keys.clampFrom), let high = reader.number(Keys.clampThrough),
      let field = reader[Keys.redraw], let redraw = field.mixture(unit: .yen)
    else { return nil }
    guard low.value <= high.value else {
      reader[Keys.clampThrough]?.report("out-of-range", "through_yen lies below from_yen")
      return nil
    }
    let range = low.value...high.value
    for component in redraw.components {
      let support = component.distribution.support
      if !(range.contains(support.lowerBound) && range.contains(support.upperBound)) {
        field.report(
          "out-of-range", "the new end targets can lie outside the range",
          suggestion: "limit them with truncate: "
            + "[\(low.value.writtenPlainly), \(high.value.writtenPlainly)]")
        return nil
      }
    }
    return TargetClamp(range: range, redraw: redraw, location: low.location)
  }
}

extension Double {
  /// The finite number as result files write it.
  fileprivate var writtenPlainly: String { PlainDecimal.text(self) ?? "" }
}
