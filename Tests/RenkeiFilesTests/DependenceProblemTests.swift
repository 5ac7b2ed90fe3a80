// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Events and correlations as scenario files state them.
@Suite struct DependenceProblemTests {
  @Test(arguments: events + correlations) func reports(_ input: BadInput) {
    #expect(problems(BadInput.valid + input.text) == input.problems.map { "s.yaml" + $0 })
  }

  private static func event(_ name: String, _ text: String, _ problems: [String]) -> BadInput {
    BadInput(name, "events:\n  e: \(text)\n", problems)
  }

  static let events: [BadInput] = [
    event(
      "event without probability and multiplier", "{scope: all}",
      [
        ":4:6: error: events.e.annual_probability: the key is required",
        ":4:6: error: events.e.multiplier: the key is required",
      ]),
    event(
      "unknown scope", "{annual_probability: 0.1, multiplier: 0.5, scope: everyone}",
      [
        ":4:56: error: events.e.scope: the scope is not known (got 'everyone'; allowed: all, {column: value} or {plan_id: id})"
      ]),
    event(
      "two columns", "{annual_probability: 0.1, multiplier: 0.5, scope: {a: b, c: d}}",
      [
        ":4:56: error: events.e.scope: expected one scope, found a map (allowed: all, {column: value} or {plan_id: id})"
      ]),
    event(
      "list of values", "{annual_probability: 0.1, multiplier: 0.5, scope: {a: [b]}}",
      [":4:60: error: events.e.scope.a: expected text or a number, found a list"]),
    event(
      "probability beyond 1", "{annual_probability: 8, multiplier: 0.5}",
      [
        ":4:27: error: events.e.annual_probability: the number is out of range (got '8'; allowed: from 0 to 1)"
      ]),
    event(
      "negative multiplier", "{annual_probability: 0.1, multiplier: -0.5}",
      [
        ":4:44: error: events.e.multiplier: the number is out of range (got '-0.5'; allowed: from 0 to 1e6)"
      ]),
    event(
      "half a year", "{annual_probability: 0.1, multiplier: 0.5, duration_years: 0.5}",
      [
        ":4:65: error: events.e.duration_years: expected a whole number (got '0.5'; allowed: whole numbers from 1 to 50, or permanent)"
      ]),
    event(
      "no year", "{annual_probability: 0.1, multiplier: 0.5, duration_years: 0}",
      [
        ":4:65: error: events.e.duration_years: the number is out of range (got '0'; allowed: whole numbers from 1 to 50, or permanent)"
      ]),
    event(
      "slip in permanent", "{annual_probability: 0.1, multiplier: 0.5, duration_years: permanet}",
      [
        ":4:65: error: events.e.duration_years: the duration is not known (got 'permanet'; did you mean 'permanent'?)"
      ]),
    event(
      "unknown key", "{annual_probability: 0.1, multiplier: 0.5, duration: 2}",
      [
        ":4:49: error: events.e.duration: the key is not known (allowed: annual_probability, scope, duration_years, multiplier)"
      ]),
  ]

  static let correlations: [BadInput] = [
    BadInput(
      "no list of pairs", "correlations: {rank: 0.3}\n",
      [
        ":3:22: error: correlations.rank: expected a list of [input, input, coefficient], found text (got '0.3')"
      ]),
    BadInput(
      "one pair without its own brackets", "correlations: {rank: [a, b, 0.3]}\n",
      [
        ":3:23: error: correlations.rank[1]: expected two inputs and their correlation (got 'a'; allowed: [input, input, coefficient])",
        ":3:26: error: correlations.rank[2]: expected two inputs and their correlation (got 'b'; allowed: [input, input, coefficient])",
        ":3:29: error: correlations.rank[3]: expected two inputs and their correlation (got '0.3'; allowed: [input, input, coefficient])",
      ]),
    BadInput(
      "pair without coefficient", "correlations: {rank: [[a, b]]}\n",
      [
        ":3:23: error: correlations.rank[1]: expected two inputs and their correlation (allowed: [input, input, coefficient])"
      ]),
    BadInput(
      "coefficient beyond 1", "correlations: {normal_score: [[a, b, 1.2]]}\n",
      [
        ":3:38: error: correlations.normal_score[1][3]: the number is out of range (got '1.2'; allowed: from -1 to 1)"
      ]),
    BadInput(
      "input with dollar", "correlations: {rank: [[$a, b, 0.2]]}\n",
      [
        ":3:24: error: correlations.rank[1][1]: expected the name of an input (got '$a'; allowed: letters, digits, '_' and '-', not beginning with a digit; leave out the '$')"
      ]),
    BadInput(
      "unknown repair", "correlations: {rank: [], repair: nearst}\n",
      [
        ":3:34: error: correlations.repair: the value is not known (got 'nearst'; allowed: none, nearest; did you mean 'nearest'?)"
      ]),
  ]

  @Test func readsEventsAndCorrelations() throws {
    let text =
      BadInput.valid + """
        events:
          recession: {annual_probability: $p, duration_years: 2, multiplier: {pert: {min: 0.6, mode: 0.8, max: 0.95}}}
          flood: {annual_probability: 0.01, scope: {region: kinki}, duration_years: permanent, multiplier: 0.5}
          fire: {annual_probability: 1%, scope: {plan_id: a}, multiplier: $p}
        inputs: {p: {beta: {a: 1, b: 9}}, q: {uniform: {min: 0, max: 1}}}
        correlations: {normal_score: [[p, q, -0.3]], rank: [[q, p, 0.2]], repair: nearest}

        """
    let scenario = try ScenarioFile.load(Array(text.utf8), source: "s.yaml").scenario
    #expect(scenario.events.map(\.name) == ["recession", "flood", "fire"])
    #expect(
      scenario.events.map(\.scope.value) == [
        .all, .cell(column: "region", value: "kinki"), .plan("a"),
      ])
    #expect(
      scenario.events.map(\.duration.value) == [.years(2), .permanent, .years(1)])
    #expect(scenario.events[0].annualProbability.value.inputNames == ["p"])
    let correlations = try #require(scenario.correlations)
    #expect(correlations.repairsToNearest)
    #expect(correlations.pairs.map(\.measure) == [.rank, .normalScore])
    #expect(correlations.pairs.map(\.coefficient.value) == [0.2, -0.3])
    #expect(correlations.pairs[0].first.value == "q")
    #expect(
      correlations.pairs[1].location == SourceLocation(file: "s.yaml", line: 8, column: 31))
  }
}
