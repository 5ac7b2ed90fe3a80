// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiReference
import Testing

/// What must hold on every path, plan and year, whatever is drawn.
@Suite struct MoneyIdentityTests {
  /// Three plans with uncertain needs; every measure with money and effects.
  static func scenario(
    elasticity: Double = 0.5, effects: Bool = true, failure: String = "report",
    arms: String = """
    {certified: [subsidy, policy_loan, guarantee, tax_incentive, advice], none: [],
     halved: {measures: [subsidy, policy_loan, guarantee, advice],
       set: {support.subsidy.cap_yen: 8e6, support.policy_loan.method: level_payment,
         support.guarantee.coverage: 80%}},
     written: {measures: [tax_incentive], set: {support.tax_incentive.choice: special_depreciation}}}
    """
  ) -> String {
    let uplift = effects ? "{normal: {mean: 0.05, sd: 0.04}}" : "0"
    let hazard = effects ? "{uniform: {min: 0.8, max: 1.5}}" : "1"
    return """
      renkei: 1
      horizon_years: 5
      goal: {cumulative_revenue_yen: 1e9}
      plans:
        list:
          - {plan_id: a, end_target_yen: 200e6}
          - {plan_id: b, end_target_yen: 500e6, margin: 0.4, subsidy_amount_yen: 20e6}
          - {plan_id: c, end_target_yen: 150e6, period_years: 3, start_offset_years: 1.5}
        defaults:
          attainment: {lognormal: {median: 0.8, log_sd: 0.6}}
          launch_probability: 0.8
          launch_delay_years: {exponential: {mean: 0.5}}
          annual_shock_sd: 0.3
          annual_failure_probability: 0.08
      support:
        discount_rate: 0.015
        finance: {investment_yen: {share_of_target: {uniform: {min: 0.2, max: 0.8}}},
          own_funds_yen: {share_of_investment: 0.3}, margin: 0.3,
          other_business_cash_yen: {share_of_target: 0.02},
          fixed_cost_yen: {share_of_target: 0.08}, credit_line_yen: {share_of_target: 0.01},
          tax_rate: 0.4, scale_elasticity: \(elasticity), cash_failure: \(failure)}
        private_loan: {amount_yen: {share_of_investment: 0.4},
          crowd_in: {triangular: {min: -0.3, mode: 0.4, max: 1.5}}, rate: 0.022, term_years: 7,
          loss_given_default: {beta: {a: 3, b: 1}}}
        subsidy: {take_up: 0.8, amount_yen: {lognormal: {median: 15e6, log_sd: 0.5}}, rate: 66.7%,
          cap_yen: 30e6, floor_yen: 1e6, effects: {log_attainment: \(uplift)}}
        policy_loan: {take_up: 0.5, amount_yen: {lognormal: {median: 50e6, log_sd: 0.8}},
          base_rate: {triangular: {min: 0.0155, mode: 0.018, max: 0.019}}, special_discount: 0.009,
          special_limit_yen: 30e6, term_years: 15, grace_years: 2,
          loss_given_default: {beta: {a: 3, b: 1}},
          effects: {log_attainment: \(uplift), hazard_ratio: \(hazard)}}
        guarantee: {take_up: 0.5, fee_rate: 0.01, cap_yen: 20e6}
        tax_incentive: {eligible_share: 0.5, minimum_yen: 2.8e6, credit_rate: 7%,
          credit_limit: 20%, carry_forward_years: 1, special_depreciation: 30%}
        advice: {cost_yen: 1e6, effects: {log_attainment: \(uplift)}}
      arms: \(arms.replacing("\n", with: " "))
      calibrated_to: certified
      baseline_arm: none
      """
  }

  private static let paths = 80

  private static func each(
    _ yaml: String, _ body: (_ arms: [PathRevenue], _ model: ProjectionModel) -> Void
  ) throws {
    let trial = try MoneyTrial(yaml)
    let draws = GSLDraws(seed: 20_051_003)
    let engine = trial.engine()
    for _ in 0..<paths { body(try engine.arms(path: draws), trial.model) }
  }

  @Test(arguments: ["report", "enforce"])
  func loansBalance(failure: String) throws {
    var (defaults, cashFailures) = (0, 0)
    // Counted, as a hundred thousand expectations would take long.
    var faults = 0
    try Self.each(Self.scenario(failure: failure)) { arms, _ in
      for path in arms {
        for (plan, money) in path.money.enumerated() {
          for book in LoanBook.allCases {
            let item = { money.book(book, $0) }
            let scale = money.investment
            func vanishes(_ terms: [Double]) {
              if terms.reduce(0, +).magnitude > 1e-12 * scale { faults += 1 }
            }
            var before = 0.0
            for year in money.cash.indices {
              let (opening, drawn) = (item(.opening)[year], item(.drawn)[year])
              let (repaid, defaulted) = (item(.repaid)[year], item(.defaulted)[year])
              vanishes([opening, -before])
              vanishes([opening, drawn, -repaid, -defaulted, -item(.closing)[year]])
              vanishes([defaulted, -item(.recovered)[year], -item(.writtenOff)[year]])
              for other in LoanItem.allCases where item(other)[year] < 0 { faults += 1 }
              before = item(.closing)[year]
              let failed = path.hasFailed[plan][year] || path.hasFailedByCash[plan][year]
              if failed, before != 0 { faults += 1 }
            }
          }
          if money.exposureAtDefault > 0 { defaults += 1 }
          #expect(money.creditLoss <= money.exposureAtDefault)
          let failures = zip(path.hasFailed[plan], path.hasFailedByCash[plan])
          #expect(!failures.contains { $0 && $1 })
          if path.hasFailedByCash[plan].contains(true) { cashFailures += 1 }
        }
      }
    }
    #expect(faults == 0)
    #expect(defaults > 30)
    #expect((cashFailures > 10) == (failure == "enforce"))
  }

