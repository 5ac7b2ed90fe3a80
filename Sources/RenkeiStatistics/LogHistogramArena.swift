// SPDX-License-Identifier: GPL-3.0-or-later

/// Thousands of log histograms in one piece of zeroed memory.
///
/// Cell c owns `countsPerCell` 32-bit counts from c·`countsPerCell` on; a cell starts on a page,
/// and a page that no value falls into is never written, so memory from `calloc` or `mmap` costs
/// only the octaves in use (eight octaves a page). Counts are integers: merging is exact, and
/// neither order nor grouping shows. A cell holds at most 2³² − 1 values.
///
/// Distinct cells may be written at the same time from several threads; one cell by one thread at a
/// time, and reading it only when no one writes: the caller's duty, hence unchecked.
package final class LogHistogramArena: @unchecked Sendable {
  /// The counts of one cell, padded to whole pages of 4,096 bytes.
  package static var countsPerCell: Int { 9 * 1024 }

  /// The bytes that `cellCount` cells need.
  package static func byteCount(cellCount: Int) -> Int {
    precondition(cellCount >= 0, "a negative number of cells")
    return cellCount * countsPerCell * MemoryLayout<UInt32>.stride
  }

  /// The number of cells.
  package let cellCount: Int
  private let counts: UnsafeMutablePointer<UInt32>
  private let release: @Sendable (UnsafeMutableRawPointer) -> Void

  /// Cells in memory that the caller provides.
  ///
  /// - Parameters:
  ///   - cellCount: The number of cells, ≥ 0.
  ///   - zeroedMemory: `byteCount(cellCount:)` bytes, all 0, aligned to 4 bytes at least and to
  ///     4,096 for the promise about pages. Nobody else may write it while the arena lives.
  ///   - release: Frees the memory; called once, when the arena goes away.
  package init(
    cellCount: Int, zeroedMemory: UnsafeMutableRawPointer,
    release: @escaping @Sendable (UnsafeMutableRawPointer) -> Void
  ) {
    precondition(cellCount >= 0, "a negative number of cells")
    self.cellCount = cellCount
    self.release = release
    counts = zeroedMemory.bindMemory(
      to: UInt32.self, capacity: cellCount * Self.countsPerCell)
  }

  /// Cells in memory of the standard library, all of it written once: for a modest number of cells.
  package convenience init(cellCount: Int) {
    let bytes = Self.byteCount(cellCount: cellCount)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 4096)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    self.init(cellCount: cellCount, zeroedMemory: memory) { $0.deallocate() }
  }

  deinit { release(UnsafeMutableRawPointer(counts)) }

  private func base(_ cell: Int) -> UnsafeMutablePointer<UInt32> {
    precondition(cell >= 0 && cell < cellCount, "no such histogram cell")
    return counts + cell * Self.countsPerCell
  }

  /// Counts a column of values in one cell. O(count), no allocation.
  ///
  /// Negative values and NaN are programmer mistakes and stop the program after the column is read.
  ///
  /// - Parameters:
  ///   - column: `count` values ≥ 0; +∞ counts as overflow.
  ///   - count: The number of values.
  ///   - cell: The cell, in 0 ..< `cellCount`.
  package func record(column: UnsafePointer<Double>, count: Int, cell: Int) {
    precondition(count >= 0, "a negative number of values")
    let slots = base(cell)
    let regular = slots + LogHistogram.firstRegularSlot
    let outside = LogHistogram.overflowSlot - LogHistogram.firstRegularSlot
    let limit = UInt64(LogHistogram.regularBinCount)
    let overflowBefore = slots[LogHistogram.overflowSlot]
    var i = 0
    while i < count {
      let bin = LogHistogram.regularIndex(ofBits: column[i].bitPattern)
      let index = bin < limit ? Int(truncatingIfNeeded: bin) : outside
      regular[index] &+= 1
      i &+= 1
    }
    // One comparison finds every value outside the range; which kind, only these columns ask.
    let outsideCount = slots[LogHistogram.overflowSlot] &- overflowBefore
    if outsideCount > 0 {
      var zeros = Self.zeroCount(column, count)
      var low = zeros
      if zeros != outsideCount {
        (zeros, low) = Self.outsideCounts(column: column, count: count)
      }
      slots[LogHistogram.zeroSlot] += zeros
      slots[LogHistogram.lowSlot] += low
      slots[LogHistogram.overflowSlot] &-= low
    }
    slots[LogHistogram.totalSlot] += UInt32(count)
  }

  /// Counts values whose slots are known already. O(count), no allocation.
  ///
  /// - Parameters:
  ///   - slots: `count` slot numbers: 1 for a zero, 2 for an underflow, 3 for an overflow, 4 + b for
  ///     regular bin b.
  ///   - cell: The cell, in 0 ..< `cellCount`.
  package func record(slots: UnsafePointer<UInt16>, count: Int, cell: Int) {
    precondition(count >= 0, "a negative number of values")
    let counts = base(cell)
    let zerosBefore = counts[LogHistogram.zeroSlot]
    var i = 0
    while i < count {
      counts[Int(slots[i])] &+= 1
      i &+= 1
    }
    counts[LogHistogram.lowSlot] += counts[LogHistogram.zeroSlot] - zerosBefore
    counts[LogHistogram.totalSlot] += UInt32(count)
  }

  /// Counts zeros in one cell. O(1).
  package func record(zeros: Int, cell: Int) {
    precondition(zeros >= 0, "a negative number of values")
    let slots = base(cell)
    for slot in [LogHistogram.zeroSlot, LogHistogram.lowSlot, LogHistogram.totalSlot] {
      slots[slot] += UInt32(zeros)
    }
  }

  /// Counts +0, by far the commonest value outside the range.
  private static func zeroCount(_ column: UnsafePointer<Double>, _ count: Int) -> UInt32 {
    var zeros = 0
    var i = 0
    while i < count {
      zeros &+= column[i].bitPattern == 0 ? 1 : 0
      i &+= 1
    }
    return UInt32(zeros)
  }

  /// Counts zeros of either sign, and values below the range; refuses negative values and NaN.
  private static func outsideCounts(
    column: UnsafePointer<Double>, count: Int
  ) -> (zeros: UInt32, low: UInt32) {
    let limit = LogHistogram.lowerLimit
    var zeros = 0
    var low = 0
    var valid = 0
    var i = 0
    while i < count {
      let x = column[i]
      zeros &+= x == 0 ? 1 : 0
      low &+= x < limit ? 1 : 0
      valid &+= x >= 0 ? 1 : 0
      i &+= 1
    }
    precondition(valid == count, "a histogram value is negative or NaN")
    return (UInt32(zeros), UInt32(low))
  }

  /// The number of values recorded in a cell. O(1).
  package func count(cell: Int) -> Int { Int(base(cell)[LogHistogram.totalSlot]) }

  /// The number of values of a cell in one bin. O(1).
  package func count(of bin: LogHistogram.Bin, cell: Int) -> Int {
    let slots = base(cell)
    switch bin {
    case .zero: return Int(slots[LogHistogram.zeroSlot])
    case .underflow: return Int(slots[LogHistogram.lowSlot] - slots[LogHistogram.zeroSlot])
    case .overflow: return Int(slots[LogHistogram.overflowSlot])
    case .regular(let index):
      precondition(index >= 0 && index < LogHistogram.regularBinCount, "no such histogram bin")
      return Int(slots[LogHistogram.firstRegularSlot + index])
    }
  }

  /// Adds every cell of `other`, which must have as many. Exact; stops beyond 2³² − 1 values.
  package func merge(from other: LogHistogramArena) {
    precondition(cellCount == other.cellCount, "arenas of different sizes do not merge")
    for cell in 0..<cellCount { merge(from: other, cell: cell, into: cell) }
  }

  /// Adds one cell of `other` to a cell of this arena. Exact; O(slots), O(1) for an empty cell.
  package func merge(from other: LogHistogramArena, cell: Int, into target: Int) {
    let source = other.base(cell)
    add(counts: UnsafeBufferPointer(start: source, count: LogHistogram.slotCount), cell: target)
  }

  /// The counts of a cell as they stand in memory, for a file: `LogHistogram.slotCount` of them.
  ///
  /// Total, zeros, zeros + underflow, overflow, the regular bins ascending.
  package func withCounts<Result>(
    cell: Int, _ body: (UnsafeBufferPointer<UInt32>) throws -> Result
  ) rethrows -> Result {
    try body(UnsafeBufferPointer(start: base(cell), count: LogHistogram.slotCount))
  }

  /// Adds counts in the layout of `withCounts`. Programmer mistake: another number of counts.
  package func add(counts source: UnsafeBufferPointer<UInt32>, cell: Int) {
    precondition(source.count == LogHistogram.slotCount, "not the counts of a histogram cell")
    guard let from = source.baseAddress, from[LogHistogram.totalSlot] > 0 else { return }
    let slots = base(cell)
    for slot in 0..<LogHistogram.slotCount where from[slot] > 0 {
      slots[slot] += from[slot]
    }
  }
}

