// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Diagnostics as lines for a person, with their number at the end.
package enum DiagnosticText {
  /// Every diagnostic on its own line in the order found, then how many of each kind; empty for
  /// none.
  package static func lines(
    _ diagnostics: [Diagnostic], style: TextStyle = .plain
  ) -> [String] {
    guard !diagnostics.isEmpty else { return [] }
    let lines = diagnostics.map { diagnostic in
      let text = diagnostic.description
      return diagnostic.severity == .error ? style.error(text) : style.warning(text)
    }
    return lines + [count(diagnostics)]
  }

  /// `2 errors, 1 warning`.
  private static func count(_ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    var parts: [String] = []
    if errors > 0 { parts.append("\(errors) error" + (errors == 1 ? "" : "s")) }
    if warnings > 0 { parts.append("\(warnings) warning" + (warnings == 1 ? "" : "s")) }
    return parts.joined(separator: ", ")
  }
}
