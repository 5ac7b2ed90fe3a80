// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel
import RenkeiStatistics

/// Arms that are told as being on one side only: those outside the matched ones; nil: none.
struct ArmFilter {
  let a: Set<String>?
  let b: Set<String>?

  func tells(_ name: String, isA: Bool) -> Bool {
    guard let matched = isA ? a : b else { return false }
    return !matched.contains(name)
  }
}

/// The comparison of two files of the same kind.
struct TableComparison {
  let table: String
  let a: CSVStream
  let b: CSVStream
  let keys: [String]
  let values: [ValueColumn]
  /// Number of paths of both sides, where known.
  let paths: (a: Int?, b: Int?)
  /// ``RunFacts/degreesOfFreedom`` of both sides.
  let freedom: (a: Int?, b: Int?)
  let judge: DifferenceJudge
  /// Errors from kept path totals, where both sides have them.
  let totals: TotalsErrors?
  let visitor: any ComparisonVisitor

  init(
    table: String, _ a: CSVStream, _ b: CSVStream, rules: ColumnRules, _ factsA: RunFacts,
    _ factsB: RunFacts, judge: DifferenceJudge, totals: TotalsErrors?,
    visitor: any ComparisonVisitor
  ) {
    self.table = table
    self.a = a
    self.b = b
    keys = a.columns.filter { rules.isKey($0, of: table) && b.columns.contains($0) }
    values = ValueColumn.all(a.columns, b.columns, table: table, rules: rules, factsA, factsB)
    paths = (factsA.paths, factsB.paths)
    freedom = (factsA.degreesOfFreedom, factsB.degreesOfFreedom)
    self.judge = judge
    self.totals = table == "portfolio" || table == "goal" ? totals : nil
    self.visitor = visitor
  }

  /// - Parameters:
  ///   - pairs: arms to match.
  ///   - others: which arms outside the pairs are told as being on one side only.
  func run(
    _ pairs: [ArmMatching.Pair], tells others: ArmFilter
  ) throws {
    let armA = a.columns.firstIndex(of: "arm")
    let armB = b.columns.firstIndex(of: "arm")
    let join = TableJoin(
      a, b, keys: keys.filter { $0 != "arm" },
      ArmCursor(column: armA, names: pairs.map(\.a)),
      ArmCursor(column: armB, names: pairs.map(\.b)),
      onMatch: { try compare($0, $1) }, onlyA: { try single($0, .onlyA) },
      onlyB: { try single($0, .onlyB) },
      otherArm: { row, isA in
        guard let column = isA ? armA : armB else { return }
        let name = row.text(column)
        if others.tells(name, isA: isA) { try single(row, isA ? .onlyA : .onlyB) }
      })
    try join.run()
  }

  private func compare(_ rowA: any RowCells, _ rowB: any RowCells) throws {
    var identical = 0
    let wantsIdentical = visitor.wantsIdentical
    for column in values {
      guard let placeA = column.a else {
        let cell = column.b.map { rowB.cell($0) }
        try visitor.visit(
          ComparedFigures(a: nil, b: cell.flatMap(DecimalBytes.value), .onlyB)
        ) { place(rowA, rowB, column.name) }
        continue
      }
      let cellA = rowA.cell(placeA)
      guard let placeB = column.b else {
        try visitor.visit(ComparedFigures(a: DecimalBytes.value(cellA), b: nil, .onlyA)) {
          place(rowA, rowB, column.name)
        }
        continue
      }
      let cellB = rowB.cell(placeB)
      if cellA.elementsEqual(cellB) {
        if cellA.isEmpty { continue }
        if wantsIdentical {
          let value = DecimalBytes.value(cellA)
          try visitor.visit(ComparedFigures(a: value, b: value, .identical)) {
            place(rowA, rowB, column.name)
          }
        } else {
          identical += 1
        }
        continue
      }
      let (valueA, valueB) = (DecimalBytes.value(cellA), DecimalBytes.value(cellB))
      let figures = try self.figures(column, cellA, cellB, valueA, valueB, rowA, rowB)
      try visitor.visit(figures) { place(rowA, rowB, column.name) }
    }
    visitor.addIdentical(identical)
  }

