// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei sweep")
struct SweepCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    return folder
  }

  /// `inputs_sha256` of one file by the system's own program.
  private static func systemHash(_ name: String, in folder: TemporaryFolder) throws -> String {
    let hash = "h() { sha256sum \"$@\" 2>/dev/null || shasum -a 256 \"$@\"; }"
    let ending = try RenkeiProcess.run(
      [], in: folder, shell: "\(hash); h \(name) | cut -c 1-64 | h | cut -c 1-64")
    return ending.output.filter { $0 != "\n" }
  }

  private let median = "plans.defaults.attainment.lognormal.median"

  @Test("a line a point for people, every figure in the file")
  func table() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      ["sweep", "two.yaml", "--vary", "\(median)=0.4,0.8,1.6", "-o", "sweep.csv"], in: folder)
    #expect(ending.status == 0 && ending.errors.isEmpty)
    let lines = ending.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.count == 4 && lines[0].first ?? "" == median)
    #expect(lines.dropFirst().map { String($0[0]) } == ["0.4", "0.8", "1.6"])
    let rows = try folder.read("sweep.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      rows[0] == [
        "point", median, "arm", "metric", "year", "value", "standard_error", "ci95_low",
        "ci95_high", "scenario", "settings", "seed", "paths", "inputs_sha256",
      ])
    #expect(rows[1].prefix(5) == ["1", "0.4", "as_planned", "goal_probability", "3"])
    // One file of inputs: the hash of the line of its hash, as other programs compute it.
    #expect(
      rows[1].suffix(5) == [
        "Two plans", "", "7", "600", try Self.systemHash("two.yaml", in: folder),
      ])
    let means = rows.filter { $0[3] == "cumulative_mean_yen" && $0[4] == "3" }
      .compactMap { Double($0[5]) }
    // Revenue is in proportion to the median of attainment.
    #expect(means.count == 3)
    #expect(
      (means[2] / means[0] - 4).magnitude < 1e-9 && (means[1] / means[0] - 2).magnitude < 1e-9)
    // What the middle point tells is what a run tells.
    let run = try RenkeiProcess.run(["run", "two.yaml", "-o", "-"], in: folder)
    #expect(
      run.output.contains(
        ",cumulative,3,2007,\(rows.first { $0[0] == "2" && $0[3] == "cumulative_mean_yen" && $0[4] == "3" }?[5] ?? "none"),"
      ))
  }

  @Test("a grid from standard input is the same bytes for any number of threads")
  func grid() throws {
    let folder = try folder()
    let arguments = [
      "--vary", "\(median)=0.5,1", "--vary", "plans.defaults.ramp=linear,{exponential: {rate: 2}}",
      "--format", "csv", "--paths", "9000", "--seed", "3",
    ]
    let one = try RenkeiProcess.run(
      ["sweep", "-", "--threads", "1"] + arguments, in: folder, input: SampleScenario.small)
    let three = try RenkeiProcess.run(
      ["sweep", "two.yaml", "--threads", "3"] + arguments, in: folder)
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output == three.output)
    #expect(
      one.output.contains("\n4,1,{exponential: {rate: 2}},as_planned,vs_first_goal_probability,3,"))
  }

  @Test("-o - and --format json write everything to standard output, --quiet nothing")
  func formats() throws {
    let folder = try folder()
    func run(_ arguments: String...) throws -> RenkeiProcess.Ending {
      try RenkeiProcess.run(
        ["sweep", "two.yaml", "--vary", "goal.cumulative_revenue_yen=1億円,2億円"] + arguments,
        in: folder)
    }
    #expect(try run("-o", "-").output.hasPrefix("point,goal.cumulative_revenue_yen,arm,"))
    let json = try JSONSerialization.jsonObject(with: Data(run("--format", "json").output.utf8))
    let first = try #require((json as? [[String: Any]])?.first)
    #expect(first["goal.cumulative_revenue_yen"] as? Double == 1e8)
    #expect(first["metric"] as? String == "goal_probability")
    let quiet = try run("--quiet", "-o", "s.csv")
    #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty)
    #expect(try folder.names().contains("s.csv"))
  }

  @Test("65: every wrong value of every point at once, before anything runs")
  func wrongValues() throws {
    let ending = try RenkeiProcess.run(
      [
        "sweep", "two.yaml", "--vary", "horizon_years=3,0,x", "--vary", "plans.defaults.rampp=a,b",
        "--set", "title=[1]", "-o", "s.csv",
      ], in: folder())
    #expect(ending.status == 65 && ending.output.isEmpty)
    #expect(
      ending.errors == """
        --vary plans.defaults.rampp: error: the key is not known (did you mean 'ramp'?)
        --set title: error: title: expected text, found a list
        --vary horizon_years: error: horizon_years: the number is out of range (got '0'; allowed: whole numbers from 1 to 50)
        --vary horizon_years: error: horizon_years: expected a number (got 'x')
        4 errors

        """)
  }

  @Test(
    "64: the command line is wrong",
    arguments: [
      [], ["--vary", "horizon_years"], ["--vary", "a=1", "--vary", "a=2"],
      ["--vary", "horizon_years=2,3", "--arms", "nobody"], ["--vary", "horizon_years=2", "-o", ""],
    ])
  func usage(arguments: [String]) throws {
    let ending = try RenkeiProcess.run(["sweep", "two.yaml"] + arguments, in: folder())
    #expect(ending.status == 64 && ending.output.isEmpty && !ending.errors.isEmpty)
  }

  @Test("66 for a missing scenario, 73 for a file that cannot be made")
  func files() throws {
    let folder = try folder()
    let vary = ["--vary", "horizon_years=2,3", "--paths", "10"]
    #expect(try RenkeiProcess.run(["sweep", "no.yaml"] + vary, in: folder).status == 66)
    let ending = try RenkeiProcess.run(
      ["sweep", "two.yaml", "-o", "no/where.csv"] + vary, in: folder)
    #expect(ending.status == 73)
  }

  @Test("a page draws the sweep that lies in a result folder, a curve for each value of other keys")
  func page() throws {
    let folder = try folder()
    _ = try RenkeiProcess.run(["run", "two.yaml", "--quiet", "-o", "out"], in: folder)
    for (language, words) in [
      ("en", "How chance of the goal changes with"), ("ja", "を変えたときの目標達成の確率"),
    ] {
      let sweep = try RenkeiProcess.run(
        [
          "sweep", "two.yaml", "--vary", "plans.defaults.ramp=linear,{exponential: {rate: 2}}",
          "--vary", "\(median)=0.5,1,2", "-o", "out/sweep.csv", "--quiet",
        ], in: folder)
      #expect(sweep.status == 0)
      let page = try RenkeiProcess.run(
        ["report", "out", "--lang", language, "-o", "-"], in: folder)
      #expect(page.status == 0 && page.output.contains(words))
      #expect(page.output.contains("plans.defaults.ramp = {exponential: {rate: 2}}"))
      let chart = try RenkeiProcess.run(["report", "out", "--chart", "sweep"], in: folder)
      #expect(chart.status == 0)
    }
  }

  @Test("a page leaves an answer of another scenario out, and tells one on other draws")
  func origin() throws {
    let folder = try folder()
    func page() throws -> RenkeiProcess.Ending {
      try RenkeiProcess.run(["report", "out", "-o", "-"], in: folder)
    }
    func lay(_ options: String...) throws {
      let sweep = try RenkeiProcess.run(
        ["sweep", "two.yaml", "--vary", "\(median)=0.5,1,2", "-o", "out/sweep.csv", "--quiet"]
          + options, in: folder)
      #expect(sweep.status == 0)
    }
    let set = ["--set", "goal.cumulative_revenue_yen=400e6"]
    _ = try RenkeiProcess.run(["run", "two.yaml", "--quiet", "-o", "out"] + set, in: folder)
    let drawn = "How chance of the goal changes with"
    try lay("--set", set[1])
    let same = try page()
    #expect(same.output.contains(drawn) && !same.output.contains("Simulated apart"))
    #expect(same.errors.isEmpty)
    try lay("--set", set[1], "--seed", "8", "--paths", "1200")
    #expect(
      try page().output.contains("Simulated apart from the run, with seed 8 and 1,200 paths."))
    try lay()
    let other = try page()
    #expect(other.status == 0 && !other.output.contains(drawn))
    #expect(other.output.contains("Left out:</strong> sweep.csv"))
    #expect(
      other.errors == """
        renkei: warning: sweep.csv in out was made from another scenario, or with other --set values, \
        than the run there; it is left out

        """)
    #expect(
      try RenkeiProcess.run(["report", "out", "--chart", "sweep"], in: folder).status == 66)
    // Another scenario file under the same name.
    try lay("--set", set[1])
    try folder.write(SampleScenario.small + "\n", to: "two.yaml")
    try lay("--set", set[1])
    #expect(try !page().output.contains(drawn))
    // What varies is told by its own column.
    let seeds = try RenkeiProcess.run(
      ["sweep", "two.yaml", "--vary", "simulation.seed=1,2", "-o", "-"], in: folder)
    #expect(seeds.output.split(separator: "\n")[1].contains(",Two plans,,,600,"))
  }

  @Test("compare takes what an answer rests on for no result")
  func comparing() throws {
    let folder = try folder()
    for paths in ["600", "900"] {
      _ = try RenkeiProcess.run(
        [
          "sweep", "two.yaml", "--vary", "horizon_years=2,3", "--paths", paths, "--quiet", "-o",
          "\(paths).csv",
        ], in: folder)
    }
    let ending = try RenkeiProcess.run(["compare", "600.csv", "900.csv", "-o", "-"], in: folder)
    #expect(ending.status == 1 && ending.output.contains(",value,"))
    #expect(!ending.output.contains(",paths,") && !ending.output.contains(",inputs_sha256,"))
  }

  @Test("a page writes years as years")
  func years() throws {
    let folder = try folder()
    _ = try RenkeiProcess.run(["run", "two.yaml", "--quiet", "-o", "out"], in: folder)
    _ = try RenkeiProcess.run(
      ["sweep", "two.yaml", "--vary", "start_year=2004,2005", "-o", "out/sweep.csv", "--quiet"],
      in: folder)
    let page = try RenkeiProcess.run(["report", "out", "-o", "-"], in: folder)
    #expect(page.output.contains(">2004</data>") && !page.output.contains("2,00"))
  }
}
