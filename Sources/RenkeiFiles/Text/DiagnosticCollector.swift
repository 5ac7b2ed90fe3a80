// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Gathers every problem of one reading, so that a person sees all of them at once.
///
/// Keeps at most limit problems of each severity and counts the rest.
package final class DiagnosticCollector {
  /// Problems of one severity that are kept.
  package static let limit = 1_000

  private var kept: [Diagnostic] = []
  private var errorTotal = 0
  private var warningTotal = 0

  package init() {}

  /// Whether at least one error was reported.
  package var hasErrors: Bool { errorTotal > 0 }

  /// Whether an error was reported at the key `key` or below it.
  package func hasErrors(under key: String) -> Bool {
    kept.contains { problem in
      guard problem.severity == .error, let place = problem.key else { return false }
      return place == key || place.hasPrefix(key + ".") || place.hasPrefix(key + "[")
    }
  }

  /// Number of errors so far, those beyond the limit included.
  package var errorCount: Int { errorTotal }

  /// Whether one more error would only be counted.
  package var isFull: Bool { errorTotal >= Self.limit }

  package func report(_ diagnostic: Diagnostic) {
    if count(diagnostic.severity) { kept.append(diagnostic) }
  }

  /// Reports an error. What is only counted is not built: places can be costly to find.
  package func error(
    _ code: String, at location: @autoclosure () -> SourceLocation, key: String? = nil,
    value: String? = nil, _ message: @autoclosure () -> String, allowed: String? = nil,
    suggestion: @autoclosure () -> String? = nil
  ) {
    guard count(.error) else { return }
    kept.append(
      Diagnostic(
        code: code, at: location(), key: key, value: value, message: message(), allowed: allowed,
        suggestion: suggestion()))
  }

  package func warning(
    _ code: String, at location: @autoclosure () -> SourceLocation, key: String? = nil,
    value: String? = nil, _ message: @autoclosure () -> String, allowed: String? = nil,
    suggestion: @autoclosure () -> String? = nil
  ) {
    guard count(.warning) else { return }
    kept.append(
      Diagnostic(
        .warning, code: code, at: location(), key: key, value: value, message: message(),
        allowed: allowed, suggestion: suggestion()))
  }

  /// Counts a problem; true where it is to be kept.
  private func count(_ severity: Diagnostic.Severity) -> Bool {
    switch severity {
    case .error:
      errorTotal += 1
      return errorTotal <= Self.limit
    case .warning:
      warningTotal += 1
      return warningTotal <= Self.limit
    }
  }

  /// Everything reported, file by file in order of first appearance, by line and column within a
  /// file, then a line for what was only counted.
  package func finished() -> [Diagnostic] {
    var fileOrder: [String: Int] = [:]
    for diagnostic in kept where fileOrder[diagnostic.location.file] == nil {
      fileOrder[diagnostic.location.file] = fileOrder.count
    }
    let sorted = kept.enumerated().sorted { a, b in
      let (left, right) = (a.element.location, b.element.location)
      return (fileOrder[left.file] ?? 0, left.line, left.column, a.offset)
        < (fileOrder[right.file] ?? 0, right.line, right.column, b.offset)
    }
    var result = sorted.map(\.element)
    for (severity, total) in [
      (Diagnostic.Severity.error, errorTotal), (.warning, warningTotal),
    ] where total > Self.limit {
      let file = result.last { $0.severity == severity }?.location.file ?? ""
      let noun = severity == .error ? "error" : "warning"
      let more = total - Self.limit
      result.append(
        Diagnostic(
          severity, code: "more-problems", at: SourceLocation(file: file),
          message: "and \(more) more \(noun)\(more == 1 ? "" : "s") of the same run of checks"))
    }
    return result
  }
}
