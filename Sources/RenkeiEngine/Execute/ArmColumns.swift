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

  /// What plans add to.
  var carriedParts: [UnsafeMutableRawBufferPointer] {
    [
      ArmColumns.bytes(flows),
      UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: kept, count: keptCount)),
    ]
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
