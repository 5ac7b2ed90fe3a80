// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiReference
import Testing

/// The money of one plan against figures worked out by hand.
@Suite struct MoneyByHandTests {
  /// T = 100 over four years on a line: R = 25, 50, 75.
  private static let support = """
    discount_rate: 0.02
    funding_rate: 0.04
    finance: {investment_yen: 80, own_funds_yen: 20, margin: 0.6, fixed_cost_yen: 10,
      other_business_cash_yen: 5, tax_rate: 0.5}
    private_loan: {amount_yen: 40, rate: 0.04, term_years: 2, loss_given_default: 0.5}
    subsidy: {amount_yen: 10}
    policy_loan: {amount_yen: 30, base_rate: 0.05, special_discount: 0.02, special_limit_yen: 20,
      term_years: 3, grace_years: 1, loss_given_default: 0.6}
    guarantee: {coverage: 0.8, cap_yen: 10, fee_rate: 0.05}
    tax_incentive: {eligible_share: 0.5, credit_rate: 0.1, credit_limit: 0.5, carry_forward_years: 2}
    advice: {cost_yen: 3}
    """
  private static let arms =
    "arms: {full: [subsidy, policy_loan, guarantee, tax_incentive, advice], none: []}"

  private static func full(failing year: Int? = nil, plan: String = "") throws -> PathRevenue {
    try MoneyTrial(support: support, plan: plan, arms: arms).path(failing: year)[0]
  }

  private static let v = 1 / 1.02

  @Test func sourcesFillTheNeedInOrder() throws {
    let money = try Self.full().money[0]
    // 80 − 20 own − 10 subsidy − 30 policy loan leaves 20 of the 40 that the bank would lend.
    #expect(money.subsidy == 10 && money.policyLoan == 30 && money.privateLoan == 20)
    #expect(money.scale == 1)
  }

  @Test func cashTaxAndLoansYearByYear() throws {
    let path = try Self.full()
    let money = path.money[0]
    #expect(path.revenueYen[0] == [25, 50, 75])
    // Start: 20 + 30 + 20 − 80 = −10, the subsidy that is still to come.
    // 1: −10 + 12.5 + 5 + 10 − 1.9 − 10 − 0.4;  loss 7.3
    // 2: 5.2 + 25 + 5 − 1.5 − 25 − 0.2;          profit 5.8, covered by the loss
    // 3: 8.5 + 37.5 + 5 − 0.55 − 15 − tax;       taxed 19.45 − 1.5, credit 4
    let tax = 0.5 * 17.95
    #expect(isClose(money.cash, [5.2, 8.5, 35.45 - tax + 4]))
    #expect(isClose([money.flow(.taxBeforeIncentive)], [tax * Self.v * Self.v * Self.v]))
    #expect(isClose([money.flow(.taxExpenditure)], [4 * Self.v * Self.v * Self.v]))
    #expect(isClose([money.profit], [-7.3 + 5.8 + 19.45 - tax + 4]))
    #expect(isClose(money.loan("policy_loan", .drawn), [30, 0, 0]))
    #expect(isClose(money.loan("policy_loan", .opening), [0, 30, 15]))
    #expect(isClose(money.loan("policy_loan", .interest), [1.1, 1.1, 0.55]))
    #expect(isClose(money.loan("policy_loan", .repaid), [0, 15, 15]))
    #expect(isClose(money.loan("policy_loan", .closing), [30, 15, 0]))
    #expect(isClose(money.loan("private_loan", .repaid), [10, 10, 0]))
    // κ = 0.8 · min(1, 10/20).
    #expect(isClose(money.book(.privateLoanGuarantor, .interest), [0.32, 0.16, 0]))
    // Least coverage: year 2 serves 26.5 with 30, year 1 serves 11.9 with 17.5.
    #expect(isClose([try #require(money.leastCoverage)], [30 / 26.5]))
    #expect(money.liquidityGap == 0)
  }

