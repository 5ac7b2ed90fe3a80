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

  @Test func areReportedOfSupportBesideOtherProblems() {
    let yaml = """
      renkei: 1
      horizon_years: many
      plans: {list: [{plan_id: a, end_target_yen: 1e8}]}
      support:
        policy_loan: {term_years: 2, grace_years: 2}
        subsidy: {cap_yen: 1, floor_yen: 2}
        private_loan: {term_years: x, grace_years: 3}
      arms:
        full: {measures: [subsidy, subsidy], set: {support.subsidy.rate: 0.5}}
        none: []
      baseline_arm: non
      """
    #expect(
      keys(yaml) == [
        "horizon_years:", "support.policy_loan.grace_years:", "support.subsidy.cap_yen:",
        "support.private_loan.term_years:", "arms.full:", "arms.full.set.support.subsidy.rate:",
        "baseline_arm:",
      ])
  }

  /// A measure or arm that could not be read may be the one that is meant.
  @Test func ofSupportAreNotSeenWhereTheirDefinitionIsWrong() {
    let yaml = """
      renkei: 1
      plans: {list: [{plan_id: a, end_target_yen: 1e8}]}
      support: {subsidies: {cap_yen: 1}}
      arms: {full: [subsidy], 1st: []}
      baseline_arm: 1st
      """
    #expect(keys(yaml) == ["support.subsidies:", "arms:"])
  }
}
