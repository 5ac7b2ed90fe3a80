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
      "unit", BadInput.defaults("end_target_yen: 1972億円"),
      [
        ":5:21: error: plans.defaults.end_target_yen: units are not understood here (got '1972億円'; write the amount in yen, for example 197.2e9)"
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
      "sampling", BadInput.valid + "simulation: {sampling: randon}\n",
      [
        ":3:24: error: simulation.sampling: the value is not known (got 'randon'; allowed: random; did you mean 'random'?)"
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
      "group twice", BadInput.valid + "report: {groups: [region, {region: [1]}]}\n",
      [
        ":3:27: error: report.groups[2]: the column is listed twice (got 'region'; keep one of them)"
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
