// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiAnalysis

@Suite("Comparison")
struct ComparisonTests {
  private let portfolio = ComparedTable(
    name: "portfolio",
    header: [
      "arm", "measure", "year", "calendar_year", "mean_yen", "standard_error_yen", "p50_yen",
    ],
    rows: [
      ["as_planned", "annual", "1", "2005", "100.0", "3.0", "90.0"],
      ["as_planned", "cumulative", "1", "2005", "100.0", "3.0", ""],
    ])

  private func changed(
    _ table: ComparedTable, row: Int = 0, _ column: String, to cell: String
  ) throws -> ComparedTable {
    var rows = table.rows
    rows[row][try #require(table.header.firstIndex(of: column))] = cell
    return ComparedTable(name: table.name, header: table.header, rows: rows)
  }

  private func differing(_ comparison: Comparison) -> [ComparisonRow] {
    comparison.rows.filter { $0.verdict != .identical }
  }

  @Test("a result compared with itself is identical throughout")
  func itself() {
    let comparison = Comparison([portfolio], [portfolio])
    // Four columns apart from the keys in two rows; the cell that is empty in both says nothing.
    #expect(comparison.rows.count == 7)
    #expect(comparison.rows.allSatisfy { $0.verdict == .identical && $0.difference == 0 })
    #expect(comparison.exceeding(tolerance: 0).isEmpty)
  }

  @Test("a mean is judged by both standard errors: 5 = √(3² + 4²)")
  func judged() throws {
    var other = try changed(portfolio, "mean_yen", to: "120.0")
    other = try changed(other, "standard_error_yen", to: "4.0")
    let rows = differing(Comparison([portfolio], [other]))
    #expect(rows.map(\.place.metric) == ["mean_yen", "standard_error_yen"])
    let mean = try #require(rows.first)
    #expect(mean.verdict == .real)
    #expect(mean.z == 4)
    #expect(mean.difference == 20)
    #expect(mean.ratio == 1.2)
    let interval = try #require(mean.interval95)
    #expect(abs(interval.low - (20 - 1.959964 * 5)) < 1e-5)
    #expect(abs(interval.high - (20 + 1.959964 * 5)) < 1e-5)
    #expect(rows.last?.verdict == .noError)
  }

  @Test(
    "the interval decides between real and noise",
    arguments: [("108.0", ComparisonVerdict.noise), ("108.5", .real), ("91.5", .real)])
  func verdict(mean: String, verdict: ComparisonVerdict) throws {
    // √(3² + 3²) · 1.96 = 8.3
    let rows = differing(Comparison([portfolio], [try changed(portfolio, "mean_yen", to: mean)]))
    #expect(rows.map(\.verdict) == [verdict])
  }

  @Test("a quantile has no standard error to be judged by")
  func quantile() throws {
    let rows = differing(Comparison([portfolio], [try changed(portfolio, "p50_yen", to: "91.0")]))
    #expect(rows.map(\.verdict) == [.noError])
    #expect(rows[0].z == nil && rows[0].interval95 == nil)
  }

  @Test(
    "the tolerance is absolute up to 1 and relative beyond",
    arguments: [
      (0.5, 0.509, 0.01, false), (0.5, 0.511, 0.01, true), (200, 201.9, 0.01, false),
      (200, 203, 0.01, true), (-200, -201.9, 0.01, false), (1, 1, 0, false),
    ])
  func tolerance(a: Double, b: Double, tolerance: Double, exceeds: Bool) {
    let row = ComparisonRow(
      place: ComparisonPlace(), a: a, b: b, interval95: nil, z: nil,
      verdict: a == b ? .identical : .noError)
    #expect(row.exceeds(tolerance: tolerance) == exceeds)
  }

  @Test("rows, columns and files of one side count as differences at any tolerance")
  func missing() {
    let shorter = ComparedTable(
      name: "portfolio", header: Array(portfolio.header.dropLast()),
      rows: [Array(portfolio.rows[0].dropLast())])
    let extra = ComparedTable(name: "goal", header: ["arm"], rows: [])
    let comparison = Comparison([portfolio], [shorter, extra])
    let rows = differing(comparison)
    #expect(rows.map(\.verdict) == [.onlyA, .onlyA, .onlyB])
    #expect(rows.map(\.place.metric) == ["p50_yen", "", ""])
    #expect(rows.map(\.place.measure) == ["annual", "cumulative", ""])
    #expect(rows.map(\.place.table) == ["portfolio", "portfolio", "goal"])
    #expect(comparison.exceeding(tolerance: 1e9).count == 3)
  }

  @Test("rows match by their keys, whatever their order")
  func order() {
    let reversed = ComparedTable(
      name: "portfolio", header: portfolio.header, rows: portfolio.rows.reversed())
    #expect(differing(Comparison([portfolio], [reversed])).isEmpty)
  }

  @Test("two single arms match whatever their names; of several, names decide")
  func arms() throws {
    let renamed = ComparedTable(
      name: "portfolio", header: portfolio.header,
      rows: portfolio.rows.map { ["certified"] + $0.dropFirst() })
    let paired = Comparison([portfolio], [renamed])
    #expect(differing(paired).isEmpty)
    #expect(paired.rows[0].place.armA == "as_planned")
    #expect(paired.rows[0].place.armB == "certified")
    let both = ComparedTable(
      name: "portfolio", header: portfolio.header, rows: portfolio.rows + renamed.rows)
    let rows = differing(Comparison([both], [renamed]))
    #expect(rows.map(\.verdict) == [.onlyA, .onlyA])
    #expect(rows.allSatisfy { $0.place.armA == "as_planned" && $0.place.armB.isEmpty })
  }

  @Test("counts and thresholds stand in item")
  func item() {
    let counts = ComparedTable(
      name: "counts", header: ["arm", "year", "metric", "mean", "standard_error"],
      rows: [["x", "1", "active", "5.0", "0.1"], ["x", "1", "launched", "6.0", "0.1"]])
    let rows = Comparison([counts], [counts]).rows
    #expect(rows.map(\.place.item) == ["active", "active", "launched", "launched"])
    #expect(rows[0].place.metric == "mean")
  }

  @Test("equal numbers in different spelling are identical; other text is not a number")
  func spelling() throws {
    let same = try changed(portfolio, "mean_yen", to: "1e2")
    #expect(differing(Comparison([portfolio], [same])).isEmpty)
    for text in ["0x64", "inf", "nan", "x"] {
      let other = try changed(portfolio, "mean_yen", to: text)
      let rows = differing(Comparison([portfolio], [other]))
      #expect(rows.map(\.verdict) == [.noError])
      #expect(rows[0].b == nil)
      #expect(rows[0].exceeds(tolerance: 1e9))
    }
  }
}
