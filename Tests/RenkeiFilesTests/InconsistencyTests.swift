// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiFiles

/// References that lead nowhere show together with values that cannot be read.
@Suite struct InconsistencyTests {
  private func keys(_ yaml: String) -> [String] {
    problems(yaml).map { line in
      line.split(separator: " ", maxSplits: 3).dropFirst(2).first.map(String.init) ?? line
    }
  }

  @Test func areReportedBesideOtherProblems() {
    let yaml = """
      renkei: 1
      horizon_years: many
      report: {groups: [regio]}
      plans:
        list: [{plan_id: a, region: kanto, end_target_yen: 1e8}]
        defaults: {annual_shock_sd: $nope}
      """
    #expect(
      keys(yaml) == ["horizon_years:", "report.groups:", "plans.defaults.annual_shock_sd:"])
  }

  @Test func areNotSeenWhereTheirDefinitionIsWrong() {
    let yaml = """
      renkei: 1
      inputs: {volatility: {unifrm: {min: 0, max: 1}}}
      plans:
        list: [{plan_id: a, end_target_yen: 1e8}]
        defaults: {annual_shock_sd: $volatility}
      """
    #expect(keys(yaml) == ["inputs.volatility:"])
  }
}
