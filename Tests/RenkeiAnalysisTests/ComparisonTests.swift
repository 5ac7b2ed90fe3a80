// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiAnalysis
@testable import RenkeiFiles

/// A table as text that can be changed cell by cell.
struct TextTable {
  var name: String
  var header: [String]
  var rows: [[String]]

  var compared: ComparedTable {
    let lines = ([header] + rows).map { $0.joined(separator: ",") + "\n" }
    return .bytes(Array(lines.joined().utf8), name: name)
  }

  func changed(row: Int = 0, _ column: String, to cell: String) throws -> TextTable {
    var copy = self
    copy.rows[row][try #require(header.firstIndex(of: column))] = cell
    return copy
  }
}

/// Every value of a comparison of tables at hand.
func compared(
  _ a: [TextTable], _ b: [TextTable], arms: ArmMatching? = nil, matters: Double = 0.01,
  paths: Int? = nil
) throws -> [ComparisonRow] {
  func side(_ tables: [TextTable]) throws -> ComparedResult {
    var result = ComparedResult(name: "", tables: tables.map(\.compared))
    result.facts.paths = paths
    try result.complete()
    return result
  }
  let recorder = ComparisonRecorder()
  try Comparison(side(a), side(b), arms: arms, matters: matters).run(recorder)
  return recorder.rows
}

func differing(_ rows: [ComparisonRow]) -> [ComparisonRow] {
  rows.filter { $0.figures.verdict != .identical }
}

@Suite("Comparison")
struct ComparisonTests {
  private let portfolio = TextTable(
    name: "portfolio",
    header: [
      "arm", "measure", "year", "calendar_year", "mean_yen", "standard_error_yen", "p50_yen",
    ],
    rows: [
      ["as_planned", "annual", "1", "2005", "100.0", "3.0", "90.0"],
      ["as_planned", "cumulative", "1", "2005", "100.0", "3.0", ""],
    ])

  @Test("a result compared with itself is identical throughout")
  func itself() throws {
    let rows = try compared([portfolio], [portfolio])
    // Four columns apart from the keys in two rows; the cell that is empty in both says nothing.
    #expect(rows.count == 7)
    #expect(rows.allSatisfy { $0.figures.verdict == .identical && $0.figures.difference == 0 })
  }

  @Test("a mean is judged by both standard errors: 5 = √(3² + 4²)")
  func judged() throws {
    let other = try portfolio.changed("mean_yen", to: "120.0")
      .changed("standard_error_yen", to: "4.0")
    let rows = try differing(compared([portfolio], [other]))
    #expect(rows.map(\.place.metric) == ["mean_yen", "standard_error_yen"])
    let mean = try #require(rows.first).figures
    #expect(mean.verdict == .real)
    #expect(mean.z == 4)
    #expect(mean.difference == 20)
    #expect(mean.ratio == 1.2)
    #expect(mean.standardError == 5)
    let interval = try #require(mean.interval95)
    #expect(abs(interval.low - (20 - 1.959964 * 5)) < 1e-5)
    #expect(abs(interval.high - (20 + 1.959964 * 5)) < 1e-5)
    #expect(rows.last?.figures.verdict == .noError)
  }

  @Test(
    "errors from few units widen the interval by Student's t, with Welch's degrees of freedom",
    arguments: [
      // 16 randomisations on each side: (9 + 16)²/(81/15 + 256/15) = 27.8.
      ("sobol", "sobol", 2.051_831), ("sobol", "random", 1.980_808),
      // 32 blocks on each side: 625/(81/31 + 256/31) = 57.5.
      ("antithetic", "latin_hypercube", 2.002_465), ("random", "random", 1.959_964),
    ])
  func fewUnits(designA: String, designB: String, factor: Double) throws {
    func side(_ mean: String, _ error: String, _ design: String) throws -> ComparedResult {
      let table = try portfolio.changed("mean_yen", to: mean)
        .changed("standard_error_yen", to: error)
      var result = ComparedResult(name: "", tables: [table.compared])
      (result.facts.paths, result.facts.sampling) = (16_384, design)
      try result.complete()
      return result
    }
    let recorder = ComparisonRecorder()
    try Comparison(side("100.0", "3.0", designA), side("120.0", "4.0", designB)).run(recorder)
    let mean = try #require(recorder.rows.first { $0.place.metric == "mean_yen" }).figures
    let interval = try #require(mean.interval95)
    #expect(abs(interval.high - (20 + factor * 5)) < 1e-5)
    #expect(abs(interval.low - (20 - factor * 5)) < 1e-5)
  }

