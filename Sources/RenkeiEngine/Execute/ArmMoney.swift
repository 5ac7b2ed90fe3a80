// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// What the money of one arm adds up over the plans of a block, and what follows from it.
final class ArmMoney {
  /// Present values over plans, by RK_FLOW_…; of a block whose plans are done.
  let flows: ColumnBuffer
  /// Figures of the portfolio, by ``EffectMetric``.
  let effects: ColumnBuffer
  /// By ``PlanMoney/index(_:_:)``.
  let values: ColumnBuffer
  /// The arm's numbers that all plans share.
  let numbers: NumberTable
  /// Flows of a few paths side by side: a ledger touches all of few paths at a time.
  let flowSums: ColumnPointer
  /// Years that a path may stand, 0 included.
  let standingCount: Int
  /// Amounts that are kept of a path.
  let keptWidth: Int
  private let kept: ColumnPointer
  private let keptCount: Int
  private let cohorts: Int
  /// By RK_KEPT_…: the loss share that all plans have in common; nil where losses are kept.
  private let lossShares: [Double]?
  private let offers: [Bool]
  private static var flowCount: Int { Int(RK_FLOW_COUNT.rawValue) * BlockRunner.width }

  init(_ support: CompiledSupport, arm: Int, years: Int) {
    let terms = support.arms[arm]
    let hasLoan = terms.offers(.policyLoan)
    offers = [true, terms.offers(.guarantee), hasLoan, hasLoan && terms.split < .infinity]
    let amounts = Int(RK_KEPT_COUNT.rawValue)
    if let last = support.privateLoss, let loan = support.policyLoss {
      lossShares = [last, last, loan, loan]
      keptWidth = amounts
    } else {
      lossShares = nil
      keptWidth = 2 * amounts
    }
    standingCount = years + 1
    cohorts = support.cohorts.count
    keptCount = cohorts * BlockRunner.width * standingCount * keptWidth
    kept = Self.zeros(keptCount)
    flowSums = Self.zeros(Self.flowCount)
    flows = ColumnBuffer(count: Int(RK_FLOW_COUNT.rawValue))
    effects = ColumnBuffer(count: EffectMetric.allCases.count)
    values = ColumnBuffer(count: CostBasis.allCases.count * CostFlow.allCases.count)
    numbers = NumberTable(terms.numbers)
  }

  deinit {
    kept.deallocate()
    flowSums.deallocate()
  }

  private static func zeros(_ count: Int) -> ColumnPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * 8, alignment: 64)
      .bindMemory(to: Double.self, capacity: max(1, count))
    memory.initialize(repeating: 0, count: count)
    return memory
  }

  /// Every sum is zero again.
  func begin() {
    kept.update(repeating: 0, count: keptCount)
    flowSums.update(repeating: 0, count: Self.flowCount)
  }

  /// What plans add to.
  var carriedParts: [UnsafeMutableRawBufferPointer] {
    [(kept, keptCount), (flowSums, Self.flowCount)].map {
      UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: $0.0, count: $0.1))
    }
  }

  /// The sums of a cohort's plans, by path, years that it stands, and amount.
  func sums(cohort: Int) -> ColumnPointer {
    kept + cohort * BlockRunner.width * standingCount * keptWidth
  }

  /// Turns what the plans of a block added up into columns.
  func finish(into standing: StandingSums, kernels: UnsafePointer<rk_kernels>) {
    kernels.pointee.flow_columns(flowSums, flows[0])
    for cohort in 0..<cohorts {
      kernels.pointee.standing_sums(
        sums(cohort: cohort), Int64(standingCount), Int64(keptWidth),
        standing.columns(cohort, of: self))
    }
  }

  /// Whether a kept amount can be other than 0.
  func keeps(_ amount: rk_kept) -> Bool { offers[Int(amount.rawValue)] }

  /// The place of the losses on a kept amount, and the part of it that they are.
  func loss(_ amount: rk_kept) -> (place: Int, part: Double) {
    let place = Int(amount.rawValue)
    if let lossShares { return (place, lossShares[place]) }
    return (place + Int(RK_KEPT_COUNT.rawValue), 1)
  }
}

/// Kept amounts of one arm as columns: sums over the plans that stand so many years or more.
final class StandingSums {
  private let memory: ColumnBuffer
  private let columnsPerCohort: Int

  init(_ support: CompiledSupport, years: Int) {
    columnsPerCohort = (years + 1) * 2 * Int(RK_KEPT_COUNT.rawValue)
    memory = ColumnBuffer(count: support.cohorts.count * columnsPerCohort)
  }

  /// The columns of a cohort.
  fileprivate func columns(_ cohort: Int, of arm: ArmMoney) -> ColumnPointer {
    memory[cohort * columnsPerCohort]
  }

  /// What stands at the end of a plan year; plan year 0: what was drawn.
  ///
  /// - Parameter place: of an amount or of its losses.
  func column(_ place: Int, of arm: ArmMoney, cohort: Int, planYear: Int) -> ColumnPointer {
    memory[cohort * columnsPerCohort + planYear * arm.keptWidth + place]
  }

  func column(_ amount: rk_kept, of arm: ArmMoney, cohort: Int, planYear: Int) -> ColumnPointer {
    column(Int(amount.rawValue), of: arm, cohort: cohort, planYear: planYear)
  }
}
