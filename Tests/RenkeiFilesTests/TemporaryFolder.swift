// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A folder of its own for one test, removed at the end.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/renkei-files-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  deinit { FolderHandle.removeTree(path, in: AT_FDCWD) }

  /// Writes a file and returns its path.
  @discardableResult
  func file(_ name: String, _ text: String) throws -> String {
    try file(name, bytes: Array(text.utf8))
  }

  @discardableResult
  func file(_ name: String, bytes: [UInt8]) throws -> String {
    let target = "\(path)/\(name)"
    try SafeFile.write(bytes, to: target)
    return target
  }

  func text(_ name: String) throws -> String {
    String(decoding: try InputBytes.contents(of: "\(path)/\(name)", limit: 1 << 30), as: UTF8.self)
  }

  /// Names in the folder, sorted.
  func names(_ subfolder: String = "") -> [String] {
    guard let stream = opendir("\(path)/\(subfolder)") else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// What a reading reports: one line per problem, as a person sees it.
func problems(_ yaml: String) -> [String] { problems(Array(yaml.utf8)) }

func problems(_ bytes: [UInt8]) -> [String] {
  do {
    return try ScenarioFile.load(bytes, source: "s.yaml").warnings.map(\.description)
  } catch let report as DiagnosticReport {
    return report.diagnostics.map(\.description)
  } catch {
    return ["\(error)"]
  }
}

/// What reading a plan list reports.
func listProblems(_ csv: String) -> [String] { listProblems(Array(csv.utf8)) }

func listProblems(_ bytes: [UInt8]) -> [String] {
  let diagnostics = DiagnosticCollector()
  _ = PlanListReader.read(bytes, source: "p.csv", diagnostics: diagnostics)
  return diagnostics.finished().map(\.description)
}
