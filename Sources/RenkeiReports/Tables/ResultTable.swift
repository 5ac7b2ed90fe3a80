// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A column of a result file, declared once: the file and its reference both come from it.
package struct ResultColumn<Row>: Sendable {
  package let name: String
  /// For example `yen`; empty for a pure number or a label.
  package let unit: String
  /// One line for the column reference.
  package let meaning: String
  /// Whether the column helps to name the row.
  package let isKey: Bool
  package let value: @Sendable (Row) -> ResultCell

  /// A column that helps to name the row.
  static func key(
    _ name: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> ResultCell
  ) -> ResultColumn {
    ResultColumn(name: name, unit: "", meaning: meaning, isKey: true, value: value)
  }

  /// A number or label of the row.
  static func value(
    _ name: String, unit: String = "", _ meaning: String,
    _ value: @escaping @Sendable (Row) -> ResultCell
  ) -> ResultColumn {
    ResultColumn(name: name, unit: unit, meaning: meaning, isKey: false, value: value)
  }
}

/// A result file, whatever its rows are.
protocol ResultTableForm {
  /// The file's content. Complexity: O(cells).
  func document(_ fileName: String, _ result: SimulationResult) -> CSVDocument
  /// The file's bytes, piece by piece in bounded memory. Complexity: O(cells).
  func write(
    _ result: SimulationResult, _ dialect: CSVDialect, to output: ([UInt8]) throws -> Void
  ) rethrows
  var descriptions: [ColumnDescription] { get }
}

/// A result file: its columns, and where its rows come from.
struct ResultTable<Row: Sendable>: ResultTableForm, Sendable {
  let columns: [ResultColumn<Row>]
  let rows: @Sendable (SimulationResult) -> AnySequence<Row>

  func document(_ fileName: String, _ result: SimulationResult) -> CSVDocument {
    CSVDocument(
      fileName: fileName, header: columns.map(\.name),
      rows: rows(result).map { row in columns.map { $0.value(row) } })
  }

  func write(
    _ result: SimulationResult, _ dialect: CSVDialect, to output: ([UInt8]) throws -> Void
  ) rethrows {
    var text = CSVText(dialect)
    text.append(columns.map { .text($0.name) })
    for row in rows(result) {
      text.append(columns.map { $0.value(row) })
      if text.bytes.count >= CSVText.pieceSize { try output(text.take()) }
    }
    try output(text.take())
  }

  var descriptions: [ColumnDescription] { columns.map(\.description) }
}

/// One entry of the column reference.
package struct ColumnDescription: Sendable, Equatable {
  package let name: String
  package let unit: String
  package let meaning: String
  package let isKey: Bool
}

extension ResultColumn {
  package var description: ColumnDescription {
    ColumnDescription(name: name, unit: unit, meaning: meaning, isKey: isKey)
  }
}

/// A row under its arm.
struct ArmEntry<Row: Sendable>: Sendable {
  let arm: String
  let row: Row
}

extension SimulationResult {
  /// Rows of every arm, in the order of the arms.
  func entries<Rows: Sequence>(
    _ rows: @escaping (ArmResult) -> Rows
  ) -> AnySequence<ArmEntry<Rows.Element>> {
    AnySequence(
      arms.lazy.flatMap { arm in rows(arm).lazy.map { ArmEntry(arm: arm.arm, row: $0) } })
  }

  /// Rows about the money of every arm that has any.
  func moneyEntries<Rows: Sequence>(
    _ rows: @escaping (FinanceResult) -> Rows
  ) -> AnySequence<ArmEntry<Rows.Element>> {
    entries { arm in AnySequence(arm.finance.map { AnySequence(rows($0)) } ?? AnySequence([])) }
  }
}
