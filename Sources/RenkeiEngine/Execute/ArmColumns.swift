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
  /// For each RK_KEPT_… its place among the sums of a year, −1 where it is not kept.
  let keptPlaces: [Int32]
  /// Eight paths after eight paths, each with all its cells side by side: a ledger touches many
  /// cells of few paths at a time.
  private let kept: ColumnPointer
  private let keptCount: Int
  /// For each RK_KEPT_… the sum it is in proportion to, and how much of it.
  private let sources: [(amount: rk_kept, part: Double)]
  private let zero: ColumnPointer
  private let years: Int
  /// Doubles from eight paths of a kept sum to the next eight.
  let rowStride: Int
  /// Doubles from the sums of a plan year to those of the next.
  let yearStride: Int

  init(_ support: CompiledSupport, arm: Int, years: Int) {
    self.years = years
    let terms = support.arms[arm]
    let hasLoan = terms.offers(.policyLoan)
    let hasCover = terms.offers(.guarantee)
    let hasHigh = hasLoan && terms.split < .infinity
    let offers = [true, hasCover, hasLoan, hasHigh]
    let amounts = [RK_KEPT_LAST, RK_KEPT_COVERED, RK_KEPT_LOW, RK_KEPT_HIGH]
    // A loss share that all plans have in common follows from the amounts.
    let shares = [
      support.privateLoss, support.privateLoss, support.policyLoss, support.policyLoss,
    ]
    let lanes = Int(RK_LOGICAL_LANES)
    var places: [Int32] = []
    var sources: [(amount: rk_kept, part: Double)] = []
    var next = 0
    for (place, amount) in amounts.enumerated() {
      let loss = rk_kept(amount.rawValue + 1)
      for isKept in [offers[place], offers[place] && shares[place] == nil] {
        places.append(isKept ? Int32(next) : -1)
        if isKept { next += lanes }
      }
      sources.append((amount, 1))
      sources.append(shares[place].map { (amount, $0) } ?? (loss, 1))
    }
    keptPlaces = places
    self.sources = sources
    yearStride = next
    rowStride = support.cohorts.count * (years + 1) * next
    keptCount = rowStride * BlockRunner.width / lanes
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

  /// The sums of a cohort's plan years; plan year 0 holds what was drawn.
  func sums(cohort: Int) -> ColumnPointer { kept + cohort * (years + 1) * yearStride }

  /// A kept amount's sum over plans, 0 included.
  func total(_ amount: rk_kept, cohort: Int, planYear: Int) -> KeptSum {
    let source = sources[Int(amount.rawValue)]
    let place = Int(keptPlaces[Int(source.amount.rawValue)])
    guard place >= 0 else { return KeptSum(base: UnsafePointer(zero), stride: 0, part: 1) }
    return KeptSum(
      base: UnsafePointer(sums(cohort: cohort) + planYear * yearStride + place),
      stride: rowStride, part: source.part)
  }

  /// Whether a kept amount can be other than 0.
  func keeps(_ amount: rk_kept) -> Bool { keptPlaces[Int(amount.rawValue)] >= 0 }
}

/// A sum over plans by path, in rows of eight paths.
struct KeptSum {
  fileprivate let base: UnsafePointer<Double>
  fileprivate let stride: Int
  fileprivate let part: Double

  subscript(path: Int) -> Double {
    let lanes = Int(RK_LOGICAL_LANES)
    return part * base[path / lanes * stride + path % lanes]
  }
}
