// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// How many plans of each path are in a state in each year of a block, kept bit by bit.
final class PathCounters {
  /// The metrics in the order of the kernels' counters.
  static let metrics: [CountMetric] = [
    .launched, .active, .failedHazard, .targetMet, .revenue100To300Million,
  ]

  private let years: Int
  private let kernels: UnsafePointer<rk_kernels>
  private let words: UnsafeMutablePointer<UInt64>
  private let sellingEverywhere: UnsafeMutablePointer<Int>
  /// Bit column of the paths on which the present plan has had revenue.
  let ever: UnsafeMutablePointer<UInt64>

  init(years: Int, kernels: UnsafePointer<rk_kernels>) {
    precondition(Self.metrics.count == Int(RK_COUNTERS), "a metric for each counter")
    self.years = years
    self.kernels = kernels
    let count = max(1, years) * Self.metrics.count * Int(RK_COUNTER_WORDS) + BlockRunner.width / 64
    words = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<UInt64>.stride, alignment: 64
    ).bindMemory(to: UInt64.self, capacity: count)
    words.initialize(repeating: 0, count: count)
    ever = words + (count - BlockRunner.width / 64)
    sellingEverywhere = .allocate(capacity: max(1, years))
    sellingEverywhere.initialize(repeating: 0, count: max(1, years))
  }

  deinit {
    words.deallocate()
    sellingEverywhere.deallocate()
  }

  /// The kernels' counters of one year.
  func counters(year: Int) -> UnsafeMutablePointer<UInt64> {
    words + year * Self.metrics.count * Int(RK_COUNTER_WORDS)
  }

  /// Another plan begins.
  func beginPlan() { ever.update(repeating: 0, count: BlockRunner.width / 64) }

  /// Counts a plan that sells on every path of the block.
  func countSellingEverywhere(year: Int) { sellingEverywhere[year] += 1 }

  /// Adds the counts of a metric to a column of them, and starts again from nothing.
  func move(_ metric: CountMetric, year: Int, to counts: UnsafeMutablePointer<Int32>) {
    guard let place = Self.metrics.firstIndex(of: metric) else { return }
    kernels.pointee.add_counts(counters(year: year) + place * Int(RK_COUNTER_WORDS), counts)
    if metric == .launched {
      let everywhere = Int32(sellingEverywhere[year])
      for path in 0..<BlockRunner.width { counts[path] += everywhere }
      sellingEverywhere[year] = 0
    }
  }
}
