// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Shares of a variance that lie in one of several independent inputs, by pick and freeze.
///
/// Two independent samples A and B of the inputs give figures a and b, and the sample A with one
/// input taken from B gives c. With m and V the mean and variance of a and b together:
///
///     first-order  S = (1/n) Σ (b − m)(c − a) / V
///     total        T = (1/2n) Σ (a − c)² / V
///
/// S is the share of the variance that would go if the input were known; T the share that would
/// stay if all others were known, so T − S is what the input does together with others. Over all
/// inputs S sums to 1 at most and T to 1 at least. Estimates of a small S can lie below 0 by their
/// error.
///
/// Standard errors are those of the mean of the influence function (numerator − index·V) / V path
/// by path, as of any ratio of means: they ask for no normal distribution and draw nothing.
///
/// Sources: A. Saltelli et al., "Variance based sensitivity analysis of model output. Design and
/// estimator for the total sensitivity index", Computer Physics Communications 181 (2010), table 2,
/// rows (b) and (f); the latter from M. J. W. Jansen, "Analysis of variance designs for model
/// output", Computer Physics Communications 117 (1999).
package struct SobolIndices: Sendable {
  /// An index with its standard error.
  package struct Index: Sendable, Equatable {
    package let value: Double
    package let standardError: Double

    package var interval95: Interval { Interval(around: value, standardError: standardError) }
  }

  private let a: [Double]
  private let b: [Double]
  private let mean: Double
  private let variance: Double

  /// - Parameters:
  ///   - a: figures of the first sample, finite, at least two.
  ///   - b: those of the second; as many.
  /// - Returns: nil where nothing varies.
  /// - Complexity: O(paths).
  package init?(a: [Double], b: [Double]) {
    precondition(a.count == b.count && a.count > 1, "two samples of the same size")
    // About one of the figures, so that figures that never vary have no variance by rounding.
    let shift = a[0]
    var sum = NeumaierSum()
    for path in a.indices { sum.add((a[path] - shift) + (b[path] - shift)) }
    let mean = shift + sum.value / Double(2 * a.count)
    var squares = NeumaierSum()
    for path in a.indices { squares.add(Self.square(a[path] - mean, b[path] - mean)) }
    guard squares.value > 0 else { return nil }
    (self.a, self.b, self.mean) = (a, b, mean)
    variance = squares.value / Double(a.count)
  }

  /// The share that goes with the input.
  ///
  /// - Parameter c: figures of the first sample with the input of the second.
  /// - Complexity: O(paths).
  package func firstOrder(_ c: [Double]) -> Index {
    index(c) { a, b, c in (b - mean) * (c - a) }
  }

  /// The share that stays with the input; parameters as of ``firstOrder(_:)``.
  package func total(_ c: [Double]) -> Index {
    index(c) { a, _, c in (a - c) * (a - c) / 2 }
  }

  private func index(
    _ c: [Double], _ numerator: (Double, Double, Double) -> Double
  ) -> Index {
    precondition(c.count == a.count, "a sample of another size")
    var sum = NeumaierSum()
    for path in c.indices { sum.add(numerator(a[path], b[path], c[path])) }
    let n = Double(c.count)
    let value = sum.value / n / variance
    var influence = NeumaierSum()
    for path in c.indices {
      let own = numerator(a[path], b[path], c[path])
      let part = (own - value * Self.square(a[path] - mean, b[path] - mean)) / variance
      influence.add(part * part)
    }
    return Index(value: value, standardError: (influence.value / (n - 1) / n).squareRoot())
  }

  private static func square(_ x: Double, _ y: Double) -> Double { (x * x + y * y) / 2 }
}
