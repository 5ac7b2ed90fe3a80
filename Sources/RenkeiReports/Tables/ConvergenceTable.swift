// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// What was known of the figure of a condition at each look, as a file.
package enum ConvergenceTable {
  package static let fileName = "convergence.csv"

  /// One line for the reference of the files.
  package static let summary =
    "the figure that `--until` watched, at each look of the run; only with `--until`"

  package static var descriptions: [ColumnDescription] { columns.map(\.description) }

  private static let columns: [ResultColumn<StoppingRecord.Look>] = [
    .key("arm", "support package") { .text($0.arm) },
    .key("metric", "`goal_probability`, or `mean_total_yen`, the mean total over the horizon") {
      .text($0.figure == .mean ? "mean_total_yen" : $0.figure.rawValue)
    },
    .key("paths", "paths at the look") { .integer($0.paths) },
    .value("value", "estimate of the metric from these paths") { finite($0.value) },
    .value(
      "standard_error",
      "its Monte Carlo standard error, as the condition takes it where few paths decide"
    ) { finite($0.standardError) },
    .value("sequence95_low", "lower end of its 95% confidence sequence") {
      finite($0.sequence95.lowerBound)
    },
    .value("sequence95_high", "upper end of its 95% confidence sequence") {
      finite($0.sequence95.upperBound)
    },
  ]

  private static func finite(_ value: Double) -> ResultCell {
    value.isFinite ? .number(value) : .empty
  }

  /// Complexity: O(looks × arms).
  package static func document(_ record: StoppingRecord) -> CSVDocument {
    CSVDocument(
      fileName: fileName, header: columns.map(\.name),
      rows: record.history.map { look in columns.map { $0.value(look) } })
  }
}
