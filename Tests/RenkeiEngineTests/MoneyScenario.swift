// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// Scenarios that between them use every part of the money of plans and of what arms change.
enum MoneyScenario: String, CaseIterable, CustomTestStringConvertible {
  case plain
  case enforced
  case effects
  case drawn
  case long
  case bare

  var testDescription: String { rawValue }

  private static let plans = """
      list:
        - {plan_id: a, end_target_yen: 200e6, region: kanto}
        - {plan_id: b, end_target_yen: 500e6, margin: 0.4, subsidy_amount_yen: 20e6, region: kinki}
        - {plan_id: c, end_target_yen: 150e6, period_years: 3, start_offset_years: 1.5, region: kanto}
        - {plan_id: d, end_target_yen: 90e6, start_offset_years: 7, region: kinki}
    """

  private static let arms = """
    arms:
      certified: [subsidy, policy_loan, guarantee, tax_incentive, advice]
      none: []
      halved:
        measures: [subsidy, policy_loan, guarantee, advice]
        set: {support.subsidy.cap_yen: 8e6, support.policy_loan.method: level_payment, support.guarantee.coverage: 80%}
      written:
        measures: [tax_incentive, policy_loan]
        set: {support.tax_incentive.choice: special_depreciation, support.policy_loan.base_rate: 0.03}
      again: [subsidy, policy_loan, guarantee, tax_incentive, advice]
    calibrated_to: certified
    baseline_arm: none

    """

  private func head(_ years: Int = 5) -> String {
    """
    renkei: 1
    title: \(rawValue)
    start_year: 2005
    horizon_years: \(years)
    goal: {cumulative_revenue_yen: 1.2e9}
    report: {groups: [region]}

    """
  }

  /// A support block with every measure.
  private static func support(
    finance: String, uplift: String = "0", hazard: String = "1", odds: String = "1",
    delay: String = "1", method: String = "equal_principal", after: String = "run_off",
    paid: Int = 1, choice: String = "credit", discount: String = "0.015"
  ) -> String {
    """
    support:
      discount_rate: \(discount)
      after_horizon: \(after)
      finance: {investment_yen: {share_of_target: {uniform: {min: 0.2, max: 0.8}}}, own_funds_yen: {share_of_investment: 0.3}, margin: 0.3, other_business_cash_yen: {share_of_target: 0.02}, fixed_cost_yen: {share_of_target: 0.08}, credit_line_yen: {share_of_target: 0.01}, tax_rate: 0.4, \(finance)}
      private_loan: {amount_yen: {share_of_investment: 0.4}, crowd_in: {triangular: {min: -0.3, mode: 0.4, max: 1.5}}, rate: 0.022, term_years: 7, loss_given_default: {beta: {a: 3, b: 1}}}
      subsidy: {take_up: 0.8, amount_yen: {lognormal: {median: 15e6, log_sd: 0.5}}, rate: 66.7%, cap_yen: 30e6, floor_yen: 1e6, paid_after_years: \(paid), effects: {log_attainment: \(uplift), launch_odds_ratio: \(odds)}}
      policy_loan: {take_up: 0.5, amount_yen: {lognormal: {median: 50e6, log_sd: 0.8}}, base_rate: {triangular: {min: 0.0155, mode: 0.018, max: 0.019}}, special_discount: 0.009, special_limit_yen: 30e6, term_years: 15, grace_years: 2, method: \(method), loss_given_default: {beta: {a: 3, b: 1}}, effects: {log_attainment: \(uplift), hazard_ratio: \(hazard)}}
      guarantee: {take_up: 0.5, fee_rate: 0.01, cap_yen: 20e6, coverage: 90%}
      tax_incentive: {eligible_share: 0.5, minimum_yen: 2.8e6, credit_rate: 7%, credit_limit: 20%, carry_forward_years: 1, special_depreciation: 30%, choice: \(choice)}
      advice: {cost_yen: 1e6, effects: {log_attainment: \(uplift), delay_multiplier: \(delay)}}

    """
  }

