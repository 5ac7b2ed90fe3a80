// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics
import Testing

@Suite struct LogHistogramTests {
  private func record(_ values: [Double], in arena: LogHistogramArena, cell: Int = 0) {
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      arena.record(column: base, count: buffer.count, cell: cell)
    }
  }

  /// Values of every kind: zeros, subnormals, edges, the whole range, beyond it.
  private func mixedValues(_ count: Int, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      switch generator.next() % 16 {
      case 0: 0
      case 1: generator.unit() * 0x1p-1030
      case 2: generator.unit() / 16
      case 3: Double(sign: .plus, exponent: Int(generator.next() % 64) - 4, significand: 1)
      case 4: (1 + generator.unit()) * 0x1p60
      case 5: .infinity
      case 6: -0.0
      default:
        Double(
          sign: .plus, exponent: Int(generator.next() % 64) - 4, significand: 1 + generator.unit())
      }
    }
  }

  @Test func middleOfABinIsWithinTheBound() {
    var generator = SeededGenerator(seed: 2)
    var worst = 0.0
    for exponent in -4..<60 {
      for draw in 0..<50 {
        let significand = draw == 0 ? 1 : 1 + generator.unit()
        let x = Double(sign: .plus, exponent: exponent, significand: significand)
        let bin = LogHistogram.bin(of: x)
        let error = (LogHistogram.representative(of: bin) - x).magnitude / x
        worst = max(worst, error)
      }
    }
    // Met with equality at every power of two.
    #expect(worst == LogHistogram.relativeErrorBound)
    #expect(worst <= 0.004)
  }

  @Test func binsTileTheRangeWithoutGap() {
    #expect(LogHistogram.lowerEdge(ofRegular: 0) == LogHistogram.lowerLimit)
    let last = LogHistogram.regularBinCount
    #expect(LogHistogram.lowerEdge(ofRegular: last) == LogHistogram.upperLimit)
    for index in 0..<last {
      let low = LogHistogram.lowerEdge(ofRegular: index)
      let high = LogHistogram.lowerEdge(ofRegular: index + 1)
      guard LogHistogram.bin(of: low) == .regular(index),
        LogHistogram.bin(of: high.nextDown) == .regular(index),
        LogHistogram.bin(of: LogHistogram.representative(of: .regular(index))) == .regular(index)
      else {
        Issue.record("bin \(index) does not hold its own edges")
        return
      }
    }
  }

  @Test func edgesFallWhereTheyShould() {
    #expect(LogHistogram.bin(of: 0) == .zero)
    #expect(LogHistogram.bin(of: -0.0) == .zero)
    #expect(LogHistogram.bin(of: Double.leastNonzeroMagnitude) == .underflow)
    #expect(LogHistogram.bin(of: 0.0625.nextDown) == .underflow)
    #expect(LogHistogram.bin(of: 0.0625) == .regular(0))
    #expect(LogHistogram.bin(of: 0x1p60.nextDown) == .regular(64 * 128 - 1))
    #expect(LogHistogram.bin(of: 0x1p60) == .overflow)
    #expect(LogHistogram.bin(of: .infinity) == .overflow)
    #expect(LogHistogram.representative(of: .overflow) == .infinity)
  }

  @Test func recordingAgreesWithTheBinOfEachValue() {
    let values = mixedValues(20_000, seed: 3)
    let arena = LogHistogramArena(cellCount: 3)
    record(values, in: arena, cell: 1)
    var expected: [LogHistogram.Bin: Int] = [:]
    for x in values { expected[LogHistogram.bin(of: x), default: 0] += 1 }
    #expect(arena.count(cell: 1) == values.count)
    for (bin, count) in expected { #expect(arena.count(of: bin, cell: 1) == count) }
    // The neighbours stay empty.
    for cell in [0, 2] {
      #expect(arena.count(cell: cell) == 0)
      for bin in expected.keys { #expect(arena.count(of: bin, cell: cell) == 0) }
    }
  }

  @Test(arguments: [1, 2, 7, 100, 5_000])
  func quantilesAreTheBinsOfTheOrderStatistics(count: Int) throws {
    let values = mixedValues(count, seed: UInt64(count))
    let sorted = values.sorted()
    let arena = LogHistogramArena(cellCount: 1)
    record(values, in: arena)
    var ranks: [Int] = []
    for level in [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1] {
      let rank = OrderStatistics.rank(level: level, count: count)
      ranks.append(rank)
      let bin = LogHistogram.bin(of: sorted[rank - 1])
      #expect(arena.bin(ofRank: rank, cell: 0) == bin)
      let quantile = try #require(arena.quantile(level: level, cell: 0))
      #expect(quantile == LogHistogram.representative(of: bin))
    }
    let together = arena.orderStatistics(ascendingRanks: ranks, cell: 0)
    #expect(together == ranks.map { arena.orderStatistic(rank: $0, cell: 0) })
  }

  @Test func mergingIsExactWhateverTheGrouping() {
    let values = mixedValues(6_000, seed: 4)
    let whole = LogHistogramArena(cellCount: 2)
    record(values, in: whole)
    let parts = (0..<3).map { part in
      let arena = LogHistogramArena(cellCount: 2)
      record(Array(values[(part * 2_000)..<(part * 2_000 + 2_000)]), in: arena)
      return arena
    }
    let merged = LogHistogramArena(cellCount: 2)
    for part in [2, 0, 1] { merged.merge(from: parts[part]) }
    let moved = LogHistogramArena(cellCount: 4)
    moved.merge(from: merged, cell: 0, into: 3)
    for bin in Set(values.map(LogHistogram.bin)) {
      let expected = whole.count(of: bin, cell: 0)
      #expect(merged.count(of: bin, cell: 0) == expected)
      #expect(moved.count(of: bin, cell: 3) == expected)
    }
    #expect(moved.count(cell: 3) == values.count)
    #expect(merged.count(cell: 1) == 0)
  }

  @Test func emptyCellsHaveNoQuantile() {
    let arena = LogHistogramArena(cellCount: 1)
    record([], in: arena)
    #expect(arena.count(cell: 0) == 0)
    #expect(arena.quantile(level: 0.5, cell: 0) == nil)
    #expect(arena.orderStatistics(ascendingRanks: [], cell: 0).isEmpty)
  }

  @Test func zerosHaveTheirOwnBin() {
    let arena = LogHistogramArena(cellCount: 1)
    record([Double](repeating: 0, count: 900) + [Double](repeating: 1e7, count: 100), in: arena)
    #expect(arena.quantile(level: 0.9, cell: 0) == 0)
    #expect(arena.count(of: .zero, cell: 0) == 900)
    #expect(arena.count(of: .underflow, cell: 0) == 0)
    #expect(((arena.quantile(level: 0.901, cell: 0) ?? 0) / 1e7 - 1).magnitude <= 0x1p-8)
  }

  /// Slots as the kernels make them, with their pages.
  private func slots(_ values: [Double]) -> (slots: [UInt16], pages: UInt64) {
    let slots = values.enumerated().map { place, x -> UInt16 in
      switch LogHistogram.bin(of: x) {
      case .zero: UInt16(8 + place % 8)
      case .underflow: 1
      case .overflow: 2
      case .regular(let index): UInt16(256 + index)
      }
    }
    return (slots, slots.reduce(0) { $0 | 1 << UInt64($1 / 256) })
  }

  @Test func slotsAreCountedLikeTheirValues() {
    let values = mixedValues(3_000, seed: 9)
    let whole = LogHistogramArena(cellCount: 1)
    record(values, in: whole)
    let pieces = LogHistogramArena(cellCount: 1)
    // Pages come into being from piece to piece, on either side.
    for first in stride(from: 0, to: values.count, by: 10) {
      let (slots, pages) = slots(Array(values[first..<first + 10]))
      pieces.record(slots: slots, pages: pages, count: 10, cell: 0)
    }
    for bin in Set(values.map(LogHistogram.bin)) {
      #expect(pieces.count(of: bin, cell: 0) == whole.count(of: bin, cell: 0))
    }
    let ranks = [1, 700, 1_500, 2_999, 3_000]
    #expect(
      pieces.orderStatistics(ascendingRanks: ranks, cell: 0)
        == whole.orderStatistics(ascendingRanks: ranks, cell: 0))
  }

  @Test("counts that 16 bits do not hold", arguments: [511, 4_096, 70_000])
  func largeCounts(step: Int) throws {
    // Of seven values three lie in one bin and two in another.
    let pattern = [1e6, 1e6, 0, 3.5e8, 1e6, 3.5e8, 2e9]
    let total = 7 * 40_000
    let (slots, pages) = slots((0..<total).map { pattern[$0 % 7] })
    let (whole, half) = (LogHistogramArena(cellCount: 1), LogHistogramArena(cellCount: 1))
    try slots.withUnsafeBufferPointer {
      let base = try #require($0.baseAddress)
      for first in stride(from: 0, to: total, by: step) {
        let count = min(step, total - first)
        whole.record(slots: base + first, pages: pages, count: count, cell: 0)
      }
      half.record(slots: base, pages: pages, count: total / 2, cell: 0)
    }
    let sum = LogHistogramArena(cellCount: 1)
    for arena in [half, whole, half] { sum.merge(from: arena) }
    for (value, share) in [(1e6, 3), (0, 1), (3.5e8, 2), (2e9, 1)] {
      let bin = LogHistogram.bin(of: value)
      #expect(whole.count(of: bin, cell: 0) == 40_000 * share)
      #expect(half.count(of: bin, cell: 0) == 20_000 * share)
      #expect(sum.count(of: bin, cell: 0) == 80_000 * share)
    }
    let seventh = total / 7
    let ranks = [1, seventh, seventh + 1, 4 * seventh, 4 * seventh + 1, 6 * seventh, total]
    #expect(
      whole.orderStatistics(ascendingRanks: ranks, cell: 0)
        == [0, 0, 1e6, 1e6, 3.5e8, 3.5e8, 2e9].map {
          LogHistogram.representative(of: LogHistogram.bin(of: $0))
        })
  }

  @Test func memoryIsThatOfTheOctavesReached() {
    let arena = LogHistogramArena(cellCount: 4_000)
    for cell in 0..<1_000 {
      // Values of six octaves in three pages, zeros beside.
      record([0, 0x1p22, 0x1.8p23, 0x1p25, 0x1.fp27], in: arena, cell: cell)
    }
    let bytes = 1_000 * 3 * 512
    // What the last piece of memory has left is at most an eighth.
    #expect(arena.countBytes >= bytes && arena.countBytes <= bytes * 9 / 8)
    arena.removeAll()
    #expect(arena.countBytes == 0 && arena.count(cell: 0) == 0)
    record([0x1p23], in: arena, cell: 3)
    #expect(arena.count(cell: 3) == 1 && arena.quantile(level: 1, cell: 3) == 0x1.01p23)
  }

  @Test func notANumberAndNegativeAreRefused() async {
    await #expect(processExitsWith: .failure) {
      LogHistogramArena(cellCount: 1).record(column: [1, .nan], count: 2, cell: 0)
    }
    await #expect(processExitsWith: .failure) {
      LogHistogramArena(cellCount: 1).record(column: [1, -1e-3, 0], count: 3, cell: 0)
    }
    await #expect(processExitsWith: .failure) {
      LogHistogramArena(cellCount: 1).record(column: [-Double.nan], count: 1, cell: 0)
    }
  }
}
