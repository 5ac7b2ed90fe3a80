// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Two measurements of the same benchmarks: which rows have become slower or faster by more than the
/// noise of both.
///
/// A figure is the best time, or the ratio to the peer, which a slower machine or a lower clock
/// frequency moves least. Two figures differ when one is more than 1 + bound times the other, where
///
///     bound = 5% + spread of the one + spread of the other
///
/// and the spread is how far the middle repetition lies from the best, or half the range between the
/// ratios' quartiles. A row of a single repetition has no spread, and a bound of its own.
struct BenchmarkComparison {
  enum Figure: String, CaseIterable {
    case time, ratio
  }

  enum Verdict: String {
    case faster, slower
    case withinNoise = "within noise"
    /// Only in the new file.
    case new
    /// Only in the base.
    case gone
  }

  struct Line {
    let identity: BenchmarkRow.Identity
    let verdict: Verdict
    /// New over base.
    let change: Double?
    let bound: Double?
  }

  struct DifferentBuild: Error, CustomStringConvertible {
    var description: String { "one of the files is of a debug build, the other is not" }
  }

  /// What two runs of the same code differ by though neither saw noise: memory lies elsewhere.
  static let floor = 0.05
  /// In place of the spread where there is but one repetition.
  static let spreadOfOne = 0.25

  /// Rows of both files, in the order of the new one; then those that are gone.
  let lines: [Line]

  /// - Throws: ``DifferentBuild``.
  init(base: [BenchmarkRow], new: [BenchmarkRow], by figure: Figure) throws {
    guard Set((base + new).map(\.build)).count <= 1 else { throw DifferentBuild() }
    let known = Dictionary(base.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    let present = Set(new.map(\.identity))
    lines =
      new.map { row in
        guard let old = known[row.identity], old.unit == row.unit, old.peer == row.peer else {
          return Line(identity: row.identity, verdict: .new, change: nil, bound: nil)
        }
        return Self.line(old, row, figure)
      }
      + base.filter { !present.contains($0.identity) }.map {
        Line(identity: $0.identity, verdict: .gone, change: nil, bound: nil)
      }
  }

  var hasSlower: Bool { lines.contains { $0.verdict == .slower } }

  /// Rows without a peer are compared by their times.
  private static func line(_ old: BenchmarkRow, _ new: BenchmarkRow, _ figure: Figure) -> Line {
    let bound = floor + noise(old, figure) + noise(new, figure)
    let change =
      if figure == .ratio, let now = new.ratio, let before = old.ratio {
        now / before
      } else {
        new.best / old.best
      }
    let verdict: Verdict =
      change > 1 + bound ? .slower : change < 1 / (1 + bound) ? .faster : .withinNoise
    return Line(identity: new.identity, verdict: verdict, change: change, bound: bound)
  }

  private static func noise(_ row: BenchmarkRow, _ figure: Figure) -> Double {
    guard row.count > 1 else { return spreadOfOne }
    return figure == .ratio ? row.ratioSpread ?? row.spread : row.spread
  }

  /// A line a row, and how many of each verdict.
  var text: String {
    let width = (lines.map(\.identity.name.count).max() ?? 0) + 4
    var text = ""
    var group = ""
    for line in lines {
      let identity = line.identity
      if identity.group != group {
        group = identity.group
        text += "\n\(group)\n"
      }
      text += "  " + identity.name.padding(toLength: width, withPad: " ", startingAt: 0)
      text += identity.instructionSet.padding(toLength: 10, withPad: " ", startingAt: 0)
      text += identity.threads == 1 ? "   " : String(format: "×%-2d", identity.threads)
      if let change = line.change, let bound = line.bound {
        text += String(format: "%+8.1f%%  noise %5.1f%%", 100 * (change - 1), 100 * bound)
      } else {
        text += String(repeating: " ", count: 23)
      }
      text += "  \(line.verdict.rawValue)\n"
    }
    let tally = [Verdict.slower, .faster, .withinNoise, .new, .gone].map { verdict in
      "\(lines.count { $0.verdict == verdict }) \(verdict.rawValue)"
    }
    return text + "\n" + tally.joined(separator: ", ") + "\n"
  }
}