  @Test(
    "the interval decides: beyond 0 real, inside what matters noise, else more paths",
    arguments: [
      ("108.0", 0.01, ComparisonVerdict.morePaths), ("108.5", 0.01, .real), ("91.5", 0.01, .real),
      ("108.0", 0.16, .noise), ("108.0", 0.15, .morePaths),
    ])
  func verdict(mean: String, matters: Double, verdict: ComparisonVerdict) throws {
    // 1.96·√(3² + 3²) = 8.32, so 8 ± 8.32 reaches 16.32 = 0.1511 · 108.
    let rows = try differing(
      compared([portfolio], [portfolio.changed("mean_yen", to: mean)], matters: matters))
    #expect(rows.map(\.figures.verdict) == [verdict])
  }

  @Test("the paths needed make the interval as narrow as what matters")
  func pathsNeeded() throws {
    let other = try portfolio.changed("mean_yen", to: "104.0")
    let rows = try differing(compared([portfolio], [other], matters: 0.1, paths: 1_000))
    let figures = try #require(rows.first).figures
    #expect(figures.verdict == .morePaths)
    // With n paths the half-width is 1.96·√(18·1000/n); twice it equals 0.1·104 at n = 2,557.2.
    #expect(figures.pathsNeeded == 2_558)
    let unknown = try differing(compared([portfolio], [other], matters: 0.1))
    #expect(unknown[0].figures.pathsNeeded == nil)
  }

  @Test("a share of paths is judged by Newcombe's interval")
  func share() throws {
    let plans = TextTable(
      name: "plans", header: ["arm", "plan_id", "measure", "year", "probability_active"],
      rows: [["x", "p", "annual", "1", "0.8"]])
    let other = try plans.changed("probability_active", to: "0.6")
    // Newcombe (1998), table II, example (a), is 56/70 against 48/80: 0.2 with 0.0524 to 0.3339.
    func side(_ table: TextTable, _ paths: Int) throws -> ComparedResult {
      var result = ComparedResult(name: "", tables: [table.compared])
      result.facts.paths = paths
      try result.complete()
      return result
    }
    let recorder = ComparisonRecorder()
    try Comparison(side(plans, 70), side(other, 80)).run(recorder)
    let figures = try #require(recorder.rows.first).figures
    let interval = try #require(figures.interval95)
    #expect(abs(interval.low + 0.3339) < 5e-5)
    #expect(abs(interval.high + 0.0524) < 5e-5)
    #expect(figures.verdict == .real)
  }

  @Test("a quantile has no standard error to be judged by")
  func quantile() throws {
    let rows = try differing(
      compared([portfolio], [portfolio.changed("p50_yen", to: "91.0")]))
    #expect(rows.map(\.figures.verdict) == [.noError])
    #expect(rows[0].figures.z == nil && rows[0].figures.interval95 == nil)
  }

  @Test(
    "the tolerance is absolute up to 1 and relative beyond",
    arguments: [
      (0.5, 0.509, 0.01, false), (0.5, 0.511, 0.01, true), (200, 201.9, 0.01, false),
      (200, 203, 0.01, true), (-200, -201.9, 0.01, false), (1, 1, 0, false),
    ])
  func tolerance(a: Double, b: Double, tolerance: Double, exceeds: Bool) {
    let figures = ComparedFigures(a: a, b: b, a == b ? .identical : .noError)
    #expect(figures.exceeds(tolerance: tolerance) == exceeds)
  }

  @Test("rows, columns and files of one side count as differences at any tolerance")
  func missing() throws {
    let shorter = TextTable(
      name: "portfolio", header: Array(portfolio.header.dropLast()),
      rows: [Array(portfolio.rows[0].dropLast())])
    let extra = TextTable(name: "goal", header: ["arm"], rows: [])
    let rows = try differing(compared([portfolio], [shorter, extra]))
    #expect(rows.map(\.figures.verdict) == [.onlyA, .onlyA, .onlyB])
    #expect(rows.map(\.place.metric) == ["p50_yen", "", ""])
    #expect(rows.map(\.place.measure) == ["annual", "cumulative", ""])
    #expect(rows.map(\.place.table) == ["portfolio", "portfolio", "goal"])
    #expect(rows.allSatisfy { $0.figures.exceeds(tolerance: 1e9) })
  }

