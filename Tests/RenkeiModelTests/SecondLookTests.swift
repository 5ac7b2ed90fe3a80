// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics
import Testing

@testable import RenkeiModel

@Suite("Second look")
struct SecondLookTests {
  /// Close to standard normal: the sum of twelve uniforms.
  private struct Normals {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> Double {
      var sum = -6.0
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        sum += Double(state >> 11) * 0x1p-53
      }
      return sum
    }
  }

  @Test("pairs that share a quarter of their variance show it, within the error told")
  func share() throws {
    var normals = Normals(seed: 1)
    let count = 20_000
    var (u, v) = ([Double](), [Double]())
    for _ in 0..<count {
      let common = 1e9 + normals.next()
      u.append(common + 3.0.squareRoot() * normals.next())
      v.append(common + 3.0.squareRoot() * normals.next())
    }
    let found = try #require(CommonVarianceShare(u, v))
    // Normal pairs: the error of an intraclass correlation is (1 − ρ²)/√n.
    let error = (1 - 0.0625) / Double(count).squareRoot()
    #expect(abs(found.standardError / error - 1) < 0.05)
    #expect(abs(found.share - 0.25) < 5 * error)
  }

  @Test("pairs of equal figures share everything; constants share nothing that could be told")
  func edges() throws {
    let values = (0..<100).map { Double($0 * $0) }
    let equal = try #require(CommonVarianceShare(values, values))
    #expect(equal.share == 1 && equal.standardError < 1e-12)
    #expect(CommonVarianceShare([2, 2, 2], [2, 2, 2]) == nil)
  }

  /// Three parts on 2,000 paths, heavy in the first.
  private struct Sample {
    let parts: [[Double]]
    let totals: PathTotals
    let goal: Double
    let shares = [0.5, 0.3, 0.2]

    init(goal: Double) {
      var normals = Normals(seed: 7)
      var parts = [[Double]](repeating: [], count: 3)
      totals = PathTotals(years: 1, paths: 2_000)
      for path in 0..<2_000 {
        let x = normals.next()
        let values = [60 + 20 * x + 5 * normals.next(), 30 + 8 * normals.next(), 15.0]
        for part in values.indices { parts[part].append(values[part]) }
        totals.annual(year: 0)[path] = values[0] + values[1] + values[2]
      }
      self.parts = parts
      self.goal = goal
    }

    func tally(paths: Int, _ context: GapContext) -> GapTally {
      var tally = GapTally(partCount: 3)
      let column = UnsafeBufferPointer(rebasing: totals.annual(year: 0)[0..<paths])
      tally.add(column, context)
      for part in 0..<3 {
        parts[part].withUnsafeBufferPointer {
          tally.add(part: part, $0.baseAddress!, share: shares[part], column, context)
        }
      }
      return tally
    }
  }

  @Test(
    "parts sum to the whole run's gap, tail and spread, also from some of its paths",
    arguments: [100.0, 40, 200], [500, 2_000])
  func sums(goal: Double, paths: Int) {
    let sample = Sample(goal: goal)
    let context = GapContext(sample.totals, goalYen: goal, scratch: SelectionScratch())
    let tally = sample.tally(paths: paths, context)
    let gaps = sample.totals.cumulative(paths: sample.totals.paths).map { max(0, goal - $0) }
    let tail = gaps.withUnsafeBufferPointer { TailMean(losses: $0, scratch: SelectionScratch()) }
    let mean = gaps.reduce(0, +) / 2_000
    func sum(_ part: (Int) -> Double) -> Double { (0..<3).reduce(0) { $0 + part($1) } }
    let shares = sample.shares
    #expect(abs(sum { tally.gap(of: $0, share: shares[$0], context).yen } - mean) < 1e-9)
    #expect(
      abs(sum { tally.tail(of: $0, share: shares[$0], context).yen } - tail.estimate) < 1e-9)
    #expect(abs(sum { tally.deviation(of: $0, context) } - context.standardDeviationYen) < 1e-9)
    // The part that never varies adds nothing to the spread.
    #expect(abs(tally.deviation(of: 2, context)) < 1e-9)
  }

  @Test("on all paths a part is its plain mean with that mean's error")
  func plain() {
    let sample = Sample(goal: 100)
    let context = GapContext(sample.totals, goalYen: 100, scratch: SelectionScratch())
    let tally = sample.tally(paths: 2_000, context)
    var moments = ShiftedMoments(shift: 0)
    for (path, total) in sample.totals.cumulative(paths: sample.totals.paths).enumerated() {
      moments.add(total < 100 ? 50 - sample.parts[0][path] : 0)
    }
    let found = tally.gap(of: 0, share: 0.5, context)
    #expect(abs(found.yen - (moments.mean ?? 0)) < 1e-9)
    #expect(abs(found.error - (moments.standardErrorOfMean ?? 0)) < 1e-9)
  }

  @Test("so many paths are looked at again")
  func counts() {
    #expect([1, 600, 10_000, 100_000].map(SecondLook.paths) == [1, 512, 625, 4_096])
  }
}
