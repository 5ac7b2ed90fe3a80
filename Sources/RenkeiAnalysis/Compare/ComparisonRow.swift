// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// What the comparison of two numbers says.
package enum ComparisonVerdict: String, Sendable, CaseIterable {
  /// The same number or text.
  case identical
  /// The 95% interval of the difference excludes 0.
  case real
  /// The 95% interval of the difference includes 0 and holds nothing that would matter.
  case noise
  /// The interval includes 0 and differences that would matter too.
  case morePaths = "more_paths"
  /// They differ, and there is no standard error to judge it by.
  case noError = "no_error"
  /// A value, row, column or file of the first result alone.
  case onlyA = "only_a"
  /// A value, row, column or file of the second result alone.
  case onlyB = "only_b"

  /// Whether an interval decided.
  package var isJudged: Bool { self == .real || self == .noise || self == .morePaths }
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

  package init(table: String) {
    self.table = table
  }
}

/// Two numbers of the same meaning and what their difference says.
package struct ComparedFigures: Sendable, Equatable {
  package let a: Double?
  package let b: Double?
  /// The 95% interval of b − a, where there is an error to judge it by.
  package let interval95: Interval?
  /// Of b − a, where there is an error to judge it by.
  package let standardError: Double?
  /// (b − a) over its standard error.
  package let z: Double?
  /// Whether the error is that of differences path by path.
  package let isPaired: Bool
  package let verdict: ComparisonVerdict
  /// With ``ComparisonVerdict/morePaths``: paths on each side at which the verdict is sure to be
  /// real or noise; nil where the number of paths is not known.
  package let pathsNeeded: Int?

  package init(
    a: Double?, b: Double?, _ verdict: ComparisonVerdict, interval95: Interval? = nil,
    standardError: Double? = nil, z: Double? = nil, isPaired: Bool = false,
    pathsNeeded: Int? = nil
  ) {
    self.a = a
    self.b = b
    self.interval95 = interval95
    self.standardError = standardError
    self.z = z
    self.isPaired = isPaired
    self.verdict = verdict
    self.pathsNeeded = pathsNeeded
  }

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

/// Two numbers with their place.
package struct ComparisonRow: Sendable, Equatable {
  package let place: ComparisonPlace
  package let figures: ComparedFigures

  package init(_ figures: ComparedFigures, at place: ComparisonPlace) {
    self.place = place
    self.figures = figures
  }
}

/// Who wants to know what a comparison finds, value by value.
package protocol ComparisonVisitor: AnyObject {
  /// Whether identical values are visited one by one; else they are only counted.
  var wantsIdentical: Bool { get }
  /// What follows is of the file of that name.
  func begin(table: String)
  /// So many more values are identical.
  func addIdentical(_ count: Int)
  /// The next value; its place costs time to tell.
  func visit(_ figures: ComparedFigures, _ place: () -> ComparisonPlace) throws
}

/// A visitor that keeps everything.
package final class ComparisonRecorder: ComparisonVisitor {
  package private(set) var rows: [ComparisonRow] = []
  package let wantsIdentical = true

  package init() {}

  package func begin(table: String) {}

  package func addIdentical(_ count: Int) {}

  package func visit(_ figures: ComparedFigures, _ place: () -> ComparisonPlace) {
    rows.append(ComparisonRow(figures, at: place()))
  }
}
