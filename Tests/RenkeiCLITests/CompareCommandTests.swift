// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei compare")
struct CompareCommandTests {
  private let portfolio = """
    arm,measure,year,mean_yen,standard_error_yen,p50_yen
    as_planned,annual,1,100000000000,1000000000,90000000000
    as_planned,cumulative,1,100000000000,1000000000,90000000000

    """
  private let goal = """
    arm,probability,standard_error,hits
    as_planned,0.25,0.01,25

    """

  private func folder(b changes: [(String, String)] = []) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(portfolio, to: "a/portfolio.csv")
    try folder.write(goal, to: "a/goal.csv")
    func changed(_ text: String) -> String {
      changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
    try folder.write(changed(portfolio), to: "b/portfolio.csv")
    try folder.write(changed(goal), to: "b/goal.csv")
    return folder
  }

  @Test("a folder and itself are identical")
  func identical() throws {
    let ending = try RenkeiProcess.run(["compare", "a", "a"], in: folder())
    #expect(ending.status == 0)
    #expect(ending.output == "identical: 9 values\n")
  }

  @Test("keys of any length stay whole in a pipe, and differ on a terminal")
  func longKeys() throws {
    let folder = try TemporaryFolder()
    let end = String(repeating: "and_its_partners_", count: 5)
    let ids = ["plan_of_the_north_\(end)2005", "plan_of_the_south_\(end)2005"]
    for (name, mean) in [("a", 1), ("b", 2)] {
      let rows = ids.map { "as_planned,\($0),annual,1,\(mean)e9" }.joined(separator: "\n")
      try folder.write("arm,plan_id,measure,year,mean_yen\n\(rows)\n", to: "\(name)/plans.csv")
    }
    for format in ["table", "markdown"] {
      let ending = try RenkeiProcess.run(["compare", "a", "b", "--format", format], in: folder)
      #expect(ending.status == 1)
      for id in ids { #expect(ending.output.contains("plans as_planned \(id) annual ")) }
    }
  }

  @Test("differences are shown, the goal first, and end with 1")
  func different() throws {
    let folder = try folder(b: [
      ("cumulative,1,100000000000", "cumulative,1,110000000000"), ("0.25,", "0.251,"),
    ])
    let ending = try RenkeiProcess.run(["compare", "a", "b"], in: folder)
    #expect(ending.status == 1)
    #expect(ending.errors.isEmpty)
    #expect(
      ending.output == """
        where                            year  metric              A         B     B - A   B / A    z  verdict
        goal as_planned                        probability  0.250000  0.251000  0.001000  1.0040  0.1  more_paths
        portfolio as_planned cumulative  1     mean_yen     ¥100.0bn  ¥110.0bn   ¥10.0bn  1.1000  7.1  real

        2 of 9 values differ: 1 real, 1 more_paths
        real: the 95% interval of B - A excludes 0; of 2 judged values about 0.1 would by chance alone
        more_paths: the interval holds 0 and also differences that matter (--matters); with the paths needed on each side the verdict is sure to be real or noise

        """)
  }

  @Test("the tolerance decides the exit code", arguments: [("0.1", 0), ("0.09", 1)])
  func tolerance(tolerance: String, status: Int32) throws {
    let folder = try folder(b: [("cumulative,1,100000000000", "cumulative,1,110000000000")])
    let ending = try RenkeiProcess.run(["compare", "a", "b", "--tolerance", tolerance], in: folder)
    #expect(ending.status == status)
  }

