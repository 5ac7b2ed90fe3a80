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
  /// Plans in each state by year, packed.
  let tallies: UnsafeMutablePointer<UInt64>
  /// Unpacked counts: metric outermost, then year, then path.
  let counts: UnsafeMutablePointer<Int32>
  /// Nil where the scenario describes no support.
  let money: ArmMoney?
  private let tallyCount: Int

  init(_ portfolio: CompiledPortfolio, arm: Int) {
    self.portfolio = ColumnBuffer(count: portfolio.years)
    groups = ColumnBuffer(count: portfolio.layout.groupCount * portfolio.years)
    money = portfolio.support.map { ArmMoney($0, arm: arm, years: portfolio.years) }
    tallyCount = portfolio.years * Int(RK_WIDTH)
    tallies = .allocate(capacity: tallyCount)
    tallies.initialize(repeating: 0, count: tallyCount)
    counts = .allocate(capacity: tallyCount * CountMetric.allCases.count)
    counts.initialize(repeating: 0, count: tallyCount * CountMetric.allCases.count)
  }

  deinit {
    tallies.deallocate()
    counts.deallocate()
  }

  /// Every sum is zero again.
  func begin(kernels: UnsafePointer<rk_kernels>) {
    for year in 0..<portfolio.count { kernels.pointee.fill(0, portfolio[year]) }
    for column in 0..<groups.count { kernels.pointee.fill(0, groups[column]) }
    tallies.update(repeating: 0, count: tallyCount)
    counts.update(repeating: 0, count: tallyCount * CountMetric.allCases.count)
    money?.begin(kernels: kernels)
  }

  /// Counts of a metric in one year, by path.
  func counts(_ metric: CountMetric, year: Int) -> UnsafeMutablePointer<Int32> {
    let place = CountMetric.allCases.firstIndex(of: metric) ?? 0
    return counts + place * tallyCount + year * Int(RK_WIDTH)
  }

  /// Adds the packed tallies to the counts and empties them.
  func unpackTallies() {
    let fieldMask = UInt64(1) << UInt64(RK_TALLY_BITS) - 1
    for index in 0..<tallyCount {
      let word = tallies[index]
      for metric in 0..<CountMetric.allCases.count {
        counts[metric * tallyCount + index] += Int32(
          truncatingIfNeeded: word >> UInt64(metric * Int(RK_TALLY_BITS)) & fieldMask)
      }
      tallies[index] = 0
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
