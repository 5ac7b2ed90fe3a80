// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import Testing

/// Accounting a year: sums and answers against plain loops, and one pass against many.
@Suite("A year of a plan")
struct AccountTests {
  /// Columns and limits of one year, drawn at random.
  struct Year {
    var walk, z, drift, clock, entry, factor1, factor2, cumulative, portfolio: [Double]
    var ever: [UInt64]
    var paths = 512
    var hasEntry = false
    var hasFactors = false
    var keepsRevenue = true

    init(seed: UInt64) {
      var random = TestBits(seed: seed)
      func column(_ range: Range<Double>) -> [Double] {
        (0..<ColumnBuffer.width).map { _ in random.uniform(range) }
      }
      walk = column(-40..<40)
      z = column(-8..<8)
      drift = column(-10..<10)
      clock = column(0..<1)
      entry = column(0..<3)
      factor1 = column(0..<2)
      factor2 = column(-0.5..<1).map { max(0, $0) }
      cumulative = column(0..<3).map { max(0, $0 - 1) }
      portfolio = column(0..<100)
      ever = (0..<8).map { _ in random.bits() & random.bits() }
    }
  }

  /// Everything that a pass leaves behind, as bits.
  struct Outcome: Equatable {
    var columns: [[UInt64]] = []
    var ever: [UInt64] = []
    var sums: [UInt64] = []
    var counts: [Int64] = []
    /// By counter, then path.
    var tallies: [[Int64]] = []
    var revenue: [Double] = []
    var total: [Double] = []
  }

  static let scale = 1.7
  static let clockLimit = 0.8
  static let entryLimit = 2.1

  /// One year, in one pass or step by step.
  static func run(_ year: Year, _ set: InstructionSet, fused: Bool) -> Outcome {
    let kernels = ColumnKernels(set).table.pointee
    let buffer = ColumnBuffer(count: 11)
    let inputs = [
      year.walk, year.z, year.drift, year.clock, year.entry, year.factor1, year.factor2,
      year.cumulative, year.portfolio,
    ]
    for (index, values) in inputs.enumerated() { buffer.set(index, to: values) }
    let level = buffer[9]
    let revenue = buffer[10]
    var counters = [UInt64](repeating: 0, count: Int(RK_COUNTERS) * Int(RK_COUNTER_WORDS))
    var ever = year.ever
    var sums = rk_account_sums()
    sums.cumulative_sum = 3
    counters.withUnsafeMutableBufferPointer { counters in
      ever.withUnsafeMutableBufferPointer { ever in
        var account = rk_account(
          level: level, clock: buffer[3], clock_limit: clockLimit,
          entry: year.hasEntry ? UnsafePointer(buffer[4]) : nil, entry_limit: entryLimit,
          revenue: year.keepsRevenue || !fused ? revenue : nil, cumulative: buffer[7],
          portfolio: buffer[8], counters: counters.baseAddress!, ever: ever.baseAddress!,
          shift: 0.3, cumulative_shift: 1.1, target: 1, cumulative_target: 2, range_low: 0.5,
          range_high: 1.5, paths: Int32(year.paths))
        if fused {
          let factors = [UnsafePointer(buffer[5]), UnsafePointer(buffer[6])]
          factors.withUnsafeBufferPointer { factors in
            var step = rk_step(
              s: 0.9, z: buffer[1], drift: buffer[2], walk: buffer[0], scale: scale,
              factors: year.hasFactors ? factors.baseAddress : nil,
              factor_count: year.hasFactors ? 2 : 0)
            kernels.walk_and_account(&step, &account, &sums)
          }
        } else {
          kernels.walk(0.9, buffer[1], buffer[2], scale, buffer[0], level)
          if year.hasFactors {
            kernels.multiply(level, buffer[5], level)
            kernels.multiply(level, buffer[6], level)
          }
          kernels.account(&account, &sums)
        }
      }
    }
    var outcome = Outcome()
    outcome.columns = [0, 7, 8].map { buffer.values($0).map(\.bitPattern) }
    if year.keepsRevenue { outcome.columns.append(buffer.values(10).map(\.bitPattern)) }
    outcome.ever = ever
    outcome.sums = [sums.sums.0, sums.sums.1, sums.sums.2, sums.cumulative_sum].map(\.bitPattern)
    outcome.counts = [sums.counts.0, sums.counts.1, sums.counts.2, sums.counts.3]
    outcome.revenue = buffer.values(10)
    outcome.total = buffer.values(7)
    outcome.tallies = (0..<Int(RK_COUNTERS)).map { counter in
      var counts = [Int32](repeating: 0, count: ColumnBuffer.width)
      counters.withUnsafeMutableBufferPointer {
        kernels.add_counts($0.baseAddress! + counter * Int(RK_COUNTER_WORDS), &counts)
      }
      return counts.map(Int64.init)
    }
    return outcome
  }

