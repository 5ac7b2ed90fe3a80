// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ScenarioReader {
  /// Breakdowns of one scenario.
  private static let groupingLimit = 100
  /// Quantile levels of one scenario.
  private static let levelLimit = 200

  /// Groupings and quantile levels.
  func report(_ reader: MappingReader?) -> ReportSettings {
    guard let reader else { return ReportSettings() }
    return ReportSettings(
      groupings: reader[ScenarioKeys.groups].map(groupings) ?? [],
      quantileLevels: reader[ScenarioKeys.quantiles].map(levels)
        ?? ReportSettings.standardQuantileLevels)
  }

  private func groupings(_ field: ScenarioField) -> [Stated<Grouping>] {
    guard case .list = field.value.content else {
      field.reportWrongKind("expected a list of columns")
      return []
    }
    guard field.items().count <= Self.groupingLimit else {
      field.report(
        "too-many", "the list is too long", allowed: "at most \(Self.groupingLimit) columns")
      return []
    }
    var groupings: [Stated<Grouping>] = []
    for item in field.items() {
      guard let grouping = grouping(item) else { continue }
      if groupings.contains(where: { $0.value.column == grouping.column }) {
        diagnostics.error(
          "duplicate-key", at: item.value.location, key: item.path, value: grouping.column,
          "the column is listed twice", suggestion: "keep one of them")
        continue
      }
      groupings.append(Stated(grouping, at: item.value.location))
    }
    return groupings
  }

  private func grouping(_ item: ScenarioField) -> Grouping? {
    switch item.value.content {
    case .text(let column, _) where !item.value.isNull:
      return Grouping(column: column)
    case .mapping(let entries) where entries.count == 1:
      let edgeField = item.child(entries[0]).measured(in: NumberUnit(column: entries[0].name))
      guard case .list(let values) = edgeField.value.content, !values.isEmpty else {
        edgeField.reportWrongKind("expected a list of edges")
        return nil
      }
      guard let edges = ascending(edgeField, in: ScenarioKeys.anyNumber) else { return nil }
      return Grouping(column: entries[0].name, edges: edges)
    default:
      item.report(
        "wrong-kind", "expected a column, found \(item.value.kindInWords)",
        allowed: "a column's name or {column: [edges]}")
      return nil
    }
  }

  /// The numbers of a list that must rise from one to the next.
  private func ascending(_ field: ScenarioField, in range: ValueRange) -> [Double]? {
    let items = field.items()
    let numbers = items.map { $0.number(in: range) }
    guard !numbers.contains(where: { $0 == nil }) else { return nil }
    let values = numbers.compactMap { $0 }
    for (index, pair) in zip(values, values.dropFirst()).enumerated() where pair.0 >= pair.1 {
      items[index + 1].report("not-ascending", "each number must be above the one before it")
      return nil
    }
    return values
  }

  /// Quantile levels, ascending, with those that summaries need.
  private func levels(_ field: ScenarioField) -> [Double] {
    guard case .list = field.value.content else {
      field.reportWrongKind("expected a list of levels")
      return ReportSettings.standardQuantileLevels
    }
    guard field.items().count <= Self.levelLimit else {
      field.report(
        "too-many", "the list is too long", allowed: "at most \(Self.levelLimit) levels")
      return ReportSettings.standardQuantileLevels
    }
    var levels = [0.05, 0.5, 0.95]
    for item in field.items() {
      guard let level = item.number() else { continue }
      guard level > 0, level < 1 else {
        item.report("out-of-range", "the number is out of range", allowed: "above 0 to below 1")
        continue
      }
      if !levels.contains(level) { levels.append(level) }
    }
    return levels.sorted()
  }
}
