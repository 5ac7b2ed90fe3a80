// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// Sources of a plan's investment under one arm, each up to what is left: own funds, subsidy,
/// policy loan, private loan max(0, amount + crowd-in · policy loan), and the guaranteed share of
/// the latter.
struct FundingStage {
  func run(
    _ arm: CompiledArm, _ numbers: NumberTable, _ money: MoneyWorkspace,
    into funding: FundingColumns,
    in workspace: BlockWorkspace
  ) {
    func taken(_ measure: SupportMeasure) -> rk_operand {
      arm.offers(measure) ? money.takeUp[measure.place].operand : money.zero.operand
    }
    var waterfall = rk_waterfall(
      need: money.investment.operand, own: money.ownFunds.operand,
      grant_ask: money.grantAsk.operand, grant_taken: taken(.subsidy),
      grant_share: numbers.operand(.grantShare), grant_cap: arm.grantCap,
      grant_floor: arm.grantFloor, loan_ask: money.loanAsk.operand,
      loan_taken: taken(.policyLoan), loan_cap: arm.loanCap,
      last_base: money.privateAmount.operand, last_slope: numbers.operand(.crowdIn),
      cover_taken: taken(.guarantee), cover: numbers.operand(.cover),
      cover_cap: arm.offers(.guarantee) ? arm.coverCap : .infinity,
      has_share: arm.hasGrantShare ? 1 : 0, grant: funding.grant, loan: funding.loan,
      last: funding.last, covered: funding.covered, unfilled: funding.unfilled,
      scale: funding.scale,
      // Nobody asks for what is met of a source that is not offered.
      grant_met: arm.offers(.subsidy) ? funding.grantMet : nil,
      loan_met: arm.offers(.policyLoan) ? funding.loanMet : nil)
    workspace.kernels.pointee.waterfall(&waterfall)
  }
}
