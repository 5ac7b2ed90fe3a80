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
        goal as_planned                        probability  0.250000  0.251000  0.001000  1.0040  0.1  noise
        portfolio as_planned cumulative  1     mean_yen     ¥100.0bn  ¥110.0bn   ¥10.0bn  1.1000  7.1  real

        2 of 9 values differ: 1 real, 1 noise
        real: the 95% interval of B - A excludes 0, as 1 in 20 do by chance alone

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
        ci95_low,ci95_high,z,paired,verdict
        """)
    #expect(lines[1].hasPrefix("goal,as_planned,as_planned,,,,,,,probability,0.25,0.251,"))
    #expect(lines[1].hasSuffix(",no,noise"))
    #expect(lines.count == 10)
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 9)
    #expect(rows[0]["verdict"] as? String == "noise")
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

  @Test("different quantile tables are noted")
  func tables() throws {
    let folder = try folder()
    for (name, hash) in [("a", "01"), ("b", "02")] {
      try folder.write("{\"tables\": {\"fnv1a64\": \"\(hash)\"}}", to: name + "/manifest.json")
    }
    let ending = try RenkeiProcess.run(["compare", "a", "b"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.errors.contains("different quantile tables"))
    #expect(try RenkeiProcess.run(["compare", "a", "a"], in: folder).errors.isEmpty)
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
