// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Reads specifications of plan lists.
public enum SpecificationFile {
  /// Reads a specification.
  ///
  /// - Parameter path: its file (YAML or JSON), or `-` for standard input.
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
    let specification = YAMLDocument.read(bytes, source: source, diagnostics: diagnostics)
      .flatMap {
        SpecificationReader(source: source, diagnostics: diagnostics).specification($0)
      }
    guard let specification, !diagnostics.hasErrors else {
      throw DiagnosticReport(diagnostics.finished())
    }
    return specification
  }
}
