// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Diagnostics as lines for a person, with their number at the end.
package enum DiagnosticText {
  /// Every diagnostic on its own line in the order found, then how many of each kind; empty for
  /// none.
  package static func lines(
    _ diagnostics: [Diagnostic], language: ReportLanguage, style: TextStyle = .plain
  ) -> [String] {
    guard !diagnostics.isEmpty else { return [] }
    let lines = diagnostics.map { diagnostic in
      let text = diagnostic.description
      return diagnostic.severity == .error ? style.error(text) : style.warning(text)
    }
    return lines + [count(diagnostics, language)]
  }

  /// `2 errors, 1 warning`.
  static func count(_ diagnostics: [Diagnostic], _ language: ReportLanguage) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    var parts: [String] = []
    switch language {
    case .english:
      if errors > 0 { parts.append("\(errors) error" + (errors == 1 ? "" : "s")) }
      if warnings > 0 { parts.append("\(warnings) warning" + (warnings == 1 ? "" : "s")) }
      return parts.joined(separator: ", ")
    case .japanese:
      if errors > 0 { parts.append("エラー\(errors)件") }
      if warnings > 0 { parts.append("警告\(warnings)件") }
      return parts.joined(separator: "、")
    }
  }
}
