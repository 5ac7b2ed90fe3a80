// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel
import RenkeiStatistics

/// The accounts of one plan under one arm: cash, debt service, tax, default, and what follows after
/// the horizon.
struct LedgerStage {
  let support: CompiledSupport
  let years: Int
  /// Least cover of debt service by plan, for each arm; empty where quantiles are left out.
  let coverage: [LogHistogramArena]

  func run(
    _ plan: CompiledPlan, _ finance: CompiledFinance, arm index: Int, _ armPlan: ArmPlan,
    in workspace: BlockWorkspace, _ money: MoneyWorkspace, into sums: inout PlanFinanceSums
  ) {
    guard let totals = workspace.arms[index].money else { return }
    let arm = support.arms[index]
    let numbers = totals.numbers
    setYears(plan, finance, armPlan, totals, money)
    let zero = money.zero.operand
    let first = plan.firstYear
    let funding = money.funding
    let isRunOff = support.afterHorizon != .truncate
    func late(_ part: LoanPart) -> Int32 {
      let payments = arm.latePayments(part, planYears: finance.planYears)
      let isDrawn = part == .last || (arm.offers(.policyLoan) && (part == .low || hasHigh(arm)))
      return isRunOff && isDrawn ? Int32(payments) : 0
    }
    func weights(_ part: LoanPart) -> UnsafePointer<rk_operand> {
      numbers.first(CompiledArm.lateGroup(finance.cohort, part))
    }
    let lateGrant = max(0, arm.grantYear - finance.planYears)
    let relief =
      !arm.offers(.taxIncentive)
      ? RK_RELIEF_NONE : arm.tax == .credit ? RK_RELIEF_CREDIT : RK_RELIEF_DEPRECIATION
    let hasLate = isRunOff && (late(.low) > 0 || late(.high) > 0 || late(.last) > 0)
    let hasLoan = arm.offers(.policyLoan)
    let recordsPlan = money.recorder != nil
    var ledger = rk_ledger(
      counted: .column(UnsafePointer(money.counted)), factor: armPlan.factor,
      clock: .column(armPlan.clock), entry: armPlan.entry, margin: money.margin.operand,
      fixed: money.fixedCost.operand, other: money.otherCash.operand,
      line: money.creditLine.operand, need: money.investment.operand,
      own: money.ownFunds.operand, grant: funding.grant, loan: funding.loan, last: funding.last,
      covered: funding.covered, unfilled: funding.unfilled, scale: funding.scale,
      has_loan: hasLoan ? 1 : 0, split: arm.split, low_rate: numbers.operand(.lowRate),
      high_rate: numbers.operand(.highRate), last_rate: numbers.operand(.lastRate),
      fee_rate: numbers.operand(.feeRate), funding_rate: numbers.operand(.fundingRate),
      loan_loss: money.policyLoss.operand, last_loss: money.privateLoss.operand,
      grant_year: Int32(arm.grantYear), start_discount: numbers.operand(.discount, first),
      advice_taken: arm.offers(.advice)
        ? money.takeUp[SupportMeasure.advice.place].operand : zero,
      advice_cost: money.adviceCost.operand, tax_rate: money.taxRate.operand,
      period: Double(finance.periodYears), relief: relief,
      relief_years: Int32(arm.reliefYears),
      relief_taken: money.takeUp[SupportMeasure.taxIncentive.place].operand,
      relief_share: numbers.operand(.reliefShare), relief_minimum: arm.reliefMinimum,
      relief_rate: numbers.operand(.reliefRate), relief_limit: numbers.operand(.reliefLimit),
      enforce: finance.enforces ? 1 : 0, years: Int32(finance.planYears),
      year: money.ledgerYears,
      late_survival: support.afterHorizon == .performing
        ? money.one.operand : armPlan.lateSurvival, late_low: late(.low), late_high: late(.high),
      late_last: late(.last), low_weight: weights(.low), high_weight: weights(.high),
      last_weight: weights(.last), late_grant: isRunOff ? Int32(lateGrant) : 0,
      late_grant_discount: lateGrant > 0
        ? numbers.operand(.discount, first + arm.grantYear) : zero,
      kept: totals.sums(cohort: finance.cohort), kept_rows: Int64(totals.standingCount),
      kept_width: Int64(totals.keptWidth), flow: totals.flowSums,
      flows: Self.flows(of: arm, hasLate: hasLate),
      gap: recordsPlan ? money.gap : nil, exposure: recordsPlan ? money.exposure : nil,
      loss: recordsPlan ? money.loss : nil, profit: recordsPlan ? money.profit : nil,
      service: recordsPlan || !coverage.isEmpty ? money.service : nil,
      broke: finance.enforces ? money.broke : nil)
    var found = rk_ledger_sums()
    workspace.kernels.pointee.ledger(&ledger, &found)
    sums.add(found)
    if !coverage.isEmpty { record(money.service, plan, arm: index, in: workspace, money) }
  }

