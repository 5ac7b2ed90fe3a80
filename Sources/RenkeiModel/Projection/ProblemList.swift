// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Collects the problems of one scenario; the same problem at the same place counts once.
struct ProblemList {
  /// Problems of one severity that are kept; more are only counted.
  static let limit = 1_000

  private(set) var diagnostics: [Diagnostic] = []
  private var seen: Set<String> = []
  private var (errorCount, warningCount) = (0, 0)

  var hasErrors: Bool { errorCount > 0 }

  mutating func add(_ diagnostic: Diagnostic) {
    let isError = diagnostic.severity == .error
    if (isError ? errorCount : warningCount) >= Self.limit {
      if isError { errorCount += 1 } else { warningCount += 1 }
      return
    }
    guard seen.insert(diagnostic.description).inserted else { return }
    diagnostics.append(diagnostic)
    if isError { errorCount += 1 } else { warningCount += 1 }
  }

  mutating func error(
    _ code: String, at location: SourceLocation, key: String? = nil, value: String? = nil,
    _ message: String, allowed: String? = nil, suggestion: String? = nil
  ) {
    add(
      Diagnostic(
        .error, code: code, at: location, key: key, value: value, message: message,
        allowed: allowed, suggestion: suggestion))
  }

  mutating func warn(
    _ code: String, at location: SourceLocation, key: String? = nil, value: String? = nil,
    _ message: String, allowed: String? = nil, suggestion: String? = nil
  ) {
    add(
      Diagnostic(
        .warning, code: code, at: location, key: key, value: value, message: message,
        allowed: allowed, suggestion: suggestion))
  }

  /// By place: the scenario file first, then other files by name, each by line and column; at the
  /// end a line for what was only counted.
  func sorted(mainFile: String) -> [Diagnostic] {
    let counts = [(Diagnostic.Severity.error, errorCount), (.warning, warningCount)]
    return kept(mainFile: mainFile)
      + counts.filter { $0.1 > Self.limit }.map { severity, count in
        Diagnostic(
          severity, code: "more-problems", at: SourceLocation(file: mainFile),
          message: "and \(count - Self.limit) more of the same run of checks")
      }
  }

  private func kept(mainFile: String) -> [Diagnostic] {
    diagnostics.enumerated().sorted { a, b in
      let (p, q) = (a.element.location, b.element.location)
      let isMain = (p.file == mainFile, q.file == mainFile)
      if isMain.0 != isMain.1 { return isMain.0 }
      if p.file != q.file { return p.file < q.file }
      return (p.line, p.column, a.offset) < (q.line, q.column, b.offset)
    }.map(\.element)
  }
}

/// Words of messages.
enum Phrase {
  /// A number to four significant digits, whole numbers in full.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    if value == value.rounded(), value.magnitude < 1e15 { return plain(value) }
    var unit = 1.0
    while value.magnitude / unit >= 10 { unit *= 10 }
    if unit > 1 || value.magnitude >= 1 {
      let step = unit / 1000
      let rounded =
        step >= 1 ? (value / step).rounded() * step : (value / step).rounded() / (1000 / unit)
      return plain(rounded)
    }
    var factor = 1000.0
    while value.magnitude * factor < 1000, factor < 1e300 { factor *= 10 }
    return "\((value * factor).rounded() / factor)"
  }

  /// How possible values leave `range`: "can fall to -1 and rise to 3"; nil where they do not.
  static func excess(of bounds: ClosedRange<Double>, over range: ValueRange) -> String? {
    var parts: [String] = []
    if range.contains(bounds.lowerBound) == false, bounds.lowerBound <= range.lower {
      parts.append("fall to \(number(bounds.lowerBound))")
    }
    if range.contains(bounds.upperBound) == false, bounds.upperBound >= range.upper {
      parts.append("rise to \(number(bounds.upperBound))")
    }
    if parts.isEmpty {
      if range.contains(bounds.lowerBound), range.contains(bounds.upperBound) { return nil }
      parts.append(
        range.contains(bounds.lowerBound)
          ? "fall to \(number(bounds.upperBound))" : "rise to \(number(bounds.lowerBound))")
    }
    return "can " + parts.joined(separator: " and ")
  }

  /// `3 plans (P1, P2, P3)`, at most five of them by name.
  static func plans(_ ids: [String]) -> String {
    let shown = ids.prefix(5).joined(separator: ", ") + (ids.count > 5 ? ", …" : "")
    return "\(ids.count) \(ids.count == 1 ? "plan" : "plans") (\(shown))"
  }

  /// `$a`, `$a and $b`, `$a, $b and $c`.
  static func inputs(_ names: [String]) -> String {
    let words = names.map { "$" + $0 }
    guard words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
  }
}

/// A number in plain decimal notation: sign, digits, point, exponent; nothing else.
///
/// Unlike `Double(_:)` it refuses `nan`, `inf` and hexadecimal.
func plainDecimal(_ text: String) -> Double? {
  let bytes = text.utf8
  let isDecimal = bytes.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
  guard isDecimal, let value = Double(text), value.isFinite else { return nil }
  return value
}
