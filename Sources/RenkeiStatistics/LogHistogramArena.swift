// SPDX-License-Identifier: GPL-3.0-or-later

/// Thousands of log histograms, each in memory for the octaves that its values reach.
///
/// A cell's counts lie in pages of two octaves that come into being with their first value: counts of
/// revenue reach a dozen octaves or two of the 64, and an empty cell has none. They are 16 bits wide;
/// before one could overflow, those of its page move to sums of 32 bits. Counts are integers: merging
/// is exact, and neither order nor grouping shows. A cell holds at most 2³² − 1 values.
///
/// Distinct cells may be written at the same time from several threads; one cell by one thread at a
/// time, and reading it only when no one writes: the caller's duty, hence unchecked.
package final class LogHistogramArena: @unchecked Sendable {
  /// The number of cells.
  package let cellCount: Int
  private let cells: UnsafeMutablePointer<HistogramCell>
  private let pool = CountPagePool()

  /// Empty cells.
  package init(cellCount: Int) {
    precondition(cellCount >= 0, "a negative number of cells")
    self.cellCount = cellCount
    cells = .allocate(capacity: cellCount)
    cells.initialize(repeating: HistogramCell(), count: cellCount)
  }

  deinit {
    for cell in 0..<cellCount { cells[cell].deallocateTables() }
    cells.deallocate()
  }

  private func address(_ cell: Int) -> UnsafeMutablePointer<HistogramCell> {
    precondition(cell >= 0 && cell < cellCount, "no such histogram cell")
    return cells + cell
  }

  /// Empties every cell and gives the memory of its counts back, when no one else reads or writes.
  package func removeAll() {
    for cell in 0..<cellCount {
      cells[cell].deallocateTables()
      cells[cell] = HistogramCell()
    }
    pool.removeAll()
  }

  /// Bytes of all counts, what pages leave unused included.
  package var countBytes: Int { pool.bytes }

  /// Counts a column of values in one cell. O(count), and O(page) where it reaches a new one.
  ///
  /// Negative values and NaN are programmer mistakes and stop the program.
  ///
  /// - Parameters:
  ///   - column: `count` values ≥ 0; +∞ counts as overflow.
  ///   - count: The number of values.
  ///   - cell: The cell, in 0 ..< `cellCount`.
  package func record(column: UnsafePointer<Double>, count: Int, cell: Int) {
    address(cell).pointee.record(count: count, pool) { places, counts in
      for place in places { counts.add(LogHistogram.slot(of: column[place])) }
    }
  }

  /// Counts values whose slots are known already. O(count), and O(page) where they reach a new one.
  ///
  /// A page is 256 slots.
  ///
  /// - Parameters:
  ///   - slots: `count` slot numbers: 1 for an underflow, 2 for an overflow, any of 8 ..< 16 for a
  ///     zero, and 256 + b for regular bin b.
  ///   - pages: bit k for every page k that a slot lies in; further bits do no harm.
  ///   - count: The number of values.
  ///   - cell: The cell, in 0 ..< `cellCount`.
  package func record(slots: UnsafePointer<UInt16>, pages: UInt64, count: Int, cell: Int) {
    address(cell).pointee.record(count: count, pool) { places, counts in
      counts.make(pages: pages)
      for place in places { counts.addToPage(slots[place]) }
    }
  }

  /// Counts zeros in one cell. O(1).
  package func record(zeros: Int, cell: Int) {
    precondition(zeros >= 0, "a negative number of values")
    address(cell).pointee.add(total: UInt32(zeros), zeros: UInt32(zeros), low: UInt32(zeros))
  }

  /// Adds every cell of `other`, which must have as many. Exact; stops beyond 2³² − 1 values.
  package func merge(from other: LogHistogramArena) {
    precondition(cellCount == other.cellCount, "arenas of different sizes do not merge")
    for cell in 0..<cellCount { merge(from: other, cell: cell, into: cell) }
  }

  /// Adds one cell of `other` to a cell of this arena. Exact; O(pages), O(1) for an empty cell.
  package func merge(from other: LogHistogramArena, cell: Int, into target: Int) {
    address(target).pointee.merge(other.address(cell).pointee, pool)
  }
}

extension LogHistogramArena {
  /// The number of values recorded in a cell. O(1).
  package func count(cell: Int) -> Int { Int(address(cell).pointee.total) }

  /// The number of values of a cell in one bin. O(1).
  package func count(of bin: LogHistogram.Bin, cell: Int) -> Int {
    address(cell).pointee.count(of: bin)
  }

  /// The bin that holds order statistic `rank` of a cell, 1 ≤ rank ≤ count. O(pages).
  package func bin(ofRank rank: Int, cell: Int) -> LogHistogram.Bin {
    bins(ofAscendingRanks: [rank], cell: cell)[0]
  }

  /// Order statistic `rank` of a cell within the histogram's error. O(pages).
  package func orderStatistic(rank: Int, cell: Int) -> Double {
    LogHistogram.representative(of: bin(ofRank: rank, cell: cell))
  }

  /// The type 1 quantile of a cell: the smallest bin with F(x) ≥ level; nil for an empty cell.
  ///
  /// Within 2⁻⁸ of the exact order statistic for values in the range. O(pages).
  package func quantile(level: Double, cell: Int) -> Double? {
    let n = count(cell: cell)
    guard n > 0 else { return nil }
    return orderStatistic(rank: OrderStatistics.rank(level: level, count: n), cell: cell)
  }

  /// Several order statistics of a cell in one walk. O(pages + ranks).
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
    return address(cell).pointee.bins(ofAscendingRanks: ranks)
  }
}
