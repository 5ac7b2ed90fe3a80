// SPDX-License-Identifier: GPL-3.0-or-later

/// Thousands of log histograms, each in memory for the octaves that its values reach.
///
/// A cell has 32-bit counts for a window of whole octaves, which grows as values come: counts of
/// revenue reach a dozen octaves or two of the 64. An empty cell has none. Counts are integers:
/// merging is exact, and neither order nor grouping shows. A cell holds at most 2³² − 1 values.
///
/// Distinct cells may be written at the same time from several threads; one cell by one thread at a
/// time, and reading it only when no one writes: the caller's duty, hence unchecked.
package final class LogHistogramArena: @unchecked Sendable {
  /// The counts of one cell: total, zeros, zeros + underflow, overflow, then the window's bins.
  private struct Window {
    /// Nil while nothing was counted.
    var counts: UnsafeMutablePointer<UInt32>?
    /// Regular bins; whole octaves.
    var bins = 0..<0
  }

  /// The number of cells.
  package let cellCount: Int
  private let windows: UnsafeMutablePointer<Window>

  /// Empty cells.
  package init(cellCount: Int) {
    precondition(cellCount >= 0, "a negative number of cells")
    self.cellCount = cellCount
    windows = .allocate(capacity: cellCount)
    windows.initialize(repeating: Window(), count: cellCount)
  }

  deinit {
    for cell in 0..<cellCount { windows[cell].counts?.deallocate() }
    windows.deallocate()
  }

  private func window(_ cell: Int) -> Window {
    precondition(cell >= 0 && cell < cellCount, "no such histogram cell")
    return windows[cell]
  }

  /// Makes room for regular bins in a cell. O(1) where they lie in the cell's window.
  ///
  /// - Returns: How many regular bins lie below the window.
  @discardableResult
  package func reserve(bins: Range<Int>, cell: Int) -> Int {
    let old = window(cell)
    let isInside = old.bins.lowerBound <= bins.lowerBound && bins.upperBound <= old.bins.upperBound
    if old.counts != nil, bins.isEmpty || isInside { return old.bins.lowerBound }
    precondition(
      bins.lowerBound >= 0 && bins.upperBound <= LogHistogram.regularBinCount,
      "no such histogram bin")
    let octave = LogHistogram.binsPerOctave
    let asked =
      bins.isEmpty
      ? 0..<0 : bins.lowerBound / octave * octave..<(bins.upperBound + octave - 1) / octave * octave
    let wanted =
      old.bins.isEmpty
      ? asked
      : min(old.bins.lowerBound, asked.lowerBound)..<max(old.bins.upperBound, asked.upperBound)
    let size = LogHistogram.firstRegularSlot + wanted.count
    let counts = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    counts.initialize(repeating: 0, count: size)
    windows[cell] = Window(counts: counts, bins: wanted)
    if let before = old.counts {
      counts.update(from: before, count: LogHistogram.firstRegularSlot)
      if !old.bins.isEmpty {
        (counts + (LogHistogram.firstRegularSlot + old.bins.lowerBound - wanted.lowerBound)).update(
          from: before + LogHistogram.firstRegularSlot, count: old.bins.count)
      }
      before.deallocate()
    }
    return wanted.lowerBound
  }

  /// The counts of a cell that has some.
  private func counts(_ cell: Int) -> UnsafeMutablePointer<UInt32> {
    guard let counts = window(cell).counts else {
      preconditionFailure("room was made for the cell's counts")
    }
    return counts
  }

  /// Counts a column of values in one cell. O(count), and O(window) where it grows.
  ///
  /// Negative values and NaN are programmer mistakes and stop the program after the column is read.
  ///
  /// - Parameters:
  ///   - column: `count` values ≥ 0; +∞ counts as overflow.
  ///   - count: The number of values.
  ///   - cell: The cell, in 0 ..< `cellCount`.
  package func record(column: UnsafePointer<Double>, count: Int, cell: Int) {
    precondition(count >= 0, "a negative number of values")
    let limit = UInt64(LogHistogram.regularBinCount)
    var (lowest, end) = (limit, 0 as UInt64)
    var i = 0
    while i < count {
      let bin = LogHistogram.regularIndex(ofBits: column[i].bitPattern)
      lowest = min(lowest, bin)
      end = max(end, bin < limit ? bin + 1 : 0)
      i &+= 1
    }
    let below = reserve(bins: lowest < end ? Int(lowest)..<Int(end) : 0..<0, cell: cell)
    let slots = counts(cell)
    let shift = LogHistogram.firstRegularSlot - below
    let overflowBefore = slots[LogHistogram.overflowSlot]
    i = 0
    while i < count {
      let bin = LogHistogram.regularIndex(ofBits: column[i].bitPattern)
      let slot = bin < limit ? Int(truncatingIfNeeded: bin) &+ shift : LogHistogram.overflowSlot
      slots[slot] &+= 1
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
  ///   - slots: `count` slot numbers: 1 for a zero, 2 for an underflow, 3 for an overflow, and for
  ///     regular bin b, which has room, 4 + b less what ``reserve(bins:cell:)`` returned.
  ///   - cell: The cell, in 0 ..< `cellCount`.
  package func record(slots: UnsafePointer<UInt16>, count: Int, cell: Int) {
    precondition(count >= 0, "a negative number of values")
    let counts = counts(cell)
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
    reserve(bins: 0..<0, cell: cell)
    let slots = counts(cell)
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

  /// Adds every cell of `other`, which must have as many. Exact; stops beyond 2³² − 1 values.
  package func merge(from other: LogHistogramArena) {
    precondition(cellCount == other.cellCount, "arenas of different sizes do not merge")
    for cell in 0..<cellCount { merge(from: other, cell: cell, into: cell) }
  }

  /// Adds one cell of `other` to a cell of this arena. Exact; O(window), O(1) for an empty cell.
  package func merge(from other: LogHistogramArena, cell: Int, into target: Int) {
    let source = other.window(cell)
    guard let from = source.counts else { return }
    let below = reserve(bins: source.bins, cell: target)
    let slots = counts(target)
    for slot in 0..<LogHistogram.firstRegularSlot { slots[slot] += from[slot] }
    let shift = source.bins.lowerBound - below
    for slot in LogHistogram.firstRegularSlot..<LogHistogram.firstRegularSlot + source.bins.count {
      slots[slot + shift] += from[slot]
    }
  }
}

extension LogHistogramArena {
  /// The number of values recorded in a cell. O(1).
  package func count(cell: Int) -> Int {
    window(cell).counts.map { Int($0[LogHistogram.totalSlot]) } ?? 0
  }

  /// The number of values of a cell in one bin. O(1).
  package func count(of bin: LogHistogram.Bin, cell: Int) -> Int {
    let window = window(cell)
    guard let counts = window.counts else { return 0 }
    switch bin {
    case .zero: return Int(counts[LogHistogram.zeroSlot])
    case .underflow: return Int(counts[LogHistogram.lowSlot] - counts[LogHistogram.zeroSlot])
    case .overflow: return Int(counts[LogHistogram.overflowSlot])
    case .regular(let index):
      precondition(index >= 0 && index < LogHistogram.regularBinCount, "no such histogram bin")
      guard window.bins.contains(index) else { return 0 }
      return Int(counts[LogHistogram.firstRegularSlot + index - window.bins.lowerBound])
    }
  }

  /// The bin that holds order statistic `rank` of a cell, 1 ≤ rank ≤ count. O(window).
  package func bin(ofRank rank: Int, cell: Int) -> LogHistogram.Bin {
    bins(ofAscendingRanks: [rank], cell: cell)[0]
  }

  /// Order statistic `rank` of a cell within the histogram's error. O(window).
  package func orderStatistic(rank: Int, cell: Int) -> Double {
    LogHistogram.representative(of: bin(ofRank: rank, cell: cell))
  }

  /// The type 1 quantile of a cell: the smallest bin with F(x) ≥ level; nil for an empty cell.
  ///
  /// Within 2⁻⁸ of the exact order statistic for values in the range. O(window).
  package func quantile(level: Double, cell: Int) -> Double? {
    let n = count(cell: cell)
    guard n > 0 else { return nil }
    return orderStatistic(rank: OrderStatistics.rank(level: level, count: n), cell: cell)
  }

  /// Several order statistics of a cell in one walk. O(window + ranks).
  ///
  /// - Parameter ranks: Ascending ranks in 1 ... count; equal neighbours allowed.
  /// - Returns: One value for each rank.
  package func orderStatistics(ascendingRanks ranks: [Int], cell: Int) -> [Double] {
    bins(ofAscendingRanks: ranks, cell: cell).map(LogHistogram.representative)
  }

  private func bins(ofAscendingRanks ranks: [Int], cell: Int) -> [LogHistogram.Bin] {
    guard let first = ranks.first, let last = ranks.last else { return [] }
    precondition(first >= 1 && last <= count(cell: cell), "no such order statistic")
    precondition(zip(ranks, ranks.dropFirst()).allSatisfy { $0 <= $1 }, "ranks must ascend")
    let slots = counts(cell)
    let regular = slots + LogHistogram.firstRegularSlot
    let window = window(cell).bins
    let zeros = Int(slots[LogHistogram.zeroSlot])
    let low = Int(slots[LogHistogram.lowSlot])
    // Bins of the window that are behind, and the ranks up to their end.
    var (next, below) = (0, low)
    return ranks.map { rank in
      if rank <= low { return rank <= zeros ? .zero : .underflow }
      while below < rank, next < window.count {
        below &+= Int(regular[next])
        next += 1
      }
      return below < rank ? .overflow : .regular(window.lowerBound + next - 1)
    }
  }
}
