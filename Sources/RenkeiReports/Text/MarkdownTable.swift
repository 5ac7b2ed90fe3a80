// SPDX-License-Identifier: GPL-3.0-or-later

/// A table in Markdown with a pipe at every edge.
package struct MarkdownTable: Sendable {
  private let header: [String]
  private var rows: [[String]] = []

  package init(_ header: [String]) {
    self.header = header
  }

  /// Adds a line of as many cells as the header has.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count == header.count, "a table row of the wrong length")
    rows.append(cells)
  }

  package var lines: [String] {
    [line(header), "|" + String(repeating: "---|", count: header.count)] + rows.map(line)
  }

  private func line(_ cells: [String]) -> String {
    "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  /// A pipe would end the cell; angle brackets would begin a tag.
  private func escaped(_ cell: String) -> String {
    var text = ""
    var isCode = false
    for character in cell {
      if character == "`" { isCode.toggle() }
      if character == "|" || (character == "<" && !isCode) { text.append("\\") }
      text.append(character == "\n" ? " " : character)
    }
    return text
  }
}
