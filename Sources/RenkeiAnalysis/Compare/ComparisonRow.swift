// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// What the comparison of two numbers says.
package enum ComparisonVerdict: String, Sendable, CaseIterable {
  /// The same number or text.
  case identical
  /// The 95% interval of the difference excludes 0.
  case real
  /// The 95% interval of the difference includes 0.
  case noise
  /// They differ, and the files hold no standard error to judge it by.
  case noError = "no_error"
  /// A value, row, column or file of the first result alone.
  case onlyA = "only_a"
  /// A value, row, column or file of the second result alone.
  case onlyB = "only_b"
}

/// Where a compared number stands; empty where a part does not apply.
package struct ComparisonPlace: Sendable, Equatable {
  package var table = ""
  package var armA = ""
  package var armB = ""
  package var measure = ""
  package var year = ""
  package var planID = ""
  package var groupBy = ""
  package var group = ""
  /// All other key cells of the row, joined by `/`: the counted metric, the threshold.
  package var item = ""
  /// The compared column; empty where a whole row or file is missing.
  package var metric = ""
}

/// Two numbers of the same meaning from two results.
package struct ComparisonRow: Sendable, Equatable {
  package let place: ComparisonPlace
  package let a: Double?
  package let b: Double?
  /// The 95% interval of b − a, where both have a standard error above 0.
  package let interval95: Interval?
  /// (b − a) over its standard error √(se_a² + se_b²).
  package let z: Double?
  package let verdict: ComparisonVerdict

  /// b − a.
  package var difference: Double? {
    guard let a, let b else { return nil }
    return b - a
  }

  /// b / a; nil where a is 0.
  package var ratio: Double? {
    guard let a, let b, a != 0 else { return nil }
    return b / a
  }

  /// Whether the two differ by more than `tolerance`: |b − a| > tolerance · max(1, |a|, |b|).
  ///
  /// So the tolerance is absolute for numbers up to 1 (probabilities and shares) and relative for
  /// larger ones (yen and counts). What is in one result only, and text that differs, exceeds every
  /// tolerance.
  package func exceeds(tolerance: Double) -> Bool {
    if verdict == .identical { return false }
    guard let a, let b else { return true }
    return (b - a).magnitude > tolerance * max(1, a.magnitude, b.magnitude)
  }
}
