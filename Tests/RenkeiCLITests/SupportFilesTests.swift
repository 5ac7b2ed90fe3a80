// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Renkei
import Testing

/// A run with support, from the scenario to the files and back.
@Suite("renkei run with support")
struct SupportFilesTests {
  private static let scenario = """
    renkei: 1
    title: Support
    start_year: 2005
    horizon_years: 2
    goal: {cumulative_revenue_yen: 100e6}
    simulation: {paths: 60, seed: 7}
    plans:
      defaults:
        attainment: {lognormal: {median: 0.8, log_sd: 0.5}}
        annual_failure_probability: 0.1
      list:
        - {plan_id: P1, end_target_yen: 200e6}
        - {plan_id: P2, end_target_yen: 100e6}
    support:
      finance:
        investment_yen: {share_of_target: 0.5}
        own_funds_yen: {share_of_investment: 0.3}
        margin: 0.3
        tax_rate: 0.4
        cash_failure: enforce
      private_loan: {amount_yen: {share_of_investment: 0.3}, rate: 2.2%, loss_given_default: 0.7}
      subsidy: {take_up: 0.8, rate: 50%, cap_yen: 20e6, effects: {log_attainment: 0.05}}
      policy_loan: {take_up: 0.5, amount_yen: 20e6, base_rate: 1.8%, term_years: 10,
        loss_given_default: 0.7}
      guarantee: {take_up: 0.5, coverage: 80%, fee_rate: 1%}
    arms:
      certified: [subsidy, policy_loan, guarantee]
      none: []
    calibrated_to: certified
    baseline_arm: none
    """

