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
    let bits = UnsafeRawPointer(column).assumingMemoryBound(to: Int64.self)
    let low = Int64(LogHistogram.lowSlot)
    let high = Int64(LogHistogram.overflowSlot)
    let offset = LogHistogram.slotOffset
    let shift = LogHistogram.droppedMantissaBits
    let lowBefore = slots[LogHistogram.lowSlot]
    let overflowBefore = slots[LogHistogram.overflowSlot]
    var zeros: UInt32 = 0
    var i = 0
    while i < count {
      let b = bits[i]
      var slot = (b &>> shift) &- offset
      slot = slot < low ? low : slot
      slot = slot > high ? high : slot
      slots[Int(truncatingIfNeeded: slot)] &+= 1
      zeros &+= b == 0 ? 1 : 0
      i &+= 1
    }
    // Negative values fall below the range and NaN above it: only then is a second look needed.
    if slots[LogHistogram.lowSlot] &- lowBefore != zeros
      || slots[LogHistogram.overflowSlot] != overflowBefore
    {
      zeros = Self.zeroCount(column: column, count: count)
    }
    if zeros > 0 { slots[LogHistogram.zeroSlot] += zeros }
    slots[LogHistogram.totalSlot] += UInt32(count)
  }

  /// Counts −0 with 0, and refuses negative values and NaN.
  private static func zeroCount(column: UnsafePointer<Double>, count: Int) -> UInt32 {
    var zeros: UInt32 = 0
    for i in 0..<count {
      precondition(column[i] >= 0, "a histogram value is negative or NaN")
      if column[i] == 0 { zeros += 1 }
    }
    return zeros
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
  /// Total, zeros, zeros + underflow, the regular bins ascending, overflow.
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
    var slot = LogHistogram.firstRegularSlot
    while slot < LogHistogram.overflowSlot {
      below &+= Int(slots[slot])
      if rank <= below { return .regular(slot - LogHistogram.firstRegularSlot) }
      slot &+= 1
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
    var slot = LogHistogram.lowSlot
    var below = Int(slots[slot])
    let zeros = Int(slots[LogHistogram.zeroSlot])
    for rank in ranks {
      while rank > below {
        slot += 1
        below += Int(slots[slot])
      }
      let bin: LogHistogram.Bin
      switch slot {
      case LogHistogram.lowSlot: bin = rank <= zeros ? .zero : .underflow
      case LogHistogram.overflowSlot: bin = .overflow
      default: bin = .regular(slot - LogHistogram.firstRegularSlot)
      }
      values.append(LogHistogram.representative(of: bin))
    }
    return values
  }
}
