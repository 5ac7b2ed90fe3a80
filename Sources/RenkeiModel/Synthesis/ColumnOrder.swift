// SPDX-License-Identifier: GPL-3.0-or-later

/// In which order the columns of a synthetic plan list are drawn: each after those that its
/// conditions read, those that have nothing to do with the end target before it.
package struct ColumnOrder: Sendable {
  /// Indices of columns that do not read the end target, directly or through others.
  package let before: [Int]
  /// Index of the end target's column.
  package let target: Int
  /// Indices of columns that read the end target.
  package let after: [Int]

  /// Sorts the columns and checks every name that the specification mentions.
  ///
  /// Complexity: O(columns² × conditions).
  ///
  /// - Throws: DiagnosticReport with every problem.
  package init(_ specification: PlanListSpecification) throws(DiagnosticReport) {
    let names = specification.columns.map(\.name)
    var problems = Self.unknownNames(in: specification, among: names)
    let targetName = PlanInput.endTargetYen.rawValue
    guard let target = names.firstIndex(of: targetName) else {
      problems.append(
        Diagnostic(
          code: "missing-column", at: SourceLocation(file: specification.source),
          key: "columns.\(targetName)", message: "the column is missing"))
      throw DiagnosticReport(problems)
    }
    if !problems.isEmpty { throw DiagnosticReport(problems) }

    var order: [Int] = []
    var done = Set<String>()
    while order.count < names.count {
      // The end target goes last among those that are ready, so that it is drawn as late as it can.
      let ready = names.indices.filter { index in
        !done.contains(names[index]) && specification.columns[index].reads.isSubset(of: done)
      }
      guard let next = ready.first(where: { $0 != target }) ?? ready.first else { break }
      order.append(next)
      done.insert(names[next])
      if next == target { break }
    }
    guard let place = order.firstIndex(of: target) else {
      throw DiagnosticReport(Self.cycle(in: specification, done: done))
    }
    before = Array(order[..<place])
    self.target = target
    var after: [Int] = []
    while done.count < names.count {
      guard
        let next = names.indices.first(where: { index in
          !done.contains(names[index]) && specification.columns[index].reads.isSubset(of: done)
        })
      else { throw DiagnosticReport(Self.cycle(in: specification, done: done)) }
      after.append(next)
      done.insert(names[next])
    }
    self.after = after
  }

  private static func cycle(
    in specification: PlanListSpecification, done: Set<String>
  ) -> [Diagnostic] {
    let open = specification.columns.filter { !done.contains($0.name) }
    return [
      Diagnostic(
        code: "cyclic-columns",
        at: open.first?.location ?? SourceLocation(file: specification.source),
        key: "columns",
        message: "the conditions of these columns wait for each other: "
          + open.map(\.name).joined(separator: ", "))
    ]
  }

  private static func unknownNames(
    in specification: PlanListSpecification, among names: [String]
  ) -> [Diagnostic] {
    func unknown(_ name: String, at location: SourceLocation, key: String) -> Diagnostic {
      let suggestion = Suggestion.phrase(for: name, among: names)
      return Diagnostic(
        code: "unknown-column", at: location, key: key, value: name,
        message: "the list has no column of this name",
        allowed: suggestion == nil ? names.joined(separator: ", ") : nil, suggestion: suggestion)
    }
    var problems: [Diagnostic] = []
    for column in specification.columns {
      for condition in column.cases.flatMap(\.conditions) where !names.contains(condition.column) {
        problems.append(
          unknown(condition.column, at: condition.location, key: "columns.\(column.name)"))
      }
    }
    for check in specification.checks {
      for condition in check.conditions where !names.contains(condition.column) {
        problems.append(
          unknown(condition.column, at: condition.location, key: "checks.\(check.name)"))
      }
    }
    for plan in specification.fixedPlans {
      for name in plan.cells.keys.sorted() where !names.contains(name) {
        problems.append(unknown(name, at: plan.location, key: "named"))
      }
    }
    if specification.fixedPlans.count > specification.count {
      problems.append(
        Diagnostic(
          code: "out-of-range", at: specification.fixedPlans[specification.count].location,
          key: "named", message: "more plans are named than the list holds",
          allowed: "at most \(specification.count)"))
    }
    return problems
  }
}

extension SynthesizedColumn {
  /// Names of the columns that the conditions read.
  var reads: Set<String> { Set(cases.flatMap { $0.conditions.map(\.column) }) }
}
