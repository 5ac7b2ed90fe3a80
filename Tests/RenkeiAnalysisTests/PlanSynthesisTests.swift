// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiFiles
import RenkeiModel
import Testing

@testable import RenkeiAnalysis

@Suite("Plan list synthesis")
struct PlanSynthesisTests {
  /// A specification of `count` plans whose `columns` follow, indented by two.
  private func specification(
    count: Int, seed: Int = 1, _ columns: String, rest: String = ""
  ) throws -> PlanListSpecification {
    let lines = columns.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let text = "renkei_plans: 1\nseed: \(seed)\ncount: \(count)\n\(rest)\ncolumns:\n\(lines)\n"
    return try SpecificationFile.load(Array(text.utf8), source: "s.yaml")
  }

  private func list(
    count: Int, seed: Int = 1, _ columns: String, rest: String = ""
  ) throws -> SynthesizedPlanList {
    try PlanSynthesis(specification(count: count, seed: seed, columns, rest: rest)).list()
  }

  private func column(_ list: SynthesizedPlanList, _ name: String) throws -> [String] {
    let index = try #require(list.columns.firstIndex(of: name))
    return try list.rows.map { try #require($0[index]) }
  }

  private func numbers(_ list: SynthesizedPlanList, _ name: String) throws -> [Double] {
    try column(list, name).map { try #require(Double($0)) }
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch let report as DiagnosticReport {
      return report.diagnostics.map(\.description).joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  private let target = "end_target_yen: {number: {lognormal: {median: 2e8, log_sd: 1}}}"

  @Test("Hamilton's method: quotas rounded down, the rest to the largest remainders")
  func apportionment() {
    // Quotas 4.3, 3.3, 2.4: one seat is left and goes to the remainder of 0.4.
    #expect(Apportionment.counts(of: 10, weights: [43, 33, 24]) == [4, 3, 3])
    #expect(Apportionment.counts(of: 10, weights: [1, 1, 1]) == [4, 3, 3])
    #expect(Apportionment.counts(of: 0, weights: [2, 1]) == [0, 0])
    #expect(Apportionment.counts(of: 101, weights: [50, 51]) == [50, 51])
  }

  @Test("a weighted choice gives every item its share of the uniform numbers")
  func weightedChoice() {
    let choice = WeightedChoice([1, 0, 3])
    var counts = [0, 0, 0]
    for step in 0..<4_000 {
      let (index, rest) = choice.pick((Double(step) + 0.5) / 4_000)
      counts[index] += 1
      #expect(rest > 0 && rest < 1)
    }
    #expect(counts == [1_000, 0, 3_000])
  }

  @Test("a mixture's draws follow the weighted sum of its distribution functions")
  func mixture() throws {
    let low = try DistributionRegistry.family(named: "lognormal")
      .make(parameters: ["median": 180, "log_sd": 0.5])
    let high = try DistributionRegistry.family(named: "pareto")
      .make(parameters: ["min": 200, "exponent": 1.5])
    let mixture = NumberMixture(components: [(85, low), (15, high)])
    let count = 20_000
    let values = (0..<count).map { mixture.value((Double($0) + 0.5) / Double(count)) }
    for x in [60.0, 180, 250, 400, 2_000] {
      let share = Double(values.count { $0 <= x }) / Double(count)
      let exact =
        0.85 * low.cumulativeProbability(x) + 0.15 * high.cumulativeProbability(x)
      // Either component's count is within one of its own equally spaced numbers.
      #expect((share - exact).magnitude <= 2 / Double(count))
    }
  }

  @Test("shares are exact, and named plans count towards them")
  func shares() throws {
    let list = try list(
      count: 20, "region: {shares: {north: 1, south: 3}}\n" + target,
      rest: "named: [{region: north}, {region: north, end_target_yen: 5e8}]")
    let regions = try column(list, "region")
    #expect(regions.count { $0 == "north" } == 5)
    #expect(regions.count { $0 == "south" } == 15)
    #expect(regions[..<2] == ["north", "north"])
    #expect(try column(list, "end_target_yen")[1] == "500000000")
    // In random order: the three others of the north are not simply the first.
    #expect(regions[2..<5] != ["north", "north", "north"])
  }

  @Test("named plans that leave no room for a share are reported")
  func crowdedShare() {
    let text = message {
      _ = try list(
        count: 4, "region: {shares: {north: 1, south: 3}}\n" + target,
        rest: "named: [{region: north}, {region: north}]")
    }
    #expect(
      text == "s.yaml:6:3: error: columns.region.shares: the named plans take more plans of this "
        + "value than its share (got 'north'; raise its share, or use weights)")
  }

  @Test("weights, bands and cases reach only what they state, in proportion")
  func categories() throws {
    let count = 20_000
    let list = try list(
      count: count,
      """
      sector: {weights: {food: 30, metal: 70}}
      staff:
        cases:
          - {where: {sector: food}, bands: [{from: 1, through: 5, weight: 1}]}
          - bands: [{from: 6, through: 9, weight: 1}, {from: 10, through: 10, weight: 1}]
      ties: {cases: [{where: {staff: {at_most: 2}}, value: "yes"}]}
      \(target)
      """)
    let sectors = try column(list, "sector")
    let staff = try numbers(list, "staff")
    // Five binomial standard deviations.
    let food = Double(sectors.count { $0 == "food" })
    #expect((food - 6_000).magnitude < 5 * (6_000 * 0.7 as Double).squareRoot())
    for (sector, number) in zip(sectors, staff) {
      #expect(sector == "food" ? (1...5).contains(number) : (6...10).contains(number))
    }
    let others = Double(count) - food
    let tens = Double(staff.count { $0 == 10 })
    #expect((tens - others / 2).magnitude < 5 * (others / 4).squareRoot())
    let ties = list.rows.map { $0[3] }
    #expect(ties.enumerated().allSatisfy { ($1 == "yes") == (staff[$0] <= 2) })
  }

  @Test("a name comes only once, and with a number when all have been used")
  func phrases() throws {
    let list = try list(
      count: 7, "name: {phrases: [[dry, wet], [salt, rice flour, tea]]}\n" + target)
    let names = try column(list, "name")
    let all: Set<String> = [
      "Dry salt", "Dry rice flour", "Dry tea", "Wet salt", "Wet rice flour", "Wet tea",
    ]
    #expect(Set(names.prefix(6)) == all)
    #expect(all.contains(String(names[6].dropLast(2))) && names[6].hasSuffix(" 2"))
  }

  @Test("a longer list begins with a shorter one; another column changes nothing")
  func addresses() throws {
    let columns = "novelty: {weights: {a: 1, b: 2}}\n" + target
    let short = try list(count: 5, columns, rest: "plan_id: {prefix: P-, digits: 4}")
    let long = try list(count: 700, columns, rest: "plan_id: {prefix: P-, digits: 4}")
    #expect(Array(long.rows.prefix(5)) == short.rows)
    #expect(short.rows[4][0] == "P-0005" && long.rows[699][0] == "P-0700")
    #expect(long.rows[0][2] != long.rows[512][2])
    let wider = try list(count: 5, "size: {weights: {s: 1, l: 1}}\n" + columns)
    #expect(try column(wider, "end_target_yen") == column(short, "end_target_yen"))
    let other = try list(count: 5, seed: 2, columns)
    #expect(try column(other, "end_target_yen") != column(short, "end_target_yen"))
  }

  @Test("only end targets above the threshold are scaled, by one factor, to the promise")
  func promise() throws {
    let columns = """
      period_years: {weights: {5: 1, 4: 1, 3: 1}}
      end_target_yen: {number: {lognormal: {median: 2e8, log_sd: 1}}, round_to: 1e6}
      """
    let free = try list(count: 300, columns)
    let periods = try numbers(free, "period_years")
    let before = try numbers(free, "end_target_yen")
    // On a linear ramp that stays flat, plans of 5, 4 and 3 years sum to 3, 3.5 and 4 end targets.
    func total(_ targets: [Double]) -> Double {
      zip(targets, periods).reduce(0) { $0 + $1.0 * (5.5 - $1.1 / 2) }
    }
    let goal = (total(before) * 1.05 / 1e9).rounded() * 1e9
    let bound = try list(
      count: 300, columns,
      rest: "promise: {total_yen: \(Int(goal)), scale_above_yen: 3e8, tolerance: 0.1%}")
    let after = try numbers(bound, "end_target_yen")
    #expect(bound.attempts == 1)
    #expect((total(after) / goal - 1).magnitude <= 0.001)
    #expect(try #require(bound.promiseYen) == total(after))
    let factor =
      (goal - total(before.map { $0 > 3e8 ? 0 : $0 })) / total(before.map { $0 > 3e8 ? $0 : 0 })
    for (old, new) in zip(before, after) {
      #expect(old > 3e8 ? (new - factor * old).magnitude <= 0.51e6 + 0.001 * new : new == old)
    }
  }

  @Test("end targets are drawn anew until the total is near and the checks hold")
  func redraws() throws {
    let list = try list(
      count: 30, "end_target_yen: {number: {lognormal: {median: 2e8, log_sd: 1}}}",
      rest: """
        promise: {total_yen: 30e9, within: 3%}
        checks: {large: {where: {end_target_yen: {at_least: 5e8}}, at_least: 20%, at_most: 25%}}
        """)
    #expect(list.attempts > 1)
    let large = try numbers(list, "end_target_yen").count { $0 >= 5e8 }
    #expect((6...7).contains(large))
  }

  @Test("conditions that no draw meets are reported, with how often each failed")
  func unattainable() {
    let text = message {
      _ = try list(
        count: 3, "end_target_yen: {number: {uniform: {min: 1e8, max: 2e8}}}",
        rest: "checks: {huge: {where: {end_target_yen: {at_least: 1e9}}, at_least: 1%}}")
    }
    #expect(
      text == "s.yaml:4:10: error: checks.huge: 1000 draws of the end targets do not meet all "
        + "conditions: missed checks.huge 1000 times (loosen the condition, change the "
        + "distributions or try another seed)")
  }

  @Test("a clamp replaces what lies outside its range and nothing else")
  func clamp() throws {
    let columns = "end_target_yen: {number: {lognormal: {median: 2e8, log_sd: 1}}, round_to: 1e6}"
    let free = try numbers(list(count: 100, columns), "end_target_yen")
    let clamped = try numbers(
      list(
        count: 100, columns,
        rest: "clamp: {from_yen: 1e8, through_yen: 3e8, redraw: {uniform: {min: 1e8, max: 3e8}}}"),
      "end_target_yen")
    #expect(free.contains { !(1e8...3e8).contains($0) })
    for (old, new) in zip(free, clamped) {
      #expect((1e8...3e8).contains(new))
      if (1e8...3e8).contains(old) { #expect(new == old) }
    }
  }

  @Test("columns are drawn after those that they read, wherever they stand")
  func order() throws {
    let list = try list(
      count: 50,
      """
      size: {cases: [{where: {end_target_yen: {at_least: 2e8}}, value: large}, {value: small}]}
      \(target)
      """)
    #expect(list.columns == ["plan_id", "size", "end_target_yen"])
    let targets = try numbers(list, "end_target_yen")
    #expect(try column(list, "size") == targets.map { $0 >= 2e8 ? "large" : "small" })
  }

  @Test(
    "columns that cannot be drawn are reported",
    arguments: [
      (
        "a: {cases: [{where: {b: x}, value: y}]}\nb: {cases: [{where: {a: y}, value: x}]}",
        "s.yaml:6:3: error: columns: the conditions of these columns wait for each other: a, b"
      ),
      (
        "a: {cases: [{where: {regin: x}, value: y}]}\nregion: {value: x}",
        "s.yaml:6:24: error: columns.a: the list has no column of this name (got 'regin'; "
          + "did you mean 'region'?)"
      ),
    ])
  func badColumns(columns: String, expected: String) {
    #expect(message { _ = try list(count: 2, columns + "\n" + target) } == expected)
  }

  @Test("a list without end targets is refused")
  func noTarget() {
    #expect(
      message { _ = try list(count: 2, "region: {value: north}") }
        == "s.yaml: error: columns.end_target_yen: the column is missing")
    #expect(
      message { _ = try list(count: 2, "end_target_yen: {value: 0}") }
        == "s.yaml:6:3: error: columns.end_target_yen: plan 1 gets no end target above 0 "
        + "(end with a case without conditions, and keep round_to small)")
  }
}