  /// Flows that can be other than 0, as bits.
  private static func flows(of arm: CompiledArm, hasLate: Bool) -> UInt32 {
    var flows = [RK_FLOW_TAX_BEFORE, RK_FLOW_MADE]
    if arm.offers(.taxIncentive) { flows.append(RK_FLOW_TAX_RELIEF) }
    if arm.offers(.subsidy) { flows += [RK_FLOW_GRANT, RK_FLOW_LATE_GRANT] }
    if arm.offers(.advice) { flows.append(RK_FLOW_ADVICE) }
    if hasLate && arm.offers(.policyLoan) {
      flows += [RK_FLOW_LATE_INTEREST, RK_FLOW_LATE_SAVING, RK_FLOW_LATE_LOAN_LOSS]
    }
    if hasLate && arm.offers(.guarantee) {
      flows += [RK_FLOW_LATE_FEES, RK_FLOW_LATE_COVERED_LOSS]
    }
    return flows.reduce(0) { $0 | 1 << $1.rawValue }
  }

  private func hasHigh(_ arm: CompiledArm) -> Bool { arm.split < .infinity }

  /// Pointers of each year.
  private func setYears(
    _ plan: CompiledPlan, _ finance: CompiledFinance, _ armPlan: ArmPlan, _ totals: ArmMoney,
    _ money: MoneyWorkspace
  ) {
    let numbers = totals.numbers
    let shareYears = years + 1
    for planYear in 1...finance.planYears {
      let year = plan.firstYear + planYear - 1
      func opening(_ part: LoanPart) -> rk_operand {
        numbers.operand(part.shares, planYear - 1)
      }
      func repaid(_ part: LoanPart) -> rk_operand {
        numbers.operand(part.shares, shareYears + planYear - 1)
      }
      money.ledgerYears[planYear - 1] = rk_ledger_year(
        level: armPlan.isDelayed ? money.armLevels[year] : money.levels[year],
        limit: money.limits[year].operand, elapsed: plan.elapsed[year],
        ramp: armPlan.isDelayed ? money.armRamps[year].operand : money.ramps[year].operand,
        low_open: opening(.low), high_open: opening(.high), last_open: opening(.last),
        low_repaid: repaid(.low), high_repaid: repaid(.high), last_repaid: repaid(.last),
        discount: numbers.operand(.discount, year + 1),
        cash: money.recorder == nil ? nil : money.cash[year])
    }
  }

  /// Counts the paths with debt service.
  private func record(
    _ service: ColumnPointer, _ plan: CompiledPlan, arm: Int, in workspace: BlockWorkspace,
    _ money: MoneyWorkspace
  ) {
    var count = 0
    for path in 0..<Int(workspace.paths) where service[path] < .infinity {
      money.spare[count] = max(0, service[path])
      count += 1
    }
    coverage[arm].record(column: money.spare, count: count, cell: plan.planIndex)
  }
}

extension PlanFinanceSums {
  fileprivate mutating func add(_ found: rk_ledger_sums) {
    investment += found.need
    scale += found.scale
    liquidityGap += found.gap
    exposureAtDefault += found.exposure
    creditLoss += found.loss
    defaults += Int(found.defaults)
    gaps += Int(found.gaps)
    failedHazard += Int(found.failed)
    failedCash += Int(found.broke)
    profitable += Int(found.profitable)
  }
}
