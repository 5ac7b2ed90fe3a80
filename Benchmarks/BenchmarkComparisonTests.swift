// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// The verdicts of a comparison, on made-up times whose answer is known.
struct BenchmarkComparisonTests {
  /// Repetitions of a body that takes `cost` ns an item, and of a peer of 10 ns: disturbances only
  /// ever add time, and a slow spell meets both.
  private static func row(
    cost: Double, noise: Double, count: Int = 7, using random: inout MadeUpNumbers
  ) -> BenchmarkRow {
    var times: [Double] = []
    var peers: [Double] = []
    for _ in 0..<count {
      let spell = 1 - noise * log(1 - random.next())
      times.append(1_000 * cost * spell * (1 - noise / 4 * log(1 - random.next())))
      peers.append(10 * spell * (1 - noise / 4 * log(1 - random.next())))
    }
    return BenchmarkRow(
      BenchmarkRow.Identity(group: "g", name: "n", instructionSet: "avx2", threads: 1),
      unit: .nanoseconds(per: "value"), items: 1_000, times: times, peer: "p", peerTimes: peers)
  }

  /// Splitmix64 (Steele, Lea and Flood, 2014) on [0, 1).
  struct MadeUpNumbers {
    var state: UInt64
    mutating func next() -> Double {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
  }

  private static func verdicts(
    change: Double, noise: Double, by figure: BenchmarkComparison.Figure
  ) throws -> [BenchmarkComparison.Verdict: Int] {
    var random = MadeUpNumbers(state: 1)
    var counts: [BenchmarkComparison.Verdict: Int] = [:]
    for _ in 0..<500 {
      let base = row(cost: 2, noise: noise, using: &random)
      let new = row(cost: 2 * change, noise: noise, using: &random)
      let line = try #require(
        try BenchmarkComparison(base: [base], new: [new], by: figure).lines.first)
      counts[line.verdict, default: 0] += 1
    }
    return counts
  }

  @Test(arguments: [0.01, 0.1, 0.5], BenchmarkComparison.Figure.allCases)
  func equalCodeIsHardlyEverSlower(_ noise: Double, _ figure: BenchmarkComparison.Figure) throws {
    let counts = try Self.verdicts(change: 1, noise: noise, by: figure)
    #expect(counts[.slower, default: 0] <= 10)
    #expect(counts[.faster, default: 0] <= 10)
  }

  @Test(arguments: BenchmarkComparison.Figure.allCases)
  func aFifthMoreIsFoundOnAQuietMachine(_ figure: BenchmarkComparison.Figure) throws {
    #expect(try Self.verdicts(change: 1.2, noise: 0.02, by: figure)[.slower] ?? 0 >= 495)
    #expect(try Self.verdicts(change: 1 / 1.2, noise: 0.02, by: figure)[.faster] ?? 0 >= 495)
  }

  /// Everything a third slower, the peer too: another machine, not other code.
  @Test func ratiosDoNotSeeASlowerMachine() throws {
    var random = MadeUpNumbers(state: 2)
    let base = Self.row(cost: 2, noise: 0.01, using: &random)
    let slow = BenchmarkRow(
      identity: base.identity, unit: base.unit, items: base.items, count: base.count,
      best: base.best * 1.33, median: base.median * 1.33, spread: base.spread, peer: base.peer,
      ratio: base.ratio, ratioSpread: base.ratioSpread, build: base.build)
    #expect(try BenchmarkComparison(base: [base], new: [slow], by: .time).hasSlower)
    #expect(try !BenchmarkComparison(base: [base], new: [slow], by: .ratio).hasSlower)
  }

  @Test func rowsOfOneFileOnlyAreNewOrGone() throws {
    var random = MadeUpNumbers(state: 3)
    let row = Self.row(cost: 2, noise: 0.01, using: &random)
    let only = try BenchmarkComparison(base: [], new: [row], by: .time)
    #expect(only.lines.map(\.verdict) == [.new] && !only.hasSlower)
    let gone = try BenchmarkComparison(base: [row], new: [], by: .time)
    #expect(gone.lines.map(\.verdict) == [.gone] && !gone.hasSlower)
  }

  @Test func aDebugBuildIsNotComparedWithARelease() throws {
    var random = MadeUpNumbers(state: 4)
    let row = Self.row(cost: 2, noise: 0.01, using: &random)
    let other = BenchmarkRow(
      identity: row.identity, unit: row.unit, items: row.items, count: row.count, best: row.best,
      median: row.median, spread: row.spread, peer: row.peer, ratio: row.ratio,
      ratioSpread: row.ratioSpread, build: "other")
    #expect(throws: BenchmarkComparison.DifferentBuild.self) {
      try BenchmarkComparison(base: [row], new: [other], by: .time)
    }
  }

  @Test func figuresComeFromTheRepetitions() throws {
    let row = BenchmarkRow(
      BenchmarkRow.Identity(group: "g", name: "n", instructionSet: "", threads: 2),
      unit: .milliseconds, items: 2, times: [8e6, 4e6, 5e6], peer: "p", peerTimes: [4e6, 1e6, 5e6])
    #expect(row.best == 2 && row.median == 2.5 && row.spread == 0.25)
    // Ratios 1, 2 and 0.5; quartiles 0.75 and 1.5.
    #expect(row.ratio == 1 && row.ratioSpread == 0.375)
  }

  @Test func aFileIsReadAsItWasWritten() throws {
    let rows = [
      BenchmarkRow(
        BenchmarkRow.Identity(group: "g", name: "a", instructionSet: "avx2", threads: 2),
        unit: .milliseconds, items: 2, times: [8e6, 4e6, 5e6], peer: "b",
        peerTimes: [4e6, 1e6, 5e6]),
      BenchmarkRow(
        BenchmarkRow.Identity(group: "g", name: "b", instructionSet: "", threads: 1),
        unit: .nanoseconds(per: "path"), items: 1, times: [3], peer: "", peerTimes: nil),
    ]
    let text = BenchmarkFile(rows: rows).text
    #expect(try BenchmarkFile(text).rows == rows)
    let broken = [
      "", "a,b\n", text.replacing(",2.5,", with: ",x,"), text.replacing(",2.5,", with: ",-1,"),
      text + "g,b,,1\n", text + (text.split(separator: "\n").last ?? "") + "\n",
    ]
    for text in broken { #expect(throws: BenchmarkFile.Problem.self) { try BenchmarkFile(text) } }
  }

  /// `make bench-compare` names two files: the verdict on each row, and failure where one is slower.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["RENKEI_BENCHMARK_BASE"] != nil))
  func savedFiles() throws {
    let environment = ProcessInfo.processInfo.environment
    func rows(_ variable: String) throws -> [BenchmarkRow] {
      let path = try #require(environment[variable], "\(variable) is not set")
      return try BenchmarkFile(String(contentsOfFile: path, encoding: .utf8)).rows
    }
    let figure = try #require(
      BenchmarkComparison.Figure(rawValue: environment["RENKEI_BENCHMARK_BY"] ?? "time"),
      "what is compared is the time or the ratio")
    let comparison = try BenchmarkComparison(
      base: rows("RENKEI_BENCHMARK_BASE"), new: rows("RENKEI_BENCHMARK_NEW"), by: figure)
    print(comparison.text)
    let hasSlower = comparison.hasSlower
    #expect(!hasSlower, "slower beyond noise")
  }
}