  @Test(
    "Sums, answers and counters equal plain loops", arguments: TwinTests.sets, [512, 511, 77, 1])
  func plainLoops(_ set: InstructionSet, _ paths: Int) {
    var year = Year(seed: 11)
    year.paths = paths
    year.hasEntry = true
    year.hasFactors = true
    let outcome = Self.run(year, set, fused: false)
    let exists = (0..<512).map { $0 < paths }
    for path in 0..<512 where !exists[path] { #expect(outcome.revenue[path] == 0) }
    func count(_ holds: (Int) -> Bool) -> Int64 {
      Int64((0..<paths).count { holds($0) })
    }
    let alive = year.clock.map { $0 < Self.clockLimit }
    let selling = year.entry.map { $0 < Self.entryLimit }
    let revenue = outcome.revenue
    for path in 0..<paths { #expect(revenue[path] == 0 || (alive[path] && selling[path])) }
    let ever = (0..<512).map { year.ever[$0 / 64] >> UInt64($0 % 64) & 1 == 1 || revenue[$0] > 0 }
    for path in 0..<512 {
      #expect(ever[path] == (outcome.ever[path / 64] >> UInt64(path % 64) & 1 == 1))
    }
    #expect(outcome.counts[0] == count { revenue[$0] > 0 })
    #expect(outcome.counts[1] == count { revenue[$0] >= 1 })
    #expect(outcome.counts[3] == count { outcome.total[$0] >= 2 })
    func tally(_ holds: (Int) -> Bool) -> [Int64] {
      (0..<512).map { $0 < paths && holds($0) ? 1 : 0 }
    }
    #expect(
      outcome.tallies == [
        tally { selling[$0] }, tally { revenue[$0] > 0 }, tally { !alive[$0] },
        tally { revenue[$0] >= 1 }, tally { revenue[$0] >= 0.5 && revenue[$0] <= 1.5 },
      ])
    // Sums of at most 512 terms below 100: 1e-10 is a thousand times their rounding.
    func sum(_ term: (Int) -> Double) -> Double { (0..<paths).reduce(0) { $0 + term($1) } }
    let found = outcome.sums.map { Double(bitPattern: $0) }
    let first = sum { revenue[$0] - 0.3 }
    #expect(abs(found[0] - first) < 1e-10)
    #expect(abs(found[1] - sum { (revenue[$0] - 0.3) * (revenue[$0] - 0.3) }) < 1e-9)
    #expect(abs(found[2] - sum { (outcome.total[$0] - 1.1) * (outcome.total[$0] - 1.1) }) < 1e-9)
    #expect(abs(found[3] - 3 - first) < 1e-10)
  }

  @Test("One pass equals many, bit for bit", arguments: TwinTests.sets, 0..<8)
  func onePass(_ set: InstructionSet, _ form: Int) {
    var year = Year(seed: 12 + UInt64(form))
    year.hasEntry = form & 1 != 0
    year.hasFactors = form & 2 != 0
    year.keepsRevenue = form & 4 != 0
    let outcome = Self.run(year, set, fused: true)
    let many = Self.run(year, set, fused: false)
    #expect(outcome.columns == many.columns)
    #expect(outcome.ever == many.ever && outcome.sums == many.sums)
    #expect(outcome.counts == many.counts && outcome.tallies == many.tallies)
    let best = Self.run(year, .best, fused: true)
    #expect(outcome.columns == best.columns && outcome.sums == best.sums)
  }

  @Test("The walk's level is scale·2^(walk/16), and keeps its ends", arguments: TwinTests.sets)
  func walkLevels(_ set: InstructionSet) {
    var random = TestBits(seed: 30)
    let walk: [Double] =
      [-.infinity, -20_000, -16 * 1022.0, -16, 0, 16, 16 * 1023.0, 20_000, .infinity]
      + (0..<503).map { _ in random.uniform(-2000..<2000) }
    let buffer = ColumnBuffer(count: 4)
    buffer.set(0, to: walk)
    ColumnKernels(set).table.pointee.walk(0, buffer[2], buffer[2], 3, buffer[0], buffer[1])
    let level = buffer.values(1)
    for (x, y) in zip(walk, level) {
      let exact = 3 * ScalarTwin.exp2(x / 16)
      // Both round a polynomial and its product: a few units in the last place apart.
      #expect(y == exact || abs(y - exact) <= 8 * exact.ulp, "\(x)")
    }
    #expect(level[3] == 1.5 && level[4] == 3 && level[5] == 6 && level[0] == 0)
  }

  @Test(
    "Counters count what plain counting counts", arguments: TwinTests.sets,
    [0, 1, 2, 7, 64, 255, 300])
  func counters(_ set: InstructionSet, _ columns: Int) {
    let kernels = ColumnKernels(set).table.pointee
    var random = TestBits(seed: 40)
    var counters = [UInt64](repeating: 0, count: Int(RK_COUNTERS) * Int(RK_COUNTER_WORDS))
    var expected = [Int](repeating: 0, count: 512)
    let buffer = ColumnBuffer(count: 5)
    var ever = [UInt64](repeating: 0, count: 8)
    buffer.set(0, to: (0..<512).map { _ in 1 })
    for _ in 0..<columns {
      // A path's chance of failing grows with its number: counts of every size.
      let clock = (0..<512).map { path in random.uniform(0..<1) + Double(path) / 512 }
      for path in 0..<512 where clock[path] >= 1 { expected[path] += 1 }
      buffer.set(1, to: clock)
      counters.withUnsafeMutableBufferPointer { counters in
        ever.withUnsafeMutableBufferPointer { ever in
          var account = rk_account(
            level: buffer[0], clock: buffer[1], clock_limit: 1, entry: nil, entry_limit: 0,
            revenue: buffer[2], cumulative: buffer[3], portfolio: buffer[4],
            counters: counters.baseAddress!, ever: ever.baseAddress!, shift: 0,
            cumulative_shift: 0, target: .infinity, cumulative_target: .infinity, range_low: 5,
            range_high: 6, paths: 512)
          var sums = rk_account_sums()
          kernels.account(&account, &sums)
        }
      }
    }
    var counts = [Int32](repeating: 3, count: 512)
    let failed = Int(RK_COUNT_FAILED) * Int(RK_COUNTER_WORDS)
    counters.withUnsafeMutableBufferPointer {
      kernels.add_counts($0.baseAddress! + failed, &counts)
    }
    #expect(counts == expected.map { Int32($0 + 3) })
    #expect(counters[failed..<failed + Int(RK_COUNTER_WORDS)].allSatisfy { $0 == 0 })
  }
}
