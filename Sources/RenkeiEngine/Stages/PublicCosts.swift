// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

/// The public cost of an arm and of the baseline arm on a block of paths: the columns' form of
/// ``CostComponent/value(_:baselineTax:)``.
struct PublicCosts {
  private let columns: ColumnBuffer
  private let kernels: UnsafePointer<rk_kernels>

  init(_ columns: ColumnBuffer, kernels: UnsafePointer<rk_kernels>) {
    self.columns = columns
    self.kernels = kernels
  }

  /// A component of the arm, by ``FinanceLayout/costCell(_:_:)``.
  func own(_ cell: Int) -> ColumnPointer { columns[cell] }

  /// The same of the baseline arm.
  private func base(_ cell: Int) -> ColumnPointer { columns[FinanceLayout.costCellCount + cell] }

  private var numerator: ColumnPointer { columns[2 * FinanceLayout.costCellCount] }
  private var denominator: ColumnPointer { columns[2 * FinanceLayout.costCellCount + 1] }

  /// Fills the columns of the arm and of the baseline arm; nil where that does not run.
  func run(_ arm: ArmMoney, baseline: ArmMoney?) {
    fill(arm, taxOf: baseline ?? arm) { own($0) }
    if let baseline { fill(baseline, taxOf: baseline) { base($0) } }
  }

  private func fill(_ arm: ArmMoney, taxOf baseline: ArmMoney, _ column: (Int) -> ColumnPointer) {
    for basis in CostBasis.allCases {
      func flow(_ flow: CostFlow, of arm: ArmMoney) -> ColumnPointer {
        arm.values[PlanMoney.index(basis, flow)]
      }
      func cost(_ component: CostComponent) -> ColumnPointer {
        column(FinanceLayout.costCell(basis, component))
      }
      for (component, source) in [
        (CostComponent.subsidyPaid, CostFlow.subsidyPaid), (.interestSubsidy, .interestSubsidy),
        (.policyLoanLoss, .policyLoanLoss), (.guaranteeLoss, .guaranteeLoss),
        (.guaranteeFees, .guaranteeFees), (.taxExpenditure, .taxExpenditure),
        (.adviceCost, .adviceCost), (.borrowerInterestSaving, .borrowerInterestSaving),
        (.disbursed, .policyLoanDrawn), (.guaranteed, .guaranteedLoanDrawn),
      ] {
        cost(component).update(from: flow(source, of: arm), count: BlockRunner.width)
      }
      let gross = cost(.gross)
      kernels.pointee.add(cost(.interestSubsidy), cost(.policyLoanLoss), gross)
      kernels.pointee.add(gross, cost(.guaranteeLoss), gross)
      kernels.pointee.add(cost(.subsidyPaid), gross, gross)
      kernels.pointee.scaled_sum(1, gross, -1, cost(.guaranteeFees), gross)
      kernels.pointee.add(gross, cost(.taxExpenditure), gross)
      kernels.pointee.add(gross, cost(.adviceCost), gross)
      kernels.pointee.scaled_sum(
        1, flow(.taxBeforeIncentive, of: arm), -1, flow(.taxBeforeIncentive, of: baseline),
        cost(.extraTax))
      kernels.pointee.scaled_sum(1, gross, -1, cost(.extraTax), cost(.net))
    }
  }

  /// Adds numerators and denominators by ``FinanceLayout/ratioCell(_:_:)``, as
  /// ``PathFigures/ratios(baseline:)`` pairs them.
  func ratios(
    _ arm: ArmMoney, baseline: ArmMoney?, paths: Int, into ratios: inout [PairedMoments]
  ) {
    let revenue = EffectMetric.allCases.firstIndex(of: .cumulativeRevenue) ?? 0
    for basis in CostBasis.allCases {
      func cost(_ component: CostComponent) -> ColumnPointer {
        own(FinanceLayout.costCell(basis, component))
      }
      for metric in EffectivenessMetric.allCases {
        let cell = FinanceLayout.ratioCell(basis, metric)
        switch metric {
        case .policyLoanSubsidyRate:
          kernels.pointee.add(cost(.interestSubsidy), cost(.policyLoanLoss), numerator)
          ratios[cell].add(numerator, cost(.disbursed), count: paths)
        case .guaranteeSubsidyRate:
          kernels.pointee.scaled_sum(
            1, cost(.guaranteeLoss), -1, cost(.guaranteeFees), numerator)
          ratios[cell].add(numerator, cost(.guaranteed), count: paths)
        case .costPerExtraYen:
          if let baseline {
            kernels.pointee.scaled_sum(
              1, cost(.net), -1, base(FinanceLayout.costCell(basis, .net)), numerator)
            kernels.pointee.scaled_sum(
              1, arm.effects[revenue], -1, baseline.effects[revenue], denominator)
            ratios[cell].add(numerator, denominator, count: paths)
          } else {
            ratios[cell].add(cost(.net), arm.effects[revenue], count: paths)
          }
        }
      }
    }
  }
}
