// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Yams

/// Words for what the YAML parser refuses.
enum SyntaxProblem {
  /// A diagnostic at the parser's mark, with a remedy for the usual slips.
  static func diagnostic(for error: YamlError, source: String) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let place = SourceLocation(file: source, line: mark.line, column: mark.column)
      let begins = context.map { " (\($0.text), which begins in line \($0.mark.line))" } ?? ""
      return Diagnostic(
        code: "yaml-syntax", at: place, message: "YAML syntax: \(problem)" + begins,
        suggestion: remedy(for: problem))
    case .reader(let problem, _, _, _):
      return Diagnostic(
        code: "yaml-syntax", at: SourceLocation(file: source), message: "YAML syntax: \(problem)")
    default:
      return Diagnostic(
        code: "yaml-syntax", at: SourceLocation(file: source),
        message: "the file cannot be parsed as YAML")
    }
  }

  private static func remedy(for problem: String) -> String? {
    switch problem {
    case "mapping values are not allowed in this context":
      "put text that contains ': ' in quotes, and check the indentation"
    case "did not find expected key", "did not find expected '-' indicator":
      "check that this line is indented like its siblings"
    case "could not find expected ':'":
      "write 'key: value', with a space after the colon"
    case "found character that cannot start any token":
      "put text that begins with '@', '`', '%' or a tab in quotes"
    case "found unexpected end of stream":
      "close the quote or bracket that is still open"
    case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
      "separate entries by ', ' and close the bracket"
    default:
      nil
    }
  }
}