extension LogHistogramArena {
  /// The bin that holds order statistic `rank` of a cell, 1 ≤ rank ≤ count. O(slots).
  package func bin(ofRank rank: Int, cell: Int) -> LogHistogram.Bin {
    precondition(rank >= 1 && rank <= count(cell: cell), "no such order statistic")
    let slots = base(cell)
    if rank <= Int(slots[LogHistogram.zeroSlot]) { return .zero }
    var below = Int(slots[LogHistogram.lowSlot])
    if rank <= below { return .underflow }
    for index in 0..<LogHistogram.regularBinCount {
      below &+= Int(slots[LogHistogram.firstRegularSlot &+ index])
      if rank <= below { return .regular(index) }
    }
    return .overflow
  }

  /// Order statistic `rank` of a cell within the histogram's error. O(slots).
  package func orderStatistic(rank: Int, cell: Int) -> Double {
    LogHistogram.representative(of: bin(ofRank: rank, cell: cell))
  }

  /// The type 1 quantile of a cell: the smallest bin with F(x) ≥ level; nil for an empty cell.
  ///
  /// Within 2⁻⁸ of the exact order statistic for values in the range. O(slots).
  package func quantile(level: Double, cell: Int) -> Double? {
    let n = count(cell: cell)
    guard n > 0 else { return nil }
    return orderStatistic(rank: OrderStatistics.rank(level: level, count: n), cell: cell)
  }

