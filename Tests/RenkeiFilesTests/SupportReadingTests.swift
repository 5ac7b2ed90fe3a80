// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// What a support block becomes: which number of which plan and arm comes from where.
@Suite struct SupportReadingTests {
  private static let text = """
    renkei: 1
    plans:
      list:
        - {plan_id: a, end_target_yen: 1e8, region: north}
        - {plan_id: b, end_target_yen: 1e8, region: south, margin: 0.5,
           investment_yen: {share_of_target: 0.2}, subsidy_take_up: 0.1, cash_failure: enforce}
      segments:
        north: {where: {region: north}, set: {own_funds_yen: 7e6}, multiply: {investment_yen: 2}}
    support:
      discount_rate: 1.5%
      finance: {investment_yen: {share_of_target: 0.4}, own_funds_yen: {share_of_investment: 0.3},
        margin: 0.3}
      private_loan: {rate: 2.2%, term_years: 7, method: level_payment}
      subsidy: {take_up: 0.85, amount_yen: 15e6, cap_yen: 30e6, effects: {log_attainment: $uplift}}
      policy_loan: {base_rate: $base, term_years: 15, grace_years: 2}
      guarantee: {coverage: 80%}
    inputs: {uplift: {normal: {mean: 0.03, sd: 0.06}}, base: {uniform: {min: 0.01, max: 0.02}}}
    arms:
      certified: [policy_loan, subsidy]
      none: []
      cheaper:
        measures: [subsidy]
        set: {support.subsidy.cap_yen: 15e6, support.private_loan.method: equal_principal,
          support.policy_loan.base_rate: 3%}
      every: {}
    calibrated_to: certified
    baseline_arm: none
    """

  private static func model() throws -> ProjectionModel {
    try ScenarioFile.load(Array(text.utf8), source: "s.yaml").scenario.resolved()
  }

  private static func constant(_ quantity: Quantity?) -> Double? {
    guard case .constant(let value)? = quantity else { return nil }
    return value
  }

  @Test func plansHaveTheirOwnMoney() throws {
    let model = try Self.model()
    let (a, b) = (try #require(model.plans[0].finance), try #require(model.plans[1].finance))
    #expect(a[.investmentYen].basis == .target)
    #expect(a[.investmentYen].quantity.constantValue == 0.8)
    #expect(a[.investmentYen].quantity.provenance.multipliedBy == ["north"])
    #expect(a[.ownFundsYen].basis == .stated && a[.ownFundsYen].quantity.constantValue == 7e6)
    #expect(a[.ownFundsYen].quantity.provenance.origin == .segment("north"))
    #expect(a[.margin].quantity.constantValue == 0.3)
    #expect(a[.margin].quantity.provenance.origin == .defaults)
    #expect(a[.taxRate].quantity.provenance.origin == .standard && !a[.taxRate].isStated)
    #expect(a[.scaleElasticity].quantity.constantValue == 0.5)
    #expect(a.cashFailure == .report)
    #expect(b[.investmentYen].quantity.constantValue == 0.2)
    #expect(b[.ownFundsYen].basis == .investment)
    #expect(b[.ownFundsYen].yen(0.3, targetYen: 9, investmentYen: 50) == 15)
    #expect(b[.margin].quantity.constantValue == 0.5)
    #expect(b[.subsidyTakeUp].quantity.constantValue == 0.1)
    #expect(b.cashFailure == .enforce && b.cashFailureProvenance.origin == .plan)
  }

  @Test func armsKnowTheirMeasuresAndTerms() throws {
    let model = try Self.model()
    let support = try #require(model.support)
    #expect(model.arms.map(\.name) == ["certified", "none", "cheaper", "every"])
    #expect(model.arms[0].measures == [.subsidy, .policyLoan])
    #expect(model.arms[1].measures.isEmpty)
    #expect(model.arms[3].measures == [.subsidy, .policyLoan, .guarantee])
    #expect(support.calibratedArm.name == "certified" && support.baselineArmName == "none")
    let (own, changed) = (model.arms[0].terms, model.arms[2].terms)
    #expect(own.limitYen(.subsidyCapYen) == 30e6 && changed.limitYen(.subsidyCapYen) == 15e6)
    #expect(own.limitYen(.policyLoanCapYen) == .infinity)
    #expect(own.privateLoanRepayment.method == .levelPayment)
    #expect(changed.privateLoanRepayment.method == .equalPrincipal)
    #expect(changed.privateLoanRepayment.paymentCount == 7)
    #expect(own.policyLoanRepayment.gracePayments == 2)
    #expect(Self.constant(own.quantity(.guaranteeCoverage)) == 0.8)
    #expect(own.quantity(.policyLoanBaseRate)?.inputNames == ["base"])
    #expect(Self.constant(changed.quantity(.policyLoanBaseRate)) == 0.03)
    #expect(changed.provenance(.subsidyCapYen).origin == .arm("cheaper"))
    #expect(model.arms[2].changedPaths.count == 3)
    // Left out, the government's funds cost what public cost is discounted at.
    #expect(Self.constant(own.quantity(.fundingRate)) == 0.015)
    #expect(own.quantity(.subsidyRate) == nil)
    #expect(
      own.quantity(.effect(.subsidy, .logAttainment))?.inputNames == ["uplift"])
    #expect(Self.constant(own.quantity(.effect(.advice, .hazardRatio))) == 1)
  }

  /// An arm that changes the law of a term draws it under a name of its own.
  @Test func changedTermsAreDrawnApartAtTheSameAddress() throws {
    let model = try Self.model()
    let own = model.arms[0].terms.drawKey(.policyLoanBaseRate)
    let changed = model.arms[2].terms.drawKey(.policyLoanBaseRate)
    #expect(own != changed)
    #expect(own.streamName().variable == changed.streamName().variable)
    #expect(own == model.arms[1].terms.drawKey(.policyLoanBaseRate))
  }

  @Test func keepingArmsKeepsTheCalibration() throws {
    let model = try Self.model().keepingArms(named: ["cheaper", "none"])
    #expect(model.arms.map(\.name) == ["none", "cheaper"])
    #expect(model.support?.calibratedArm.name == "certified")
  }

  @Test func withoutNamesTheFirstArmIsObservedAndTheEmptyOneTheBaseline() throws {
    let text = Self.text.replacing("calibrated_to: certified", with: "")
      .replacing("baseline_arm: none", with: "")
    let model = try ScenarioFile.load(Array(text.utf8), source: "s.yaml").scenario.resolved()
    #expect(model.support?.calibratedArm.name == "certified")
    #expect(model.support?.baselineArmName == "none")
  }

  @Test func supportWithoutArmsIsOneArmWithEveryMeasure() throws {
    let text = BadInput.valid + "support: {advice: {}, subsidy: {amount_yen: 1e6}}\n"
    let scenario = try ScenarioFile.load(Array(text.utf8), source: "s.yaml").scenario
    let model = try scenario.resolved()
    #expect(model.arms.map(\.name) == ["as_planned"])
    #expect(model.arms[0].measures == [.subsidy, .advice])
    #expect(
      model.warnings.map(\.description) == [
        "s.yaml:3:10: warning: support.finance.investment_yen: 1 plan (a): nothing is invested, so"
          + " that no subsidy or loan is drawn (state the investment that they are to fund)"
      ])
  }
}
