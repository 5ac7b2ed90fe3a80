// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Measured rows of one group as a table for people.
struct BenchmarkTable {
  let rows: [BenchmarkRow]

  /// What the columns of every table mean.
  static var legend: String {
    """
    Time of an item: the best and the middle repetition, and (middle − best)/best as spread.
    × peer: the middle over the repetitions of its time over that of its peer, measured in turn.
    One thread: processor time; several, and start-up: the time that passes.

    """
      + (BenchmarkBuild.isOptimised
        ? "" : "Debug build: tiny sizes, the figures mean nothing. Use `make bench`.\n")
  }

  var text: String {
    var text = Self.padded(rows.first?.identity.group ?? "", Self.nameWidth)
    text += "set       threads       best     median  spread   n  unit            × peer  peer\n"
    for row in rows {
      var line = Self.padded("  " + row.identity.name, Self.nameWidth)
      line += Self.padded(row.identity.instructionSet, 10)
      line += String(
        format: "%7d %@ %@ %6.0f%% %3d  ", row.identity.threads, Self.figure(row.best),
        Self.figure(row.median), 100 * row.spread, row.count)
      line += Self.padded(row.unit, 14)
      if let ratio = row.ratio {
        line += Self.figure(ratio, width: 8)
        // Only first rows have no peer but themselves.
        if row.peer != row.identity.name { line += "  " + row.peer }
      }
      text += String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    return text
  }

  private static let nameWidth = 48

  /// Three digits or more, the point in line.
  private static func figure(_ value: Double, width: Int = 10) -> String {
    String(format: "%\(width).\(value < 0.0995 ? 4 : value < 99.5 ? 3 : 1)f", value)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
