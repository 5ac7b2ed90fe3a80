// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// The committed plan lists hold what their description and the announcement of October 2005 say.
@Suite struct ShippedPlanListTests {
  struct PlanList {
    var header: [String]
    var rows: [[String]]

    init(_ name: String) throws {
      let file = try #require(
        try SourceTree.files().first { $0.path == "Scenarios/plans/\(name)" }, "\(name) is missing")
      let lines = file.lines.dropLast().map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      header = try #require(lines.first)
      rows = Array(lines.dropFirst())
    }

    func column(_ name: String) throws -> [String] {
      let index = try #require(header.firstIndex(of: name))
      return rows.map { $0[index] }
    }

    func numbers(_ name: String) throws -> [Int] {
      try column(name).map { try #require(Int($0)) }
    }

    /// Σ over plans of end target × Σ_{t=1…5} min(t/period, 1), in yen.
    func promiseYen() throws -> Double {
      zip(try numbers("end_target_yen"), try numbers("period_years")).reduce(0) { sum, plan in
        sum + (1...5).reduce(0) { $0 + Double(plan.0) * min(Double($1) / Double(plan.1), 1) }
      }
    }
  }

  static let bothLists = ["shinrenkei-101.csv", "typical-101.csv"]

  @Test(arguments: bothLists)
  func listsTheCertifiedPlans(name: String) throws {
    let list = try PlanList(name)
    #expect(list.rows.count == 101)
    #expect(list.rows.allSatisfy { $0.count == list.header.count })
    #expect(Set(try list.column("plan_id")).count == 101)
    #expect(Set(try list.column("name")).count == 101)
    #expect(try list.column("kind").filter { $0 == "named" }.count == 11)
    #expect(try list.column("kind").filter { $0 == "synthetic" }.count == 90)
    #expect(Set(try list.column("region")).count == 9)
    #expect(Set(try list.column("sector")).count == 10)
    #expect(Set(try list.column("novelty")) == ["a", "b", "c", "d"])
    #expect(try list.numbers("partner_count").allSatisfy { $0 >= 2 })
    #expect(Set(try list.numbers("period_years")) == [3, 4, 5])
    #expect(try list.numbers("core_employees").filter { $0 <= 5 }.count >= 41)
  }

  @Test(arguments: bothLists)
  func mostAlliancesAreFirstTime(name: String) throws {
    let list = try PlanList(name)
    let origins = try list.column("alliance_origin")
    let ties = try list.column("prior_ties")
    #expect(ties == origins.map { $0 == "existing" ? "yes" : "no" })
    #expect(ties.filter { $0 == "no" }.count > 50)
  }

  @Test func headlineListPromisesTheTotalOnRecord() throws {
    let list = try PlanList("shinrenkei-101.csv")
    let targets = try list.numbers("end_target_yen")
    #expect(abs(try list.promiseYen() / 197.2e9 - 1) < 0.0005)
    #expect(targets.filter { (100_000_000...300_000_000).contains($0) }.count >= 56)
  }

  @Test func typicalListHoldsTheSamePlansWithTypicalTargets() throws {
    let headline = try PlanList("shinrenkei-101.csv")
    let typical = try PlanList("typical-101.csv")
    let range = 100_000_000...300_000_000
    #expect(headline.header == typical.header)
    for (one, other) in zip(headline.rows, typical.rows) {
      #expect(one.dropLast() == other.dropLast())
      let target = try #require(one.last.flatMap(Int.init))
      let typicalTarget = try #require(other.last.flatMap(Int.init))
      #expect(range.contains(typicalTarget))
      if range.contains(target) { #expect(typicalTarget == target) }
    }
    #expect(try typical.promiseYen() < 0.4 * 197.2e9)
  }
}
