// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// What a plan needs, earns and asks for, the same under every arm: its own draws, and whether it
/// takes a measure up, u < take-up.
struct NeedsStage {
  /// Fills the slots of the workspace's money with a plan's numbers.
  func run(_ finance: CompiledFinance, _ money: MoneyWorkspace, in workspace: BlockWorkspace) {
    fill(money.target, finance.target, in: workspace)
    amount(money.investment, finance.investment, money, in: workspace)
    amount(money.ownFunds, finance.ownFunds, money, in: workspace)
    amount(money.otherCash, finance.otherCash, money, in: workspace)
    amount(money.fixedCost, finance.fixedCost, money, in: workspace)
    amount(money.creditLine, finance.creditLine, money, in: workspace)
    amount(money.privateAmount, finance.privateAmount, money, in: workspace)
    amount(money.loanAsk, finance.loanAsk, money, in: workspace)
    amount(money.adviceCost, finance.adviceCost, money, in: workspace)
    fill(money.margin, finance.margin, in: workspace)
    fill(money.elasticity, finance.elasticity, in: workspace)
    fill(money.taxRate, finance.taxRate, in: workspace)
    fill(money.privateLoss, finance.privateLoss, in: workspace)
    fill(money.policyLoss, finance.policyLoss, in: workspace)
    if let ask = finance.grantAsk {
      amount(money.grantAsk, ask, money, in: workspace)
    } else {
      product(money.grantAsk, money.investment, money.askShare.operand(0), in: workspace)
    }
    for (slot, takeUp) in zip(money.takeUp, finance.takeUp) {
      switch takeUp {
      case .never: slot.set(0)
      case .always: slot.set(1)
      case .drawn(let probability, let address):
        fill(money.ratio, probability, in: workspace)
        workspace.drawUniforms(address, into: workspace.uniform)
        workspace.kernels.pointee.indicator_below(
          workspace.uniform, money.ratio.operand, slot.column)
        slot.setColumn()
      }
    }
  }

  private func fill(
    _ slot: NumberSlot, _ quantity: CompiledQuantity, in workspace: BlockWorkspace
  ) {
    switch workspace.evaluate(quantity, into: slot.column, spare: workspace.scratch) {
    case .constant(let number): slot.set(number)
    case .column: slot.setColumn()
    }
  }

  /// An amount in yen, or a share of the target or the investment.
  private func amount(
    _ slot: NumberSlot, _ recipe: AmountRecipe, _ money: MoneyWorkspace,
    in workspace: BlockWorkspace
  ) {
    fill(slot, recipe.quantity, in: workspace)
    switch recipe.basis {
    case .stated: break
    case .target: product(slot, slot, money.target.operand, in: workspace)
    case .investment: product(slot, slot, money.investment.operand, in: workspace)
    }
  }

  /// slot = number · factor.
  private func product(
    _ slot: NumberSlot, _ number: NumberSlot, _ factor: rk_operand, in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels.pointee
    switch (number.constant, factor.mask == 0 ? factor.base[0] : nil) {
    case (let a?, let b?): slot.set(a * b)
    case (let a?, nil): kernels.affine(a, factor.base, 0, slot.column)
    case (nil, let b?): kernels.affine(b, number.column, 0, slot.column)
    case (nil, nil): kernels.multiply(number.column, factor.base, slot.column)
    }
    if number.constant == nil || factor.mask != 0 { slot.setColumn() }
  }
}
