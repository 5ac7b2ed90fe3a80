// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The rows of a sensitivity analysis as a file.
package enum SensitivityTable {
  package static let fileName = "sensitivity.csv"

  /// One line for the reference of the files.
  package static let summary =
    "what the total over the horizon and the chance of its goal depend on; only where "
    + "`renkei sensitivity` is told to write it"

  package static var descriptions: [ColumnDescription] {
    columns.map(\.description) + AnswerOrigin.descriptions
  }

  private static let columns: [ResultColumn<SensitivityRow>] = [
    .key("arm", "support package") { .text($0.arm) },
    .key("metric", "`cumulative_revenue` over the horizon, or `goal_probability`") {
      .text($0.metric.rawValue)
    },
    .key(
      "input",
      "named input, correlated ones joined by `+`, or dotted path of what is drawn"
    ) { .text($0.input) },
    .key("level", "how often it is drawn: `programme` (once per path), `year`, `plan`, `plan-year`")
    { .text($0.level.rawValue) },
    .key("method", "`tornado_p10`, `tornado_p90`, `spearman`, `sobol_first` or `sobol_total`") {
      .text($0.method.rawValue)
    },
    .value("input_value", "value at which the input is held; only of a tornado, in its own unit") {
      ResultTables.optional($0.inputValue)
    },
    .value(
      "value",
      "mean of the metric (tornado; in yen or as a probability), rank correlation with the total, "
        + "or share of the metric's variance"
    ) { ResultTables.optional($0.value) },
    .value("standard_error", "Monte Carlo standard error of the value") {
      ResultTables.optional($0.standardError)
    },
    .value("ci95_low", "lower end of its 95% interval") {
      ResultTables.optional($0.interval95?.lowerBound)
    },
    .value("ci95_high", "upper end of its 95% interval") {
      ResultTables.optional($0.interval95?.upperBound)
    },
    .value("rank", "place among the inputs by this method, 1 the most important") { row in
      row.rank.map { .integer($0) } ?? .empty
    },
  ]

  /// Complexity: O(rows).
  package static func document(_ result: SensitivityResult) -> CSVDocument {
    CSVDocument(
      fileName: fileName, header: columns.map(\.name),
      rows: result.rows.map { row in columns.map { $0.value(row) } })
  }

  /// The same with what it took, as one object.
  package static func json(_ result: SensitivityResult) -> JSONText {
    .object([
      ("title", .string(result.title)), ("seed", .unsigned(result.seed)),
      ("paths", .integer(result.paths)), ("runs", .integer(result.runs)),
      ("sensitivity", document(result).json),
    ])
  }
}
