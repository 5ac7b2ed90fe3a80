// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiFiles

/// Distributions, ramps, shocks, segments, factors, arms and inline plans.
@Suite struct InputProblemTests {
  @Test(arguments: inputs) func reports(_ input: BadInput) {
    #expect(problems(input.text) == input.problems.map { "s.yaml" + $0 })
  }

  static let inputs: [BadInput] = [
    BadInput(
      "unknown family", BadInput.defaults("attainment: {lognorml: {median: 1, log_sd: 1}}"),
      [
        ":5:18: error: plans.defaults.attainment: there is no distribution of that name (got 'lognorml'; did you mean 'lognormal'?)"
      ]),
    BadInput(
      "mixture as a map", BadInput.defaults("attainment: {mixture: {weight: 1}}"),
      [
        ":5:27: error: plans.defaults.attainment.mixture: expected a list of components, found a map (allowed: [{weight: …, of: {…}}, {weight: …, of: {…}}])"
      ]),
    BadInput(
      "empty mixture", BadInput.defaults("attainment: {mixture: []}"),
      [
        ":5:27: error: plans.defaults.attainment.mixture: the mixture is empty (state at least two components)"
      ]),
    BadInput(
      "mixture of one",
      BadInput.defaults("attainment: {mixture: [{weight: 1, of: {exponential: {mean: 1}}}]}"),
      [
        ":5:27: error: plans.defaults.attainment.mixture: a mixture needs at least two components (write the distribution itself)"
      ]),
    BadInput(
      "every problem of a mixture",
      BadInput.defaults(
        "attainment: {mixture: [{weight: 0, of: {exponential: {mean: -1}}}, {wait: 1}, {weight: 1, of: 2}, {weight: 2, of: {exponential: {mean: $m}}}]}"
      ),
      [
        ":5:37: error: plans.defaults.attainment.mixture[1].weight: the number is out of range (got '0'; allowed: above 0 to 1e9)",
        ":5:65: error: plans.defaults.attainment.mixture[1].of.exponential.mean: mean must be greater than 0 (got '-1')",
        ":5:72: error: plans.defaults.attainment.mixture[2].weight: the key is required",
        ":5:72: error: plans.defaults.attainment.mixture[2].of: the key is required",
        ":5:73: error: plans.defaults.attainment.mixture[2].wait: the key is not known (allowed: weight, of)",
        ":5:99: error: plans.defaults.attainment.mixture[3].of: expected a distribution, found text (got '2')",
        ":5:140: error: plans.defaults.attainment.mixture[4].of.exponential.mean: a component of a mixture cannot read a named input (got '$m'; write a plain number)",
      ]),
    BadInput(
      "observations twice",
      BadInput.defaults("attainment: {empirical: {values: [1, 2], weights: [1, 2]}}"),
      [
        ":5:55: error: plans.defaults.attainment.empirical.weights: empirical has no parameter 'weights' (its parameters are values or file)"
      ]),
    BadInput(
      "cauchy as a shock", BadInput.defaults("shock: cauchy"),
      [
        ":5:12: error: plans.defaults.shock: a shock needs a finite mean and variance, which this distribution lacks (got 'cauchy'; use normal or laplace)"
      ]),
    BadInput(
      "parameters without a family", BadInput.defaults("attainment: {mean: 1, sd: 2}"),
      [
        ":5:18: error: plans.defaults.attainment: there is no distribution of that name (got 'mean'; allowed: normal, lognormal, uniform, triangular, pert, beta, gamma, exponential, weibull, pareto, laplace, student_t, logistic, gumbel, cauchy, rayleigh, chi_squared, discrete, empirical, mixture)",
        ":5:27: error: plans.defaults.attainment.sd: only one distribution can stand here (allowed: truncate beside 'mean')",
      ]),
    BadInput(
      "unknown parameter", BadInput.defaults("attainment: {normal: {mean: 1, sdd: 2}}"),
      [
        ":5:41: error: plans.defaults.attainment.normal.sdd: normal has no parameter 'sdd' (got '2'; did you mean 'sd'?)"
      ]),
    BadInput(
      "missing parameter", BadInput.defaults("attainment: {normal: {mean: 1}}"),
      [":5:26: error: plans.defaults.attainment.normal: sd must be given"]),
    BadInput(
      "negative sd", BadInput.defaults("attainment: {normal: {mean: 1, sd: -2}}"),
      [":5:40: error: plans.defaults.attainment.normal.sd: sd must be greater than 0 (got '-2')"]),
    BadInput(
      "bad parameter text", BadInput.defaults("attainment: {normal: {mean: x, sd: 0x2}}"),
      [
        ":5:33: error: plans.defaults.attainment.normal.mean: expected a number (got 'x')",
        ":5:40: error: plans.defaults.attainment.normal.sd: hexadecimal numbers are not allowed (got '0x2'; write 2)",
      ]),
    BadInput(
      "mode outside", BadInput.defaults("attainment: {triangular: {min: 2, mode: 1, max: 3}}"),
      [
        ":5:45: error: plans.defaults.attainment.triangular.mode: mode must be at least min (got '1')"
      ]),
    BadInput(
      "empty truncation",
      BadInput.defaults("attainment: {normal: {mean: 1, sd: 1}, truncate: [3, 2]}"),
      [
        ":5:54: error: plans.defaults.attainment.truncate: truncate must be [low, high] with low below high"
      ]),
    BadInput(
      "truncation of one end",
      BadInput.defaults("attainment: {normal: {mean: 1, sd: 1, truncate: [3]}}"),
      [
        ":5:53: error: plans.defaults.attainment.normal.truncate: expected the two ends of an interval (allowed: [low, high])"
      ]),
    BadInput(
      "shape by an input", BadInput.defaults("attainment: {beta: {a: $x, b: 2}}"),
      [
        ":5:28: error: plans.defaults.attainment.beta.a: a is a shape parameter and may not be uncertain (got '$x'; write a plain number)"
      ]),
    BadInput(
      "input with truncation",
      BadInput.defaults("attainment: {normal: {mean: $x, sd: 2, truncate: [0, 1]}}"),
      [
        ":5:54: error: plans.defaults.attainment.normal.truncate: truncate may not stand beside an uncertain parameter (limit the uncertain input instead)"
      ]),
    BadInput(
      "empty distribution", BadInput.defaults("attainment: {}"),
      [
        ":5:17: error: plans.defaults.attainment: no distribution is named (allowed: normal, lognormal, uniform, triangular, pert, beta, gamma, exponential, weibull, pareto, laplace, student_t, logistic, gumbel, cauchy, rayleigh, chi_squared, discrete, empirical, mixture)"
      ]),
    BadInput(
      "two families",
      BadInput.defaults("attainment: {normal: {mean: 1, sd: 2}, gamma: {shape: 1, scale: 1}}"),
      [
        ":5:44: error: plans.defaults.attainment.gamma: only one distribution can stand here (allowed: truncate beside 'normal')"
      ]),
    BadInput(
      "bare family", BadInput.defaults("attainment: {normal: 5}"),
      [
        ":5:26: error: plans.defaults.attainment.normal: expected a map of parameters, found text (got '5')"
      ]),
    BadInput(
      "empty input name", BadInput.defaults("attainment: $"),
      [
        ":5:17: error: plans.defaults.attainment: a name must follow '$' (got '$'; allowed: letters, digits, '_' and '-', not beginning with a digit; write $name with a name of 'inputs')"
      ]),
    BadInput(
      "bad input name", BadInput.defaults("attainment: $a.b"),
      [
        ":5:17: error: plans.defaults.attainment: a name must follow '$' (got '$a.b'; allowed: letters, digits, '_' and '-', not beginning with a digit)"
      ]),
    BadInput(
      "unknown ramp", BadInput.defaults("ramp: s-curve"),
      [
        ":5:11: error: plans.defaults.ramp: there is no ramp of that name (got 's-curve'; did you mean 's_curve'?)"
      ]),
    BadInput(
      "ramp without coefficients", BadInput.defaults("ramp: s_curve"),
      [
        ":5:11: error: plans.defaults.ramp: the ramp 's_curve' needs coefficients (got 's_curve'; write {s_curve: {midpoint: …, steepness: …}})"
      ]),
    BadInput(
      "ramp coefficient", BadInput.defaults("ramp: {s_curve: {midpoint: 2, steepness: 9}}"),
      [
        ":5:32: error: plans.defaults.ramp.s_curve.midpoint: the number is out of range (got '2'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "missing coefficient", BadInput.defaults("ramp: {bass: {p: 0.1}}"),
      [":5:18: error: plans.defaults.ramp.bass.q: the key is required"]),
    BadInput(
      "custom ramp that ends at 0", BadInput.defaults("ramp: {custom: [0.5, 0]}"),
      [":5:26: error: plans.defaults.ramp.custom[2]: the last share must be above 0 (got '0')"]),
    BadInput(
      "empty custom ramp", BadInput.defaults("ramp: {custom: []}"),
      [
        ":5:20: error: plans.defaults.ramp.custom: expected a list of shares (allowed: 1 to 1000 numbers, the last one that of the plan's end)"
      ]),
    BadInput(
      "unknown shock", BadInput.defaults("shock: norml"),
      [
        ":5:12: error: plans.defaults.shock: there is no distribution of that name (got 'norml'; did you mean 'normal'?)"
      ]),
    BadInput(
      "shock without moments", BadInput.defaults("shock: {student_t: {degrees_of_freedom: 1.5}}"),
      [
        ":5:12: error: plans.defaults.shock: a shock needs a finite mean and variance, which this distribution lacks (use normal or laplace)"
      ]),
    BadInput(
      "shock without parameters", BadInput.defaults("shock: student_t"),
      [
        ":5:12: error: plans.defaults.shock: the family 'student_t' needs parameters (got 'student_t'; write {student_t: {…}})"
      ]),
    BadInput(
      "failure of 1", BadInput.defaults("annual_failure_probability: [0.1, 1]"),
      [
        ":5:39: error: plans.defaults.annual_failure_probability[2]: the number is out of range (got '1'; allowed: from 0 to below 1)"
      ]),
    BadInput(
      "no failure years", BadInput.defaults("annual_failure_probability: []"),
      [
        ":5:33: error: plans.defaults.annual_failure_probability: the list is empty (state at least one value)"
      ]),
    BadInput(
      "segment that changes nothing",
      "renkei: 1\nplans:\n  list: [{plan_id: a, region: x, end_target_yen: 1e8}]\n  segments: {s: {where: {region: x}}}\n",
      [":4:14: error: plans.segments.s: the segment changes nothing (state 'set' or 'multiply')"]),
    BadInput(
      "segment without where",
      "renkei: 1\nplans:\n  list: [{plan_id: a, end_target_yen: 1e8}]\n  segments: {s: {set: {attainment: 1}}}\n",
      [":4:17: error: plans.segments.s.where: the key is required"]),
    BadInput(
      "condition",
      "renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}], segments: {s: {where: {region: {at_mos: 5}}, set: {attainment: 1}}}}\n",
      [
        ":2:84: error: plans.segments.s.where.region.at_mos: the key is not known (did you mean 'at_most'?)"
      ]),
    BadInput(
      "condition bound",
      "renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}], segments: {s: {where: {core_employees: {at_most: five}}, set: {attainment: 1}}}}\n",
      [
        ":2:101: error: plans.segments.s.where.core_employees.at_most: expected a number (got 'five')"
      ]),
    BadInput(
      "multiply a ramp",
      "renkei: 1\nplans: {list: [{plan_id: a, region: x, end_target_yen: 1e8}], segments: {s: {where: {region: x}, multiply: {ramp: 2}}}}\n",
      [
        ":2:109: error: plans.segments.s.multiply.ramp: the key is not known (allowed: end_target_yen, period_years, start_offset_years, growth_after_plan, attainment, launch_probability, launch_odds_ratio, launch_delay_years, annual_shock_sd, investment_yen, own_funds_yen, margin, other_business_cash_yen, fixed_cost_yen, credit_line_yen, scale_elasticity, tax_rate, private_loan_amount_yen, private_loan_loss_given_default, subsidy_take_up, subsidy_amount_yen, policy_loan_take_up, policy_loan_amount_yen, policy_loan_loss_given_default, guarantee_take_up, tax_incentive_take_up, advice_take_up, advice_cost_yen)"
      ]),
    BadInput(
      "segment name",
      "renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}], segments: {a b: {where: {region: x}, set: {attainment: 1}}}}\n",
      [
        ":2:63: error: plans.segments: the name cannot be used (got 'a b'; allowed: letters, digits, '_' and '-', not beginning with a digit)"
      ]),
    BadInput(
      "factor without loading", BadInput.valid + "factors: {macro: {autocorrelation: 0.3}}\n",
      [
        ":3:11: error: factors.macro: the factor states no loading (allowed: either 'loading' or 'correlation' (the loading squared))"
      ]),
    BadInput(
      "factor with both", BadInput.valid + "factors: {macro: {loading: 0.3, correlation: 0.1}}\n",
      [
        ":3:11: error: factors.macro: the factor states its loading twice (allowed: either 'loading' or 'correlation' (the loading squared))"
      ]),
    BadInput(
      "loading", BadInput.valid + "factors: {macro: {loading: 1.3}}\n",
      [
        ":3:28: error: factors.macro.loading: the number is out of range (got '1.3'; allowed: above -1 to below 1)"
      ]),
    BadInput(
      "autocorrelation", BadInput.valid + "factors: {macro: {loading: 0.3, autocorrelation: 1}}\n",
      [
        ":3:50: error: factors.macro.autocorrelation: the number is out of range (got '1'; allowed: above -1 to below 1)"
      ]),
    BadInput(
      "measure", BadInput.valid + "arms: {full: [subsidies], none: []}\n",
      [
        ":3:15: error: arms.full[1]: there is no support measure of that name (got 'subsidies'; allowed: subsidy, policy_loan, guarantee, tax_incentive, advice; did you mean 'subsidy'?)"
      ]),
    BadInput(
      "arm as text", BadInput.valid + "arms: {full: subsidy}\n",
      [
        ":3:14: error: arms.full: expected a list of support measures, or a map of measures and set, found text (got 'subsidy')"
      ]),
    BadInput(
      "no arms", BadInput.valid + "arms: {}\n",
      [":3:7: error: arms: no arm is named (name one, or leave out 'arms')"]),
    BadInput(
      "credit correlation", BadInput.valid + "credit: {correlation: 1}\n",
      [
        ":3:23: error: credit.correlation: the number is out of range (got '1'; allowed: from 0 to below 1)"
      ]),
    BadInput(
      "empty list", "renkei: 1\nplans: {list: []}\n",
      [":2:15: error: plans.list: the plan list holds no plans (add one map per plan)"]),
    BadInput(
      "list of text", "renkei: 1\nplans: {list: [a]}\n",
      [":2:16: error: plans.list[1]: expected a map of columns, found text (got 'a')"]),
    BadInput(
      "inline duplicate",
      "renkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1}, {plan_id: a, end_target_yen: 1}]}\n",
      [":2:59: error: plan_id: the id is used twice, first in line 2 (got 'a')"]),
    BadInput(
      "inline without target", "renkei: 1\nplans: {list: [{plan_id: a, target: 1}]}\n",
      [":2:15: error: end_target_yen: the column is missing"]),
    BadInput(
      "everything at once",
      "renkei: 1\nhorizon_years: 99\ntitel: x\nplans:\n  list: [{plan_id: '', end_target_yen: x}]\n  defaults: {attainment: 1_0, ramp: lineer}\n",
      [
        ":2:16: error: horizon_years: the number is out of range (got '99'; allowed: whole numbers from 1 to 50)",
        ":3:1: error: titel: the key is not known (did you mean 'title'?)",
        ":5:20: error: plan_id: the plan has no id",
        ":5:40: error: plans.list[1].end_target_yen: expected a number (got 'x')",
        ":6:26: error: plans.defaults.attainment: digits must not be separated by '_' (got '1_0'; write 10)",
        ":6:37: error: plans.defaults.ramp: there is no ramp of that name (got 'lineer'; did you mean 'linear'?)",
      ]),
  ]
}
