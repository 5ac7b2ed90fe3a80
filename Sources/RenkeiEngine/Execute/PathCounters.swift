// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// How many plans of each path are in a state in each year of a block, kept bit by bit.
final class PathCounters {
  /// The metrics in the order of the kernels' counters.
  private static let metrics: [CountMetric] = [
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

  /// Adds to the numbers of paths by number of plans, and starts again from nothing.
  func flush(paths: Int, into tally: inout TallySums, layout: TallyLayout) {
    for year in 0..<years {
      for (place, metric) in Self.metrics.enumerated() {
        let counter = counters(year: year) + place * Int(RK_COUNTER_WORDS)
        let base = metric == .launched ? sellingEverywhere[year] : 0
        tally.countFrequencies[layout.countIndex(metric, year)].withUnsafeMutableBytes {
          guard let frequencies = $0.bindMemory(to: Int64.self).baseAddress else { return }
          kernels.pointee.add_frequencies(counter, Int64(base), Int32(paths), frequencies)
        }
      }
      sellingEverywhere[year] = 0
    }
  }
}
