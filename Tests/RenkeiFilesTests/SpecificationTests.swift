// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Specifications of plan lists: what is wrong in them, place by place.
@Suite struct SpecificationTests {
  @Test(arguments: inputs) func reports(_ input: BadInput) {
    var found: [String] = []
    do {
      _ = try SpecificationFile.load(Array(input.text.utf8), source: "s.yaml")
    } catch let report as DiagnosticReport {
      found = report.diagnostics.map(\.description)
    } catch {
      found = ["\(error)"]
    }
    #expect(found == input.problems.map { "s.yaml" + $0 })
  }

  /// A specification whose only column is on line 4 from column 3.
  private static func column(_ line: String) -> String {
    "renkei_plans: 1\ncount: 2\ncolumns:\n  \(line)\n"
  }

  /// A specification with one more key on line 4.
  private static func root(_ line: String) -> String {
    "renkei_plans: 1\ncount: 2\ncolumns: {end_target_yen: {value: 1e8}}\n\(line)\n"
  }

  static let inputs: [BadInput] = [
    BadInput(
      "empty map", "{}",
      [
        ":1:1: error: renkei_plans: the key is required",
        ":1:1: error: count: the key is required",
        ":1:1: error: columns: the key is required",
      ]),
    BadInput(
      "another version", "renkei_plans: 2\ncount: 1\ncolumns: {a: {value: b}}\n",
      [
        ":1:15: error: renkei_plans: the version of the file format is not known (got '2'; allowed: 1)"
      ]),
    BadInput(
      "unknown key", root("sede: 3"),
      [":4:1: error: sede: the key is not known (did you mean 'seed'?)"]),
    BadInput(
      "no source", column("region: {}"),
      [
        ":4:11: error: columns.region: nothing says where the cells come from (allowed: one of value, weights, shares, bands, number, phrases)"
      ]),
    BadInput(
      "two sources", column("region: {value: a, weights: {b: 1}}"),
      [
        ":4:31: error: columns.region: the cells come from two places: value, weights (allowed: one of value, weights, shares, bands, number, phrases)"
      ]),
    BadInput(
      "a source beside cases", column("region: {value: a, cases: [{value: b}]}"),
      [
        ":4:19: error: columns.region.value: the column states it beside 'cases' (got 'a'; keep one)"
      ]),
    BadInput(
      "negative weight", column("region: {weights: {a: -1, b: 2}}"),
      [
        ":4:25: error: columns.region.weights.a: the number is out of range (got '-1'; allowed: from 0 to 1e15)"
      ]),
    BadInput(
      "no weight", column("region: {shares: {a: 0}}"),
      [
        ":4:20: error: columns.region.shares: all weights are 0 (allowed: at least one weight above 0)"
      ]),
    BadInput(
      "a band upside down", column("staff: {bands: [{from: 5, through: 1, weight: 1}]}"),
      [":4:19: error: columns.staff.bands[1]: through lies below from"]),
    BadInput(
      "rounded text", column("region: {value: a, round_to: 5}"),
      [":4:32: error: columns.region.round_to: only 'number' can be rounded (got '5')"]),
    BadInput(
      "a number that is certain", column("end_target_yen: {number: 5}"),
      [
        ":4:28: error: columns.end_target_yen.number: expected a distribution of plain numbers (got '5'; write 'value' for a fixed number)"
      ]),
    BadInput(
      "a mixture without weights",
      column("end_target_yen: {number: {mixture: [{of: {exponential: {mean: 1}}}]}}"),
      [
        ":4:39: error: columns.end_target_yen.number.mixture[1].weight: the key is required"
      ]),
    BadInput(
      "a bad component",
      column("end_target_yen: {number: {mixture: [{weight: 1, of: {exponential: {mean: -1}}}]}}"),
      [
        ":4:76: error: columns.end_target_yen.number.mixture[1].of.exponential.mean: mean must be greater than 0 (got '-1')"
      ]),
    BadInput(
      "ids among the columns", column("plan_id: {value: a}"),
      [
        ":4:3: error: columns.plan_id: ids are not drawn (state their form with 'plan_id' at the top of the file)"
      ]),
    BadInput(
      "a named plan with a bad end target", root("named: [{end_target_yen: '100,000'}]"),
      [
        ":4:26: error: named[1].end_target_yen: digits must not be separated by ',' (got '100,000'; write 100000)"
      ]),
    BadInput(
      "a check that demands nothing", root("checks: {some: {where: {region: a}}}"),
      [
        ":4:10: error: checks.some: the check demands nothing (state 'at_least' or 'at_most')"
      ]),
    BadInput(
      "a clamp that may miss its range",
      root(
        "clamp: {from_yen: 1e8, through_yen: 3e8, redraw: {lognormal: {median: 2e8, log_sd: 1}}}"),
      [
        ":4:50: error: clamp.redraw: the new end targets can lie outside the range (limit them with truncate: [100000000, 300000000])"
      ]),
    BadInput(
      "a ramp that is none", root("promise: {total_yen: 1e9, ramp: linaer}"),
      [
        ":4:33: error: promise.ramp: there is no ramp of that name (got 'linaer'; did you mean 'linear'?)"
      ]),
  ]
}