  /// Investment made = own funds used + subsidy + loans; nothing is drawn beyond the need.
  @Test func sourcesAreUses() throws {
    var (partial, full) = (0, 0)
    try Self.each(Self.scenario()) { arms, _ in
      for money in arms.flatMap(\.money) {
        let sources = 0.3 * money.investment + money.subsidy + money.policyLoan + money.privateLoan
        let made = money.scale * money.investment
        #expect((sources - made).magnitude <= 1e-12 * money.investment)
        #expect(money.scale > 0 && money.scale <= 1)
        #expect(min(money.subsidy, money.policyLoan, money.privateLoan) >= 0)
        if money.scale < 1 { partial += 1 } else { full += 1 }
      }
    }
    #expect(partial > 50 && full > 50)
  }

  @Test func costComponentsAddUpAndNothingIsPaidWithoutMeasures() throws {
    try Self.each(Self.scenario()) { arms, model in
      let layout = TallyLayout(model: model)
      let figures = arms.map { $0.figures(layout, goalYen: model.goalYen) }
      for (index, figure) in figures.enumerated() {
        let costs = figure.costs(baseline: figures[1])
        for basis in CostBasis.allCases {
          func cost(_ component: CostComponent) -> Double {
            costs[FinanceLayout.costCell(basis, component)]
          }
          let parts = [
            cost(.subsidyPaid), cost(.interestSubsidy), cost(.policyLoanLoss),
            cost(.guaranteeLoss), -cost(.guaranteeFees), cost(.taxExpenditure), cost(.adviceCost),
          ]
          let scale = parts.reduce(0) { $0 + $1.magnitude } + cost(.extraTax).magnitude
          #expect((parts.reduce(0, +) - cost(.gross)).magnitude <= 1e-12 * scale)
          #expect((cost(.gross) - cost(.extraTax) - cost(.net)).magnitude <= 1e-12 * scale)
          if index == 1 { #expect(costs.allSatisfy { $0 == 0 }) }
        }
      }
    }
  }

  /// The arm to which the inputs are calibrated earns what it earns without a word of support.
  @Test func supportMovesNoRevenueOfTheCalibratedArm() throws {
    let text = Self.scenario()
    let head = text.split(separator: "support:")[0]
    let withSupport = try MoneyTrial(text)
    let without = try MoneyTrial(
      String(head).replacing(", margin: 0.4, subsidy_amount_yen: 20e6", with: ""))
    let fixed = RecordedDraws { key in
      // Any fixed numbers do, as long as both models get the same.
      switch key.variable {
      case .launchUniform, .takeUp: 0.3
      case .base(.attainment): 0.7
      case .base: 0.4
      case .failureScore: key.entity == .plan("b") ? 0.8 : -1
      default: 0.1
      }
    }
    let calibrated = try withSupport.engine().arms(path: fixed)[0]
    let plain = try without.engine().arms(path: fixed)[0]
    #expect(calibrated.revenueYen == plain.revenueYen)
    #expect(calibrated.revenueYen.flatMap { $0 }.contains { $0 > 0 })
  }

  /// No cash effect, no reduced-form effect, e = 0: not a bit of revenue differs between arms.
  @Test func armsWithoutEffectsEarnTheSame() throws {
    try Self.each(Self.scenario(elasticity: 0, effects: false)) { arms, _ in
      for path in arms {
        #expect(path.revenueYen == arms[0].revenueYen)
        #expect(path.hasFailed == arms[0].hasFailed)
      }
    }
    var differing = 0
    try Self.each(Self.scenario()) { arms, _ in
      if arms[1].revenueYen != arms[0].revenueYen { differing += 1 }
    }
    #expect(differing > 50)
  }

  /// An arm with the measures and terms of the calibrated one is that arm, bit for bit; so is one
  /// whose only change is to a measure with neither money nor effect.
  @Test func theSameMeasuresAreTheSameArm() throws {
    let all = "[subsidy, policy_loan, guarantee, tax_incentive, advice]"
    let arms =
      "{certified: \(all), again: {measures: \(all), set: {support.advice.effects.hazard_ratio: 1}}, none: []}"
    try Self.each(Self.scenario(arms: arms)) { paths, _ in
      #expect(paths[0].revenueYen == paths[1].revenueYen)
      #expect(paths[0].money.map(\.flows) == paths[1].money.map(\.flows))
    }
  }
}
