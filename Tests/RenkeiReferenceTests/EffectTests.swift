// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiReference

/// Effects against the calibrated arm, tax over many years, and what the tally makes of them.
@Suite struct EffectTests {
  /// Full coverage in the calibrated arm: without the measure its effect is taken away.
  @Test func effectsAreTakenAwayFromTheCalibratedArm() throws {
    let trial = try MoneyTrial(
      support: """
        advice: {effects: {log_attainment: 0.2, hazard_ratio: 1.5, delay_multiplier: 0.5,
          launch_odds_ratio: 2}}
        """,
      plan: ", launch_probability: 0.5, launch_delay_years: 1",
      arms: "arms: {with: [advice], without: []}")
    func path(_ uniform: Double, hazardClock score: Double = -5) throws -> [PathRevenue] {
      try trial.engine().arms(
        path: RecordedDraws { key in
          switch key.variable {
          case .launchUniform: uniform
          case .failureScore: score
          default: 0
          }
        })
    }
    let paths = try path(0.3)
    // Ramp (t − 1)/4 with the observed delay, (t − 2)/4 where it takes twice as long.
    #expect(paths[0].revenueYen[0] == [0, 25, 50])
    #expect(isClose(paths[1].revenueYen[0], [0, 0, 25 * 0.818_730_753_077_981_9]))
    // Odds of 1 with advice, of ½ without: u between 1/3 and 1/2 tells them apart.
    let between = try path(0.4)
    #expect(between[0].isLaunched[0][2] && !between[1].isLaunched[0][2])
    // Φ(1.049) = 0.853: hazard 0.105 a year reaches 0.159 in year 2, two thirds of it in year 3.
    let failing = try path(0.3, hazardClock: 1.049)
    #expect(failing[0].hasFailed[0] == [false, true, true])
    #expect(failing[1].hasFailed[0] == [false, false, true])
  }

  /// Half of the request covers half of the effect; a scale of ½ earns (½)^e.
  @Test func coverageAndScaleAreShares() throws {
    let trial = try MoneyTrial(
      support: """
        finance: {investment_yen: 40, own_funds_yen: 10, scale_elasticity: 1}
        subsidy: {amount_yen: 20, effects: {log_attainment: 0.2}}
        """,
      arms:
        "arms: {full: [subsidy], half: {measures: [subsidy], set: {support.subsidy.cap_yen: 10}}}")
    let paths = try trial.path()
    #expect(paths[0].money[0].scale == 0.75 && paths[1].money[0].scale == 0.5)
    #expect(paths[0].revenueYen[0] == [25, 50, 75])
    // exp(−0.1) · (0.5/0.75)
    let factor = 0.904_837_418_035_959_6 * 2 / 3
    #expect(isClose(paths[1].revenueYen[0], [25 * factor, 50 * factor, 75 * factor]))
  }

  @Test func privateLoansFollowOrGiveWay() throws {
    func loan(_ crowdIn: Double) throws -> Double {
      try MoneyTrial(
        support: """
          finance: {investment_yen: 100}
          private_loan: {amount_yen: 20, crowd_in: \(crowdIn)}
          policy_loan: {amount_yen: 40}
          """, arms: "arms: {full: [policy_loan]}"
      ).path()[0].money[0].privateLoan
    }
    #expect(try loan(0) == 20)
    #expect(try loan(0.5) == 40)
    #expect(try loan(-0.25) == 10)
    #expect(try loan(-2) == 0)
    #expect(try loan(9) == 60)
  }

  @Test func grantsAreCappedAndSmallOnesNotMade() throws {
    func subsidy(_ terms: String) throws -> Double {
      try MoneyTrial(
        support: "finance: {investment_yen: 100}\nsubsidy: {\(terms)}",
        arms: "arms: {full: [subsidy]}"
      ).path()[0].money[0].subsidy
    }
    #expect(try subsidy("amount_yen: 30") == 30)
    #expect(try subsidy("amount_yen: 30, rate: 0.5, eligible_share: 0.4") == 20)
    #expect(try subsidy("rate: 0.5") == 50)
    #expect(try subsidy("rate: 0.5, cap_yen: 25") == 25)
    #expect(try subsidy("amount_yen: 30, floor_yen: 31") == 0)
    #expect(try subsidy("amount_yen: 130") == 100)
    #expect(try subsidy("amount_yen: 30, take_up: 0.5") == 0)
    #expect(try subsidy("amount_yen: 30, take_up: 0.51") == 30)
  }

  /// A loss is used for seven years, the oldest first.
  @Test func lossesExpireAfterSevenYears() {
    var account = TaxAccount()
    #expect(account.taxable(-10, year: 1) == 0)
    #expect(account.taxable(-5, year: 2) == 0)
    #expect(account.taxable(4, year: 3) == 0)
    #expect(account.taxable(3, year: 8) == 0)
    // Three of year 1 are lost now; five of year 2 are left.
    #expect(account.taxable(12, year: 9) == 7)
    #expect(account.taxable(1, year: 10) == 1)
  }

  /// Special depreciation defers tax: the same in sum where every year has a profit.
  @Test func specialDepreciationDefersTax() throws {
    func money(_ choice: String) throws -> PlanMoney {
      try MoneyTrial(
        support: """
          finance: {investment_yen: 40, own_funds_yen: 40, margin: 1, other_business_cash_yen: 50,
            tax_rate: 0.5}
          tax_incentive: {choice: \(choice), special_depreciation: 25%}
          """,
        arms: "arms: {full: [tax_incentive]}", years: 5
      ).path()[0].money[0]
    }
    // Depreciation 10 a year; with a quarter of 40 more in year 1 it ends in year 3.
    // Profit 15, 40, 65, 90, then 100 as nothing is left to write off.
    let special = try money("special_depreciation")
    let credit = try money("credit")
    #expect(isClose([special.flow(.taxBeforeIncentive)], [0.5 * (15 + 40 + 65 + 90 + 100)]))
    // No discounting: what is saved in year 1 is paid in year 4.
    #expect(isClose([special.flow(.taxExpenditure) + 1], [1]))
    let first = special.cash[0] - credit.cash[0]
    #expect(isClose([first, special.cash[4] - credit.cash[4] + 1], [5, 1]))
  }
}
