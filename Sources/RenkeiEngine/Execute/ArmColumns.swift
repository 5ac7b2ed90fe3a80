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
  /// Eight paths after eight paths, each with all its cells side by side: a ledger touches many
  /// cells of few paths at a time.
  private let kept: ColumnPointer
  private let keptCount: Int
  private let zero: ColumnPointer
  private let years: Int

  init(_ support: CompiledSupport, arm: Int, years: Int) {
    self.years = years
    let terms = support.arms[arm]
    let hasLoan = terms.offers(.policyLoan)
    let hasCover = terms.offers(.guarantee)
    let hasHigh = hasLoan && terms.split < .infinity
    isKept = [true, true, hasCover, hasCover, hasLoan, hasLoan, hasHigh, hasHigh]
    let lanes = Int(RK_LOGICAL_LANES)
    let cells = support.cohorts.count * (years + 1) * Int(RK_KEPT_COUNT.rawValue)
    rowStride = cells * lanes
    keptCount = cells * BlockRunner.width
    // Zeros for what is not kept stand behind.
    kept = UnsafeMutableRawPointer.allocate(byteCount: (keptCount + lanes) * 8, alignment: 64)
      .bindMemory(to: Double.self, capacity: keptCount + lanes)
    kept.initialize(repeating: 0, count: keptCount + lanes)
    zero = kept + keptCount
    flows = ColumnBuffer(count: Int(RK_FLOW_COUNT.rawValue))
    effects = ColumnBuffer(count: EffectMetric.allCases.count)
    values = ColumnBuffer(count: CostBasis.allCases.count * CostFlow.allCases.count)
    numbers = NumberTable(terms.numbers)
  }

  deinit { kept.deallocate() }

  func begin(kernels: UnsafePointer<rk_kernels>) {
    for flow in 0..<flows.count { kernels.pointee.fill(0, flows[flow]) }
    kept.update(repeating: 0, count: keptCount)
  }

  /// Doubles from eight paths of a kept sum to the next eight.
  let rowStride: Int

  /// Where a kept amount adds up, in rows; nil where it is 0. Plan year 0 holds what was drawn.
  func sum(_ amount: rk_kept, cohort: Int, planYear: Int) -> ColumnPointer? {
    guard isKept[Int(amount.rawValue)] else { return nil }
    let cell =
      (cohort * (years + 1) + planYear) * Int(RK_KEPT_COUNT.rawValue) + Int(amount.rawValue)
    return kept + cell * Int(RK_LOGICAL_LANES)
  }

  /// A kept amount's sum over plans, 0 included.
  func total(_ amount: rk_kept, cohort: Int, planYear: Int) -> KeptSum {
    guard let sum = sum(amount, cohort: cohort, planYear: planYear) else {
      return KeptSum(base: UnsafePointer(zero), stride: 0)
    }
    return KeptSum(base: UnsafePointer(sum), stride: rowStride)
  }

  /// Whether a kept amount can be other than 0.
  func keeps(_ amount: rk_kept) -> Bool { isKept[Int(amount.rawValue)] }
}

/// A sum over plans by path, in rows of eight paths.
struct KeptSum {
  fileprivate let base: UnsafePointer<Double>
  fileprivate let stride: Int

  subscript(path: Int) -> Double {
    let lanes = Int(RK_LOGICAL_LANES)
    return base[path / lanes * stride + path % lanes]
  }
}
