// SPDX-License-Identifier: GPL-3.0-or-later

/// A table of a result folder as it is written: a header and rows of as many cells.
package struct PageTable: Sendable {
  /// The file's name without `.csv`.
  package let name: String
  package let header: [String]
  package let cells: [[String]]
  private let columns: [String: Int]
  private let armRows: [String: [Int]]

  package init(name: String, header: [String], cells: [[String]]) {
    precondition(cells.allSatisfy { $0.count == header.count }, "a row of the wrong length")
    self.name = name
    self.header = header
    self.cells = cells
    columns = Dictionary(zip(header, header.indices)) { first, _ in first }
    armRows =
      columns["arm"].map { column in
        Dictionary(grouping: cells.indices) { cells[$0][column] }
      } ?? [:]
  }

  /// The place of a column, nil where the table has none of that name.
  func column(_ name: String) -> Int? { columns[name] }

  /// The rows of one arm, in the file's order; all rows of a file without arms.
  func rows(arm: String) -> [PageRow] {
    guard columns["arm"] != nil else { return rows }
    return (armRows[arm] ?? []).map { PageRow(table: self, index: $0) }
  }

  var rows: [PageRow] { cells.indices.map { PageRow(table: self, index: $0) } }

  /// The names of the arms, in order of first appearance.
  var arms: [String] {
    guard let column = header.firstIndex(of: "arm") else { return [] }
    var seen: Set<String> = []
    return cells.map { $0[column] }.filter { seen.insert($0).inserted }
  }
}

/// One row of a table, read by the names of its columns.
struct PageRow: Sendable {
  let table: PageTable
  let index: Int

  /// The cell of a column; empty where the file has no such column.
  func text(_ column: String) -> String {
    table.column(column).map { table.cells[index][$0] } ?? ""
  }

  func figure(_ column: String) -> Figure? { Figure(cell: text(column)) }

  func integer(_ column: String) -> Int? { Int(text(column)) }
}

/// A number as a result file states it.
struct Figure: Sendable, Equatable {
  /// The cell, digit by digit; for what the page itself adds up, the sum.
  let cell: String
  let value: Double
  /// How the number follows from the files.
  let origin: Origin

  enum Origin: String, Sendable {
    /// A cell of a file.
    case cell
    /// The sum of cells.
    case sum
    /// A number of rows.
    case count
  }

  /// The number of a cell; nil for text and for an empty cell.
  init?(cell: String) {
    guard let value = Double(cell), value.isFinite else { return nil }
    self.init(cell: cell, value: value, origin: .cell)
  }

  private init(cell: String, value: Double, origin: Origin) {
    self.cell = cell
    self.value = value
    self.origin = origin
  }

  static func sum(_ figures: [Figure]) -> Figure {
    let value = figures.reduce(0) { $0 + $1.value }
    return Figure(cell: "\(value)", value: value, origin: .sum)
  }

  static func count(_ count: Int) -> Figure {
    Figure(cell: "\(count)", value: Double(count), origin: .count)
  }
}
