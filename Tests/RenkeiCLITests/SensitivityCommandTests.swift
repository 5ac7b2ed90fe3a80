// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei sensitivity")
struct SensitivityCommandTests {
  private static let scenario = """
    renkei: 1
    title: Two inputs
    horizon_years: 1
    goal: {cumulative_revenue_yen: 2.1e8}
    plans:
      defaults: {period_years: 3}
      list:
        - {plan_id: a, end_target_yen: $x}
        - {plan_id: b, end_target_yen: $y}
    inputs:
      x: {normal: {mean: 3e8, sd: 30e6}}
      y: {normal: {mean: 3e8, sd: 10e6}}
    """
  private static let header =
    "arm,metric,input,level,method,input_value,value,standard_error,ci95_low,ci95_high,rank,"
    + "scenario,settings,seed,paths,inputs_sha256"

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.scenario, to: "s.yaml")
    return folder
  }

  private func run(
    _ arguments: [String], in folder: TemporaryFolder, input: String = ""
  ) throws -> RenkeiProcess.Ending {
    try RenkeiProcess.run(["sensitivity"] + arguments, in: folder, input: input)
  }

  @Test("people are told what matters most and what it cost")
  func table() throws {
    let ending = try run(["s.yaml", "--paths", "2000"], in: folder())
    #expect(ending.status == 0 && ending.errors.isEmpty)
    let lines = ending.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "Two inputs: what the total over 1 year depends on")
    #expect(lines[1] == "8 runs of 2,000 paths (16,000 in all), seed 1")
    #expect(lines[2].hasPrefix("as_planned: total ¥200M ± ¥"))
    // 90% of the variance is x's.
    #expect(lines[3].hasPrefix("x matters most: ") && lines[3].contains("Next: y, "))
    #expect(ending.output.contains("chance of the goal"))
    #expect(ending.output.contains("slightly below 0 within their error"))
    #expect(!ending.output.lowercased().contains("nan"))
  }

  @Test("csv on standard output, in a file and as JSON hold the same rows, from stdin too")
  func forms() throws {
    let folder = try folder()
    let options = ["--paths", "600", "--seed", "7", "--threads", "2"]
    let csv = try run(["s.yaml", "-o", "-"] + options, in: folder)
    #expect(csv.status == 0)
    let lines = csv.output.split(separator: "\n")
    #expect(lines[0] == Self.header)
    // Two inputs by five methods, and by four for the goal.
    #expect(lines.count == 1 + 2 * 5 + 2 * 4)
    #expect(lines[1].hasPrefix("as_planned,cumulative_revenue,x,programme,tornado_p10,2615534"))
    let quiet = try run(["s.yaml", "--quiet", "-o", "out.csv"] + options, in: folder)
    #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty)
    #expect(try folder.read("out.csv") == csv.output)
    let other = options.dropLast() + ["1"]
    let piped = try run(
      ["-", "--format", "csv"] + other, in: folder, input: Self.scenario)
    #expect(piped.output == csv.output)
    let json = try run(["s.yaml", "--format", "json"] + options, in: folder)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["runs"] as? Int == 8 && object["paths"] as? Int == 600)
    let rows = try #require(object["sensitivity"] as? [[String: Any]])
    #expect(rows.count == lines.count - 1)
    #expect(rows[0]["input_value"] is Double && rows[3]["input_value"] is NSNull)
  }

  @Test("--set changes what is asked about; --arms which arms")
  func settings() throws {
    let ending = try run(
      [
        "s.yaml", "--paths", "100", "--format", "csv", "--set", "inputs.y=3e8", "--arms",
        "as_planned",
      ],
      in: folder())
    #expect(ending.status == 0)
    #expect(ending.output.contains(",x,") && !ending.output.contains(",y,"))
    let certain = try run(
      ["s.yaml", "--paths", "100", "--set", "inputs.y=3e8", "--set", "inputs.x=3e8"], in: folder())
    #expect(certain.status == 0)
    #expect(certain.output.hasSuffix("\n\nnothing is uncertain in this scenario\n"))
  }

  @Test(
    "what is wrong ends with its code",
    arguments: [
      (["s.yaml", "--arms", "other"], 64, "no arm 'other'"),
      (["s.yaml", "--paths", "1"], 64, "at least 2 paths"),
      (["s.yaml", "-o", ""], 64, "-o needs a file"),
      (["s.yaml", "--set", "inputs.x=many"], 65, "inputs.x"),
      (["missing.yaml"], 66, "missing.yaml"),
      (["s.yaml", "--paths", "100", "-o", "none/out.csv"], 73, "none/out.csv"),
      (["s.yaml", "--paths", "1000000000000"], 69, "of memory"),
    ] as [([String], Int32, String)])
  func failures(arguments: [String], status: Int32, message: String) throws {
    let ending = try run(arguments, in: folder())
    #expect(ending.status == status)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains(message))
  }

  @Test("the reference of the result files knows its columns")
  func reference() throws {
    let ending = try RenkeiProcess.run(["schema", "--results"], in: TemporaryFolder())
    let section = try #require(
      ending.output.components(separatedBy: "## ").first { $0.hasPrefix("sensitivity.csv\n") })
    let columns = section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
      $0.split(separator: "`")[1]
    }
    #expect(columns.joined(separator: ",") == Self.header)
  }

  @Test("beside the results it is part of their page")
  func page() throws {
    let folder = try folder()
    _ = try RenkeiProcess.run(
      ["run", "s.yaml", "-o", "r", "--paths", "200", "--quiet"], in: folder)
    _ = try run(["s.yaml", "--paths", "200", "--quiet", "-o", "r/sensitivity.csv"], in: folder)
    let report = try RenkeiProcess.run(["report", "r", "-o", "-"], in: folder)
    #expect(report.status == 0)
    #expect(report.output.contains("x moves mean total sales most"))
  }
}
