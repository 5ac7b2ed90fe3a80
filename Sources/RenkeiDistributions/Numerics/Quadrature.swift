// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Integrals over a distribution.
package enum Quadrature {
  /// Positive nodes and weights of the 16-point Gauss–Legendre rule on [−1, 1].
  private static let rule: [(node: Double, weight: Double)] = [
    (0.09501250983763744, 0.1894506104550685), (0.2816035507792589, 0.1826034150449236),
    (0.45801677765722737, 0.16915651939500254), (0.6178762444026438, 0.14959598881657673),
    (0.755404408355003, 0.12462897125553387), (0.8656312023878318, 0.09515851168249279),
    (0.9445750230732326, 0.062253523938647894), (0.9894009349916499, 0.027152459411754096),
  ]

  /// Nodes and weights of the 5-point rule, without the middle one.
  private static let shortRule: [(node: Double, weight: Double)] = [
    (0.5384693101056831, 0.47862867049936647), (0.906179845938664, 0.23692688505618908),
  ]

  /// ∫ f over [low, high] by one 5-point rule: exact for polynomials up to degree 9.
  package static func shortPanel(
    _ low: Double, _ high: Double, _ function: (Double) -> Double
  ) -> Double {
    let half = 0.5 * (high - low)
    let middle = low + half
    var sum = 0.5688888888888889 * function(middle)
    for (node, weight) in shortRule {
      let offset = half * node
      sum += weight * (function(middle - offset) + function(middle + offset))
    }
    return half * sum
  }

  /// E[g(X)] for bounded X as ∫ g(F⁻¹(Φ(z)))·φ(z) dz over |z| ≤ 9, panels one wide and split at
  /// the breakpoints; the probability left out is below 3e-19.
  package static func expectations(
    of distribution: some UnivariateDistribution, _ functions: [(Double) -> Double]
  ) -> [Double] {
    var edges = (-9...9).map { Double($0) }
    edges += distribution.breakpoints.filter { $0.magnitude < 9 }
    edges.sort()
    var sums = Array(repeating: 0.0, count: functions.count)
    for (low, high) in zip(edges, edges.dropFirst()) where low < high {
      let half = 0.5 * (high - low)
      let middle = low + half
      for (node, weight) in rule {
        for z in [middle - half * node, middle + half * node] {
          let x = distribution.quantile(normalScore: z)
          let mass = half * weight * Reproducible.normalDensity(z)
          for index in functions.indices { sums[index] += mass * functions[index](x) }
        }
      }
    }
    return sums
  }

  /// ∫ f over an interval of which at least one end is infinite, by GSL's adaptive rules.
  ///
  /// - Parameter scale: a length over which f changes, so that the rule finds where f is large.
  /// - Returns: The integral, or nil when it does not converge to a relative 1e-7.
  package static func unbounded(
    _ low: Double, _ high: Double, scale: Double, _ function: (Double) -> Double
  ) -> Double? {
    SpecialFunctions.prepare()
    let limit = 400
    guard let workspace = gsl_integration_workspace_alloc(limit) else { return nil }
    defer { gsl_integration_workspace_free(workspace) }
    var (result, error) = (0.0, 0.0)
    let (low, high) = (low / scale, high / scale)
    let scaled = { (y: Double) in scale * function(scale * y) }
    let status = ScalarFunction.withPointer(to: scaled) { pointer in
      if low == -.infinity && high == .infinity {
        return gsl_integration_qagi(pointer, 0, 1e-11, limit, workspace, &result, &error)
      }
      return high == .infinity
        ? gsl_integration_qagiu(pointer, low, 0, 1e-11, limit, workspace, &result, &error)
        : gsl_integration_qagil(pointer, high, 0, 1e-11, limit, workspace, &result, &error)
    }
    let isGood = status == 0 || error <= 1e-7 * result.magnitude
    return isGood && result.isFinite ? result : nil
  }
}
