// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel
import RenkeiStatistics

/// The sums of one chunk of paths, or of a range of chunks once merged.
struct ChunkTally: Mergeable {
  /// Two by plan cell: Σ(x − shift) and Σ(x − shift)².
  private(set) var planSums: [Double]
  /// Two by plan cell: paths with revenue, paths with the target met.
  private(set) var planCounts: [Int]
  /// Two by group cell.
  private(set) var groupSums: [Double]
  /// Two by cell of the portfolio.
  private(set) var portfolioSums: [Double]

  init(layout: TallyLayout) {
    planSums = [Double](repeating: 0, count: 2 * layout.planCellCount)
    planCounts = [Int](repeating: 0, count: 2 * layout.planCellCount)
    groupSums = [Double](repeating: 0, count: 2 * layout.groupCellCount)
    portfolioSums = [Double](repeating: 0, count: 4 * layout.years)
  }

  mutating func addPlan(annual: Int, cumulative: Int, _ sums: rk_account_sums) {
    planSums[2 * annual] += sums.sums.0
    planSums[2 * annual + 1] += sums.sums.1
    planSums[2 * cumulative] += sums.sums.2
    planSums[2 * cumulative + 1] += sums.sums.3
    planCounts[2 * annual] += Int(sums.counts.0)
    planCounts[2 * annual + 1] += Int(sums.counts.1)
    planCounts[2 * cumulative] += Int(sums.counts.2)
    planCounts[2 * cumulative + 1] += Int(sums.counts.3)
  }

  mutating func addGroup(cell: Int, sum: Double, square: Double) {
    groupSums[2 * cell] += sum
    groupSums[2 * cell + 1] += square
  }

  mutating func addPortfolio(cell: Int, sum: Double, square: Double) {
    portfolioSums[2 * cell] += sum
    portfolioSums[2 * cell + 1] += square
  }

  mutating func merge(_ other: ChunkTally) {
    for index in planSums.indices { planSums[index] += other.planSums[index] }
    for index in planCounts.indices { planCounts[index] += other.planCounts[index] }
    for index in groupSums.indices { groupSums[index] += other.groupSums[index] }
    for index in portfolioSums.indices { portfolioSums[index] += other.portfolioSums[index] }
  }
}
