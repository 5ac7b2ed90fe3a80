// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles

/// The result files of a finished run, read back.
package enum ResultSnapshot {
  /// What a folder holds beside results: two runs of different scenarios state different
  /// assumptions, which is no difference of their results.
  private static let inputFiles: Set<String> = ["assumptions.csv"]

  /// Every result file of a folder by name, or the one CSV file at `path`.
  ///
  /// - Throws: `FileAccessError` where nothing can be read, `DiagnosticReport` for a damaged file.
  package static func tables(at path: String) throws -> [ComparedTable] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [try table(at: path, name: name(of: path))] }
    let entries: [String]
    do {
      entries = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw FileAccessError(path: path, reason: .permissionDenied)
    }
    let files = entries.filter { $0.hasSuffix(".csv") && !inputFiles.contains($0) }.sorted()
    guard !files.isEmpty else {
      throw FileAccessError(path: path, reason: .system("the folder holds no CSV file"))
    }
    return try files.map { try table(at: path + "/" + $0, name: name(of: $0)) }
  }

  /// Both sides of a comparison; two single files are of one kind, whatever their names.
  package static func pair(_ a: String, _ b: String) throws -> ([ComparedTable], [ComparedTable]) {
    let (tablesA, tablesB) = (try tables(at: a), try tables(at: b))
    guard tablesA.count == 1, tablesB.count == 1, a.hasSuffix(".csv"), b.hasSuffix(".csv") else {
      return (tablesA, tablesB)
    }
    let other = tablesB[0]
    return (
      tablesA, [ComparedTable(name: tablesA[0].name, header: other.header, rows: other.rows)]
    )
  }

  /// The hash of the quantile tables that the manifest of a result folder states; nil where there
  /// is none to read.
  package static func tablesHash(at path: String) -> String? {
    guard
      let bytes = try? InputBytes.contents(
        of: path + "/" + ResultFolderWriter.manifestName, limit: InputBytes.scenarioLimit),
      let manifest = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      let tables = manifest["tables"] as? [String: Any]
    else { return nil }
    return tables["fnv1a64"] as? String
  }

  private static func table(at path: String, name: String) throws -> ComparedTable {
    let table = try CSVTable.load(path: path)
    let rows = (0..<table.rowCount).map { row in
      table.columns.indices.map { table.text(row: row, column: $0) }
    }
    return ComparedTable(name: name, header: table.columns, rows: rows)
  }

  private static func name(of path: String) -> String {
    let file = URL(fileURLWithPath: path).lastPathComponent
    return file.hasSuffix(".csv") ? String(file.dropLast(4)) : file
  }
}
