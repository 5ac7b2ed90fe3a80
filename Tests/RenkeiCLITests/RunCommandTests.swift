// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei run")
struct RunCommandTests {
  private static let files = [
    "assumptions.csv", "contributions.csv", "counts.csv", "exceedance.csv", "goal.csv",
    "groups.csv", "manifest.json", "plans.csv", "portfolio.csv", "promises.csv",
    "variance_split.csv",
  ]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    return folder
  }

  @Test("writes every file below results/ and says what they mean")
  func defaults() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(["run", "two.yaml", "--timing"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.output.hasPrefix("Two plans\n\nGoal"))
    #expect(ending.output.hasSuffix("Results in results/two\n"))
    #expect(!ending.output.contains("\u{1B}"))
    let lines = ending.errors.split(separator: "\n")
    #expect(lines.count == 2 && ending.errors.hasSuffix("\n"))
    #expect(lines.first?.hasPrefix("renkei: the run takes about ") ?? false)
    #expect(lines.last?.hasPrefix("engine_seconds=") ?? false)
    #expect(lines.last?.contains(" plan_years=3600 ns_per_plan_year=") ?? false)
    #expect(try folder.names(in: "results") == ["two"])
    #expect(try folder.names(in: "results/two") == Self.files)
    #expect(try folder.read("results/two/manifest.json").contains("\"paths\": 600,"))
  }

  @Test("the same scenario gives the same bytes, whatever the threads")
  func deterministic() throws {
    let folder = try folder()
    for (name, threads) in [("a", "1"), ("b", "2")] {
      let ending = try RenkeiProcess.run(
        ["run", "two.yaml", "-o", name, "--threads", threads, "--quiet"], in: folder)
      #expect(ending.status == 0 && ending.output.isEmpty && ending.errors.isEmpty)
    }
    for file in Self.files where file.hasSuffix(".csv") {
      #expect(try folder.bytes("a/\(file)") == folder.bytes("b/\(file)"))
    }
    let compared = try RenkeiProcess.run(["compare", "a", "b"], in: folder)
    #expect(compared.status == 0)
  }

  @Test("flags take the place of the scenario's numbers")
  func flags() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      [
        "run", "two.yaml", "--paths", "50", "--seed", "18446744073709551615", "--engine",
        "reference", "--plan-quantiles", "off", "--lang", "ja", "-o", "out",
      ], in: folder)
    #expect(ending.status == 0)
    #expect(ending.output.contains("試行50回、乱数シード 18446744073709551615、計算方式 reference"))
    let row = try folder.read("out/plans.csv").split(separator: "\n")[1]
    #expect(row.contains(",,,"))
    #expect(try folder.read("out/manifest.json").contains("\"seed\": 18446744073709551615,"))
  }

  @Test("a sampling design is stated with what errors come from")
  func sampling() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      ["run", "two.yaml", "--paths", "8192", "--sampling", "latin_hypercube", "-o", "out"],
      in: folder)
    #expect(ending.status == 0)
    #expect(
      ending.output.contains("Sampling latin_hypercube: errors are from the means of 16 blocks\n"))
    let manifest = try folder.read("out/manifest.json")
    #expect(
      manifest.contains(
        "\"sampling\": \"latin_hypercube\",\n  \"error_unit\": \"block\",\n  \"error_units\": 16,"))
    for file in ["portfolio.csv", "goal.csv"] {
      let lines = try folder.read("out/\(file)").split(separator: "\n")
      #expect(lines[0].hasSuffix(",error_unit"))
      #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",block") })
    }
  }

  @Test("single precision is stated, and noted where it is compared with double")
  func singlePrecision() throws {
    let folder = try folder()
    for precision in ["single", "double"] {
      let ending = try RenkeiProcess.run(
        ["run", "two.yaml", "--paths", "600", "--precision", precision, "-o", precision],
        in: folder)
      #expect(ending.status == 0)
      #expect(ending.output.contains("Single precision: agrees") == (precision == "single"))
      #expect(
        try folder.read("\(precision)/manifest.json").contains(
          "\"precision\": \"\(precision)\","))
    }
    let ending = try RenkeiProcess.run(["compare", "single", "double"], in: folder)
    #expect(ending.status == 0 || ending.status == 1)
    #expect(ending.output.contains("one run is in single precision and the other in double"))
  }

  @Test("-o - writes portfolio.csv to standard output and no folder")
  func standardOutput() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      ["run", "-", "-o", "-"], in: folder, input: SampleScenario.small)
    #expect(ending.status == 0)
    #expect(ending.output.hasPrefix("arm,measure,year,calendar_year,mean_yen,"))
    #expect(try folder.names() == ["two.yaml"])
    let json = try RenkeiProcess.run(
      ["run", "two.yaml", "-o", "-", "--format", "json"], in: folder)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["portfolio"] as? [Any])?.count == 6)
    #expect((object["goal"] as? [[String: Any]])?.first?["goal_yen"] as? Double == 500e6)
  }

  @Test("--excel writes a byte-order mark, CRLF and safe text")
  func excel() throws {
    let folder = try folder()
    try folder.write(
      SampleScenario.small.replacingOccurrences(of: "関東", with: "'=1+1'"), to: "two.yaml")
    let ending = try RenkeiProcess.run(["run", "two.yaml", "--excel"], in: folder)
    #expect(ending.status == 0)
    let bytes = try folder.bytes("results/two/groups.csv")
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\r\nas_planned,region,'=1+1,annual,"))
    #expect(!text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
  }

  @Test("a result folder is replaced, another one only with --force")
  func replacing() throws {
    let folder = try folder()
    try folder.write("precious", to: "out/notes.txt")
    let refused = try RenkeiProcess.run(["run", "two.yaml", "-o", "out"], in: folder)
    #expect(refused.status == 73)
    #expect(refused.errors.contains("--force") && refused.output.isEmpty)
    #expect(try folder.names(in: "out") == ["notes.txt"])
    let forced = try RenkeiProcess.run(["run", "two.yaml", "-o", "out", "--force"], in: folder)
    #expect(forced.status == 0)
    #expect(try folder.names(in: "out") == Self.files)
    let again = try RenkeiProcess.run(["run", "two.yaml", "-o", "out"], in: folder)
    #expect(again.status == 0)
  }

  @Test("what other commands laid in the folder stays, with a warning where the results changed")
  func keeping() throws {
    let folder = try folder()
    func run(_ options: [String]) throws -> String {
      let ending = try RenkeiProcess.run(["run", "two.yaml", "-o", "out"] + options, in: folder)
      #expect(ending.status == 0)
      return ending.errors
    }
    _ = try run(["--keep-paths"])
    let sweep = try RenkeiProcess.run(
      ["sweep", "two.yaml", "--vary", "horizon_years=2,3", "-o", "out/sweep.csv"], in: folder)
    #expect(sweep.status == 0)
    #expect(try RenkeiProcess.run(["report", "out"], in: folder).status == 0)
    let foreign = ["report.html", "sweep.csv"]
    let before = try foreign.map { try folder.bytes("out/\($0)") }
    #expect(try run(["--keep-paths"]).contains("keeps") == false)
    #expect(
      try run(["--seed", "8"]).contains(
        "warning: out keeps what this run did not write and what may tell of the run before: "
          + "report.html, sweep.csv\n"))
    #expect(try run(["--seed", "9", "--quiet"]).isEmpty)
    #expect(try folder.names(in: "out") == (Self.files + foreign).sorted())
    #expect(try foreign.map { try folder.bytes("out/\($0)") } == before)
    #expect(try RenkeiProcess.run(["verify", "out"], in: folder).status == 0)
  }

  @Test("a single path tells no error, and nothing claims that it does")
  func singlePath() throws {
    let folder = try folder()
    let run = try RenkeiProcess.run(["run", "two.yaml", "--paths", "1", "-o", "out"], in: folder)
    #expect(run.status == 0)
    #expect(run.output.contains(", without standard error: a single path tells none, "))
    #expect(!run.output.contains("±"))
    let portfolio = try folder.read("out/portfolio.csv").split(separator: "\n")
    // Behind arm, measure, year, calendar_year, mean and spread.
    #expect(
      portfolio.dropFirst().allSatisfy {
        $0.split(separator: ",", omittingEmptySubsequences: false)[6].isEmpty
      })
    let page = try RenkeiProcess.run(["report", "out", "-o", "-"], in: folder)
    #expect(page.output.contains("has no standard error: a single path tells none"))
    let sweep = try RenkeiProcess.run(
      ["sweep", "two.yaml", "--vary", "horizon_years=2,3", "--paths", "1", "-o", "-"], in: folder)
    for line in sweep.output.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      // Wilson's interval of a share holds for one path too.
      #expect(cells[3] == "goal_probability" || cells[6...8].allSatisfy(\.isEmpty), "\(line)")
    }
  }
}
