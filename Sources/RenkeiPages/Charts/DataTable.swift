// SPDX-License-Identifier: GPL-3.0-or-later

/// The numbers behind a chart.
struct DataTable: Sendable {
  struct Column: Sendable {
    let title: Phrase
    let isNumber: Bool

    static func label(_ title: Phrase) -> Column { Column(title: title, isNumber: false) }
    static func number(_ title: Phrase) -> Column { Column(title: title, isNumber: true) }
  }

  let columns: [Column]
  /// Whether long cells break rather than widen the table, and rows become blocks where room is
  /// short.
  var wraps = false
  private(set) var rows: [[Phrase]] = []

  init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row of as many cells as there are columns.
  mutating func add(_ cells: [Phrase]) {
    precondition(cells.count == columns.count, "a table row of the wrong length")
    rows.append(cells)
  }

  /// An HTML table; the first cell of each row is its heading.
  var html: String {
    let head = columns.map { column in
      "<th scope=\"col\"\(column.isNumber ? " class=\"n\"" : "")>\(column.title.html)</th>"
    }
    let body = rows.map { row in
      let cells = zip(columns, row).enumerated().map { index, cell in
        let style = cell.0.isNumber ? " class=\"n\"" : ""
        return index == 0
          ? "<th scope=\"row\"\(style)>\(cell.1.html)</th>" : "<td\(style)>\(cell.1.html)</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return "<table><thead><tr>\(head.joined())</tr></thead><tbody>"
      + body.joined(separator: "\n") + "</tbody></table>"
  }
}
