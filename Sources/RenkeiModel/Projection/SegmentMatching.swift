// SPDX-License-Identifier: GPL-3.0-or-later

extension Condition {
  /// Whether a plan's cell meets the condition; an empty cell meets none.
  func isMet(by row: PlanRow) -> Bool { isMet(by: row.attributes[column]) }

  /// Whether the text of a cell meets the condition; nil, an empty cell, meets none.
  package func isMet(by cell: String?) -> Bool {
    guard let cell else { return false }
    switch test {
    case .oneOf(let values): return values.contains { Self.isSame(cell, $0) }
    case .noneOf(let values): return !values.contains { Self.isSame(cell, $0) }
    case .atMost(let limit): return plainDecimal(cell).map { $0 <= limit } ?? false
    case .atLeast(let limit): return plainDecimal(cell).map { $0 >= limit } ?? false
    }
  }

  /// Equal as text or, where both are numbers, as numbers.
  static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let x = plainDecimal(a), let y = plainDecimal(b) else { return false }
    return x == y
  }
}

extension PlanList {
  /// The values of a column in order of first appearance.
  func values(of column: String) -> [String] {
    var seen = Set<String>()
    var reader = PlanAttributes.Reader(column: column)
    return rows.compactMap { row in
      reader.text(row.attributes).flatMap { seen.insert($0).inserted ? $0 : nil }
    }
  }

  /// Reports a column that the list does not have.
  func check(
    column: String, key: String, at location: SourceLocation, _ problems: inout ProblemList
  ) -> Bool {
    if columns.contains(column) { return true }
    problems.error(
      "unknown-column", at: location, key: key, value: column,
      "the plan list has no column of this name",
      allowed: columns.joined(separator: ", "),
      suggestion: Suggestion.phrase(for: column, among: columns))
    return false
  }
}

/// Which segments apply to which plans.
struct SegmentMatching {
  private let segments: [Segment]
  /// Segments whose conditions can be judged.
  private let usable: [Int]

  /// Checks every condition against the plan list and reports what cannot be meant.
  ///
  /// Complexity: O(conditions × plans).
  init(_ segments: [Segment], plans: PlanList, _ problems: inout ProblemList) {
    self.segments = segments
    var usable: [Int] = []
    var names = Set<String>()
    for (index, segment) in segments.enumerated() {
      let key = "plans.segments.\(segment.name)"
      if !names.insert(segment.name).inserted {
        problems.error(
          "duplicate-name", at: segment.location, key: key,
          "a segment of this name is stated twice")
      }
      let before = problems.diagnostics.count
      var isUsable = true
      for condition in segment.conditions {
        let name = "\(key).where.\(condition.column)"
        if plans.check(column: condition.column, key: name, at: condition.location, &problems) {
          Self.check(condition, key: name, plans: plans, &problems)
        } else {
          isUsable = false
        }
      }
      guard isUsable else { continue }
      usable.append(index)
      let matchesAny = plans.rows.contains { row in
        segment.conditions.allSatisfy { $0.isMet(by: row) }
      }
      if !matchesAny, problems.diagnostics.count == before {
        problems.warn(
          "unmatched-segment", at: segment.location, key: key, "no plan meets its conditions")
      }
    }
    self.usable = usable
  }

  /// Indices of the segments that apply to `row`, in file order.
  func matches(_ row: PlanRow) -> [Int] {
    usable.filter { index in segments[index].conditions.allSatisfy { $0.isMet(by: row) } }
  }

  private static func check(
    _ condition: Condition, key: String, plans: PlanList, _ problems: inout ProblemList
  ) {
    switch condition.test {
    case .oneOf(let values), .noneOf(let values):
      let present = plans.values(of: condition.column)
      for value in values where !present.contains(where: { isSame($0, value) }) {
        problems.warn(
          "unmatched-value", at: condition.location, key: key, value: value,
          "no plan has this value in its column '\(condition.column)'",
          suggestion: Suggestion.phrase(for: value, among: present))
      }
    case .atMost, .atLeast:
      var reader = PlanAttributes.Reader(column: condition.column)
      for row in plans.rows {
        guard let cell = reader.text(row.attributes), plainDecimal(cell) == nil else { continue }
        problems.error(
          "not-a-number", at: row.location, key: condition.column, value: cell,
          "plan '\(row.id)' has text where \(key) compares numbers", allowed: "a number")
      }
    }
  }

  private static func isSame(_ a: String, _ b: String) -> Bool { Condition.isSame(a, b) }
}