  @Test("rows match by their keys, whatever their order")
  func order() throws {
    var shuffled = portfolio
    shuffled.rows = (0..<200).map { ["x", "annual", String($0), "", String($0), "1", ""] }
    var other = shuffled
    other.rows = (0..<200).map { shuffled.rows[($0 * 77 + 13) % 200] }
    #expect(try differing(compared([shuffled], [other])).isEmpty)
    other.rows.remove(at: 50)
    let rows = try differing(compared([shuffled], [other]))
    #expect(rows.map(\.figures.verdict) == [.onlyA])
    #expect(rows[0].place.year == String((50 * 77 + 13) % 200))
  }

  @Test("two single arms match whatever their names; of several, names decide")
  func arms() throws {
    var renamed = portfolio
    renamed.rows = portfolio.rows.map { ["certified"] + $0.dropFirst() }
    let paired = try compared([portfolio], [renamed])
    #expect(differing(paired).isEmpty)
    #expect(paired[0].place.armA == "as_planned")
    #expect(paired[0].place.armB == "certified")
    var both = portfolio
    both.rows += renamed.rows
    let rows = try differing(compared([both], [renamed]))
    #expect(rows.map(\.figures.verdict) == [.onlyA, .onlyA])
    #expect(rows.allSatisfy { $0.place.armA == "as_planned" && $0.place.armB.isEmpty })
  }

  @Test("stated arms match crosswise, also within one result, and leave the others out")
  func statedArms() throws {
    var three = portfolio
    three.rows = ["u", "v", "w"].flatMap { arm in
      portfolio.rows.map { [arm] + $0.dropFirst() }
    }
    three = try three.changed(row: 4, "mean_yen", to: "150.0")
    let crosswise = ArmMatching(stated: [.init(a: "u", b: "w"), .init(a: "w", b: "u")])
    let rows = try differing(compared([three], [three], arms: crosswise))
    #expect(rows.map(\.figures.difference) == [50, -50])
    #expect(rows.map(\.place.armA) == ["u", "w"])
    #expect(rows.map(\.place.armB) == ["w", "u"])
    let same = ArmMatching(stated: [.init(a: "u", b: "v")])
    #expect(try differing(compared([three], [three], arms: same)).isEmpty)
  }

  @Test("counts and thresholds stand in item")
  func item() throws {
    let counts = TextTable(
      name: "counts", header: ["arm", "year", "metric", "mean", "standard_error"],
      rows: [["x", "1", "active", "5.0", "0.1"], ["x", "1", "launched", "6.0", "0.1"]])
    let rows = try compared([counts], [counts])
    #expect(rows.map(\.place.item) == ["active", "active", "launched", "launched"])
    #expect(rows[0].place.metric == "mean")
  }

  @Test("equal numbers in different spelling are identical; other text is not a number")
  func spelling() throws {
    let same = try portfolio.changed("mean_yen", to: "1e2")
    #expect(try differing(compared([portfolio], [same])).isEmpty)
    for text in ["0x64", "inf", "nan", "x"] {
      let rows = try differing(
        compared([portfolio], [portfolio.changed("mean_yen", to: text)]))
      #expect(rows.map(\.figures.verdict) == [.noError])
      #expect(rows[0].figures.b == nil)
      #expect(rows[0].figures.exceeds(tolerance: 1e9))
    }
  }

  @Test("what cannot be compared is named")
  func obstacles() throws {
    func side(_ change: (inout RunFacts) -> Void) -> ComparedResult {
      var facts = RunFacts()
      (facts.horizonYears, facts.currency, facts.goalYen) = (5, "JPY", 1e9)
      (facts.tablesHash, facts.inputs) = ("0a", ["00"])
      change(&facts)
      return ComparedResult(name: "", tables: [], facts: facts)
    }
    func kinds(_ change: (inout RunFacts) -> Void) -> [ComparisonObstacle.Kind] {
      Comparison(side { _ in }, side(change)).obstacles.map(\.kind)
    }
    #expect(kinds { _ in } == [])
    #expect(kinds { $0.horizonYears = 6 } == [.horizon])
    #expect(kinds { $0.currency = "EUR" } == [.currency])
    #expect(kinds { $0.goalYen = 2e9 } == [.goal])
    #expect(kinds { $0.tablesHash = "0b" } == [.tables])
    // Another scenario has other distributions, and the reference engine has no tables.
    #expect(kinds { ($0.tablesHash, $0.inputs) = ("0b", ["11"]) } == [])
    #expect(kinds { $0.tablesHash = "00" } == [])
  }
}
