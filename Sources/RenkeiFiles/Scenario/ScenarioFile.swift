// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A file that went into a scenario, for the run's manifest.
public struct InputFile: Sendable, Equatable {
  /// Path as it was opened; `-` for standard input.
  public let path: String
  /// What was read.
  private let bytes: [UInt8]

  /// - Parameter bytes: the whole file.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// SHA-256 of the bytes that were read, 64 hexadecimal digits.
  ///
  /// Complexity: O(bytes), anew each time: only a run that keeps its results needs it.
  public var sha256: String { SHA256.hexadecimal(of: bytes) }

  /// Checks that the file still is what was read; standard input cannot be read again.
  ///
  /// - Throws: FileAccessError where it has changed or cannot be read any more.
  public func checkUnchanged() throws(FileAccessError) {
    guard path != "-" else { return }
    guard try InputBytes.contents(of: path, limit: InputBytes.tableLimit) == bytes else {
      throw FileAccessError(path: path, reason: .changed)
    }
  }
}

/// A scenario as read, with what was unusual and what it was read from.
public struct LoadedScenario: Sendable {
  public let scenario: Scenario
  /// What is unusual but not wrong.
  public let warnings: [Diagnostic]
  /// The scenario file, the files that it extends, nearest first, then the plan list where it is a
  /// file of its own, then files of observations.
  public let inputFiles: [InputFile]
}

/// Reads scenario files.
public enum ScenarioFile {
  /// Reads a scenario, the files that it extends and its plan list, each file once.
  ///
  /// - Parameters:
  ///   - path: scenario file (YAML or JSON), or `-` for standard input.
  ///   - overrides: values laid over it, the later over the earlier.
  /// - Throws: FileAccessError where a file cannot be read and nothing else is wrong;
  ///   RenkeiModel/DiagnosticReport with every problem of all files otherwise.
  public static func load(
    path: String, overrides: [ScenarioOverride] = []
  ) throws -> LoadedScenario {
    let bytes = try InputBytes.contents(of: path, limit: InputBytes.scenarioLimit)
    return try load(bytes, source: path, overrides: overrides)
  }

  /// Reads a scenario whose text is at hand.
  ///
  /// - Parameters:
  ///   - bytes: text of the scenario file.
  ///   - source: its path for messages; other files are looked for relative to its folder.
  ///   - overrides: values laid over it, the later over the earlier.
  package static func load(
    _ bytes: [UInt8], source: String, overrides: [ScenarioOverride] = []
  ) throws -> LoadedScenario {
    let diagnostics = DiagnosticCollector()
    var chain = ScenarioChain(diagnostics: diagnostics)
    let reader = ScenarioReader(source: source, diagnostics: diagnostics)
    guard let stated = try chain.root(of: bytes, source: source) else {
      throw DiagnosticReport(diagnostics.finished())
    }
    let root = OverrideReader(diagnostics: diagnostics).applying(overrides, to: stated)
    var observations = ObservationFiles(diagnostics: diagnostics)
    guard var draft = reader.draft(observations.filled(root)) else {
      throw DiagnosticReport(diagnostics.finished())
    }
    var files = chain.files
    var failures = observations.failures
    switch draft.planSource {
    case .list(let field):
      draft.scenario.plans = reader.inlinePlans(field)
    case .file(let name, let encoding):
      let path = StatedPath.resolved(name.value, statedAt: name.location)
      do throws(FileAccessError) {
        let table = try InputBytes.table(of: path, statedAt: name.location)
        files.append(InputFile(path: path, bytes: table))
        draft.scenario.plans = PlanListReader.read(
          table, encoding: encoding, source: path, diagnostics: diagnostics)
      } catch {
        failures.append((error, "plans.file", name))
      }
    case nil: break
    }
    if let count = draft.planCount { draft.scenario.plans.resize(to: count) }
    if diagnostics.hasErrors || failures.count > 1 {
      for (error, key, stated) in failures {
        diagnostics.error(
          "unreadable-file", at: stated.location, key: key, value: stated.value,
          "the \(key == "plans.file" ? "plan list" : "file") cannot be read: \(error.explanation)")
      }
    }
    if diagnostics.hasErrors {
      if failures.isEmpty { reportInconsistencies(of: draft.scenario, diagnostics) }
      throw DiagnosticReport(diagnostics.finished())
    }
    if let failure = failures.first { throw failure.error }
    return LoadedScenario(
      scenario: draft.scenario, warnings: diagnostics.finished(),
      inputFiles: files + observations.inputFiles)
  }

  /// Reports references that lead nowhere, and terms that contradict each other, in a scenario whose
  /// reading already failed, so that they show at once; the other checks of the whole would judge
  /// values that could not be read.
  private static func reportInconsistencies(
    of scenario: Scenario, _ diagnostics: DiagnosticCollector
  ) {
    var scenario = scenario
    // Columns are those of the whole list, and cells of a file name no inputs.
    scenario.plans.rows = Array(scenario.plans.rows.prefix(DiagnosticCollector.limit))
    do {
      _ = try scenario.checked()
    } catch {
      // All are judged before the first is reported.
      let problems = error.errors.filter { problem in
        guard let keys = keysRead(before: problem, in: scenario) else { return false }
        return !keys.contains { diagnostics.hasErrors(under: $0) }
      }
      for problem in problems { diagnostics.report(problem) }
    }
  }

  /// The keys that must have been read for a problem to be one; nil where nobody can tell.
  private static func keysRead(before problem: Diagnostic, in scenario: Scenario) -> [String]? {
    switch problem.code {
    case "unknown-column": return scenario.plans.columns.isEmpty ? nil : []
    case "unknown-input": return ["inputs"]
    case "unknown-arm": return ["arms"]
    case "duplicate-measure", "changed-calibration": return ["arms", "calibrated_to"]
    case "undescribed-measure": return ["arms", "support"]
    case "grace-reaches-term", "cap-below-floor", "special-rate":
      // support.<section>.<term>, or the same below an arm's `set`.
      let names = (problem.key ?? "").split(separator: ".")
      guard let place = names.firstIndex(of: "support"), place + 1 < names.endIndex else {
        return nil
      }
      return ["arms", "inputs", "support.\(names[place + 1])"]
    default: return nil
    }
  }
}
