// SPDX-License-Identifier: GPL-3.0-or-later

/// A tail probability to hit: P(X ≤ x) or P(X > x).
package struct TailTarget: Sendable, Equatable {
  package let isUpper: Bool
  package let probability: Double

  package static func lower(_ p: Double) -> TailTarget {
    TailTarget(isUpper: false, probability: p)
  }

  package static func upper(_ q: Double) -> TailTarget {
    TailTarget(isUpper: true, probability: q)
  }

  /// The smaller tail at a normal score.
  package static func score(_ z: Double) -> TailTarget {
    z < 0 ? .lower(Reproducible.normalCDF(z)) : .upper(Reproducible.normalUpperTail(z))
  }

  package func tail(of distribution: some UnivariateDistribution, at x: Double) -> Double {
    isUpper ? distribution.upperTailProbability(x) : distribution.cumulativeProbability(x)
  }
}

/// Inverts a continuous distribution function: Newton's method on the logarithm of the tail, kept
/// inside a bracket that bisection shrinks where Newton's step leaves it.
package enum QuantileSolver {
  /// The x in [low, high] with the target tail, to the precision of the distribution function.
  ///
  /// - Parameters:
  ///   - start: first guess; NaN or a value outside the bracket stands for no guess.
  ///   - low: a number at or below the solution, possibly −∞.
  ///   - high: a number at or above it, possibly +∞.
  /// - Complexity: two or three evaluations of tail and density from a good guess, at most 300.
  package static func solve(
    _ target: TailTarget, for distribution: some UnivariateDistribution, start: Double,
    low: Double, high: Double
  ) -> Double {
    var (low, high) = (low, high)
    var x = start > low && start < high ? start : inner(low, high)
    for _ in 0..<300 {
      let tail = target.tail(of: distribution, at: x)
      let excess = tail - target.probability
      if excess.magnitude <= 1e-14 * target.probability { return x }
      if (excess < 0) != target.isUpper { low = x } else { high = x }
      var next = x + step(tail, target, slope: distribution.density(x))
      if next > low && next < high {
        // Newton's error is the square of the last one: the next step would change nothing.
        if excess.magnitude <= 1e-8 * target.probability { return next }
      } else {
        next = inner(low, high)
      }
      if (next - x).magnitude <= 2 * x.ulp { return next }
      x = next
    }
    return x
  }

  private static func step(_ tail: Double, _ target: TailTarget, slope: Double) -> Double {
    let relative = tail / target.probability - 1
    let change =
      relative.magnitude < 1e-4
      ? tail - target.probability
      : tail * (Reproducible.log(tail) - Reproducible.log(target.probability))
    return target.isUpper ? change / slope : -change / slope
  }

  /// A point strictly inside the bracket where there is one: halfway, in size where sizes differ.
  private static func inner(_ low: Double, _ high: Double) -> Double {
    if low == -.infinity && high == .infinity { return 0 }
    if low == -.infinity { return high > 1 ? -1 : 4 * min(high, -1) }
    if high == .infinity { return low < -1 ? 1 : 4 * max(low, 1) }
    if low >= 0 && high > 4 * low {
      return low == 0 ? max(high * 0x1p-10, .leastNonzeroMagnitude) : (low * high).squareRoot()
    }
    if high <= 0 && low < 4 * high {
      return high == 0 ? min(low * 0x1p-10, -.leastNonzeroMagnitude) : -(low * high).squareRoot()
    }
    return low + 0.5 * (high - low)
  }
}