  private func figures(
    _ column: ValueColumn, _ cellA: UnsafeBufferPointer<UInt8>,
    _ cellB: UnsafeBufferPointer<UInt8>, _ valueA: Double?, _ valueB: Double?,
    _ rowA: any RowCells, _ rowB: any RowCells
  ) throws -> ComparedFigures {
    if cellB.isEmpty { return ComparedFigures(a: valueA, b: nil, .onlyA) }
    if cellA.isEmpty { return ComparedFigures(a: nil, b: valueB, .onlyB) }
    guard let x = valueA, let y = valueB else {
      return ComparedFigures(a: valueA, b: valueB, .noError)
    }
    if x == y { return ComparedFigures(a: x, b: y, .identical) }
    if let totals, let spread = try totals.spread(at: place(rowA, rowB, column.name), x, y) {
      // An infinite variance has no error, however the paths are paired.
      if case .columns(let a, let b) = column.rule, rowA.cell(a).isEmpty || rowB.cell(b).isEmpty {
        return ComparedFigures(a: x, b: y, .noError)
      }
      return judge.judge(x, y, spread)
    }
    switch column.rule {
    case .none: return ComparedFigures(a: x, b: y, .noError)
    case .share(let pathsA, let pathsB):
      guard let hitsA = Self.hits(x, of: pathsA), let hitsB = Self.hits(y, of: pathsB) else {
        return ComparedFigures(a: x, b: y, .noError)
      }
      return judge.judge(
        Proportion(hits: hitsA, trials: pathsA), Proportion(hits: hitsB, trials: pathsB))
    case .columns(let a, let b):
      guard let errorA = DecimalBytes.value(rowA.cell(a)), errorA >= 0,
        let errorB = DecimalBytes.value(rowB.cell(b)), errorB >= 0, errorA > 0 || errorB > 0
      else { return ComparedFigures(a: x, b: y, .noError) }
      return judge.judge(
        x, y,
        DifferenceJudge.Spread(
          errorA, paths: paths.a, errorB, paths: paths.b, freedom: freedom))
    }
  }

  /// How many of `paths` a share stands for; nil where it is none of so many.
  private static func hits(_ share: Double, of paths: Int) -> Int? {
    guard share >= 0, share <= 1, paths > 0 else { return nil }
    let hits = (share * Double(paths)).rounded()
    return (hits - share * Double(paths)).magnitude < 1e-4 ? Int(hits) : nil
  }

  private func single(_ row: any RowCells, _ verdict: ComparisonVerdict) throws {
    let isA = verdict == .onlyA
    let columns = isA ? a.columns : b.columns
    try visitor.visit(ComparedFigures(a: nil, b: nil, verdict)) {
      var place = self.place(row, columns, "")
      if !isA { (place.armA, place.armB) = ("", place.armA) }
      return place
    }
  }

  private func place(
    _ rowA: any RowCells, _ rowB: any RowCells, _ metric: String
  ) -> ComparisonPlace {
    var place = self.place(rowA, a.columns, metric)
    place.armB = b.columns.firstIndex(of: "arm").map { rowB.text($0) } ?? ""
    return place
  }

  private func place(
    _ row: any RowCells, _ columns: [String], _ metric: String
  ) -> ComparisonPlace {
    var place = ComparisonPlace(table: table)
    place.metric = metric
    var others: [String] = []
    for (index, column) in columns.enumerated() where keys.contains(column) {
      let cell = row.text(index)
      switch column {
      case "arm": place.armA = cell
      case "measure": place.measure = cell
      case "year": place.year = cell
      case "plan_id": place.planID = cell
      case "group_by": place.groupBy = cell
      case "group": place.group = cell
      default: others.append(cell)
      }
    }
    place.item = others.joined(separator: "/")
    return place
  }
}
