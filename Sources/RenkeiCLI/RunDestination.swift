// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Renkei

/// Where a run's files go.
enum RunDestination: Equatable {
  case folder(String)
  case standardOutput

  /// - Parameters:
  ///   - output: what `-o` states: a folder, `-`, or nil for the standard place.
  ///   - scenario: the scenario's path, or `-`.
  init(output: String?, scenario: String) {
    if let output {
      self = output == "-" ? .standardOutput : .folder(output)
      return
    }
    let file = scenario == "-" ? "stdin" : URL(fileURLWithPath: scenario).lastPathComponent
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    self = .folder("results/" + (stem.isEmpty ? file : stem))
  }

  /// The folder, nil for standard output.
  var folder: String? {
    if case .folder(let path) = self { return path }
    return nil
  }

  /// The nearest parent that exists, beneath which the folder comes into being; nil for standard
  /// output.
  var existingFolder: String? {
    guard let folder else { return nil }
    var parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    while !FileManager.default.fileExists(atPath: parent), parent.count > 1 {
      parent = URL(fileURLWithPath: parent).deletingLastPathComponent().path
    }
    return parent
  }

  /// Finds out before a long run whether the folder can be written, creating nothing.
  ///
  /// - Parameter inputs: files that the run reads, which no result folder may replace.
  /// - Throws: `FileWriteError` or `CommandFailure`, exit code 73.
  func check(force: Bool, inputs: [InputFile]) throws {
    guard let folder else { return }
    try ResultFolderWriter.check(path: folder, force: force)
    for input in inputs where input.path != "-" && Self.contains(folder, input.path) {
      throw CommandFailure(
        .cannotCreate,
        "\(DisplayWidth.printable(folder)) holds \(DisplayWidth.printable(input.path)), which this "
          + "run reads; choose another folder with -o")
    }
    guard let parent = existingFolder else { return }
    if access(parent, W_OK | X_OK) != 0 {
      throw FileWriteError(
        kind: .cannotCreate, path: folder, operation: "look up", errorNumber: errno)
    }
  }

  /// Whether a file lies in a folder or below it, links followed.
  private static func contains(_ folder: String, _ file: String) -> Bool {
    let parts = URL(fileURLWithPath: folder).resolvingSymlinksInPath().standardizedFileURL
      .pathComponents
    return URL(fileURLWithPath: file).resolvingSymlinksInPath().standardizedFileURL.pathComponents
      .starts(with: parts)
  }
}
