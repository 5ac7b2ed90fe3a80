// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Histograms of amounts of either sign: each cell has one of the amounts from 0 and one of the
/// magnitudes below. Quantiles are those of ``LogHistogram``, within 0.4%.
///
/// Cells may be written side by side as in ``LogHistogramArena``.
package final class SignedHistograms: Sendable {
  private let arena: LogHistogramArena

  package init(cellCount: Int) { arena = LogHistogramArena(cellCount: 2 * cellCount) }

  /// Counts one amount; one that is not finite is left out.
  package func record(_ amount: Double, cell: Int) {
    guard amount.isFinite else { return }
    let magnitude = amount.magnitude
    withUnsafePointer(to: magnitude) {
      arena.record(column: $0, count: 1, cell: 2 * cell + (amount < 0 ? 1 : 0))
    }
  }

  /// Counts a column of amounts. O(count), no allocation.
  ///
  /// - Parameters:
  ///   - highest: the greatest bit pattern among them. Patterns ascend from +0 through the amounts
  ///     above it; those of amounts that are negative or not finite come last.
  ///   - slots: makes the slots of amounts ≥ 0, which are asked for only there, with
  ///     their pages, as ``LogHistogramArena/record(slots:pages:count:cell:)`` reads them.
  package func record(
    column: UnsafePointer<Double>, count: Int, cell: Int, highest: UInt64,
    slots: () -> (UnsafePointer<UInt16>, pages: UInt64)
  ) {
    if highest == 0 {
      arena.record(zeros: count, cell: 2 * cell)
    } else if highest < Double.infinity.bitPattern {
      let (slots, pages) = slots()
      arena.record(slots: slots, pages: pages, count: count, cell: 2 * cell)
    } else {
      for index in 0..<count { record(column[index], cell: cell) }
    }
  }

  /// Adds the counts of histograms of the same cells.
  package func merge(from other: SignedHistograms) { arena.merge(from: other.arena) }

  /// The order statistic at a level; 0 where nothing was counted.
  package func quantile(level: Double, cell: Int) -> Double {
    let negative = arena.count(cell: 2 * cell + 1)
    let count = negative + arena.count(cell: 2 * cell)
    guard count > 0 else { return 0 }
    let rank = OrderStatistics.rank(level: level, count: count)
    return rank <= negative
      ? -arena.orderStatistic(rank: negative - rank + 1, cell: 2 * cell + 1)
      : arena.orderStatistic(rank: rank - negative, cell: 2 * cell)
  }
}