  @Test("-o writes every value; json holds the same")
  func output() throws {
    let folder = try folder(b: [("0.25,", "0.251,")])
    let ending = try RenkeiProcess.run(
      ["compare", "a", "b", "-o", "c.csv", "--format", "json"], in: folder)
    #expect(ending.status == 1)
    let lines = try folder.read("c.csv").split(separator: "\n")
    #expect(
      lines[0] == """
        table,arm_a,arm_b,measure,year,plan_id,group_by,group,item,metric,a,b,difference,ratio,\
        standard_error,ci95_low,ci95_high,z,paired,verdict,paths_needed
        """)
    #expect(lines[1].hasPrefix("goal,as_planned,as_planned,,,,,,,probability,0.25,0.251,"))
    #expect(lines[1].hasSuffix(",no,more_paths,"))
    #expect(lines.count == 10)
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 9)
    #expect(rows[0]["verdict"] as? String == "more_paths")
  }

  @Test("a missing file is a difference; single files compare whatever their names")
  func files() throws {
    let folder = try folder()
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("b/goal.csv"))
    let missing = try RenkeiProcess.run(["compare", "a", "b"], in: folder)
    #expect(missing.status == 1)
    #expect(missing.output.contains("1 of 7 values differ: 1 only_a"))
    try folder.write(goal, to: "other.csv")
    let single = try RenkeiProcess.run(["compare", "a/goal.csv", "other.csv"], in: folder)
    #expect(single.status == 0)
  }

  @Test("what cannot be compared is refused with 65 unless it is allowed to differ")
  func refused() throws {
    let folder = try folder()
    for (name, hash) in [("a", "01"), ("b", "02")] {
      try folder.write(
        """
        {"tables": {"fnv1a64": "\(hash)"}, "goal_yen": 1\(hash), "horizon_years": 3,
         "inputs": [{"path": "s.yaml", "sha256": "00"}]}
        """, to: name + "/manifest.json")
    }
    let refused = try RenkeiProcess.run(["compare", "a", "b"], in: folder)
    #expect(refused.status == 65)
    #expect(refused.output.isEmpty)
    #expect(
      refused.errors == """
        renkei: error: the goal of A is 101 yen and that of B 102 yen; the quantile tables of \
        A and B differ; to compare them all the same: --allow-different goal,tables

        """)
    let allowed = try RenkeiProcess.run(
      ["compare", "a", "b", "--allow-different", "goal,tables"], in: folder)
    #expect(allowed.status == 0)
    #expect(try RenkeiProcess.run(["compare", "a", "a"], in: folder).errors.isEmpty)
    let unknown = try RenkeiProcess.run(
      ["compare", "a", "b", "--allow-different", "seed"], in: folder)
    #expect(unknown.status == 64)
  }

  @Test("runs that kept their paths are judged path by path, and scenarios as if they had")
  func paired() throws {
    let folder = try TemporaryFolder()
    try folder.write(SampleScenario.small, to: "one.yaml")
    try folder.write(
      SampleScenario.small.replacingOccurrences(of: "median: 0.8", with: "median: 0.81"),
      to: "two.yaml")
    for (scenario, output) in [("one", "a"), ("two", "b")] {
      let ending = try RenkeiProcess.run(
        ["run", scenario + ".yaml", "--keep-paths", "-o", output, "--quiet"], in: folder)
      #expect(ending.status == 0)
    }
    let files = try RenkeiProcess.run(["compare", "a", "b", "--format", "csv"], in: folder)
    let memory = try RenkeiProcess.run(
      ["compare", "one.yaml", "two.yaml", "--format", "csv"], in: folder)
    #expect(files.status == 1 && memory.status == 1)
    func lines(_ ending: RenkeiProcess.Ending) -> [Substring] {
      ending.output.split(separator: "\n").sorted()
    }
    #expect(lines(files) == lines(memory))
    // Every path is 0.81/0.8 of the other: no difference can be more certain.
    let total = try #require(
      lines(files).first {
        $0.hasPrefix("portfolio,as_planned,as_planned,cumulative,3,,,,,mean_yen,")
      })
    #expect(total.hasSuffix(",yes,real,"))
    let cells = total.split(separator: ",", omittingEmptySubsequences: false)
    #expect(abs(try #require(Double(cells[13])) - 0.81 / 0.8) < 1e-12)
    #expect(lines(files).contains { $0.hasPrefix("plans,") && $0.contains(",no,") })
    let mixed = try RenkeiProcess.run(
      ["compare", "a", "one.yaml", "--tolerance", "0"], in: folder)
    #expect(mixed.output.hasPrefix("identical: ") && mixed.status == 0)
  }

  @Test("markdown, and arms of other names")
  func markdown() throws {
    let folder = try folder(b: [("as_planned", "none"), ("0.25,", "0.26,")])
    let ending = try RenkeiProcess.run(
      ["compare", "a", "b", "--arms-map", "as_planned=none", "--format", "markdown"], in: folder)
    #expect(ending.status == 1)
    #expect(
      ending.output.contains(
        "| goal as_planned/none |  | probability | 0.250000 | 0.260000 | 0.010000 | 1.0400 |"))
    let unknown = try RenkeiProcess.run(
      ["compare", "a", "b", "--arms-map", "as_planed=none"], in: folder)
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("A has no arm 'as_planed'"))
  }

  @Test("65 and 66: damaged and missing files")
  func damaged() throws {
    let folder = try folder(b: [("0.25,0.01,25", "0.25,0.01")])
    #expect(try RenkeiProcess.run(["compare", "a", "b"], in: folder).status == 65)
    #expect(try RenkeiProcess.run(["compare", "a", "nowhere"], in: folder).status == 66)
    try folder.write("", to: "empty/notes.txt")
    #expect(try RenkeiProcess.run(["compare", "a", "empty"], in: folder).status == 66)
  }
}