  private static let added = [
    "attribution.csv", "cost_effectiveness.csv", "effects.csv", "loans.csv", "plan_finance.csv",
    "public_cost.csv",
  ]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario, to: "s.yaml")
    return folder
  }

  private func run(_ folder: TemporaryFolder, _ arguments: String...) throws -> RenkeiProcess.Ending
  {
    try RenkeiProcess.run(
      ["run", "s.yaml", "--engine", "reference"] + arguments, in: folder)
  }

  @Test("compare of two arms of one run says what effects.csv says")
  func armsMap() throws {
    let folder = try folder()
    let ran = try RenkeiProcess.run(
      ["run", "s.yaml", "--paths", "3000", "--keep-paths", "--quiet"], in: folder)
    #expect(ran.status == 0)
    let compared = try RenkeiProcess.run(
      ["compare", "results/s", "results/s", "--arms-map", "none=certified", "--format", "csv"],
      in: folder)
    #expect(compared.status == 1)
    let differences = Self.records(compared.output)
    let effects = try rows(folder, "effects.csv")
    for (metric, table, column) in [
      ("cumulative_revenue", "portfolio", "mean_yen"), ("goal_probability", "goal", "probability"),
    ] {
      let effect = try #require(effects.first { $0["metric"] == metric })
      let difference = try #require(
        differences.first {
          $0["table"] == table && $0["metric"] == column
            && (table == "goal" || $0["measure"] == "cumulative" && $0["year"] == "2")
        })
      #expect(difference["paired"] == "yes")
      for (own, other) in [
        ("difference", "difference"), ("standard_error", "standard_error"),
        ("ci95_low", "ci95_low"), ("ci95_high", "ci95_high"), ("baseline_mean", "a"),
        ("arm_mean", "b"),
      ] {
        let expected = try #require(effect[own].flatMap(Double.init))
        let found = try #require(difference[other].flatMap(Double.init))
        // Sums of 3,000 paths in another order.
        #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(metric) \(own)")
      }
    }
  }

  private static func records(_ csv: String) -> [[String: String]] {
    let lines = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(zip(lines[0], $0)) { first, _ in first } }
  }

  private func rows(_ folder: TemporaryFolder, _ file: String) throws -> [[String: String]] {
    try Self.records(folder.read("results/s/" + file))
  }

  @Test("writes the files about support, lists them, and compare reads them")
  func files() throws {
    let folder = try folder()
    let ending = try run(folder, "--attribution", "40")
    #expect(ending.status == 0)
    #expect(ending.output.contains("\nWhat support does: certified against none\nAdds revenue"))
    #expect(ending.output.contains("\nSurvives 2006 "))
    #expect(ending.output.contains("(Shapley values, 40 paths of their own)"))
    let names = try folder.names(in: "results/s")
    #expect(Self.added.allSatisfy(names.contains))
    let manifest = try folder.read("results/s/manifest.json")
    #expect(Self.added.allSatisfy { manifest.contains("\"path\": \"\($0)\"") })
    let counts = try rows(folder, "counts.csv")
    #expect(counts.filter { $0["metric"] == "failed_cash" }.count == 4)
    #expect(counts.filter { $0["metric"] == "failed_hazard" }.count == 4)
    let again = try run(folder, "--attribution", "40", "--quiet", "-o", "again")
    #expect(again.status == 0)
    let compared = try RenkeiProcess.run(["compare", "results/s", "again"], in: folder)
    #expect(compared.status == 0 && compared.output.hasPrefix("identical: "))
    for name in names where name.hasSuffix(".csv") {
      #expect(try folder.bytes("results/s/" + name) == folder.bytes("again/" + name))
    }
    let other = try run(folder, "--attribution", "40", "--quiet", "--seed", "8", "-o", "other")
    #expect(other.status == 0)
    let differing = try RenkeiProcess.run(
      ["compare", "results/s", "other", "--format", "csv"], in: folder)
    #expect(differing.status == 1)
    for table in Self.added.map({ $0.dropLast(4) }) {
      #expect(differing.output.contains("\n\(table),"))
    }
    #expect(!differing.output.contains(",only_a\n") && !differing.output.contains(",nan,"))
  }

  @Test("the parts of the attribution sum to their total")
  func attribution() throws {
    let folder = try folder()
    #expect(try run(folder, "--attribution", "30", "--quiet").status == 0)
    let rows = try rows(folder, "attribution.csv")
    #expect(rows.count == 5 * 4)
    for metric in AttributionMetric.allCases.map(\.rawValue) {
      let own = rows.filter { $0["metric"] == metric }
      #expect(own.map { $0["measure"] } == ["subsidy", "policy_loan", "guarantee", "total"])
      let values = own.compactMap { $0["shapley"].flatMap(Double.init) }
      let terms = values.dropLast()
      let scale = terms.reduce(0) { $0 + $1.magnitude }
      #expect((terms.reduce(0, +) - values[3]).magnitude <= 1e-12 * scale)
    }
    #expect(rows.allSatisfy { $0["paths"] == "30" && $0["baseline_arm"] == "none" })
  }

  @Test("parts that are reported add up in the files")
  func sums() throws {
    let folder = try folder()
    #expect(try run(folder, "--quiet").status == 0)
    #expect(try !folder.names(in: "results/s").contains("attribution.csv"))
    let costs = try rows(folder, "public_cost.csv")
    func cost(_ component: String) throws -> Double {
      let row = costs.first {
        $0["arm"] == "certified" && $0["basis"] == "life" && $0["component"] == component
      }
      return try #require(row?["mean_yen"].flatMap(Double.init))
    }
    let parts = try [
      "subsidy_paid", "interest_subsidy", "policy_loan_loss", "guarantee_loss", "tax_expenditure",
      "advice_cost",
    ].map(cost)
    let gross = try cost("gross")
    #expect(gross > 0)
    #expect((parts.reduce(0, +) - (try cost("guarantee_fees")) - gross).magnitude < 1e-9 * gross)
    #expect((gross - (try cost("extra_tax")) - (try cost("net"))).magnitude < 1e-9 * gross)
    for row in try rows(folder, "effects.csv") {
      let values = ["baseline_mean", "arm_mean", "difference"].compactMap {
        row[$0].flatMap(Double.init)
      }
      #expect(values.count == 3)
      let scale = max(values[0].magnitude, values[1].magnitude)
      #expect((values[1] - values[0] - values[2]).magnitude <= 1e-12 * scale)
    }
  }

  @Test("--attribution needs measures")
  func refused() throws {
    let folder = try folder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    let plain = try RenkeiProcess.run(["run", "two.yaml", "--attribution"], in: folder)
    #expect(plain.status == 64 && plain.errors.contains("describes no support"))
    let none = try run(folder, "--arms", "none", "--attribution", "5")
    #expect(none.status == 64 && none.errors.contains("no arm that runs offers a measure"))
    #expect(try run(folder, "--attribution=0").status == 64)
    #expect(try run(folder, "--attribution", "5x").status == 64)
    #expect(try folder.names() == ["s.yaml", "two.yaml"])
    let written = try RenkeiProcess.run(["run", "two.yaml", "--quiet"], in: folder)
    #expect(written.status == 0)
    let names = try folder.names(in: "results/two")
    #expect(!names.contains { Self.added.contains($0) })
  }

  @Test("compare matches rows by the keys that the files declare")
  func keys() {
    let result = SimulationResult(
      title: "", startYear: 1, horizonYears: 1, paths: 1, seed: 1, quantileLevels: [0.5],
      hasPlanQuantiles: true, arms: [])
    for file in ResultFile.allCases {
      for column in file.columns(result) where column.name != "calendar_year" {
        let isKey = ColumnRules.usualKeys.contains(column.name)
        #expect(isKey == column.isKey)
      }
    }
  }
}
