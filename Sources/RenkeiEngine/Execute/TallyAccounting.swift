// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel
import RenkeiStatistics

extension TallySums {
  /// Adds what the accounting of one plan's year found on `paths` paths.
  mutating func addPlan(annual: Int, cumulative: Int, paths: Int, _ found: rk_account_sums) {
    planMoments[annual].add(count: paths, sum: found.sums.0, sumOfSquares: found.sums.1)
    planMoments[cumulative].add(count: paths, sum: found.cumulative_sum, sumOfSquares: found.sums.2)
    planActive[annual] += Int(found.counts.0)
    planTargetMet[annual] += Int(found.counts.1)
    planActive[cumulative] += Int(found.counts.2)
    planTargetMet[cumulative] += Int(found.counts.3)
  }

  /// Adds what the accounting of all years of a plan found.
  mutating func addPlan(
    _ plan: Int, layout: TallyLayout, paths: Int, _ found: UnsafePointer<rk_account_sums>
  ) {
    let years = layout.years
    let annual = layout.cell(plan, .annual, 0)
    let cumulative = layout.cell(plan, .cumulative, 0)
    planMoments.withUnsafeMutableBufferPointer { cells in
      for year in 0..<years {
        let sums = found[year].sums
        cells[annual + year].add(count: paths, sum: sums.0, sumOfSquares: sums.1)
        cells[cumulative + year].add(
          count: paths, sum: found[year].cumulative_sum, sumOfSquares: sums.2)
      }
    }
    planActive.withUnsafeMutableBufferPointer { cells in
      for year in 0..<years {
        cells[annual + year] += Int(found[year].counts.0)
        cells[cumulative + year] += Int(found[year].counts.2)
      }
    }
    planTargetMet.withUnsafeMutableBufferPointer { cells in
      for year in 0..<years {
        cells[annual + year] += Int(found[year].counts.1)
        cells[cumulative + year] += Int(found[year].counts.3)
      }
    }
  }
}

extension TallyShifts {
  /// Every cell about 0.
  init(layout: TallyLayout) {
    self.init(
      plans: [Double](repeating: 0, count: layout.planCellCount),
      groups: [Double](repeating: 0, count: layout.groupCellCount),
      portfolio: [Double](repeating: 0, count: layout.portfolioCellCount))
  }
}
