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
    money?.begin(kernels: kernels)
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

/// What the money of one arm adds up over the plans of a block, and what follows from it.
final class ArmMoney {
  /// Present values over plans, by RK_FLOW_….
  let flows: ColumnBuffer
  /// Figures of the portfolio, by ``EffectMetric``.
  let effects: ColumnBuffer
  /// By ``PlanMoney/index(_:_:)``.
  let values: ColumnBuffer
  /// The arm's numbers that all plans share.
  let numbers: NumberTable
  /// RK_KEPT_… that can be other than 0.
  private let isKept: [Bool]
  private let kept: ColumnBuffer
  private let years: Int
  private let zero = ColumnBuffer(count: 1)

  init(_ support: CompiledSupport, arm: Int, years: Int) {
    self.years = years
    let terms = support.arms[arm]
    let hasLoan = terms.offers(.policyLoan)
    let hasCover = terms.offers(.guarantee)
    let hasHigh = hasLoan && terms.split < .infinity
    isKept = [true, true, hasCover, hasCover, hasLoan, hasLoan, hasHigh, hasHigh]
    kept = ColumnBuffer(count: support.cohorts.count * (years + 1) * Int(RK_KEPT_COUNT.rawValue))
    flows = ColumnBuffer(count: Int(RK_FLOW_COUNT.rawValue))
    effects = ColumnBuffer(count: EffectMetric.allCases.count)
    values = ColumnBuffer(count: CostBasis.allCases.count * CostFlow.allCases.count)
    numbers = NumberTable(terms.numbers)
  }

  func begin(kernels: UnsafePointer<rk_kernels>) {
    for flow in 0..<flows.count { kernels.pointee.fill(0, flows[flow]) }
    for column in 0..<kept.count where isKept[column % Int(RK_KEPT_COUNT.rawValue)] {
      kernels.pointee.fill(0, kept[column])
    }
  }

  /// What plans add to.
  var carriedBuffers: [ColumnBuffer] { [flows, kept] }

  private func column(_ amount: Int, cohort: Int, planYear: Int) -> Int {
    (cohort * (years + 1) + planYear) * Int(RK_KEPT_COUNT.rawValue) + amount
  }

  /// Where a kept amount adds up; nil where it is 0. Plan year 0 holds what was drawn.
  func sum(_ amount: Int, cohort: Int, planYear: Int) -> ColumnPointer? {
    isKept[amount] ? kept[column(amount, cohort: cohort, planYear: planYear)] : nil
  }

  /// A kept amount's sum over plans, 0 included.
  func total(_ amount: Int, cohort: Int, planYear: Int) -> UnsafePointer<Double> {
    UnsafePointer(sum(amount, cohort: cohort, planYear: planYear) ?? zero[0])
  }
}
