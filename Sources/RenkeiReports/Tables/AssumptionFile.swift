// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The CSV files of a result folder that say what the results rest on, in the order in which they
/// are written after the ``ResultFile``s. They follow from the scenario alone, not from the draws.
package enum AssumptionFile: String, CaseIterable, Sendable {
  case assumptions
  case promises

  package var fileName: String { rawValue + ".csv" }

  /// One line for the reference of the files.
  package var summary: String {
    switch self {
    case .assumptions: "every value of the scenario and where it comes from, as `explain` prints it"
    case .promises: "what the plans promise: together year by year, each over the horizon"
    }
  }

  /// The file's content.
  ///
  /// - Parameters:
  ///   - scenario: as stated, with the places of its values.
  ///   - model: what it resolved to.
  /// Complexity: O(cells).
  package func document(_ scenario: Scenario, _ model: ProjectionModel) -> CSVDocument {
    switch self {
    case .assumptions: ExplanationReport(scenario.explanation(of: model)).documentOfNames
    case .promises: Self.promises(model)
    }
  }

  /// All plans together (no `plan_id`) by measure and year, then each plan's total.
  private static func promises(_ model: ProjectionModel) -> CSVDocument {
    func row(_ plan: ResolvedPlan?, _ measure: Measure, _ year: Int, _ yen: Double) -> [ResultCell]
    {
      [
        plan.map { .text($0.id) } ?? .empty, plan.map { .text($0.name) } ?? .empty,
        .text(measure.rawValue), .integer(year), .number(yen),
      ]
    }
    let annual = model.promisedByYear
    var total = 0.0
    var rows = annual.enumerated().map { row(nil, .annual, $0.offset + 1, $0.element) }
    for (index, yen) in annual.enumerated() {
      total += yen
      rows.append(row(nil, .cumulative, index + 1, total))
    }
    rows += model.plans.map { row($0, .cumulative, model.horizonYears, $0.promisedTotal) }
    return CSVDocument(
      fileName: AssumptionFile.promises.fileName,
      header: ["plan_id", "name", "measure", "year", "promised_yen"], rows: rows)
  }
}
