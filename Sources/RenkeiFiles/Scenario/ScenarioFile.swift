// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A file that went into a scenario, for the run's manifest.
public struct InputFile: Sendable, Equatable {
  /// Path as it was opened; `-` for standard input.
  public let path: String
  /// SHA-256 of the bytes that were read, 64 hexadecimal digits.
  public let sha256: String

  public init(path: String, sha256: String) {
    self.path = path
    self.sha256 = sha256
  }
}

/// A scenario as read, with what was unusual and what it was read from.
public struct LoadedScenario: Sendable {
  public let scenario: Scenario
  /// What is unusual but not wrong.
  public let warnings: [Diagnostic]
  /// The scenario file, then the plan list where it is a file of its own, then files of
  /// observations.
  public let inputFiles: [InputFile]
}

/// Reads scenario files.
public enum ScenarioFile {
  /// Reads a scenario and its plan list, each file once.
  ///
  /// - Parameter path: scenario file (YAML or JSON), or `-` for standard input.
  /// - Throws: FileAccessError where a file cannot be read and nothing else is wrong;
  ///   RenkeiModel/DiagnosticReport with every problem of both files otherwise.
  public static func load(path: String) throws -> LoadedScenario {
    let bytes = try InputBytes.contents(of: path, limit: InputBytes.scenarioLimit)
    return try load(bytes, source: path)
  }

  /// Reads a scenario whose text is at hand.
  ///
  /// - Parameters:
  ///   - bytes: text of the scenario file.
  ///   - source: its path for messages; a plan list is looked for relative to its folder.
  package static func load(_ bytes: [UInt8], source: String) throws -> LoadedScenario {
    let diagnostics = DiagnosticCollector()
    var files = [InputFile(path: source, sha256: SHA256.hexadecimal(of: bytes))]
    let reader = ScenarioReader(source: source, diagnostics: diagnostics)
    var observations = ObservationFiles(diagnostics: diagnostics)
    guard let root = YAMLDocument.read(bytes, source: source, diagnostics: diagnostics),
      var draft = reader.draft(observations.filled(root))
    else { throw DiagnosticReport(diagnostics.finished()) }
    var failures = observations.failures
    switch draft.planSource {
    case .list(let field):
      draft.scenario.plans = reader.inlinePlans(field)
    case .file(let name):
      let path = resolved(name.value, relativeTo: source)
      do throws(FileAccessError) {
        let table = try InputBytes.contents(
          of: path, limit: InputBytes.tableLimit, statedAt: name.location)
        files.append(InputFile(path: path, sha256: SHA256.hexadecimal(of: table)))
        draft.scenario.plans = PlanListReader.read(table, source: path, diagnostics: diagnostics)
      } catch {
        failures.append((error, "plans.file", name))
      }
    case nil: break
    }
    if diagnostics.hasErrors || failures.count > 1 {
      for (error, key, stated) in failures {
        diagnostics.error(
          "unreadable-file", at: stated.location, key: key, value: stated.value,
          "the \(key == "plans.file" ? "plan list" : "file") cannot be read: \(error.explanation)")
      }
    }
    if diagnostics.hasErrors { throw DiagnosticReport(diagnostics.finished()) }
    if let failure = failures.first { throw failure.error }
    return LoadedScenario(
      scenario: draft.scenario, warnings: diagnostics.finished(),
      inputFiles: files + observations.inputFiles)
  }

  /// `path` as seen from the folder of the file that states it.
  static func resolved(_ path: String, relativeTo source: String) -> String {
    // "-" is a file of that name here: standard input belongs to the scenario.
    if path == "-" { return "./-" }
    guard !path.hasPrefix("/"), let slash = source.lastIndex(of: "/") else { return path }
    return String(source[...slash]) + path
  }
}
