// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiModel

@Suite("Groupings")
struct GroupingTests {
  private func grouping(
    _ cells: [String?], edges: [Double] = []
  ) throws -> ResolvedGrouping {
    let plans = cells.enumerated().map { index, cell in
      Build.plan("P\(index)", cell.map { ["column": $0] } ?? [:], line: index + 2)
    }
    let scenario = Build.scenario(plans: plans) {
      $0.plans.columns = ["column"]
      $0.report.groupings = [Stated(Grouping(column: "column", edges: edges), at: Build.at(5))]
    }
    return try scenario.resolved().groupings[0]
  }

  @Test func valuesInOrderOfAppearanceWithUnspecifiedLast() throws {
    let grouping = try grouping(["wood", nil, "food", "wood"])
    #expect(grouping.labels == ["wood", "food", "unspecified"])
    #expect(grouping.groupOfPlan == [0, 2, 1, 0])
  }

  @Test func wholeNumberBins() throws {
    let grouping = try grouping(["5", "6", "0", "51", "20.0", nil, "50"], edges: [5, 20, 50])
    #expect(grouping.labels == ["0-5", "6-20", "21-50", "51+", "unspecified"])
    #expect(grouping.groupOfPlan == [0, 1, 0, 3, 1, 4, 2])
  }

  @Test func fractionalBins() throws {
    let grouping = try grouping(["5", "5.5", "20.5", "51"], edges: [5, 20, 50])
    #expect(grouping.labels == ["5 or less", "over 5 to 20", "over 20 to 50", "over 50"])
    #expect(grouping.groupOfPlan == [0, 1, 2, 3])
  }

  @Test func negativeNumbersUseFractionalLabels() throws {
    let grouping = try grouping(["-3", "5"], edges: [0])
    #expect(grouping.labels == ["0 or less", "over 0"])
  }

  @Test func binsWithoutPlansAreLeftOut() throws {
    let grouping = try grouping(["1", "70"], edges: [5, 20, 50])
    #expect(grouping.labels == ["0-5", "51+"])
    #expect(grouping.groupOfPlan == [0, 1])
  }

  @Test func narrowBinsNameTheirOnlyNumber() {
    #expect(
      GroupingResolution.labels(edges: [0, 1, 2, 5], isWhole: true) == ["0", "1", "2", "3-5", "6+"])
  }

  @Test func edgesMustAscend() {
    #expect(throws: DiagnosticReport.self) { _ = try grouping(["1"], edges: [5, 5]) }
  }
}
