// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// A scenario on which the schema and `renkei validate` must agree.
struct SchemaFixture: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let isValid: Bool

  var testDescription: String { (isValid ? "valid: " : "invalid: ") + name }

  private init(_ name: String, _ text: String, isValid: Bool) {
    self.name = name
    self.text = text
    self.isValid = isValid
  }

  /// Lines added to the shortest scenario.
  private static func top(_ lines: String, isValid: Bool) -> SchemaFixture {
    SchemaFixture(
      lines, "renkei: 1\nplans: {list: [{plan_id: a, region: x, end_target_yen: 1e8}]}\n\(lines)\n",
      isValid: isValid)
  }

  /// A line of `plans`.
  private static func plans(_ line: String, isValid: Bool) -> SchemaFixture {
    SchemaFixture(
      line,
      "renkei: 1\nplans:\n  list: [{plan_id: a, region: x, end_target_yen: 1e8}]\n  \(line)\n",
      isValid: isValid)
  }

  static let all: [SchemaFixture] = valid + invalid + validSupport + invalidSupport

  /// A support block; `rest` holds arms and the like.
  private static func support(
    _ lines: String, _ rest: String = "", isValid: Bool
  ) -> SchemaFixture {
    top("support: {\(lines)}\n\(rest)", isValid: isValid)
  }

  private static let validSupport: [SchemaFixture] =
    [
      "", "discount_rate: 1.5%, funding_rate: -0.1%, after_horizon: truncate",
      "finance: {investment_yen: 1億円, own_funds_yen: {share_of_investment: 30%}, cash_failure: enforce}",
      "finance: {investment_yen: {share_of_target: {lognormal: {p5: 0.2, p95: 0.8}}}, margin: -0.1}",
      "private_loan: {amount_yen: {uniform: {min: 0, max: 1e6}}, crowd_in: -0.3, term_years: 50}",
      "subsidy: {take_up: 85%, rate: 66.7%, cap_yen: 30百万円, paid_after_years: 0}",
      "policy_loan: {base_rate: {uniform: {min: 1%, max: 2%}}, method: level_payment, grace_years: 0}",
      "guarantee: {applies_to: private_loan, coverage: 80%, fee_rate: 0.01}",
      "tax_incentive: {choice: special_depreciation, special_depreciation: 30%, minimum_yen: 2.8e6}",
      "advice: {cost_yen: 1e6, effects: {log_attainment: -0.1, hazard_ratio: 0.9, delay_multiplier: 1}}",
      "advice: {effects: {launch_odds_ratio: {lognormal: {p10: 0.9, p90: 1.2}}}}",
    ].map { support($0, isValid: true) }
    + [
      "arms: {full: [subsidy, advice], none: []}\ncalibrated_to: full\nbaseline_arm: none",
      "arms: {full: {measures: [advice]}, every: {}, none: {measures: []}}",
      "arms: {full: [subsidy], half: {measures: [subsidy], set: {support.subsidy.cap_yen: 1e6}}}",
      "arms: {full: [advice], half: {measures: [advice], "
        + "set: {support.advice.effects.hazard_ratio: {uniform: {min: 1, max: 2}}}}}",
      "arms: {full: [], slow: {measures: [], set: {support.private_loan.method: level_payment}}}",
    ].map { support("subsidy: {}, advice: {}", $0, isValid: true) }

  private static let invalidSupport: [SchemaFixture] =
    [
      "discount_rate: -1", "after_horizon: runoff", "subsidies: {}", "advice: ", "advice: 1",
      "finance: {investment_yen: -1}", "finance: {investment_yen: 40%}",
      "finance: {own_funds_yen: {share_of_target: -1}}",
      "finance: {own_funds_yen: {share_of_targets: 1}}",
      "finance: {own_funds_yen: {share_of_target: 1, share_of_investment: 1}}",
      "finance: {tax_rate: 1}", "finance: {cash_failure: maybe}", "finance: {amount_yen: 1}",
      "private_loan: {term_years: 0}", "private_loan: {term_years: 2.5}",
      "private_loan: {method: bullet}", "subsidy: {take_up: 1.2}",
      "subsidy: {cap_yen: {uniform: {min: 1, max: 2}}}", "subsidy: {cap_yen: $cap}",
      "policy_loan: {base_rate: 3円}", "policy_loan: {special_discount: -0.01}",
      "guarantee: {coverage: 1.2}", "guarantee: {applies_to: policy_loan}",
      "tax_incentive: {choice: both}", "advice: {effects: {launch_odds_ratio: 0}}",
      "advice: {effects: {log_attainement: 0}}", "advice: {effects: 0.1}",
    ].map { support($0, isValid: false) }
    + [
      "arms: {full: [subsidies]}", "arms: {full: subsidy}", "arms: {full: {measures: subsidy}}",
      "arms: {full: {measure: [subsidy]}}", "arms: {full: [], half: {set: [support.subsidy.rate]}}",
      "arms: {full: [], half: {set: {support.subsidy.cap: 1}}}",
      "arms: {full: [], half: {set: {subsidy.cap_yen: 1}}}",
      "arms: {full: [], half: {set: {support.subsidy.amount_yen: 1}}}",
      "arms: {full: [], half: {set: {support.discount_rate: 1%}}}",
      "arms: {full: [], half: {set: {support.subsidy.rate: 2}}}",
      "arms: {full: [], half: {set: {support.private_loan.method: level}}}",
      "arms: {full: [subsidy]}\ncalibrated_to: [full]", "arms: {}",
    ].map { support("subsidy: {}, advice: {}", $0, isValid: false) }

  private static let valid: [SchemaFixture] =
    [
      "title: 2005", "title: yes", "start_year: 2005", "horizon_years: 50",
      "goal: {cumulative_revenue_yen: 197.2e9}", "goal: {cumulative_revenue_yen: 1972億円}",
      "simulation: {}",
      "simulation: {paths: 1e6, seed: 18446744073709551615, sampling: random}",
      "report: {groups: [region, {end_target_yen: [1e7, 1e8]}], quantiles: [0.01, 5%, 0.9]}",
      "report: {groups: [], quantiles: []}", "optimism: {common_share: 30%}",
      "optimism: {common_share: {beta: {a: 2, b: 5}}}", "credit: {correlation: 0}",
      "factors: {macro: {loading: -0.3, autocorrelation: -0.5}}",
      "factors: {地域: {correlation: 0.01, by: region}}", "factors: {}", "inputs: {}",
      "inputs: {x: {beta: {a: 1, b: 9}}}\ncredit: {correlation: {uniform: {min: 0, max: $x}}}",
      "events: {e: {annual_probability: 8%, scope: all, duration_years: 2, multiplier: 0.8}}",
      "events: {e: {annual_probability: 0.1, scope: {region: x}, duration_years: permanent, "
        + "multiplier: {pert: {min: 0.6, mode: 0.8, max: 1}}}}",
      "inputs: {x: {beta: {a: 1, b: 9}}, y: {beta: {a: 2, b: 9}}}\n"
        + "credit: {correlation: $x}\noptimism: {common_share: $y}\n"
        + "correlations: {rank: [[x, y, -0.3]], normal_score: [], repair: nearest}",
      "inputs: {x-1: 0.5}\noptimism: {common_share: $x-1}", "arms: {none: [], all: []}",
    ].map { top($0, isValid: true) }
    + [
      "defaults: {}", "defaults: {ramp: linear}", "segments: {}",
      "defaults: {ramp: {s_curve: {midpoint: 0.6, steepness: 9.363}}}",
      "defaults: {ramp: {custom: [0.2, 50%, 1]}}", "defaults: {shock: laplace}",
      "defaults: {shock: {uniform: {min: 0, max: 1}}}",
      "defaults: {period_years: 4, start_offset_years: 0.5, growth_after_plan: -3%}",
      "defaults: {attainment: {lognormal: {median: 0.3, log_sd: 1.2}}}",
      "defaults: {attainment: {lognormal: {p10: 0.1, p90: 2}}}",
      "defaults: {attainment: {lognormal: {mean: 1, sd: 2}, truncate: [0, 5]}}",
      "defaults: {attainment: {lognormal: {p10: 0.1, p90: 2, truncate: [0, inf]}}}",
      "defaults: {attainment: {gamma: {p2.5: 0.1, p97.5: 2}}}",
      "defaults: {attainment: {exponential: {p50: 1}}}",
      "defaults: {attainment: {beta: {p10: 0.2, p90: 0.8, min: 0, max: 1}}}",
      "defaults: {attainment: {pert: {min: 0, mode: 1, max: 3}}}",
      "defaults: {attainment: {discrete: {values: [0, 1], weights: [1, 3]}}}",
      "defaults: {attainment: {rayleigh: {scale: 1}}}",
      "defaults: {attainment: {empirical: {values: [0.1, 0.5, 0.9]}}}",
      """
      defaults: {attainment: {mixture: [{weight: 1, of: {uniform: {min: 0, max: 1}}}, \
      {weight: 2, of: {uniform: {min: 0.5, max: 2}}}]}}
      """,
      "defaults: {annual_failure_probability: [0.05, 4%, {uniform: {min: 0, max: 0.1}}]}",
      "segments: {s: {where: {region: x}, set: {attainment: 0.5}}}",
      "segments: {s: {where: {region: [x, 1], plan_id: {not: b}}, multiply: {attainment: 2e3}}}",
    ].map { plans($0, isValid: true) }
    + [
      SchemaFixture(
        "cells of listed plans",
        """
        renkei: 1
        plans:
          list:
            - {plan_id: 1, target_yen: 1e8, note: , core: 4.5, is_new: true}
            - {plan_id: b, target_yen: {normal: {mean: 1e8, sd: 1e6}}, ramp: linear, attainment: }
        """, isValid: true)
    ]

  private static let invalid: [SchemaFixture] =
    [
      "titel: x", "title: [a]", "title: \"\"", "start_year: 0", "start_year: 2005.5",
      "horizon_years: 51", "horizon_years: five", "goal: {}", "goal: 5e9",
      "goal: {cumulative_revenue_yen: 0}",
      "goal: {cumulative_revenue_yen: 50%}", "optimism: {common_share: 3円}",
      "factors: {macro: {loading: 0.2, autocorrelation: 30%}}",
      "goal: {cumulative_revenue_yen: 1e9, probability_: 1}",
      "simulation: {paths: 0}", "simulation: {seed: -1}", "simulation: {sampling: sobl}",
      "simulation: ", "report: {groups: region}", "report: {groups: [{region: 5}]}",
      "report: {groups: [{a: [1], b: [2]}]}", "report: {quantiles: [0]}",
      "report: {quantiles: 0.5}", "optimism: {common_share: 1.1}", "optimism: 0.3",
      "credit: {correlation: 1}", "factors: {macro: {autocorrelation: 0.3}}",
      "factors: {macro: {loading: 0.2, correlation: 0.04}}", "factors: {macro: {loading: 1}}",
      "factors: {macro: {loading: 0.2, autocorrelation: 1}}", "factors: {1st: {loading: 0.2}}",
      "factors: [macro]", "inputs: {x: [1, 2]}", "inputs: {x: text}", "inputs: {a b: 1}",
      "events: {e: {annual_probability: 8%}}", "events: {e: {multiplier: 0.8}}",
      "events: {e: {annual_probability: 1.2, multiplier: 0.8}}",
      "events: {e: {annual_probability: 0.1, multiplier: 1, scope: some}}",
      "events: {e: {annual_probability: 0.1, multiplier: 1, scope: {region: x, a: b}}}",
      "events: {e: {annual_probability: 0.1, multiplier: 1, duration_years: 0}}",
      "events: {e: {annual_probability: 0.1, multiplier: 1, duration_years: for ever}}",
      "correlations: {rank: [[x, y]]}", "correlations: {repair: closest}",
      "correlations: {rank: {x: y}}", "correlations: {rank: [[x, y, 1.5]]}",
      "arms: {}", "arms: {all: [subsidies]}", "arms: {all: subsidy}",
    ].map { top($0, isValid: false) }
    + [
      "file: p.csv", "default: {}", "defaults: {ramp: linar}", "defaults: {ramp: s_curve}",
      "defaults: {ramp: {s_curve: {midpoint: 0.6}}}", "defaults: {ramp: {linear: {}}}",
      "defaults: {ramp: {bass: {p: 0, q: 1}}}", "defaults: {ramp: {custom: []}}",
      "defaults: {shock: student_t}", "defaults: {shock: gauss}",
      "defaults: {period_years: 4.5}", "defaults: {period_years: {uniform: {min: 3, max: 5}}}",
      "defaults: {attainment: -1}", "defaults: {attainment: }", "defaults: {attainment: some}",
      "defaults: {attainment: {lognorm: {median: 1, log_sd: 1}}}",
      "defaults: {attainment: {lognormal: {median: 1}}}",
      "defaults: {attainment: {lognormal: {median: 1, sd: 1}}}",
      "defaults: {attainment: {lognormal: {median: 1, log_sd: 0}}}",
      "defaults: {attainment: {lognormal: {p10: 1}}}",
      "defaults: {attainment: {lognormal: {p10: 1, p50: 2, p90: 3}}}",
      "defaults: {attainment: {beta: {p10: 0.2, min: 0, max: 1}}}",
      "defaults: {attainment: {pert: {p10: 1, p90: 2}}}",
      "defaults: {attainment: {lognormal: {p0: 1, p90: 2}}}",
      "defaults: {attainment: {lognormal: 1}}", "defaults: {attainment: {}}",
      "defaults: {attainment: {truncate: [0, 1]}}",
      "defaults: {attainment: {uniform: {min: 0, max: 1}, beta: {a: 1, b: 1}}}",
      "defaults: {attainment: {uniform: {min: 0, max: 1}, truncate: [0]}}",
      "defaults: {attainment: {gamma: {shape: 1e5, scale: 1}}}",
      "defaults: {attainment: {empirical: {values: 0.5}}}",
      "defaults: {attainment: {mixture: {weight: 1}}}", "defaults: {attainment: {mixture: []}}",
      "defaults: {attainment: {mixture: [{weight: 1, of: {rayleigh: {scale: 1}}}]}}",
      """
      defaults: {attainment: {mixture: [{weight: 0, of: {rayleigh: {scale: 1}}}, \
      {weight: 1, of: {rayleigh: {scale: 2}}}]}}
      """,
      """
      defaults: {attainment: {mixture: [{weight: 1, of: 0.5}, \
      {weight: 1, of: {rayleigh: {scale: 2}}}]}}
      """, "defaults: {shock: cauchy}",
      "defaults: {annual_failure_probability: 1}", "defaults: {annual_failure_probability: []}",
      "segments: {s: {where: {region: x}}}", "segments: {s: {set: {attainment: 0.5}}}",
      "segments: {s: {where: {}, set: {attainment: 0.5}}}",
      "segments: {s: {where: {region: {}}, set: {attainment: 0.5}}}",
      "segments: {s: {where: {region: {above: 3}}, set: {attainment: 0.5}}}",
      "segments: {s: {where: {region: x}, multiply: {ramp: 2}}}",
      "segments: {s: {where: {region: x}, multiply: {attainment: -1}}}",
    ].map { plans($0, isValid: false) }
    + [
      SchemaFixture(
        "no version", "plans: {list: [{plan_id: a, end_target_yen: 1}]}",
        isValid: false),
      SchemaFixture(
        "another version", "renkei: 2\nplans: {list: [{plan_id: a, end_target_yen: 1}]}",
        isValid: false),
      SchemaFixture("no plans", "renkei: 1\n", isValid: false),
      SchemaFixture("no list", "renkei: 1\nplans: {defaults: {}}\n", isValid: false),
      SchemaFixture("empty list", "renkei: 1\nplans: {list: []}\n", isValid: false),
      SchemaFixture(
        "no id", "renkei: 1\nplans: {list: [{end_target_yen: 1e8}]}\n", isValid: false),
      SchemaFixture(
        "a list in a cell", "renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1, n: [1]}]}\n",
        isValid: false),
      SchemaFixture("no map", "- renkei\n", isValid: false),
    ]
}
