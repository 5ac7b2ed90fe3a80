// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiAnalysis
import RenkeiFiles
import RenkeiReports
import Testing

/// Every plan list that has a specification is, byte for byte, what the specification makes.
@Suite struct PlanListTests {
  private static let ending = ".spec.yaml"

  @Test(arguments: try ShippedScenario.names(in: "plans", ending: ending))
  func listIsWhatItsSpecificationMakes(name: String) throws {
    let specification = try SpecificationFile.load(path: ShippedScenario.path("plans/\(name)"))
    let plans = try PlanSynthesis(specification).list()
    let made = CSVDocument(
      fileName: name, header: plans.columns,
      rows: plans.rows.map { row in row.map { $0.map { .text($0) } ?? .empty } }
    ).bytes()
    let list = "plans/\(name.dropLast(Self.ending.count)).csv"
    let committed = try Data(contentsOf: URL(fileURLWithPath: ShippedScenario.path(list)))
    #expect(made == Array(committed), "\(list) differs: make plans writes it anew")
  }
}
