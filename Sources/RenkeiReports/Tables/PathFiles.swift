// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The files that a run writes when it keeps its paths.
///
/// - `paths.f64`: the portfolio's revenue in yen of every arm, year and path: binary64 numbers in
///   little-endian byte order without a header, arm outermost in the manifest's order, then year
///   1…H, then path. Number `(arm·H + year − 1)·P + path` is at eight times that offset.
/// - `draws.csv`: for each path, from 0, the value of every named input that is drawn
///   (`inputs.<name>`) and the total over the horizon under every arm (`total_yen.<arm>`).
package struct PathFiles: Sendable {
  package static let totalsName = "paths.f64"
  package static let drawsName = "draws.csv"
  package static let names = [totalsName, drawsName]

  private let kept: KeptPaths
  private let arms: [String]
  private let dialect: CSVDialect

  /// Paths written at a time.
  private static let pieceLength = 1 << 13

  package init(_ kept: KeptPaths, arms: [String], dialect: CSVDialect = .standard) {
    precondition(kept.totals.count == arms.count, "totals of each arm")
    self.kept = kept
    self.arms = arms
    self.dialect = dialect
  }

  /// Hands the bytes of one of ``names`` to `append`, piece by piece.
  ///
  /// Complexity: O(paths × (arms × years + inputs)) time, memory for a piece.
  package func write(_ name: String, to append: ([UInt8]) throws -> Void) rethrows {
    if name == Self.totalsName { try writeTotals(append) } else { try writeDraws(append) }
  }

  private func writeTotals(_ append: ([UInt8]) throws -> Void) rethrows {
    for totals in kept.totals {
      for year in 0..<totals.years {
        let column = totals.annual(year: year)
        for start in stride(from: 0, to: totals.paths, by: Self.pieceLength) {
          var bytes: [UInt8] = []
          bytes.reserveCapacity(8 * Self.pieceLength)
          for path in start..<min(totals.paths, start + Self.pieceLength) {
            withUnsafeBytes(of: column[path].bitPattern.littleEndian) {
              bytes.append(contentsOf: $0)
            }
          }
          try append(bytes)
        }
      }
    }
  }

  private func writeDraws(_ append: ([UInt8]) throws -> Void) rethrows {
    let header =
      ["path"] + kept.inputs.map { "inputs." + $0.name } + arms.map { "total_yen." + $0 }
    let paths = kept.totals.first?.paths ?? 0
    try append(CSVDocument(fileName: Self.drawsName, header: header, rows: []).bytes(dialect))
    for start in stride(from: 0, to: paths, by: Self.pieceLength) {
      var bytes: [UInt8] = []
      for path in start..<min(paths, start + Self.pieceLength) {
        bytes.append(contentsOf: String(path).utf8)
        for input in kept.inputs { Self.append(input.values[path], to: &bytes) }
        for totals in kept.totals {
          var total = 0.0
          for year in 0..<totals.years { total += totals.annual(year: year)[path] }
          Self.append(total, to: &bytes)
        }
        bytes.append(contentsOf: dialect.lineEnd)
      }
      try append(bytes)
    }
  }

  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: ","))
    bytes.append(contentsOf: DecimalText.shortest(value).utf8)
  }

  /// How the manifest describes ``totalsName``.
  static func description(arms: [String]) -> JSONText {
    .object([
      ("file", .string(totalsName)),
      ("type", .string("float64")),
      ("byte_order", .string("little")),
      ("order", .array(["arm", "year", "path"].map { .string($0) })),
      ("arms", .array(arms.map { .string($0) })),
      ("measure", .string("annual")),
      ("unit", .string("yen")),
    ])
  }
}
