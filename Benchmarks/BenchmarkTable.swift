// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// One measured line: what ran, how, and how long an item took.
struct BenchmarkRow {
  let group: String
  let name: String
  let instructionSet: String
  let threads: Int
  /// Items of work in one repetition.
  let items: Int
  let unit: String
  /// Fastest of the repetitions, per item.
  let nanosecondsPerItem: Double
  /// Middle of the repetitions, per item: how noisy the machine was.
  let medianNanosecondsPerItem: Double
}

/// Times a body and keeps the rows of one benchmark run.
struct BenchmarkTable {
  private(set) var rows: [BenchmarkRow] = []

  /// Whether the code under test is optimised; a debug build runs tiny sizes and says so.
  static let isOptimised: Bool = {
    var isDebug = false
    assert(
      {
        isDebug = true
        return true
      }())
    return !isDebug
  }()

  /// Runs `body` several times and records the fastest and the middle time per item.
  ///
  /// The fastest is the figure to compare: on a shared machine disturbances only ever add time.
  mutating func measure(
    group: String, name: String, instructionSet: String = "", threads: Int = 1, items: Int,
    unit: String, repetitions: Int = BenchmarkTable.isOptimised ? 7 : 1, body: () throws -> Void
  ) rethrows {
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for _ in 0..<repetitions {
      let start = clock.now
      try body()
      seconds.append((clock.now - start) / .seconds(1))
    }
    add(
      group: group, name: name, instructionSet: instructionSet, threads: threads, items: items,
      unit: unit, seconds: seconds)
  }

  /// Records times that were taken elsewhere.
  mutating func add(
    group: String, name: String, instructionSet: String = "", threads: Int = 1, items: Int,
    unit: String, seconds: [Double]
  ) {
    let sorted = seconds.sorted()
    let perItem = 1e9 / Double(items)
    rows.append(
      BenchmarkRow(
        group: group, name: name, instructionSet: instructionSet, threads: threads, items: items,
        unit: unit, nanosecondsPerItem: sorted[0] * perItem,
        medianNanosecondsPerItem: sorted[sorted.count / 2] * perItem))
  }

  /// The table for people.
  func text(title: String) -> String {
    var lines = [title]
    if !Self.isOptimised {
      lines.append("debug build: tiny sizes, the figures mean nothing; use `make bench`")
    }
    var group = ""
    for row in rows {
      if row.group != group {
        group = row.group
        lines.append("")
        lines.append(
          Self.padded(group, 34) + Self.padded("set", 10) + Self.padded("threads", 9)
            + "  ns per item   median  item")
      }
      lines.append(
        Self.padded("  " + row.name, 34) + Self.padded(row.instructionSet, 10)
          + Self.padded("\(row.threads)", 9)
          + String(format: "%13.3f %8.3f", row.nanosecondsPerItem, row.medianNanosecondsPerItem)
          + "  " + row.unit)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same rows for machines.
  var csv: String {
    var lines = [
      "group,name,instruction_set,threads,items,unit,ns_per_item,median_ns_per_item,optimised"
    ]
    for row in rows {
      lines.append(
        [
          row.group, row.name, row.instructionSet, "\(row.threads)", "\(row.items)", row.unit,
          String(format: "%.5g", row.nanosecondsPerItem),
          String(format: "%.5g", row.medianNanosecondsPerItem), "\(Self.isOptimised)",
        ].joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
