// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// What one arm adds up over the plans of a block.
final class ArmColumns {
  /// Revenue of the portfolio by year.
  let portfolio: ColumnBuffer
  /// Revenue of the groups: group outermost, then year.
  let groups: ColumnBuffer
  /// Plans in each state, by year and path, while they are being accounted.
  let counters: PathCounters
  /// Counts of a finished block: metric outermost, then year, then path.
  let counts: UnsafeMutablePointer<Int32>
  /// Nil where the scenario describes no support.
  let money: ArmMoney?
  /// Whether the revenue is the arm's own, not that of an earlier arm.
  let earns: Bool
  private let years: Int
  var countSize: Int { years * BlockRunner.width * CountMetric.allCases.count }

  init(_ portfolio: CompiledPortfolio, arm: Int, kernels: UnsafePointer<rk_kernels>) {
    self.portfolio = ColumnBuffer(count: portfolio.years)
    groups = ColumnBuffer(count: portfolio.layout.groupCount * portfolio.years)
    money = portfolio.support.map { ArmMoney($0, arm: arm, years: portfolio.years) }
    earns = portfolio.earns(arm)
    years = portfolio.years
    counters = PathCounters(years: years, kernels: kernels)
    let countSize = years * BlockRunner.width * CountMetric.allCases.count
    counts = .allocate(capacity: countSize)
    counts.initialize(repeating: 0, count: countSize)
  }

  deinit { counts.deallocate() }

  /// Every sum is zero again.
  func begin(kernels: UnsafePointer<rk_kernels>) {
    for year in 0..<portfolio.count { kernels.pointee.fill(0, portfolio[year]) }
    for column in 0..<groups.count { kernels.pointee.fill(0, groups[column]) }
    counts.update(repeating: 0, count: countSize)
    money?.begin()
  }

  /// Counts of a metric in one year, by path.
  func counts(_ metric: CountMetric, year: Int) -> UnsafeMutablePointer<Int32> {
    let place = CountMetric.allCases.firstIndex(of: metric) ?? 0
    return counts + (place * years + year) * BlockRunner.width
  }

  /// Moves what the counters have counted to the counts.
  func finishCounts() {
    for year in 0..<years {
      for metric in PathCounters.metrics {
        counters.move(metric, year: year, to: counts(metric, year: year))
      }
    }
  }
}
