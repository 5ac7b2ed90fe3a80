// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles

/// A result folder read back: its manifest and the tables that a page shows.
package struct ResultFolder: Sendable {
  /// Files that a page reads where they are there, without `.csv`; the large ones that it has no
  /// room for are not among them.
  static let tableNames = [
    "portfolio", "goal", "counts", "contributions", "exceedance", "promises", "assumptions",
    "effects", "public_cost", "cost_effectiveness", "loans", "plan_finance", "attribution",
    "variance_split", "sensitivity", "sweep", "convergence",
  ]

  /// Last part of the folder's path.
  package let name: String
  package let manifest: FolderManifest
  private let tables: [String: PageTable]
  /// Whether the tables of other commands are about the folder's run, by name.
  private let origins: [String: TableOrigin]
  /// Names of the files that are not, and are left out.
  package let foreignFiles: [String]

  /// Tables that no run writes.
  private static let answerNames = ["sensitivity", "sweep"]

  package init(name: String, manifest: FolderManifest, tables: [PageTable]) {
    self.name = name
    self.manifest = manifest
    let origins = Dictionary(
      tables.filter { Self.answerNames.contains($0.name) }.map {
        ($0.name, TableOrigin($0, manifest))
      }
    ) { first, _ in first }
    self.origins = origins
    let own = tables.filter { origins[$0.name] != .otherScenario }
    self.tables = Dictionary(own.map { ($0.name, $0) }) { first, _ in first }
    foreignFiles = Self.answerNames.filter { origins[$0] == .otherScenario }.map { $0 + ".csv" }
  }

  /// Reads a folder.
  ///
  /// - Throws: `FileAccessError` where it is no result folder, `DiagnosticReport` for a damaged
  ///   file.
  package static func load(path: String) throws -> ResultFolder {
    let manifest = try FolderManifest.load(folder: path)
    let tables = try tableNames.compactMap { name -> PageTable? in
      let file = "\(path)/\(name).csv"
      guard FileManager.default.fileExists(atPath: file) else { return nil }
      let table = try CSVTable.load(path: file)
      return PageTable(
        name: name, header: table.columns,
        cells: (0..<table.rowCount).map { row in
          table.columns.indices.map { table.text(row: row, column: $0) }
        })
    }
    guard tables.contains(where: { $0.name == "portfolio" }) else {
      throw FileAccessError(path: path, reason: .system("the folder holds no portfolio.csv"))
    }
    return ResultFolder(
      name: URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent, manifest: manifest,
      tables: tables)
  }

  /// The table of that name, nil where the folder has none.
  func table(_ name: String) -> PageTable? { tables[name] }

  /// What the table of another command rests on; nil where the folder has none of that name.
  func origin(_ name: String) -> TableOrigin? { origins[name] }

  /// The arms that ran, in the order of the results.
  var arms: [String] { table("portfolio")?.arms ?? [] }

  /// The arm that others are compared with, where several ran.
  var baselineArm: String? {
    for name in ["effects", "cost_effectiveness", "attribution"] {
      if let row = table(name)?.rows.first { return row.text("baseline_arm") }
    }
    return arms.first { $0 == "none" }
  }

  /// Names of plans by their id, where the plan list gives them one of their own.
  var planNames: [String: String] {
    var names: [String: String] = [:]
    for row in table("promises")?.rows ?? [] {
      let (id, name) = (row.text("plan_id"), row.text("name"))
      if !name.isEmpty, name != id { names[id] = name }
    }
    return names
  }
}
