// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// The files of the project, found from the place of this one.
struct SourceTree {
  struct File {
    /// Path from the top of the project.
    var path: String
    var text: String

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    var suffix: String { name.split(separator: ".").last.map(String.init) ?? "" }
    var isSwift: Bool { suffix == "swift" }
    var isC: Bool { ["c", "h", "inc"].contains(suffix) }
    /// The folder below `Sources/` that the file lies in.
    var target: String? {
      let parts = path.split(separator: "/")
      return parts.count >= 3 && parts[0] == "Sources" ? String(parts[1]) : nil
    }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  static let top: URL = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Names at the top level, dotfiles included.
  static func topLevelNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: top.path).sorted()
  }

  /// Every text file in the folders and files of the project that people write, sorted by path.
  static func files() throws -> [File] {
    let written = [
      "Sources", "Tests", "Benchmarks", "Scenarios", ".ci", ".setup", "Package.swift", "README.md",
      "Makefile", ".gitignore", ".swift-format",
    ]
    var files: [File] = []
    for name in written {
      let path = top.appendingPathComponent(name).path
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        for inside in try FileManager.default.subpathsOfDirectory(atPath: path).sorted() {
          try append("\(name)/\(inside)", to: &files)
        }
      } else {
        try append(name, to: &files)
      }
    }
    return files
  }

  private static func append(_ path: String, to files: inout [File]) throws {
    let url = top.appendingPathComponent(path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
      !isFolder.boolValue,
      let text = String(data: try Data(contentsOf: url), encoding: .utf8)
    else { return }
    files.append(File(path: path, text: text))
  }
}
