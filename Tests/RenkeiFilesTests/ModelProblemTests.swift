// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Scenarios whose values are fine one by one but make no model together, with the place where
/// each was written.
@Suite struct ModelProblemTests {
  @Test(arguments: models) func reports(_ input: BadInput) throws {
    let loaded = try ScenarioFile.load(Array(input.text.utf8), source: "s.yaml")
    let full = #expect(throws: DiagnosticReport.self) { try loaded.scenario.resolved() }
    let check = #expect(throws: DiagnosticReport.self) { try loaded.scenario.checked() }
    for report in [full, check] {
      #expect(report?.errors.map(\.description) == input.problems.map { "s.yaml" + $0 })
    }
  }

  static let models: [BadInput] = [
    BadInput(
      "loadings whose squares pass 1",
      BadInput.valid + "factors: {a: {loading: 0.8}, b: {loading: 0.7}}\n",
      [
        ":3:43: error: factors.b.loading: the squares of the factors' loadings can sum to 1.13 (allowed: a sum below 1, so that every plan keeps a shock of its own)"
      ]),
    BadInput(
      "shock without exponential moment",
      """
      renkei: 1
      plans:
        list: [{plan_id: a, end_target_yen: 1e8}]
        defaults: {shock: {student_t: {degrees_of_freedom: 5}}, annual_shock_sd: 0.3}

      """,
      [
        ":4:21: error: shock: a shock of this family has an infinite mean of exp(shock), so that revenue has no mean (got 'student_t'; allowed: a family whose tail falls at least exponentially, such as normal or laplace)"
      ]),
    BadInput(
      "circle of names", BadInput.valid + "inputs: {a: $b, b: $a}\n",
      [
        ":3:13: error: inputs.a: inputs read each other in a circle: $a → $b → $a"
      ]),
    BadInput(
      "input that reads itself", BadInput.valid + "inputs: {a: {normal: {mean: $a, sd: 1}}}\n",
      [
        ":3:13: error: inputs.a: inputs read each other in a circle: $a → $a"
      ]),
    BadInput(
      "unknown input", BadInput.defaults("attainment: $lunch") + "inputs: {launch: 0.5}\n",
      [
        ":5:17: error: plans.defaults.attainment: no input has this name (got '$lunch'; allowed: $launch; did you mean '$launch'?)"
      ]),
    BadInput(
      "input out of range",
      BadInput.defaults("launch_probability: $u")
        + "inputs: {u: {normal: {mean: 0.5, sd: 0.1}}}\n",
      [
        ":5:25: error: plans.defaults.launch_probability: can fall to -0.33 and rise to 1.33 (allowed: from 0 to 1; limit $u with truncate: [low, high])"
      ]),
    BadInput(
      "unknown column of a factor", BadInput.valid + "factors: {s: {loading: 0.2, by: sectr}}\n",
      [
        ":3:33: error: factors.s.by: the plan list has no column of this name (got 'sectr'; allowed: plan_id, end_target_yen)"
      ]),
    BadInput(
      "unknown column of a group", BadInput.valid + "report: {groups: [plan_ids]}\n",
      [
        ":3:19: error: report.groups: the plan list has no column of this name (got 'plan_ids'; allowed: plan_id, end_target_yen; did you mean 'plan_id'?)"
      ]),
    BadInput(
      "text in bins", BadInput.valid + "report: {groups: [{plan_id: [1]}]}\n",
      [
        ":2:16: error: plan_id: plan 'a' has text in a column that report.groups divides into bins (got 'a'; allowed: a number)"
      ]),
  ]
}
