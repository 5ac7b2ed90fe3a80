// SPDX-License-Identifier: GPL-3.0-or-later

/// A loan as one of those who bear its losses sees it: every item in proportion to the share.
public enum LoanBook: Int, CaseIterable, Sendable {
  case policyLoan
  /// The guaranteed share of private loans.
  case privateLoanGuarantor
  /// What is left of them.
  case privateLoanLender

  public var loan: String { self == .policyLoan ? "policy_loan" : "private_loan" }

  public var bearer: String {
    switch self {
    case .policyLoan: "public"
    case .privateLoanGuarantor: "guarantor"
    case .privateLoanLender: "lender"
    }
  }
}

/// What happens to loans within a year: opening + drawn − repaid − defaulted = closing, and
/// recovered + written off = defaulted.
public enum LoanItem: String, CaseIterable, Sendable {
  /// Owed from the year before.
  case opening
  case drawn
  case interest
  case repaid
  case defaulted
  case recovered
  case writtenOff = "written_off"
  case closing
}

/// Which flows a present value holds.
public enum CostBasis: String, CaseIterable, Sendable {
  /// Those within the horizon.
  case horizon
  /// Those and the loans' run-off after it.
  case life
}

/// A present value that is added up over plans and years: what public cost is made of.
package enum CostFlow: Int, CaseIterable, Sendable {
  case subsidyPaid
  case interestSubsidy
  case policyLoanLoss
  case guaranteeLoss
  case guaranteeFees
  case taxExpenditure
  case adviceCost
  case taxBeforeIncentive
  case borrowerInterestSaving
  case policyLoanDrawn
  case guaranteedLoanDrawn
}

/// A line of the public cost of an arm; amounts are positive.
///
///     gross = subsidy paid + interest subsidy + policy-loan loss + guarantee loss
///             − guarantee fees + tax expenditure + advice cost
///     net   = gross − extra tax
public enum CostComponent: String, CaseIterable, Sendable {
  case subsidyPaid = "subsidy_paid"
  case interestSubsidy = "interest_subsidy"
  case policyLoanLoss = "policy_loan_loss"
  case guaranteeLoss = "guarantee_loss"
  /// Income, subtracted.
  case guaranteeFees = "guarantee_fees"
  case taxExpenditure = "tax_expenditure"
  case adviceCost = "advice_cost"
  case gross
  /// Tax before incentives, arm − baseline arm on the same path; income, subtracted.
  case extraTax = "extra_tax"
  case net
  /// Memo: what borrowers save against the rate of private loans.
  case borrowerInterestSaving = "borrower_interest_saving"
  /// Memo: policy loans drawn.
  case disbursed = "disbursed_pv"
  /// Memo: guaranteed shares of private loans drawn.
  case guaranteed = "guaranteed_pv"
}

extension CostComponent {
  /// The component of one path.
  ///
  /// - Parameters:
  ///   - flows: the arm's present values by ``CostFlow``.
  ///   - baselineTax: ``CostFlow/taxBeforeIncentive`` of the baseline arm.
  package func value(_ flows: [Double], baselineTax: Double) -> Double {
    func flow(_ flow: CostFlow) -> Double { flows[flow.rawValue] }
    switch self {
    case .subsidyPaid: return flow(.subsidyPaid)
    case .interestSubsidy: return flow(.interestSubsidy)
    case .policyLoanLoss: return flow(.policyLoanLoss)
    case .guaranteeLoss: return flow(.guaranteeLoss)
    case .guaranteeFees: return flow(.guaranteeFees)
    case .taxExpenditure: return flow(.taxExpenditure)
    case .adviceCost: return flow(.adviceCost)
    case .gross:
      let credit = flow(.interestSubsidy) + flow(.policyLoanLoss) + flow(.guaranteeLoss)
      return flow(.subsidyPaid) + credit - flow(.guaranteeFees) + flow(.taxExpenditure)
        + flow(.adviceCost)
    case .extraTax: return flow(.taxBeforeIncentive) - baselineTax
    case .net:
      return Self.gross.value(flows, baselineTax: baselineTax)
        - Self.extraTax.value(flows, baselineTax: baselineTax)
    case .borrowerInterestSaving: return flow(.borrowerInterestSaving)
    case .disbursed: return flow(.policyLoanDrawn)
    case .guaranteed: return flow(.guaranteedLoanDrawn)
    }
  }
}

/// The money of one plan under one arm on one path. Amounts are in yen.
package struct PlanMoney: Sendable {
  /// I, the investment that is needed.
  package var investment = 0.0
  /// Part of it that is made.
  package var scale = 1.0
  package var subsidy = 0.0
  package var policyLoan = 0.0
  package var privateLoan = 0.0
  /// At the end of each year, from 0; 0 before the plan's start, as it stands after a failure.
  package var cash: [Double]
  /// By ``LoanBook`` × years + year from 0, then by ``LoanItem``.
  package var loans: [Double]
  /// By ``CostBasis``, then ``CostFlow``: present values.
  package var flows: [Double]
  /// Largest liquidity gap of any year.
  package var liquidityGap = 0.0
  /// Balance that defaults, all loans.
  package var exposureAtDefault = 0.0
  /// What of it is not recovered, whoever bears it.
  package var creditLoss = 0.0
  /// Lowest debt-service coverage of any year with debt service; nil without one.
  package var leastCoverage: Double?
  /// Profit after tax over the horizon.
  package var profit = 0.0

  package init(years: Int) {
    cash = [Double](repeating: 0, count: years)
    loans = [Double](
      repeating: 0, count: LoanBook.allCases.count * years * LoanItem.allCases.count)
    flows = [Double](repeating: 0, count: CostBasis.allCases.count * CostFlow.allCases.count)
  }

  /// Index into ``flows``.
  package static func index(_ basis: CostBasis, _ flow: CostFlow) -> Int {
    (basis == .horizon ? 0 : CostFlow.allCases.count) + flow.rawValue
  }

  /// Index into ``loans``, year from 0.
  package static func index(_ book: LoanBook, year: Int, years: Int, _ item: LoanItem) -> Int {
    let place = LoanItem.allCases.firstIndex(of: item) ?? 0
    return (book.rawValue * years + year) * LoanItem.allCases.count + place
  }
}
