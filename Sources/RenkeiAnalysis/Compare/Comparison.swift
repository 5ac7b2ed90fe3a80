// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Two results, matched row by row and column by column.
///
/// Rows match when the cells of their key columns agree, arms as ``ArmMatching`` says. Where both
/// runs share their draws and kept their path totals, figures of the whole portfolio are judged by
/// the differences path by path. All others take the two results as independent, √(se_a² + se_b²):
/// for runs that share their draws the true error is then usually smaller, so the verdict is on the
/// safe side.
package struct Comparison: Sendable {
  package let a: ComparedResult
  package let b: ComparedResult
  package let arms: ArmMatching
  private let rules: ColumnRules
  private let judge: DifferenceJudge

  /// - Parameters:
  ///   - arms: nil: arms of the same name, or two single arms.
  ///   - matters: the smallest difference that matters, see ``DifferenceJudge``.
  package init(
    _ a: ComparedResult, _ b: ComparedResult, arms: ArmMatching? = nil,
    rules: ColumnRules = ColumnRules(), matters: Double = 0.01
  ) {
    self.a = a
    var other = b
    // Two single files are of one kind, whatever their names.
    if a.tables.count == 1, b.tables.count == 1 {
      other.tables = [b.tables[0].named(a.tables[0].name)]
    }
    self.b = other
    self.arms = arms ?? ArmMatching(a.facts.arms, b.facts.arms)
    self.rules = rules
    judge = DifferenceJudge(matters: matters)
  }

  /// Whether path i of both runs has the same draws.
  package var sharesDraws: Bool { a.facts.sharesDraws(with: b.facts) }

  /// Whether both runs computed in the same precision.
  package var sharesPrecision: Bool { a.facts.sharesPrecision(with: b.facts) }

  /// Whether figures of the portfolio are judged path by path.
  package var isPaired: Bool { sharesDraws && hasTotals }

  /// Errors from path totals count single paths, so these must be independent of each other.
  private var hasTotals: Bool {
    a.totals != nil && b.totals != nil && a.facts.hasIndependentPaths && b.facts.hasIndependentPaths
  }

  /// Tells `visitor` every value, in the order of the first result's files and rows; what only the
  /// second result has comes last in each file.
  ///
  /// - Throws: `FileAccessError`, `DiagnosticReport`, or what the visitor throws.
  /// - Complexity: O(bytes) time; memory for a few rows and columns of path totals.
  package func run(_ visitor: any ComparisonVisitor) throws {
    var totals: TotalsErrors?
    if hasTotals, let ofA = a.totals, let ofB = b.totals {
      totals = TotalsErrors(
        ofA, ofB, isPaired: isPaired, goals: (a.facts.goalYen, b.facts.goalYen))
    }
    let known = (a: Set(arms.pairs.map(\.a)), b: Set(arms.pairs.map(\.b)))
    for table in a.tables {
      visitor.begin(table: table.name)
      guard let other = b.tables.first(where: { $0.name == table.name }) else {
        try missing(table.name, .onlyA, visitor)
        continue
      }
      let passes = arms.passes(armsA: a.facts.arms, armsB: b.facts.arms)
      for (pass, pairs) in passes.enumerated() {
        let tells = pass == 0 && !arms.isStated
        let others = ArmFilter(a: tells ? known.a : nil, b: tells ? known.b : nil)
        try TableComparison(
          table: table.name, table.open(), other.open(), rules: rules, a.facts, b.facts,
          judge: judge, totals: totals, visitor: visitor
        ).run(pairs, tells: others)
      }
    }
    for table in b.tables where !a.tables.contains(where: { $0.name == table.name }) {
      try missing(table.name, .onlyB, visitor)
    }
  }

  private func missing(
    _ table: String, _ verdict: ComparisonVerdict, _ visitor: any ComparisonVisitor
  ) throws {
    visitor.begin(table: table)
    try visitor.visit(ComparedFigures(a: nil, b: nil, verdict)) { ComparisonPlace(table: table) }
  }
}
