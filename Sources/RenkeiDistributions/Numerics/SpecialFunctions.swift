// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// GSL's special functions, with its aborting error handler switched off before the first use.
///
/// A failure then shows as NaN in the result, which callers check where it can happen.
package enum SpecialFunctions {
  private static let handlerIsOff: Bool = {
    gsl_set_error_handler_off()
    return true
  }()

  /// Switches off GSL's aborting error handler; cheap after the first call, safe from any thread.
  package static func prepare() {
    precondition(handlerIsOff, "the error handler could not be switched off")
  }

  /// ln Γ(x), x > 0.
  package static func logGamma(_ x: Double) -> Double {
    prepare()
    return gsl_sf_lngamma(x)
  }

  /// Γ(x), x > 0.
  package static func gamma(_ x: Double) -> Double {
    prepare()
    return gsl_sf_gamma(x)
  }

  /// ln B(a, b).
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    prepare()
    return gsl_sf_lnbeta(a, b)
  }

  /// P(X ≤ x) of the gamma distribution with scale 1.
  package static func gammaLowerTail(_ x: Double, shape: Double) -> Double {
    prepare()
    return gsl_cdf_gamma_P(x, shape, 1)
  }

  /// P(X > x) of the gamma distribution with scale 1.
  package static func gammaUpperTail(_ x: Double, shape: Double) -> Double {
    prepare()
    return gsl_cdf_gamma_Q(x, shape, 1)
  }

  /// P(X ≤ x) of the beta distribution on [0, 1].
  package static func betaLowerTail(_ x: Double, _ a: Double, _ b: Double) -> Double {
    prepare()
    return gsl_cdf_beta_P(x, a, b)
  }

  /// P(X > x) of the beta distribution on [0, 1].
  package static func betaUpperTail(_ x: Double, _ a: Double, _ b: Double) -> Double {
    prepare()
    return gsl_cdf_beta_Q(x, a, b)
  }

  /// GSL's quantile of the gamma distribution with scale 1; NaN where it does not converge.
  package static func gammaQuantile(_ target: TailTarget, shape: Double) -> Double {
    prepare()
    return target.isUpper
      ? gsl_cdf_gamma_Qinv(target.probability, shape, 1)
      : gsl_cdf_gamma_Pinv(target.probability, shape, 1)
  }

  /// GSL's quantile of the beta distribution on [0, 1]; NaN where it does not converge.
  package static func betaQuantile(_ target: TailTarget, _ a: Double, _ b: Double) -> Double {
    prepare()
    return target.isUpper
      ? gsl_cdf_beta_Qinv(target.probability, a, b)
      : gsl_cdf_beta_Pinv(target.probability, a, b)
  }

  /// GSL's quantile of Student's t; NaN where it does not converge.
  package static func studentQuantile(_ target: TailTarget, degreesOfFreedom: Double) -> Double {
    prepare()
    return target.isUpper
      ? gsl_cdf_tdist_Qinv(target.probability, degreesOfFreedom)
      : gsl_cdf_tdist_Pinv(target.probability, degreesOfFreedom)
  }
}

/// A swift closure as a C function of one number, for GSL's root finders and integrators.
final class ScalarFunction {
  private let body: (Double) -> Double

  private init(_ body: @escaping (Double) -> Double) { self.body = body }

  /// Calls `use` with a `gsl_function` that stays valid during the call.
  static func withPointer<Result>(
    to body: (Double) -> Double, _ use: (UnsafeMutablePointer<gsl_function>) -> Result
  ) -> Result {
    withoutActuallyEscaping(body) { escapable in
      let box = ScalarFunction(escapable)
      return withExtendedLifetime(box) {
        var function = gsl_function(
          function: { x, context in
            guard let context else { return .nan }
            return Unmanaged<ScalarFunction>.fromOpaque(context).takeUnretainedValue().body(x)
          },
          params: Unmanaged.passUnretained(box).toOpaque())
        return use(&function)
      }
    }
  }
}
