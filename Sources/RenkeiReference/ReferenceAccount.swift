// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel

/// A loan drawn at the start of the plan, paid once a year. m is the plan's year.
private struct ReferenceLoan {
  let principal: Double
  let rate: Double
  let repayment: RepaymentTerms

  func opening(_ m: Int) -> Double {
    principal * repayment.openingShare(period: m, rate: rate)
  }
  func interest(_ m: Int) -> Double { rate * opening(m) }
  func repaid(_ m: Int) -> Double { principal * repayment.repaidShare(period: m, rate: rate) }
}

/// The accounts of one plan under one arm on one path: steps 4 to 7 of the timing page.
struct ReferenceAccount {
  /// What has been recorded so far.
  private(set) var money: PlanMoney
  private let arm: PathTerms
  private let funding: ReferenceFunding
  private let needs: PlanNeeds
  /// f and H.
  private let firstYear: Int
  private let years: Int
  private let policyLoans: [ReferenceLoan]
  private let privateLoan: ReferenceLoan
  private let subsidyYear: Int
  private var tax: ReferenceTax
  private var cash: Double

  init(
    arm: PathTerms, funding: ReferenceFunding, needs: PlanNeeds, firstYear: Int, years: Int
  ) {
    self.arm = arm
    self.funding = funding
    self.needs = needs
    self.firstYear = firstYear
    self.years = years
    let base = arm.number(.policyLoanBaseRate)
    let special = min(
      funding.policyLoan, arm.number(.policyLoanSpecialLimitYen, none: .infinity))
    let repayment = arm.terms.policyLoanRepayment
    policyLoans = [
      ReferenceLoan(
        principal: special, rate: base - arm.number(.policyLoanSpecialDiscount),
        repayment: repayment),
      ReferenceLoan(principal: funding.policyLoan - special, rate: base, repayment: repayment),
    ]
    privateLoan = ReferenceLoan(
      principal: funding.privateLoan, rate: arm.number(.privateLoanRate),
      repayment: arm.terms.privateLoanRepayment)
    subsidyYear = arm.terms.years(.subsidyPaidAfterYears)
    tax = ReferenceTax(arm: arm, funding: funding, needs: needs)
    cash = funding.initialCash(needs, subsidyPaidAfter: subsidyYear)
    money = PlanMoney(years: years)
    money.investment = needs.investment
    money.scale = funding.scale
    money.subsidy = funding.subsidy
    money.policyLoan = funding.policyLoan
    money.privateLoan = funding.privateLoan
    let place = SupportMeasure.allCases.firstIndex(of: .advice) ?? 0
    if funding.taken[place] { add(.adviceCost, needs.adviceCost, year: firstYear + 1) }
    add(.policyLoanDrawn, funding.policyLoan, year: firstYear)
    add(.guaranteedLoanDrawn, funding.guaranteedShare * funding.privateLoan, year: firstYear)
    if subsidyYear == 0 { add(.subsidyPaid, funding.subsidy, year: firstYear) }
  }

  /// Step 5, b to e.
  ///
  /// - Parameters:
  ///   - year: t.
  ///   - revenue: R[t] in yen.
  ///   - fixedCostShare: the ramp where the plan sells, else 0.
  /// - Returns: whether the business fails by cash at the year's end.
  mutating func pay(year: Int, revenue: Double, fixedCostShare: Double) -> Bool {
    let m = year - firstYear
    let policyInterest = policyLoans.reduce(0) { $0 + $1.interest(m) }
    let interest = policyInterest + privateLoan.interest(m)
    let policyRepaid = policyLoans.reduce(0) { $0 + $1.repaid(m) }
    let repaid = policyRepaid + privateLoan.repaid(m)
    let fee = arm.number(.guaranteeFeeRate) * funding.guaranteedShare * privateLoan.opening(m)
    let contribution = needs.margin * revenue - needs.fixedCost * fixedCostShare
    let operating = contribution + needs.otherBusinessCash
    let profit = contribution - interest - fee - tax.depreciation(planYear: m)
    let due = tax.tax(on: profit, planYear: m)
    if m == subsidyYear { add(.subsidyPaid, funding.subsidy, year: year) }
    cash +=
      operating + (m == subsidyYear ? funding.subsidy : 0) - interest - repaid - fee - due.paid
    for later in (year - 1)..<years { money.cash[later] = cash }
    let receivable = m < subsidyYear ? funding.subsidy : 0
    let shortfall = -cash - needs.creditLine - receivable
    let gap = shortfall > 1e-9 * needs.investment ? shortfall : 0
    money.liquidityGap = max(money.liquidityGap, gap)
    if interest + repaid > 0 {
      let coverage = (operating - due.paid) / (interest + repaid)
      money.leastCoverage = min(money.leastCoverage ?? coverage, coverage)
    }
    if gap > 0, needs.enforcesCashFailure {
      money.profit += profit
      fail(year: year)
      return true
    }
    money.profit += profit - due.paid
    add(.taxBeforeIncentive, due.before, year: year)
    add(.taxExpenditure, due.before - due.paid, year: year)
    add(.guaranteeFees, fee, year: year)
    addInterest(planYear: m, weight: 1, year: year)
    recordBalances(year: year)
    record(.policyLoan, year: year, .interest, policyInterest)
    record(.policyLoan, year: year, .repaid, policyRepaid)
    recordPrivate(year: year, .interest, privateLoan.interest(m))
    recordPrivate(year: year, .repaid, privateLoan.repaid(m))
    record(.policyLoan, year: year, .closing, policyOpening(m + 1))
    recordPrivate(year: year, .closing, privateLoan.opening(m + 1))
    return false
  }

