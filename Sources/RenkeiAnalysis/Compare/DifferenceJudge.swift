// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Turns a difference and its error into a verdict.
///
/// With d = b − a and s its standard error the interval is d ± 1.96·s. Where it excludes 0 the
/// difference is real. Where it includes 0, `matters` decides: inside ±δ, δ = matters ·
/// max(1, |a|, |b|), nothing that would matter is left and the verdict is noise; an interval that
/// reaches beyond ±δ can tell neither, and more paths are needed. An interval no wider than δ cannot
/// hold both 0 and ±δ, so the number of paths that is sure to decide solves 2·1.96·s(n) = δ:
///
///     n = (2·1.96/δ)²·v, with s(n)² = v/n
package struct DifferenceJudge: Sendable {
  /// The smallest difference that matters, absolute for numbers up to 1, else relative.
  package let matters: Double

  package init(matters: Double) {
    precondition(matters > 0, "a difference that matters is above 0")
    self.matters = matters
  }

  /// The error of a difference.
  package struct Spread: Sendable, Equatable {
    /// s, in the unit of the values.
    package let standardError: Double
    /// v, the variance of the difference at one path on each side; nil where paths are not known.
    package let variancePerPath: Double?
    package let isPaired: Bool

    package init(standardError: Double, variancePerPath: Double?, isPaired: Bool) {
      self.standardError = standardError
      self.variancePerPath = variancePerPath
      self.isPaired = isPaired
    }

    /// Of two independent estimates with their own errors.
    package init(_ errorA: Double, paths pathsA: Int?, _ errorB: Double, paths pathsB: Int?) {
      standardError =
        StudentisedDifference(0, standardError: errorA, minus: 0, standardError: errorB)
        .standardError
      if let pathsA, let pathsB {
        variancePerPath = errorA * errorA * Double(pathsA) + errorB * errorB * Double(pathsB)
      } else {
        variancePerPath = nil
      }
      isPaired = false
    }
  }

  /// The verdict on two different numbers.
  package func judge(_ a: Double, _ b: Double, _ spread: Spread) -> ComparedFigures {
    let difference = b - a
    return figures(
      a, b, spread, interval: Interval(around: difference, standardError: spread.standardError),
      z: difference / spread.standardError)
  }

  /// The verdict on two shares of independent paths, by Newcombe's interval: it combines the
  /// distances to the ends of the two Wilson intervals, so it holds where no path or every path
  /// counts.
  ///
  /// Source: R. G. Newcombe, "Interval estimation for the difference between independent
  /// proportions", Statistics in Medicine 17 (1998), method 10.
  package func judge(_ a: Proportion, _ b: Proportion) -> ComparedFigures {
    let (p, q) = (a.estimate ?? 0, b.estimate ?? 0)
    let (ofA, ofB) = (a.wilsonInterval(), b.wilsonInterval())
    func combined(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    let difference = q - p
    let interval = Interval(
      low: difference - combined(q - ofB.low, ofA.high - p),
      high: difference + combined(ofB.high - q, p - ofA.low))
    let spread = Spread(
      a.standardError ?? 0, paths: a.trials, b.standardError ?? 0, paths: b.trials)
    return figures(
      p, q, spread, interval: interval,
      z: spread.standardError > 0 ? difference / spread.standardError : nil)
  }

  private func figures(
    _ a: Double, _ b: Double, _ spread: Spread, interval: Interval, z: Double?
  ) -> ComparedFigures {
    let limit = matters * max(1, a.magnitude, b.magnitude)
    var verdict = ComparisonVerdict.real
    var needed: Int?
    if interval.contains(0) {
      let isSmall = -limit <= interval.low && interval.high <= limit
      verdict = isSmall ? .noise : .morePaths
      if !isSmall, let variance = spread.variancePerPath {
        let root = 2 * ConfidenceLevel.ninetyFive.normalQuantile / limit
        needed = Int(exactly: (root * root * variance).rounded(.up))
      }
    }
    return ComparedFigures(
      a: a, b: b, verdict, interval95: interval, standardError: spread.standardError, z: z,
      isPaired: spread.isPaired, pathsNeeded: needed)
  }
}
