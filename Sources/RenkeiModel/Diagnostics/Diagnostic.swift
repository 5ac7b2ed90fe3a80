// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in a text that a person wrote: a file, a line and a column, both counted from 1.
public struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
  /// The path as the person gave it, or a name such as `--seed` for a command-line value.
  public let file: String
  /// Line, from 1; 0 where the whole file is meant.
  public let line: Int
  /// Column in characters, from 1; 0 where the whole line is meant.
  public let column: Int

  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  public var description: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }
}

/// One problem in what a person wrote, with all that is needed to mend it.
public struct Diagnostic: Sendable, Equatable {
  public enum Severity: String, Sendable {
    case error
    case warning
  }

  public let severity: Severity
  /// A stable, hyphenated name of the kind of problem, for example `unknown-key`.
  public let code: String
  public let location: SourceLocation
  /// Dotted path of the key, for example `plans.defaults.attainment`; nil where no key is meant.
  public let key: String?
  /// The value as written.
  public let value: String?
  /// What is wrong, as a clause without a final stop.
  public let message: String
  /// What would be right, for example `a number from 0 to 1`.
  public let allowed: String?
  /// What the person probably meant.
  public let suggestion: String?

  public init(
    _ severity: Severity = .error, code: String, at location: SourceLocation, key: String? = nil,
    value: String? = nil, message: String, allowed: String? = nil, suggestion: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.location = location
    self.key = key
    self.value = value
    self.message = message
    self.allowed = allowed
    self.suggestion = suggestion
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: key: message (value …; allowed …; suggestion)`.
  public var description: String {
    var text = "\(location): \(severity.rawValue): "
    if let key { text += "\(key): " }
    text += message
    var details: [String] = []
    if let value { details.append("got \(Self.quoted(value))") }
    if let allowed { details.append("allowed: \(allowed)") }
    if let suggestion { details.append(suggestion) }
    if !details.isEmpty { text += " (" + details.joined(separator: "; ") + ")" }
    return text
  }

  /// A value in quotes, with control characters escaped and overlong text cut, so that a
  /// hostile cell cannot disturb a terminal.
  static func quoted(_ value: String) -> String {
    var text = "'"
    for scalar in value.unicodeScalars.prefix(80) {
      let isInvisible =
        scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .format
      text += isInvisible ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    if value.unicodeScalars.count > 80 { text += "…" }
    return text + "'"
  }
}

/// All problems found in one go; thrown only when at least one is an error.
public struct DiagnosticReport: Error, Sendable {
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }
}
