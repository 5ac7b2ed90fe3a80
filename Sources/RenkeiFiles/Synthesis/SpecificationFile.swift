// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Reads specifications of plan lists.
public enum SpecificationFile {
  /// Reads a specification and the files that it extends.
  ///
  /// - Parameter path: file (YAML or JSON), or `-` for standard input.
  /// - Throws: FileAccessError, or RenkeiModel/DiagnosticReport with every problem.
  public static func load(path: String) throws -> PlanListSpecification {
    try load(
      InputBytes.contents(of: path, limit: InputBytes.scenarioLimit), source: path)
  }

  /// Reads a specification whose text is at hand.
  package static func load(
    _ bytes: [UInt8], source: String
  ) throws -> PlanListSpecification {
    let diagnostics = DiagnosticCollector()
    var chain = ScenarioChain(
      keys: SpecificationKeys.root, format: SpecificationKeys.format, diagnostics: diagnostics)
    let specification = try chain.root(of: bytes, source: source).flatMap {
      SpecificationReader(source: source, diagnostics: diagnostics).specification($0)
    }
    guard let specification, !diagnostics.hasErrors else {
      throw DiagnosticReport(diagnostics.finished())
    }
    return specification
  }
}
