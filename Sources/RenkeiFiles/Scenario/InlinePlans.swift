// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ScenarioReader {
  /// The plans that stand below `plans.list`, one map a plan.
  func inlinePlans(_ field: ScenarioField) -> PlanList {
    var list = PlanList(source: field.value.location.file, columns: [], rows: [])
    guard case .list(let values) = field.value.content else {
      field.reportWrongKind("expected a list of maps")
      return list
    }
    if values.isEmpty {
      field.report("no-rows", "the plan list holds no plans", suggestion: "add one map per plan")
      return list
    }
    var identities = PlanIdentities(diagnostics: diagnostics, expectedCount: values.count)
    var columns: [String: SourceLocation] = [:]
    // A row added to the list, which watches its rows, would copy them all.
    var rows: [PlanRow] = []
    for item in field.items() {
      guard case .mapping(let entries) = item.value.content else {
        item.reportWrongKind("expected a map of columns")
        continue
      }
      for entry in entries where columns[entry.name] == nil {
        columns[entry.name] = entry.location
        list.columns.append(entry.name)
      }
      rows.append(plan(item, entries, &identities))
    }
    list.rows = rows
    if !list.rows.isEmpty {
      PlanColumns.check(list.columns, diagnostics: diagnostics) { index in
        index.flatMap { columns[list.columns[$0]] } ?? field.value.location
      }
    }
    return list
  }

  private func plan(
    _ item: ScenarioField, _ entries: [YAMLEntry], _ identities: inout PlanIdentities
  ) -> PlanRow {
    var row = PlanRow(
      id: "", name: "", attributes: [:], settings: PlanSettings(), location: item.value.location)
    var idLocation = item.value.location
    var texts: [String: String] = [:]
    for entry in entries where !entry.value.isNull {
      let role = PlanColumns.role(of: entry.name)
      let field = ScenarioField(
        name: entry.name == PlanColumns.formerEndTarget
          ? PlanInput.endTargetYen.rawValue : entry.name,
        path: "\(item.path).\(entry.name)", value: entry.value, diagnostics: diagnostics)
      if let text = entry.value.text {
        texts[entry.name] = text
      } else if [.id, .name, .attribute].contains(role) {
        field.reportWrongKind("expected text or a number")
        continue
      }
      switch role {
      case .id:
        row.id = entry.value.text ?? ""
        idLocation = entry.value.location
      case .attribute, .name:
        let text = entry.value.text ?? ""
        _ = ControlText.check(
          text, at: entry.value.location, key: field.path, diagnostics: diagnostics)
        if role == .name { row.name = text }
      default:
        field.read(into: &row.settings)
        if let plain = entry.value.text.flatMap(NumberText.plainText) {
          texts[entry.name] = plain
        }
      }
    }
    row.attributes = PlanAttributes(texts)
    identities.check(row.id, line: idLocation.line, at: idLocation)
    if row.name.isEmpty { row.name = row.id }
    return row
  }
}
