// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
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
    let lines = ending.output.split(separator: "\n")
    #expect(lines[0] == "key,value,mean,p05,p95,unit,level,origin,source,multiplied_by")
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
