// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiFiles

/// Numbers outside the grammar or out of range, and settings of the run.
@Suite struct NumberProblemTests {
  @Test(arguments: numbers) func reports(_ input: BadInput) {
    #expect(problems(input.text) == input.problems.map { "s.yaml" + $0 })
  }

  static let numbers: [BadInput] = [
    BadInput(
      "leading zeros", BadInput.defaults("attainment: 010"),
      [
        ":5:17: error: plans.defaults.attainment: leading zeros are not allowed (got '010'; write 10)"
      ]),
    BadInput(
      "time", BadInput.defaults("attainment: 1:30"),
      [
        ":5:17: error: plans.defaults.attainment: times and base-60 numbers are not allowed (got '1:30'; write a plain decimal number)"
      ]),
    BadInput(
      "underscore", BadInput.defaults("attainment: 1_000"),
      [
        ":5:17: error: plans.defaults.attainment: digits must not be separated by '_' (got '1_000'; write 1000)"
      ]),
    BadInput(
      "comma", BadInput.defaults("attainment: 1,000"),
      [
        ":5:17: error: plans.defaults.attainment: digits must not be separated by ',' (got '1,000'; write 1000)"
      ]),
    BadInput(
      "decimal comma", BadInput.defaults("attainment: 0,5"),
      [
        ":5:17: error: plans.defaults.attainment: a decimal comma is not allowed (got '0,5'; write 0.5)"
      ]),
    BadInput(
      "hexadecimal", BadInput.defaults("attainment: 0x1F"),
      [
        ":5:17: error: plans.defaults.attainment: hexadecimal numbers are not allowed (got '0x1F'; write 31)"
      ]),
    BadInput(
      "octal", BadInput.defaults("attainment: 0o17"),
      [
        ":5:17: error: plans.defaults.attainment: octal and binary numbers are not allowed (got '0o17'; write 15)"
      ]),
    BadInput(
      "full-width digits", BadInput.defaults("attainment: １．５"),
      [
        ":5:17: error: plans.defaults.attainment: full-width characters are not allowed in a number (got '１．５'; write 1.5)"
      ]),
    BadInput(
      "typographic minus", BadInput.defaults("growth_after_plan: −0.1"),
      [
        ":5:24: error: plans.defaults.growth_after_plan: the minus sign must be the plain '-' (got '−0.1'; write -0.1)"
      ]),
    BadInput(
      "nan", BadInput.defaults("attainment: .nan"),
      [":5:17: error: plans.defaults.attainment: 'not a number' is not allowed (got '.nan')"]),
    BadInput(
      "infinity", BadInput.defaults("attainment: -.inf"),
      [":5:17: error: plans.defaults.attainment: infinity is not allowed (got '-.inf')"]),
    BadInput(
      "too large", BadInput.defaults("attainment: 1e999"),
      [":5:17: error: plans.defaults.attainment: the number is too large (got '1e999')"]),
    BadInput(
      "too small", BadInput.defaults("attainment: 1e-999"),
      [
        ":5:17: error: plans.defaults.attainment: the number is too close to 0 (got '1e-999'; write 0)"
      ]),
    BadInput(
      "yes", BadInput.defaults("attainment: yes"),
      [
        ":5:17: error: plans.defaults.attainment: expected a number, not a yes-or-no word (got 'yes')"
      ]),
    BadInput(
      "no", BadInput.defaults("attainment: No"),
      [
        ":5:17: error: plans.defaults.attainment: expected a number, not a yes-or-no word (got 'No')"
      ]),
    BadInput(
      "yen for a share", BadInput.defaults("attainment: 3億円"),
      [
        ":5:17: error: plans.defaults.attainment: expected a share, not an amount in yen (got '3億円')"
      ]),
    BadInput(
      "yen for a probability", BadInput.defaults("launch_probability: 1円"),
      [
        ":5:25: error: plans.defaults.launch_probability: expected a probability, not an amount in yen (got '1円')"
      ]),
    BadInput(
      "percentage for yen", BadInput.defaults("end_target_yen: 50%"),
      [
        ":5:21: error: plans.defaults.end_target_yen: expected an amount in yen, not a percentage (got '50%')"
      ]),
    BadInput(
      "percentage for years", BadInput.defaults("start_offset_years: 50%"),
      [
        ":5:25: error: plans.defaults.start_offset_years: expected a number of years, not a percentage (got '50%')"
      ]),
    BadInput(
      "percentage for a standard deviation", BadInput.defaults("annual_shock_sd: 45%"),
      [
        ":5:22: error: plans.defaults.annual_shock_sd: expected a plain number, not a percentage (got '45%')"
      ]),
    BadInput(
      "yen in a yearly list", BadInput.defaults("annual_failure_probability: [5%, 3円]"),
      [
        ":5:38: error: plans.defaults.annual_failure_probability[2]: expected a probability, not an amount in yen (got '3円')"
      ]),
    BadInput(
      "full-width amount", BadInput.defaults("end_target_yen: １９７２億円"),
      [
        ":5:21: error: plans.defaults.end_target_yen: full-width characters are not allowed in a number (got '１９７２億円'; write 1972億円)"
      ]),
    BadInput(
      "full-width percent", BadInput.defaults("attainment: 30％"),
      [
        ":5:17: error: plans.defaults.attainment: full-width characters are not allowed in a number (got '30％'; write 30%)"
      ]),
    BadInput(
      "space before the unit", BadInput.defaults("end_target_yen: 3 億円"),
      [
        ":5:21: error: plans.defaults.end_target_yen: spaces are not allowed in a number (got '3 億円'; write 3億円)"
      ]),
    BadInput(
      "incomplete unit", BadInput.defaults("end_target_yen: 3億"),
      [
        ":5:21: error: plans.defaults.end_target_yen: the unit is not complete (got '3億'; write 3億円)"
      ]),
    BadInput(
      "currency sign", BadInput.defaults("end_target_yen: ¥30000000"),
      [
        ":5:21: error: plans.defaults.end_target_yen: a currency sign is not allowed (got '¥30000000'; write 30000000円)"
      ]),
    BadInput(
      "separators before a unit", BadInput.defaults("end_target_yen: 1,972百万円"),
      [
        ":5:21: error: plans.defaults.end_target_yen: digits must not be separated by ',' (got '1,972百万円'; write 1972百万円)"
      ]),
    BadInput(
      "two units", BadInput.defaults("end_target_yen: 1億5000万円"),
      [
        ":5:21: error: plans.defaults.end_target_yen: the amount is not understood (got '1億5000万円'; write one number and one of 円, 千円, 万円, 百万円, 億円, 兆円)"
      ]),
    BadInput(
      "amount too large", BadInput.defaults("end_target_yen: 1e308億円"),
      [
        ":5:21: error: plans.defaults.end_target_yen: the number is too large (got '1e308億円')"
      ]),
    BadInput(
      "amount out of range", BadInput.defaults("end_target_yen: 1001兆円"),
      [
        ":5:21: error: plans.defaults.end_target_yen: the number is out of range (got '1001兆円'; allowed: above 0 to 1e15)"
      ]),
    BadInput(
      "no digit before the point", BadInput.defaults("attainment: .5"),
      [
        ":5:17: error: plans.defaults.attainment: a digit must stand before the decimal point (got '.5'; write 0.5)"
      ]),
    BadInput(
      "no digit after the point", BadInput.defaults("attainment: 5."),
      [
        ":5:17: error: plans.defaults.attainment: a digit must stand after the decimal point (got '5.'; write 5)"
      ]),
    BadInput(
      "space", BadInput.defaults("attainment: 1 000"),
      [
        ":5:17: error: plans.defaults.attainment: spaces are not allowed in a number (got '1 000'; write 1000)"
      ]),
    BadInput(
      "word", BadInput.defaults("attainment: high"),
      [":5:17: error: plans.defaults.attainment: expected a number (got 'high')"]),
    BadInput(
      "quoted number", BadInput.defaults("attainment: \"0.5\""),
      [
        ":5:17: error: plans.defaults.attainment: expected a number, but quotes make it text (got '0.5'; leave out the quotes)"
      ]),
    BadInput(
      "list for a number", BadInput.defaults("attainment: [1, 2]"),
      [
        ":5:17: error: plans.defaults.attainment: expected a number, $name or distribution, found a list"
      ]),
    BadInput(
      "out of range", BadInput.defaults("launch_probability: 1.5"),
      [
        ":5:25: error: plans.defaults.launch_probability: the number is out of range (got '1.5'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "percentage out of range", BadInput.defaults("launch_probability: 150%"),
      [
        ":5:25: error: plans.defaults.launch_probability: the number is out of range (got '150%'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "whole number", BadInput.defaults("period_years: 4.5"),
      [
        ":5:19: error: plans.defaults.period_years: expected a whole number (got '4.5'; allowed: from 1 to 50)"
      ]),
    BadInput(
      "uncertain period", BadInput.defaults("period_years: {uniform: {min: 3, max: 5}}"),
      [
        ":5:19: error: plans.defaults.period_years: expected a plain number: the input cannot be uncertain"
      ]),
    BadInput(
      "negative target", BadInput.defaults("end_target_yen: -1"),
      [
        ":5:21: error: plans.defaults.end_target_yen: the number is out of range (got '-1'; allowed: above 0 to 1e15)"
      ]),
    BadInput(
      "horizon", BadInput.valid + "horizon_years: 51\n",
      [
        ":3:16: error: horizon_years: the number is out of range (got '51'; allowed: whole numbers from 1 to 50)"
      ]),
    BadInput(
      "fractional horizon", BadInput.valid + "horizon_years: 2.5\n",
      [
        ":3:16: error: horizon_years: expected a whole number (got '2.5'; allowed: whole numbers from 1 to 50)"
      ]),
    BadInput(
      "paths", BadInput.valid + "simulation: {paths: 0}\n",
      [
        ":3:21: error: simulation.paths: the number is out of range (got '0'; allowed: whole numbers from 1 to 1000000000000)"
      ]),
    BadInput(
      "seed", BadInput.valid + "simulation: {seed: -1}\n",
      [
        ":3:20: error: simulation.seed: the number cannot be a seed (got '-1'; allowed: plain digits, from 0 to 18446744073709551615)"
      ]),
    BadInput(
      "fractional seed", BadInput.valid + "simulation: {seed: 1.5}\n",
      [
        ":3:20: error: simulation.seed: the number cannot be a seed (got '1.5'; allowed: plain digits, from 0 to 18446744073709551615)"
      ]),
    BadInput(
      "percentage of paths", BadInput.valid + "simulation: {paths: 50%}\n",
      [
        ":3:21: error: simulation.paths: expected a plain number, not a percentage (got '50%')"
      ]),
    BadInput(
      "goal as a percentage", BadInput.valid + "goal: {cumulative_revenue_yen: 80%}\n",
      [
        ":3:32: error: goal.cumulative_revenue_yen: expected an amount in yen, not a percentage (got '80%')"
      ]),
    BadInput(
      "yen in a named input", BadInput.valid + "inputs: {cap: 3億円}\n",
      [
        ":3:15: error: inputs.cap: expected a number or percentage, not an amount in yen (got '3億円'; end the input's name in '_yen')"
      ]),
    BadInput(
      "unit of a shape",
      BadInput.valid + "inputs: {cap_yen: {lognormal: {median: 3億円, log_sd: 50%}}}\n",
      [
        ":3:53: error: inputs.cap_yen.lognormal.log_sd: expected a plain number, not a percentage (got '50%')"
      ]),
    BadInput(
      "seed beyond 64 bits", BadInput.valid + "simulation: {seed: 18446744073709551616}\n",
      [
        ":3:20: error: simulation.seed: the number cannot be a seed (got '18446744073709551616'; allowed: plain digits, from 0 to 18446744073709551615)"
      ]),
    BadInput(
      "too many paths", BadInput.valid + "simulation: {paths: 1000000000001}\n",
      [
        ":3:21: error: simulation.paths: the number is out of range (got '1000000000001'; allowed: whole numbers from 1 to 1000000000000)"
      ]),
    BadInput(
      "sampling", BadInput.valid + "simulation: {sampling: randon}\n",
      [
        ":3:24: error: simulation.sampling: the value is not known (got 'randon'; allowed: random, antithetic, latin_hypercube, sobol; did you mean 'random'?)"
      ]),
    BadInput(
      "goal", BadInput.valid + "goal: {cumulative_revenue_yen: 0}\n",
      [
        ":3:32: error: goal.cumulative_revenue_yen: the number is out of range (got '0'; allowed: above 0 to 1e18)"
      ]),
    BadInput(
      "groups as text", BadInput.valid + "report: {groups: region}\n",
      [":3:18: error: report.groups: expected a list of columns, found text (got 'region')"]),
    BadInput(
      "group twice", BadInput.valid + "report: {groups: [plan_id, {plan_id: [1]}]}\n",
      [
        ":3:28: error: report.groups[2]: the column is listed twice (got 'plan_id'; keep one of them)"
      ]),
    BadInput(
      "edges", BadInput.valid + "report: {groups: [{core_employees: [5, 5]}]}\n",
      [
        ":3:40: error: report.groups[1].core_employees[2]: each number must be above the one before it (got '5')"
      ]),
    BadInput(
      "quantile", BadInput.valid + "report: {quantiles: [0.1, 1]}\n",
      [
        ":3:27: error: report.quantiles[2]: the number is out of range (got '1'; allowed: above 0 to below 1)"
      ]),
  ]
}
