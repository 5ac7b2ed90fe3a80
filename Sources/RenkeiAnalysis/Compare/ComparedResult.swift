// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles
import RenkeiModel

/// One side of a comparison: tables, what is known of the run, and its path totals if it kept them.
package struct ComparedResult: Sendable {
  /// As the person named it.
  package var name: String
  package var tables: [ComparedTable]
  package var facts: RunFacts
  package var totals: KeptTotals?

  package init(
    name: String, tables: [ComparedTable], facts: RunFacts = RunFacts(), totals: KeptTotals? = nil
  ) {
    self.name = name
    self.tables = tables
    self.facts = facts
    self.totals = totals
  }

  /// A result folder, or one CSV file of it.
  ///
  /// - Throws: `FileAccessError` where nothing can be read, `DiagnosticReport` for damaged files.
  package static func load(path: String) throws -> ComparedResult {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue ? try folder(path) : try file(path)
  }

  private static func file(_ path: String) throws -> ComparedResult {
    let url = URL(fileURLWithPath: path)
    var result = ComparedResult(name: path, tables: [.file(path)])
    // The manifest beside a file tells the number of paths and what must agree.
    let manifest = url.deletingLastPathComponent().path + "/" + ResultFolderWriter.manifestName
    if let facts = try RunFacts.load(manifest: manifest),
      facts.files.contains(url.lastPathComponent)
    {
      result.facts = facts
    }
    try result.complete()
    return result
  }

  /// Files of a result folder that hold what results rest on, and how a run came to its end.
  private static let otherFiles: Set<String> = ["assumptions.csv", "convergence.csv", "draws.csv"]

  private static func folder(_ path: String) throws -> ComparedResult {
    let entries: [String]
    do {
      entries = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw FileAccessError(path: path, reason: .permissionDenied)
    }
    // Draws have no error to be judged by: totals are compared path by path instead.
    // Assumptions of two scenarios differ by intent, not as results do.
    let files = entries.filter { $0.hasSuffix(".csv") && !Self.otherFiles.contains($0) }.sorted()
    guard !files.isEmpty else {
      throw FileAccessError(path: path, reason: .system("the folder holds no CSV file"))
    }
    var result = ComparedResult(name: path, tables: files.map { .file(path + "/" + $0) })
    let manifest = path + "/" + ResultFolderWriter.manifestName
    if let facts = try RunFacts.load(manifest: manifest) { result.facts = facts }
    try result.complete()
    result.totals = try KeptTotals.load(folder: path, facts: result.facts)
    return result
  }

  /// Fills in what no manifest told from the tables themselves.
  package mutating func complete() throws {
    if let portfolio = tables.first(where: { $0.name == "portfolio" }), facts.horizonYears == nil {
      let stream = try portfolio.open()
      if let year = stream.columns.firstIndex(of: "year") {
        while try stream.next() {
          if let value = Int(stream.text(year)) {
            facts.horizonYears = max(value, facts.horizonYears ?? 0)
          }
        }
      }
    }
    if let goal = tables.first(where: { $0.name == "goal" }) {
      let stream = try goal.open()
      let (yen, paths) = (
        stream.columns.firstIndex(of: "goal_yen"), stream.columns.firstIndex(of: "paths")
      )
      while try stream.next() {
        if let yen, facts.goalYen == nil { facts.goalYen = DecimalBytes.value(stream.cell(yen)) }
        if let paths, facts.paths == nil { facts.paths = Int(stream.text(paths)) }
      }
    }
    if facts.arms.isEmpty { facts.arms = try tables.first { $0.name == "portfolio" }?.arms() ?? [] }
    if facts.arms.isEmpty {
      for table in tables {
        let arms = try table.arms()
        if !arms.isEmpty {
          facts.arms = arms
          break
        }
      }
    }
  }
}

/// A result file that can be read from its start as often as needed.
package struct ComparedTable: Sendable {
  /// The file's name without `.csv`, for example `portfolio`.
  package let name: String
  package let open: @Sendable () throws -> CSVStream

  package init(name: String, open: @escaping @Sendable () throws -> CSVStream) {
    self.name = name
    self.open = open
  }

  /// A CSV file on disk.
  package static func file(_ path: String) -> ComparedTable {
    let file = URL(fileURLWithPath: path).lastPathComponent
    return ComparedTable(name: file.hasSuffix(".csv") ? String(file.dropLast(4)) : file) {
      try CSVStream(path: path)
    }
  }

  /// The bytes of a CSV file.
  package static func bytes(_ bytes: [UInt8], name: String) -> ComparedTable {
    ComparedTable(name: name) { try CSVStream(bytes, source: name + ".csv") }
  }

  /// The same content under another name.
  func named(_ name: String) -> ComparedTable { ComparedTable(name: name, open: open) }

  /// The names of the arms, in order of first appearance.
  func arms() throws -> [String] {
    let stream = try open()
    guard let column = stream.columns.firstIndex(of: "arm") else { return [] }
    var names: [String] = []
    while try stream.next() {
      let name = stream.text(column)
      if names.last != name, !names.contains(name) { names.append(name) }
    }
    return names
  }
}