  /// The opening balances of year t default.
  mutating func fail(year: Int) {
    let m = year - firstYear
    recordBalances(year: year)
    let (policy, bank) = (policyOpening(m), privateLoan.opening(m))
    let policyLoss = needs.policyLossGivenDefault * policy
    let bankLoss = needs.privateLossGivenDefault * bank
    for (item, ofPolicy, ofBank) in [
      (LoanItem.defaulted, policy, bank), (.writtenOff, policyLoss, bankLoss),
      (.recovered, policy - policyLoss, bank - bankLoss),
    ] {
      record(.policyLoan, year: year, item, ofPolicy)
      recordPrivate(year: year, item, ofBank)
    }
    money.exposureAtDefault = policy + bank
    money.creditLoss = policyLoss + bankLoss
    add(.policyLoanLoss, policyLoss, year: year)
    add(.guaranteeLoss, funding.guaranteedShare * bankLoss, year: year)
  }

  /// Step 7.
  ///
  /// - Parameter hazard: hazard[H] under this arm.
  mutating func runOff(_ rule: AfterHorizon, hazard: Double) {
    if rule == .truncate { return }
    let survival = rule == .performing ? 1 : exp(-hazard)
    let failure = rule == .performing ? 0 : -expm1(-hazard)
    var alive = 1.0
    let last = max(
      arm.terms.policyLoanRepayment.paymentCount, arm.terms.privateLoanRepayment.paymentCount,
      subsidyYear)
    for m in stride(from: years - firstYear + 1, through: last, by: 1) {
      let year = firstYear + m
      let fails = alive * failure
      alive *= survival
      let guaranteed = funding.guaranteedShare * privateLoan.opening(m)
      addInterest(planYear: m, weight: alive, year: year)
      add(.guaranteeFees, alive * arm.number(.guaranteeFeeRate) * guaranteed, year: year)
      if m == subsidyYear { add(.subsidyPaid, alive * funding.subsidy, year: year) }
      add(.policyLoanLoss, fails * needs.policyLossGivenDefault * policyOpening(m), year: year)
      add(.guaranteeLoss, fails * needs.privateLossGivenDefault * guaranteed, year: year)
    }
  }

  private func policyOpening(_ m: Int) -> Double {
    policyLoans.reduce(0) { $0 + $1.opening(m) }
  }

  /// What the year's interest costs the public and saves the borrower.
  private mutating func addInterest(planYear m: Int, weight: Double, year: Int) {
    let opening = policyOpening(m)
    let interest = policyLoans.reduce(0) { $0 + $1.interest(m) }
    add(
      .interestSubsidy, weight * (arm.number(.fundingRate) * opening - interest), year: year)
    add(
      .borrowerInterestSaving, weight * (arm.number(.privateLoanRate) * opening - interest),
      year: year)
  }

  /// Adds a flow at the end of year t at its value at the start of year 1.
  private mutating func add(_ flow: CostFlow, _ yen: Double, year: Int) {
    let growth = 1 + arm.number(.discountRate)
    var value = yen
    for _ in 0..<year { value /= growth }
    if year <= years { money.flows[PlanMoney.index(.horizon, flow)] += value }
    money.flows[PlanMoney.index(.life, flow)] += value
  }

  /// Balances before the year's payment; drawings of the plan's first year are no opening balance.
  private mutating func recordBalances(year: Int) {
    let m = year - firstYear
    record(.policyLoan, year: year, m == 1 ? .drawn : .opening, policyOpening(m))
    recordPrivate(year: year, m == 1 ? .drawn : .opening, privateLoan.opening(m))
  }

  private mutating func recordPrivate(year: Int, _ item: LoanItem, _ yen: Double) {
    record(.privateLoanGuarantor, year: year, item, funding.guaranteedShare * yen)
    record(.privateLoanLender, year: year, item, (1 - funding.guaranteedShare) * yen)
  }

  private mutating func record(_ book: LoanBook, year: Int, _ item: LoanItem, _ yen: Double) {
    money.loans[PlanMoney.index(book, year: year - 1, years: years, item)] = yen
  }
}
