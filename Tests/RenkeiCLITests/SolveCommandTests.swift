// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei solve")
struct SolveCommandTests {
  private let median = "plans.defaults.attainment.lognormal.median"

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "two.yaml")
    return folder
  }

  private func solve(
    _ arguments: [String], in folder: TemporaryFolder? = nil, input: String = ""
  ) throws -> RenkeiProcess.Ending {
    try RenkeiProcess.run(["solve"] + arguments, in: folder ?? self.folder(), input: input)
  }

  @Test("a sentence, and the values that were looked at")
  func table() throws {
    let ending = try solve(["two.yaml", "--vary", "\(median)=0.2:4", "--for", "mean=600e6"])
    #expect(ending.status == 0 && ending.errors.isEmpty)
    #expect(ending.output.hasPrefix("\(median) = "))
    #expect(ending.output.contains(" reaches mean total = ¥600M (95% interval "))
    #expect(ending.output.contains("runs of 600 paths on common draws, arm as_planned\n"))
  }

  @Test("the value that is found gives what was asked for, in a run of its own")
  func roundTrip() throws {
    let folder = try folder()
    let ending = try solve(
      [
        "two.yaml", "--vary", "plans.target_scale=0.5:8", "--for", "goal_probability=40%",
        "--format", "csv", "-o", "solve.csv",
      ], in: folder)
    #expect(ending.status == 0)
    #expect(try folder.read("solve.csv") == ending.output)
    let rows = ending.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows[1][0] == "solution" && rows[1][1] == "plans.target_scale")
    #expect(rows[0].suffix(5) == ["scenario", "settings", "seed", "paths", "inputs_sha256"])
    #expect(rows[1].suffix(5).prefix(4) == ["Two plans", "", "7", "600"])
    let run = try RenkeiProcess.run(
      ["run", "two.yaml", "--quiet", "-o", "out", "--set", "plans.target_scale=\(rows[1][2])"],
      in: folder)
    #expect(run.status == 0)
    #expect(try folder.read("out/goal.csv").contains(",\(rows[1][9]),"))
    #expect((try #require(Double(rows[1][9])) - 0.4).magnitude <= 1.5 / 600)
  }

  @Test(
    "the same bytes for any number of threads, from standard input, for the scenario's own target")
  func threads() throws {
    let text = SampleScenario.small.replacingOccurrences(
      of: "goal: {cumulative_revenue_yen: 500e6}",
      with: "goal: {cumulative_revenue_yen: 500e6, probability: 0.7}")
    let endings = try ["1", "3"].map { threads in
      try solve(
        [
          "-", "--vary", "\(median)=0.2:4", "--paths", "9000", "--threads", threads, "-o", "-",
        ], input: text)
    }
    #expect(endings[0].status == 0, "\(endings[0].errors)")
    #expect(endings[0].output == endings[1].output)
    #expect(endings[0].output.contains(",goal_probability,0.7,"))
  }

  @Test("1 where nothing in the range can, with where it comes closest")
  func beyond() throws {
    let ending = try solve(
      ["two.yaml", "--vary", "\(median)=0.1:0.3", "--for", "mean=1e9"])
    #expect(ending.status == 1 && ending.errors.isEmpty)
    #expect(
      ending.output.hasPrefix(
        "No \(median) from 0.1000 to 0.3000 reaches mean total = ¥1.00bn: it stays below it and comes"
          + " closest at 0.3000 with "))
    let idle = try solve(
      ["two.yaml", "--vary", "plans.defaults.growth_after_plan=0:1", "--for", "mean=1e12"])
    #expect(
      idle.status == 1 && idle.output.contains("at every value of plans.defaults.growth_after_plan")
    )
    let json = try solve(
      ["two.yaml", "--vary", "\(median)=0.1:0.3", "--for", "mean=1e12", "--format", "json"])
    let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(json.status == 1 && rows?.first?["role"] as? String == "closest")
  }

  @Test(
    "64: the command line is wrong, or nothing says what is wanted",
    arguments: [
      [], ["--vary", "horizon_years"], ["--vary", "horizon_years=1:5", "--for", "sd=1"],
      ["--vary", "horizon_years=1:5"],
      ["--vary", "horizon_years=1:5", "--for", "mean=1", "--arm", "x"],
      ["--vary", "plans.count=1:5", "--for", "goal_probability=0.5", "--set", "goal=null"],
    ])
  func usage(arguments: [String]) throws {
    let ending = try solve(["two.yaml"] + arguments)
    #expect(ending.status == 64 && ending.output.isEmpty && !ending.errors.isEmpty)
  }

  @Test("65: every bad value at once; 66: no scenario")
  func badData() throws {
    let ending = try solve(
      ["two.yaml", "--vary", "plans.defaults.annual_shock_sd=-4:4", "--for", "mean=1"])
    #expect(ending.status == 65 && ending.output.isEmpty)
    #expect(
      ending.errors.hasPrefix(
        "--vary plans.defaults.annual_shock_sd: error: plans.defaults.annual_shock_sd: "))
    #expect(ending.errors.hasSuffix("4 errors\n"))
    #expect(try solve(["no.yaml", "--vary", "a=1:2", "--for", "mean=1"]).status == 66)
  }

  @Test("where no path reaches the goal every command tells the same interval")
  func noHits() throws {
    let folder = try folder()
    let never = ["--set", "goal.cumulative_revenue_yen=1e15"]
    func rows(_ arguments: [String]) throws -> [String: String] {
      let ending = try RenkeiProcess.run(arguments + never + ["-o", "-"], in: folder)
      let lines = ending.output.split(separator: "\n").prefix(2).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      return Dictionary(zip(lines[0], lines[1])) { first, _ in first }
    }
    let solve = try rows([
      "solve", "two.yaml", "--vary", "plans.target_scale=1:2", "--for", "goal_probability=0.5",
    ])
    let sweep = try rows(["sweep", "two.yaml", "--vary", "plans.target_scale=1,2"])
    _ = try RenkeiProcess.run(["run", "two.yaml", "-o", "out", "--quiet"] + never, in: folder)
    let goal = try folder.read("out/goal.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let run = Dictionary(zip(goal[0], goal[1])) { first, _ in first }
    // Wilson's upper end at no hits: z²/(n + z²) with z = 1.959964.
    let upper = 3.841459 / (600 + 3.841459)
    for (row, low, high) in [
      (solve, "response_ci95_low", "response_ci95_high"), (sweep, "ci95_low", "ci95_high"),
      (run, "ci95_low", "ci95_high"),
    ] {
      #expect(row[low] == "0" && row[high] == run["ci95_high"])
      #expect((try #require(row[high].flatMap(Double.init)) - upper).magnitude < 1e-8)
    }
    let words = try RenkeiProcess.run(
      ["solve", "two.yaml", "--vary", "plans.target_scale=1:2", "--for", "goal_probability=0.5"]
        + never, in: folder)
    #expect(words.output.contains("P(goal) is 0.00% (95% interval 0.00% to 0.64%) at every value"))
  }

  @Test("years are labels, yen have their sign, and one run is one")
  func numbers() throws {
    func text(_ key: String, _ range: String, _ target: String) throws -> [String] {
      try solve(["two.yaml", "--vary", "\(key)=\(range)", "--for", target], in: folder())
        .output.split(separator: "\n").map(String.init)
    }
    let years = try text("start_year", "2004:2006", "mean=1e15")
    #expect(years.contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix("2005 ") })
    #expect(!years.contains { $0.contains("2,00") })
    let yen = try text("goal.cumulative_revenue_yen", "500:20000", "goal_probability=0.5")
    #expect(yen.contains { $0.contains(" ¥500.0 ") } && yen.contains { $0.contains(" ¥20,000 ") })
    #expect(yen.last == "1 run of 600 paths on common draws, arm as_planned")
  }
}
