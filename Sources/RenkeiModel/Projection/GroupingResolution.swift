// SPDX-License-Identifier: GPL-3.0-or-later

/// Sorts the plans into the groups of every breakdown.
///
/// A column without edges has one group a value, in order of first appearance. Numeric bins are in
/// ascending order and include their upper edge; where all data and edges are whole and not
/// negative they read `0-5`, `6-20`, `51+`, otherwise `5 or less`, `over 5 to 20`, `over 50`. Plans
/// with an empty cell come last, as `unspecified`. Groups without a plan are left out.
enum GroupingResolution {
  /// Complexity: O(groupings × plans × edges).
  static func resolve(
    _ groupings: [Stated<Grouping>], plans: PlanList, _ problems: inout ProblemList
  ) -> [ResolvedGrouping] {
    var resolved: [ResolvedGrouping] = []
    var columns = Set<String>()
    for stated in groupings {
      let grouping = stated.value
      let key = "report.groups"
      guard plans.check(column: grouping.column, key: key, at: stated.location, &problems) else {
        continue
      }
      guard columns.insert(grouping.column).inserted else {
        problems.error(
          "duplicate-name", at: stated.location, key: key, value: grouping.column,
          "a breakdown by this column is stated twice")
        continue
      }
      if grouping.edges.isEmpty {
        resolved.append(byValue(grouping.column, plans))
      } else if let bins = byBin(grouping, at: stated.location, plans, &problems) {
        resolved.append(bins)
      }
    }
    return resolved
  }

  private static func byValue(_ column: String, _ plans: PlanList) -> ResolvedGrouping {
    let unspecified = ResolvedGrouping.unspecifiedLabel
    var labels: [String] = []
    var indexByLabel: [String: Int] = [:]
    var groups: [Int?] = []
    groups.reserveCapacity(plans.rows.count)
    var reader = PlanAttributes.Reader(column: column)
    for row in plans.rows {
      guard let label = reader.text(row.attributes), label != unspecified else {
        groups.append(nil)
        continue
      }
      let index = indexByLabel[label] ?? labels.count
      if index == labels.count {
        indexByLabel[label] = index
        labels.append(label)
      }
      groups.append(index)
    }
    let last = labels.count
    if groups.contains(nil) { labels.append(unspecified) }
    return ResolvedGrouping(
      column: column, labels: labels, groupOfPlan: groups.map { $0 ?? last })
  }

  private static func byBin(
    _ grouping: Grouping, at location: SourceLocation, _ plans: PlanList,
    _ problems: inout ProblemList
  ) -> ResolvedGrouping? {
    let (column, edges) = (grouping.column, grouping.edges)
    guard zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }), edges.allSatisfy(\.isFinite) else {
      problems.error(
        "not-ascending", at: location, key: "report.groups.\(column)",
        "the edges of the bins must ascend", allowed: "ascending numbers such as [5, 20, 50]")
      return nil
    }
    var cells: [Double?] = []
    var isReadable = true
    var reader = PlanAttributes.Reader(column: column)
    for row in plans.rows {
      let text = reader.text(row.attributes)
      let number = text.flatMap(plainDecimal)
      if let text, number == nil {
        isReadable = false
        problems.error(
          "not-a-number", at: row.location, key: column, value: text,
          "plan '\(row.id)' has text in a column that report.groups divides into bins",
          allowed: "a number")
      }
      cells.append(number)
    }
    guard isReadable else { return nil }
    let isWhole = (cells.compactMap { $0 } + edges).allSatisfy {
      $0 >= 0 && $0 == $0.rounded() && $0 < 1e15
    }
    let allLabels = labels(edges: edges, isWhole: isWhole) + [ResolvedGrouping.unspecifiedLabel]
    let bins = cells.map { cell in
      cell.map { value in edges.firstIndex { value <= $0 } ?? edges.count } ?? edges.count + 1
    }
    let present = Set(bins)
    let used = allLabels.indices.filter { present.contains($0) }
    var place = [Int](repeating: 0, count: allLabels.count)
    for (new, old) in used.enumerated() { place[old] = new }
    return ResolvedGrouping(
      column: column, labels: used.map { allLabels[$0] }, groupOfPlan: bins.map { place[$0] })
  }

  /// One label for each bin: below the first edge, between edges, above the last.
  static func labels(edges: [Double], isWhole: Bool) -> [String] {
    guard let first = edges.first, let last = edges.last else { return [] }
    let text = Phrase.number
    var labels = [isWhole ? (first == 0 ? "0" : "0-\(text(first))") : "\(text(first)) or less"]
    for (low, high) in zip(edges, edges.dropFirst()) {
      if isWhole {
        labels.append(low + 1 == high ? text(high) : "\(text(low + 1))-\(text(high))")
      } else {
        labels.append("over \(text(low)) to \(text(high))")
      }
    }
    labels.append(isWhole ? "\(text(last + 1))+" : "over \(text(last))")
    return labels
  }
}
