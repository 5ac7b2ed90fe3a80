// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// Roots of functions of one number.
package enum RootFinding {
  /// A root of `function` in [low, high], whose ends must have different signs, by Brent's method.
  ///
  /// - Parameter tolerance: width of the bracket that is narrow enough; 0: full precision.
  /// - Returns: The root, or nil when the signs at the ends agree or a value is not finite.
  /// - Complexity: about ten evaluations for a smooth function, never more than 200.
  package static func root(
    in low: Double, _ high: Double, tolerance: Double = 0, of function: (Double) -> Double
  ) -> Double? {
    SpecialFunctions.prepare()
    let (atLow, atHigh) = (function(low), function(high))
    if atLow == 0 { return low }
    if atHigh == 0 { return high }
    guard atLow.isFinite, atHigh.isFinite, (atLow < 0) != (atHigh < 0),
      let solver = gsl_root_fsolver_alloc(cgsl_brent())
    else { return nil }
    defer { gsl_root_fsolver_free(solver) }
    return ScalarFunction.withPointer(to: function) { pointer in
      guard gsl_root_fsolver_set(solver, pointer, low, high) == 0 else {
        return nil
      }
      for _ in 0..<200 {
        guard gsl_root_fsolver_iterate(solver) == 0 else { return nil }
        let (a, b) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
        let size = max(a.magnitude, b.magnitude)
        if (b - a) <= max(tolerance, 4 * size.ulp) { break }
      }
      return gsl_root_fsolver_root(solver)
    }
  }
}