  /// Several order statistics of a cell in one walk. O(slots + ranks).
  ///
  /// - Parameter ranks: Ascending ranks in 1 ... count; equal neighbours allowed.
  /// - Returns: One value for each rank.
  package func orderStatistics(ascendingRanks ranks: [Int], cell: Int) -> [Double] {
    guard let first = ranks.first, let last = ranks.last else { return [] }
    precondition(first >= 1 && last <= count(cell: cell), "no such order statistic")
    precondition(zip(ranks, ranks.dropFirst()).allSatisfy { $0 <= $1 }, "ranks must ascend")
    let slots = base(cell)
    var values: [Double] = []
    values.reserveCapacity(ranks.count)
    var next = 0
    var bin = LogHistogram.Bin.zero
    var below = 0
    for rank in ranks {
      while rank > below {
        switch next {
        case 0:
          bin = .zero
          below = Int(slots[LogHistogram.zeroSlot])
        case 1:
          bin = .underflow
          below = Int(slots[LogHistogram.lowSlot])
        case 2..<(2 + LogHistogram.regularBinCount):
          bin = .regular(next - 2)
          below += Int(slots[LogHistogram.firstRegularSlot + next - 2])
        default:
          bin = .overflow
          below = count(cell: cell)
        }
        next += 1
      }
      values.append(LogHistogram.representative(of: bin))
    }
    return values
  }
}
