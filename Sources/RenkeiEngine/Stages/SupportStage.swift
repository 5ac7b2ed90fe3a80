// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel
import RenkeiStatistics

/// Plans under several arms: what all arms share is drawn and computed once, then arm by arm the
/// sources, what they change, the ledger and the revenue.
///
/// A class, for it is fetched once a plan and a copy would count up the references of all its parts.
final class SupportStage {
  let support: CompiledSupport
  let years: Int
  let baseStage: BaseStage
  let needsStage = NeedsStage()
  let fundingStage = FundingStage()
  let effectStage: EffectStage
  let ledgerStage: LedgerStage
  let figureStage: FigureStage
  /// By arm.
  let accountStages: [AccountStage]
  /// The calibrated arm's numbers.
  private let calibrated: NumberTable
  /// By arm: whether every plan has the sources of the calibrated arm.
  private let sharesFunding: [Bool]

  /// Nil where the scenario describes no support.
  init?(
    _ portfolio: CompiledPortfolio, revenueStage: RevenueStage, accountStages: [AccountStage],
    histograms: [ArmHistograms]
  ) {
    guard let support = portfolio.support else { return nil }
    self.support = support
    years = portfolio.years
    baseStage = BaseStage(revenue: revenueStage, years: years)
    effectStage = EffectStage(revenue: revenueStage, years: years)
    ledgerStage = LedgerStage(
      support: support, years: years,
      coverage: histograms.compactMap { $0.finance?.coverageHistograms })
    figureStage = FigureStage(
      support: support, layout: portfolio.layout, goalYen: portfolio.goalYen,
      histograms: histograms)
    self.accountStages = accountStages
    calibrated = NumberTable(support.calibrated.numbers)
    sharesFunding = support.arms.map { $0.hasSources(of: support.calibrated) }
  }

  /// Computes the numbers that plans share.
  func begin(in workspace: BlockWorkspace) {
    workspace.money?.begin(paths: Int(workspace.paths), shared: workspace.shared)
    calibrated.run(shared: workspace.shared)
    for arm in workspace.arms { arm.money?.numbers.run(shared: workspace.shared) }
  }

  /// Computes one plan under every arm; `index` is its place among the compiled plans.
  func run(
    _ plan: CompiledPlan, at index: Int, in workspace: BlockWorkspace, into sums: inout RunSums
  ) {
    guard let money = workspace.money else { return }
    guard let finance = support.plans[index] else {
      skip(plan, in: workspace, into: &sums)
      return
    }
    needsStage.run(finance, money, in: workspace)
    baseStage.run(plan, finance, money, in: workspace)
    if needsCalibrated(finance) {
      fundingStage.run(
        support.calibrated, calibrated, money, into: money.calibrated, in: workspace)
    }
    for (arm, terms) in support.arms.enumerated() {
      guard let own = workspace.arms[arm].money else { continue }
      workspace.arm = workspace.arms[arm]
      money.useFunding(ofCalibratedArm: sharesFunding[arm])
      if !sharesFunding[arm] {
        fundingStage.run(terms, own.numbers, money, into: money.funding, in: workspace)
      }
      let armPlan = effectStage.run(plan, finance, arm: arm, support, in: workspace, money)
      var found = PlanFinanceSums()
      ledgerStage.run(
        plan, finance, arm: arm, armPlan, in: workspace, money, into: &found)
      sums.arms[arm].finance?.plans[plan.planIndex].merge(found)
      money.recorder?(plan.planIndex, arm)
      if support.revenueArm[arm] == arm {
        accountStages[arm].run(
          plan, finance, armPlan, money, in: workspace, into: &sums.arms[arm].tally)
      }
    }
  }

  /// Whether an arm has the calibrated arm's sources or is compared with them.
  private func needsCalibrated(_ finance: CompiledFinance) -> Bool {
    sharesFunding.contains(true) || finance.arms.contains { !$0.isCalibrated }
  }

  /// A plan that begins after the horizon: nothing is needed, so that all of it is made.
  private func skip(_ plan: CompiledPlan, in workspace: BlockWorkspace, into sums: inout RunSums) {
    workspace.kernels.pointee.fill(0, workspace.cumulative)
    for arm in support.arms.indices {
      workspace.arm = workspace.arms[arm]
      sums.arms[arm].finance?.plans[plan.planIndex].scale += Double(workspace.paths)
      guard support.revenueArm[arm] == arm else { continue }
      for year in 0..<years {
        accountStages[arm].skip(
          plan, year: year, in: workspace, into: &sums.arms[arm].tally)
      }
    }
  }

  /// Adds the portfolio's figures of every arm.
  func end(shifts: [ArmShifts], in workspace: BlockWorkspace, into sums: inout RunSums) {
    figureStage.run(shifts: shifts, in: workspace, into: &sums)
  }
}
