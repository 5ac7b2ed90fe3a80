// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// `benchmarks.csv`: measured rows for machines, one a line.
///
/// | column | what it holds | between machines |
/// |---|---|---|
/// | `group`, `name`, `instruction_set`, `threads` | what ran; together they name the row | the same, where the processor has the set |
/// | `unit`, `items`, `n` | of what the times are; items a repetition; repetitions | the same |
/// | `build` | `release` or `debug` | the same |
/// | `peer` | the row of the group that was measured in turn with this one | the same |
/// | `best`, `median` | fastest and middle repetition, in units | differ |
/// | `spread` | (median − best)/best | tells of the machine's noise |
/// | `ratio` | middle of the row's times over its peer's | nearly the same for one instruction set |
/// | `ratio_spread` | half the range between the ratios' quartiles over their middle | noise |
struct BenchmarkFile {
  let rows: [BenchmarkRow]

  private static let columns = [
    "group", "name", "instruction_set", "threads", "unit", "items", "n", "build", "best", "median",
    "spread", "peer", "ratio", "ratio_spread",
  ]

  struct Problem: Error, CustomStringConvertible {
    let line: Int
    let reason: String
    var description: String { "line \(line): \(reason)" }
  }

  init(rows: [BenchmarkRow]) { self.rows = rows }

  /// Reads what ``text`` writes.
  ///
  /// - Throws: ``Problem`` where it is anything else.
  init(_ text: String) throws {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard lines.first == Self.columns else {
      throw Problem(line: 1, reason: "the columns must be \(Self.columns.joined(separator: ","))")
    }
    var rows: [BenchmarkRow] = []
    var known: Set<BenchmarkRow.Identity> = []
    for (index, cells) in lines.enumerated().dropFirst() {
      let line = index + 1
      guard cells.count == Self.columns.count else {
        throw Problem(line: line, reason: "\(cells.count) cells, not \(Self.columns.count)")
      }
      func number<Number: LosslessStringConvertible>(_ place: Int) throws -> Number {
        guard let number = Number(cells[place]) else {
          throw Problem(line: line, reason: "\(Self.columns[place]) is \"\(cells[place])\"")
        }
        return number
      }
      func time(_ place: Int) throws -> Double {
        let time: Double = try number(place)
        guard time > 0, time < .infinity else {
          throw Problem(line: line, reason: "\(Self.columns[place]) is \(time)")
        }
        return time
      }
      let identity = BenchmarkRow.Identity(
        group: cells[0], name: cells[1], instructionSet: cells[2], threads: try number(3))
      guard known.insert(identity).inserted else {
        throw Problem(line: line, reason: "a second row of \(cells[0]), \(cells[1])")
      }
      rows.append(
        BenchmarkRow(
          identity: identity, unit: cells[4], items: try number(5), count: try number(6),
          best: try time(8), median: try time(9), spread: try number(10), peer: cells[11],
          ratio: cells[12].isEmpty ? nil : try time(12),
          ratioSpread: cells[13].isEmpty ? nil : try number(13), build: cells[7]))
    }
    self.rows = rows
  }

  var text: String {
    var lines = [Self.columns.joined(separator: ",")]
    for row in rows {
      let identity = row.identity
      let cells = [
        identity.group, identity.name, identity.instructionSet, "\(identity.threads)", row.unit,
        "\(row.items)", "\(row.count)", row.build, Self.cell(row.best), Self.cell(row.median),
        Self.cell(row.spread), row.peer, Self.cell(row.ratio), Self.cell(row.ratioSpread),
      ]
      precondition(!cells.contains { $0.contains(",") }, "a comma in \(cells)")
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ value: Double?) -> String {
    value.map { String(format: "%.5g", $0) } ?? ""
  }
}
