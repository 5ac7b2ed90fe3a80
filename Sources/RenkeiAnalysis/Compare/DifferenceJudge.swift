// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Turns a difference and its error into a verdict.
///
/// With d = b − a and s its standard error the interval is d ± c·s, c = 1.96, or Student's t where
/// few independent units made the errors. Where it excludes 0 the difference is real. Where it
/// includes 0, `matters` decides: inside ±δ, δ = matters ·
/// max(1, |a|, |b|), nothing that would matter is left and the verdict is noise; an interval that
/// reaches beyond ±δ can tell neither, and more paths are needed. An interval no wider than δ cannot
/// hold both 0 and ±δ, so the number of paths that is sure to decide solves 2·c·s(n) = δ:
///
///     n = (2·c/δ)²·v, with s(n)² = v/n
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
    /// Of the standard error; nil where it is as good as known.
    package let degreesOfFreedom: Int?

    package init(standardError: Double, variancePerPath: Double?, isPaired: Bool) {
      self.standardError = standardError
      self.variancePerPath = variancePerPath
      self.isPaired = isPaired
      degreesOfFreedom = nil
    }

    /// Of two independent estimates with their own errors.
    ///
    /// - Parameter freedom: degrees of freedom of the two errors, ν_a and ν_b; nil where an error
    ///   is as good as known. That of the difference has, by Welch and Satterthwaite,
    ///   ν = (s_a² + s_b²)²/(s_a⁴/ν_a + s_b⁴/ν_b), rounded down.
    ///
    /// Source: B. L. Welch, "The generalization of 'Student's' problem when several different
    /// population variances are involved", Biometrika 34 (1947).
    package init(
      _ errorA: Double, paths pathsA: Int?, _ errorB: Double, paths pathsB: Int?,
      freedom: (a: Int?, b: Int?) = (nil, nil)
    ) {
      standardError =
        StudentisedDifference(0, standardError: errorA, minus: 0, standardError: errorB)
        .standardError
      if let pathsA, let pathsB {
        variancePerPath = errorA * errorA * Double(pathsA) + errorB * errorB * Double(pathsB)
      } else {
        variancePerPath = nil
      }
      isPaired = false
      // As shares of the larger error, so that nothing overflows.
      let large = max(errorA, errorB)
      func square(_ error: Double) -> Double { large > 0 ? error * error / (large * large) : 0 }
      let (a, b) = (square(errorA), square(errorB))
      let spread = [(a, freedom.a), (b, freedom.b)].reduce(0) { sum, part in
        sum + (part.1.map { part.0 * part.0 / Double($0) } ?? 0)
      }
      degreesOfFreedom =
        spread > 0 ? Int(min(1e9, ((a + b) * (a + b) / spread).rounded(.down))) : nil
    }

    /// Half a 95% interval over the standard error.
    var criticalValue: Double {
      degreesOfFreedom.map { StudentQuantile.ninetyFive(degreesOfFreedom: max(1, $0)) }
        ?? ConfidenceLevel.ninetyFive.normalQuantile
    }
  }

  /// The verdict on two different numbers.
  package func judge(_ a: Double, _ b: Double, _ spread: Spread) -> ComparedFigures {
    let difference = b - a
    let half = spread.criticalValue * spread.standardError
    return figures(
      a, b, spread, interval: Interval(low: difference - half, high: difference + half),
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
        let root = 2 * spread.criticalValue / limit
        needed = Int(exactly: (root * root * variance).rounded(.up))
      }
    }
    return ComparedFigures(
      a: a, b: b, verdict, interval95: interval, standardError: spread.standardError, z: z,
      isPaired: spread.isPaired, pathsNeeded: needed)
  }
}