  var yaml: String {
    let defaults = """
        defaults:
          attainment: {lognormal: {median: 0.8, log_sd: 0.6}}
          launch_probability: 0.8
          launch_delay_years: {exponential: {mean: 0.5}}
          annual_shock_sd: 0.3
          annual_failure_probability: 0.08

      """
    let plans = "plans:\n" + Self.plans + "\n"
    return switch self {
    case .plain:
      head() + plans + defaults
        + Self.support(finance: "scale_elasticity: 0.5, cash_failure: report") + Self.arms
    case .enforced:
      head() + plans + defaults + "credit: {correlation: 0.1}\n"
        + Self.support(
          finance: "scale_elasticity: 0, cash_failure: enforce", method: "level_payment", paid: 2,
          choice: "special_depreciation") + Self.arms
    case .effects:
      head() + plans + defaults
        + "credit: {correlation: 0.05}\nevents: {slump: {annual_probability: 0.2, multiplier: 0.7}}\n"
        + Self.support(
          finance: "scale_elasticity: {uniform: {min: 0, max: 1}}, cash_failure: enforce",
          uplift: "{normal: {mean: 0.05, sd: 0.04}}", hazard: "{uniform: {min: 0.8, max: 1.5}}",
          odds: "1.4", delay: "{uniform: {min: 0.5, max: 1}}", after: "performing", paid: 0)
        + Self.arms
    case .drawn:
      head() + plans
        + """
          defaults:
            attainment: {gamma: {shape: 2, scale: 0.4}}
            launch_probability: $launch
            ramp: {s_curve: {midpoint: 0.6, steepness: 9}}
            launch_delay_years: 0.4
            annual_shock_sd: 0.3
            growth_after_plan: 0.04
            annual_failure_probability: [$fail, {uniform: {min: 0.02, max: 0.12}}]
        credit: {correlation: {uniform: {min: 0, max: 0.2}}}
        inputs:
          launch: {beta: {a: 14, b: 6}}
          fail: {beta: {a: 2, b: 40}}
          real: {uniform: {min: 0.005, max: 0.03}}

        """
        + Self.support(
          finance: "scale_elasticity: 0.3, cash_failure: report",
          uplift: "$real", hazard: "1.3", delay: "0.7", method: "level_payment",
          paid: 6, discount: "$real") + Self.arms
    case .long:
      head(14) + plans + defaults + "credit: {correlation: 0}\n"
        + Self.support(
          finance: "scale_elasticity: 0.5, cash_failure: enforce", hazard: "0.8",
          after: "truncate", choice: "special_depreciation") + Self.arms
    case .bare:
      // Certain launch, no failure, no delay, one loan rate: the constant forms of everything.
      head() + plans
        + """
          defaults:
            attainment: {lognormal: {median: 0.8, log_sd: 0.6}}
            annual_shock_sd: 0.3
        support:
          finance: {investment_yen: 50e6, own_funds_yen: 20e6, margin: 0.2, tax_rate: 0.3}
          private_loan: {amount_yen: 10e6, rate: 0.02, term_years: 3}
          policy_loan: {amount_yen: 15e6, base_rate: 0.01, term_years: 10, effects: {delay_multiplier: 0.5, hazard_ratio: 0.5}}
          subsidy: {rate: 50%, cap_yen: 10e6, effects: {launch_odds_ratio: 2}}

        arms: {certified: [subsidy, policy_loan], none: [], grant: [subsidy]}
        calibrated_to: certified

        """
    }
  }

  /// The same revenue model without support.
  var withoutSupport: String {
    let text = yaml.replacing(", margin: 0.4, subsidy_amount_yen: 20e6", with: "")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("support:") }) else { return text }
    return lines[..<start].joined(separator: "\n") + "\n"
  }
}
