// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Measured rows as a table for people.
struct BenchmarkTable {
  let rows: [BenchmarkRow]

  var text: String {
    var lines = [
      "Time of an item: the best and the middle repetition, and (middle − best)/best as spread.",
      "× peer: the middle over the repetitions of its time over that of its peer, measured in turn.",
      "One thread: processor time; several, and start-up: the time that passes.",
    ]
    if !BenchmarkBuild.isOptimised {
      lines.append("Debug build: tiny sizes, the figures mean nothing. Use `make bench`.")
    }
    let width = (rows.map(\.identity.name.count).max() ?? 0) + 4
    var group = ""
    for row in rows {
      let name = row.identity.group
      if name != group {
        group = name
        lines.append("")
        lines.append(
          Self.padded(name, width)
            + "set       threads       best     median  spread   n  unit            × peer  peer")
      }
      var line = Self.padded("  " + row.identity.name, width)
      line += Self.padded(row.identity.instructionSet, 10)
      line += String(
        format: "%7d %@ %@ %6.0f%% %3d  ", row.identity.threads, Self.figure(row.best),
        Self.figure(row.median), 100 * row.spread, row.count)
      line += Self.padded(row.unit, 14)
      if let ratio = row.ratio {
        line +=
          Self.figure(ratio, width: 8) + "  " + (row.peer == row.identity.name ? "" : row.peer)
      }
      lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Three digits or more, the point in line.
  private static func figure(_ value: Double, width: Int = 10) -> String {
    String(format: "%\(width).\(value < 0.0995 ? 4 : value < 99.5 ? 3 : 1)f", value)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
