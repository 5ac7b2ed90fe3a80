// SPDX-License-Identifier: GPL-3.0-or-later

/// Lines of cells set in columns that line up on a terminal, whatever the script.
package struct TextTable: Sendable {
  package enum Alignment: Sendable {
    case left
    case right
  }

  package let alignments: [Alignment]
  package private(set) var rows: [[String]] = []

  package init(_ alignments: [Alignment]) {
    self.alignments = alignments
  }

  /// Adds a line of as many cells as there are columns.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count == alignments.count, "a table row of the wrong length")
    rows.append(cells)
  }

  /// The lines, columns two spaces apart, without spaces at their ends.
  ///
  /// Complexity: O(cells).
  package func lines(indent: String = "") -> [String] {
    let widths = alignments.indices.map { column in
      rows.map { DisplayWidth.columns($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      var line = indent
      for (column, cell) in row.enumerated() {
        if column > 0 { line += "  " }
        line +=
          alignments[column] == .left
          ? DisplayWidth.padded(cell, to: widths[column])
          : DisplayWidth.rightAligned(cell, to: widths[column])
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// Whether text goes to a terminal that shows colours.
package enum TextStyle: Sendable {
  case plain
  case terminal

  /// `text` in bold.
  package func bold(_ text: String) -> String { wrapped(text, "1") }

  /// `text` in the colour of errors.
  package func error(_ text: String) -> String { wrapped(text, "1;31") }

  /// `text` in the colour of warnings.
  package func warning(_ text: String) -> String { wrapped(text, "33") }

  private func wrapped(_ text: String, _ code: String) -> String {
    self == .terminal ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// The language of texts for people.
package enum ReportLanguage: String, CaseIterable, Sendable {
  case english = "en"
  case japanese = "ja"
}
