// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles
import RenkeiModel
import Testing

@Suite("renkei explain")
struct ExplainCommandTests {
  private static let scenario = """
    renkei: 1
    title: Two plans
    plans:
      file: p.csv
      defaults:
        attainment: {lognormal: {median: 0.8, log_sd: 0.5}}
        launch_probability: $launch
        annual_failure_probability: [0.1, 0.05]
      segments:
        kinki: {where: {region: kinki}, multiply: {attainment: 0.5}, set: {ramp: linear}}
    inputs:
      launch: {beta: {a: 14, b: 6}}
    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario, to: "s.yaml")
    try folder.write(
      "plan_id,name,region,end_target_yen,annual_shock_sd\nP1,Tea,kanto,2e8,\nP2,Tofu,kinki,1e8,0.3\n",
      to: "p.csv")
    return folder
  }

  /// Rows of the CSV form by key; cells of these rows hold no commas outside the value.
  private func rows(_ arguments: [String]) throws -> [String: String] {
    let ending = try RenkeiProcess.run(
      ["explain"] + arguments + ["--format", "csv"], in: folder())
    #expect(ending.status == 0 && ending.errors.isEmpty)
    #expect(
      ending.output.hasPrefix("key,value,mean,p05,p95,unit,level,origin,source,multiplied_by\n"))
    return Self.rows(of: ending.output)
  }

  private static func rows(of output: String) -> [String: String] {
    let lines = output.split(separator: "\n")
    return Dictionary(
      lines.dropFirst().map { line in
        let comma = line.firstIndex(of: ",") ?? line.endIndex
        return (String(line[..<comma]), String(line[comma...].dropFirst()))
      }
    ) { first, _ in first }
  }

  @Test("a plan's values, each with its place")
  func plan() throws {
    let rows = try rows(["s.yaml", "P2"])
    #expect(rows["name"] == "Tofu,,,,,fixed,plan,p.csv:3:1,")
    #expect(rows["annual_shock_sd"] == "0.3,0.3,,,per √year,fixed,plan,p.csv:3:19,")
    #expect(
      rows["launch_probability"]?.hasSuffix(",probability,programme,defaults,s.yaml:7:25,") == true)
    #expect(rows["launch_odds_ratio"] == "1,1,,,,fixed,standard,standard value,")
    #expect(rows["ramp"] == "linear,,,,,fixed,segment kinki,s.yaml:10:78,")
    #expect(
      rows["attainment"]?.hasSuffix(
        ",plan,defaults,s.yaml:6:17,0.5 s.yaml:10:60 (segment kinki)") == true)
    #expect(
      rows["annual_failure_probability[1]"] == "0.1,0.1,,,per year,fixed,defaults,s.yaml:8:34,")
    #expect(
      rows["annual_failure_probability[5]"] == "0.05,0.05,,,per year,fixed,defaults,s.yaml:8:39,")
    #expect(try self.rows(["s.yaml", "Tofu"]) == rows)
  }

  @Test("the whole scenario, every default printed")
  func whole() throws {
    let rows = try rows(["s.yaml"])
    #expect(rows["title"] == "Two plans,,,,,fixed,scenario,s.yaml:2:8,")
    #expect(rows["credit.correlation"] == "0.05,0.05,,,,fixed,standard,standard value,")
    #expect(rows["simulation.paths"] == "100000,100000,,,paths,fixed,standard,standard value,")
    #expect(rows["goal.cumulative_revenue_yen"] == "none,,,,yen,fixed,standard,standard value,")
    #expect(
      rows["plans.segments.kinki.where"]
        == "region is kinki: 1 of 2 plans,,,,,fixed,scenario,s.yaml:10:21,")
    #expect(rows["inputs.launch"]?.hasSuffix(",,programme,scenario,s.yaml:12:11,") == true)
    #expect(rows["plans"] == "2 from p.csv,,,,,fixed,scenario,s.yaml:4:9,")
  }

  private static let support = """
    support:
      discount_rate: 1.5%
      finance: {investment_yen: {share_of_target: 0.4}, cash_failure: enforce}
      subsidy: {take_up: 0.8, amount_yen: {uniform: {min: 1e6, max: 3e6}}, cap_yen: 2e6,
        effects: {log_attainment: {normal: {mean: 0.03, sd: 0.06}}}}
    arms:
      certified: [subsidy]
      none: []
      halved: {measures: [subsidy], set: {support.subsidy.cap_yen: 1e6, support.private_loan.method: level_payment}}
    calibrated_to: certified
    """

  private func supportRows(_ plan: String?) throws -> [String: String] {
    let text = Self.scenario.replacingOccurrences(
      of: "kinki}, multiply: {", with: "kinki}, multiply: {investment_yen: 2, ")
    let folder = try TemporaryFolder()
    try folder.write(text + "\n" + Self.support, to: "s.yaml")
    try folder.write(
      "plan_id,region,end_target_yen,margin\nP1,kanto,2e8,\nP2,kinki,1e8,0.3\n", to: "p.csv")
    let ending = try RenkeiProcess.run(
      ["explain", "s.yaml"] + (plan.map { [$0] } ?? []) + ["--format", "csv"], in: folder)
    #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending.errors)")
    return Self.rows(of: ending.output)
  }

  @Test("the support block and the arms, every default printed")
  func support() throws {
    let rows = try supportRows(nil)
    #expect(
      rows["support.discount_rate"] == "0.015,0.015,,,per year,fixed,scenario,s.yaml:14:18,")
    #expect(rows["support.funding_rate"] == "0.015,0.015,,,per year,fixed,computed,computed,")
    #expect(rows["support.after_horizon"] == "run_off,,,,,fixed,standard,standard value,")
    #expect(
      rows["support.finance.investment_yen"]
        == "0.4,0.4,,,of target,fixed,defaults,s.yaml:15:29,")
    #expect(rows["support.finance.margin"] == "0,0,,,share,fixed,standard,standard value,")
    #expect(rows["support.finance.cash_failure"]?.hasPrefix("enforce,,,,,fixed,defaults,") == true)
    #expect(
      rows["support.private_loan.term_years"] == "1,1,,,years,fixed,standard,standard value,")
    #expect(
      rows["support.private_loan.method"] == "equal_principal,,,,,fixed,standard,standard value,")
    #expect(rows["support.subsidy.rate"] == "no limit,,,,share,fixed,standard,standard value,")
    #expect(rows["support.subsidy.effects.log_attainment"]?.contains(",programme,") == true)
    #expect(
      rows["support.subsidy.effects.hazard_ratio"] == "1,1,,,,fixed,standard,standard value,")
    #expect(rows["support.policy_loan"] == "not described,,,,,fixed,standard,standard value,")
    #expect(rows["arms"]?.hasPrefix("\"certified, none, halved\",") == true)
    #expect(rows["arms.certified.measures"] == "subsidy,,,,,fixed,scenario,s.yaml:19:14,")
    #expect(rows["arms.none.measures"] == "none,,,,,fixed,scenario,s.yaml:20:9,")
    #expect(rows["arms.halved.measures"] == "subsidy,,,,,fixed,scenario,s.yaml:21:22,")
    #expect(
      rows["arms.halved.set.support.subsidy.cap_yen"]
        == "1000000,1000000,,,yen,fixed,scenario,s.yaml:21:64,")
    #expect(
      rows["arms.halved.set.support.private_loan.method"]
        == "level_payment,,,,,fixed,scenario,s.yaml:21:98,")
    #expect(rows["calibrated_to"] == "certified,,,,,fixed,scenario,s.yaml:22:16,")
    #expect(rows["baseline_arm"] == "none,,,,,fixed,standard,standard value,")
    // Every key of the support block below a measure that is described, and of what all arms have.
    for key in KeyReference.all where key.kind != "map" {
      let isShown = [
        "discount_rate", "funding_rate", "after_horizon", "finance.", "private_loan.", "subsidy.",
      ]
      .contains { key.path.hasPrefix("support." + $0) }
      if isShown { #expect(rows[key.path] != nil, "\(key.path)") }
    }
  }

  @Test("a plan's money, each number with its place")
  func money() throws {
    let rows = try supportRows("P2")
    #expect(
      rows["investment_yen"]
        == "0.4,0.8,,,of target,fixed,defaults,s.yaml:15:29,2 s.yaml:10:64 (segment kinki)")
    #expect(rows["margin"] == "0.3,0.3,,,share,fixed,plan,p.csv:3:14,")
    #expect(
      rows["subsidy_take_up"] == "0.8,0.8,,,probability,fixed,defaults,s.yaml:16:22,")
    #expect(rows["subsidy_amount_yen"]?.contains(",yen,plan,defaults,s.yaml:16:39,") == true)
    #expect(
      rows["policy_loan_amount_yen"] == "0,0,,,yen,fixed,standard,standard value,")
    #expect(rows["cash_failure"] == "enforce,,,,,fixed,defaults,s.yaml:15:67,")
    for input in PlanInput.supportInputs { #expect(rows[input.rawValue] != nil) }
  }

  @Test("a table for people; json has the rows of csv; - reads standard input")
  func forms() throws {
    let table = try RenkeiProcess.run(["explain", "s.yaml", "P2"], in: folder())
    #expect(table.output.contains("× 0.5"))
    #expect(table.output.contains("s.yaml:10:60 (segment kinki)"))
    #expect(table.output.contains("¥100M"))
    let text = Self.scenario.replacingOccurrences(
      of: "file: p.csv", with: "list: [{plan_id: P2, region: kinki, end_target_yen: 1e8}]")
    let json = try RenkeiProcess.run(
      ["explain", "-", "--format", "json"], in: folder(), input: text)
    #expect(json.status == 0)
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(rows[0]["key"] as? String == "title" && rows[0]["source"] as? String == "-:2:8")
  }

  @Test(
    "64 for an unknown plan, with what was probably meant; 65 and 66 as everywhere",
    arguments: [
      (["s.yaml", "P3"], 64, "did you mean 'P1'?"), (["s.yaml", "Tofo"], 64, "'Tofu'?"),
      (["p.csv"], 65, "p.csv:1:1"), (["nowhere.yaml"], 66, "nowhere.yaml"),
      (["s.yaml", "--format", "xml"], 64, "--format"),
    ])
  func failures(arguments: [String], status: Int, message: String) throws {
    let ending = try RenkeiProcess.run(["explain"] + arguments, in: folder())
    #expect(Int(ending.status) == status && ending.output.isEmpty)
    #expect(ending.errors.contains(message))
  }
}