  @Test func publicCostIsWhatTheYearsCost() throws {
    let money = try Self.full().money[0]
    let v = Self.v
    // Funds at 4% against interest: 0.04 · 30 − 1.1, the same, 0.04 · 15 − 0.55.
    let interest = 0.1 * v + 0.1 * v * v + 0.05 * v * v * v
    #expect(isClose([money.flow(.interestSubsidy)], [interest]))
    // The bank would charge 4% as well.
    #expect(isClose([money.flow(.borrowerInterestSaving)], [interest]))
    #expect(isClose([money.flow(.subsidyPaid)], [10 * v]))
    #expect(isClose([money.flow(.guaranteeFees)], [0.4 * v + 0.2 * v * v]))
    #expect(isClose([money.flow(.adviceCost)], [3 * v]))
    #expect(money.flow(.policyLoanDrawn) == 30 && money.flow(.guaranteedLoanDrawn) == 8)
    #expect(money.flow(.policyLoanLoss) == 0 && money.flow(.guaranteeLoss) == 0)
    // Every loan ends within the horizon.
    for flow in CostFlow.allCases { #expect(money.flow(flow) == money.flow(flow, .life)) }
  }

  @Test func failureByHazardDefaultsTheOpeningBalances() throws {
    let path = try Self.full(failing: 2)
    let money = path.money[0]
    let v = Self.v
    #expect(path.revenueYen[0] == [25, 0, 0])
    #expect(path.hasFailed[0] == [false, true, true])
    #expect(money.loan("policy_loan", .defaulted) == [0, 30, 0])
    #expect(isClose(money.loan("policy_loan", .writtenOff), [0, 18, 0]))
    #expect(isClose(money.loan("policy_loan", .recovered), [0, 12, 0]))
    #expect(money.loan("policy_loan", .interest)[1...] == [0, 0])
    #expect(money.loan("policy_loan", .closing) == [30, 0, 0])
    #expect(isClose(money.book(.privateLoanGuarantor, .writtenOff), [0, 0.4 * 5, 0]))
    #expect(isClose(money.book(.privateLoanLender, .writtenOff), [0, 0.6 * 5, 0]))
    #expect(isClose([money.exposureAtDefault, money.creditLoss], [40, 23]))
    #expect(isClose([money.flow(.policyLoanLoss)], [18 * v * v]))
    #expect(isClose([money.flow(.guaranteeLoss)], [2 * v * v]))
    #expect(isClose([money.flow(.interestSubsidy)], [0.1 * v]))
    #expect(isClose(money.cash, [5.2, 5.2, 5.2]))
  }

  /// The subsidy is lost with the business, the advice is not.
  @Test func failureInTheFirstYear() throws {
    let money = try Self.full(failing: 1).money[0]
    #expect(money.flow(.subsidyPaid) == 0)
    #expect(isClose([money.flow(.adviceCost)], [3 * Self.v]))
    #expect(money.loan("policy_loan", .defaulted) == [30, 0, 0])
    #expect(money.flow(.taxBeforeIncentive) == 0 && money.leastCoverage == nil)
  }

  @Test func lackOfCashIsReportedOrEndsTheBusiness() throws {
    // Without the other business cash falls to 0.2 in year 1 and to −1.5 in year 2.
    let reported = try Self.full(plan: ", other_business_cash_yen: 0")
    #expect(isClose([reported.money[0].liquidityGap], [1.5]))
    #expect(reported.hasFailedByCash[0] == [false, false, false])
    let covered = try Self.full(plan: ", other_business_cash_yen: 0, credit_line_yen: 1.6")
    #expect(covered.money[0].liquidityGap == 0)

    let enforced = try Self.full(plan: ", other_business_cash_yen: 0, cash_failure: enforce")
    let money = enforced.money[0]
    // Revenue of year 2 stands, its debt service and fee are not paid.
    #expect(enforced.revenueYen[0] == [25, 50, 0])
    #expect(enforced.hasFailedByCash[0] == [false, true, true])
    #expect(enforced.hasFailed[0] == [false, false, false])
    #expect(money.loan("policy_loan", .defaulted) == [0, 30, 0])
    #expect(money.loan("private_loan", .defaulted) == [0, 10, 0])
    #expect(money.loan("private_loan", .repaid) == [10, 0, 0])
    #expect(isClose([money.flow(.guaranteeFees)], [0.4 * Self.v]))
    #expect(isClose([money.flow(.interestSubsidy)], [0.1 * Self.v]))
  }

  /// ¥50M at 0.9% over 15 years with 2 of grace, funds and discount at 1.5%: the figure that a
  /// lender checks first, of which three years fall within the horizon.
  @Test func interestSubsidyToMaturity() throws {
    func money(_ rule: String) throws -> PlanMoney {
      try MoneyTrial(
        support: """
          discount_rate: 1.5%
          after_horizon: \(rule)
          finance: {investment_yen: 50e6}
          policy_loan: {amount_yen: 50e6, base_rate: 1.8%, special_discount: 0.9%, term_years: 15,
            grace_years: 2}
          """, arms: "arms: {full: [policy_loan]}"
      ).path()[0].money[0]
    }
    let performing = try money("performing")
    let subsidy = performing.flow(.interestSubsidy, .life)
    #expect(subsidy.rounded() == 2_481_001)
    #expect((subsidy / performing.flow(.policyLoanDrawn, .life) * 1e6).rounded() == 49_620)
    let truncated = try money("truncate")
    let v = 1 / 1.015
    let within = 0.006 * 50e6 * (v + v * v + v * v * v)
    #expect(isClose([truncated.flow(.interestSubsidy, .life)], [within]))
    #expect(isClose([performing.flow(.interestSubsidy)], [within]))
    // Survival 0.9 a year after the horizon, loss of all that is owed.
    let runOff = try money("run_off")
    var (paid, lost, alive, discount) = (within, 0.0, 1.0, v * v * v)
    for year in 4...15 {
      discount *= v
      let owed = 50e6 * Double(min(13, 16 - year)) / 13
      lost += alive * 0.1 * owed * discount
      alive *= 0.9
      paid += alive * 0.006 * owed * discount
    }
    #expect(isClose([runOff.flow(.interestSubsidy, .life)], [paid]))
    #expect(isClose([runOff.flow(.policyLoanLoss, .life)], [lost]))
    #expect(runOff.flow(.policyLoanLoss) == 0)
  }
}
