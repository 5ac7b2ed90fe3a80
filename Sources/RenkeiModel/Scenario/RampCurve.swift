// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// How a plan's promised revenue grows from its start to the end of its period.
///
/// Every family is normalised so that the share is 0 at the start and 1 at the end:
/// share(x) = (F(x) − F(0)) / (F(1) − F(0)) with x = elapsed years / period. Coefficients are
/// therefore per plan period, not per year.
public enum RampCurve: Sendable, Hashable {
  /// x
  case linear
  /// Logistic, F(x) = 1 / (1 + exp(−steepness·(x − midpoint))).
  case sCurve(midpoint: Double, steepness: Double)
  /// F(x) = exp(−displacement·exp(−rate·x)). (Winsor, The Gompertz curve as a growth curve, 1932)
  case gompertz(displacement: Double, rate: Double)
  /// F(x) = (1 − e^{−(p+q)x}) / (1 + (q/p)·e^{−(p+q)x}), p of innovation, q of imitation.
  /// (Bass, A new product growth for model consumer durables, 1969)
  case bass(innovation: Double, imitation: Double)
  /// F(x) = 1 − e^{−rate·x}, a fast start that levels off.
  case exponential(rate: Double)
  /// Shares at equally spaced points of the period, the last at its end; between them monotone
  /// cubic interpolation. (Fritsch & Carlson, Monotone piecewise cubic interpolation, 1980)
  case custom([Double])

  /// Share of the end target reached at `x` = elapsed years / period, clamped to 0…1.
  public func share(at x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    switch self {
    case .linear:
      return x
    case .custom(let points):
      return MonotoneCubic(points: points).value(at: x)
    default:
      let origin = primitive(0)
      return (primitive(x) - origin) / (primitive(1) - origin)
    }
  }

  /// Derivative of ``share(at:)`` inside 0…1, one-sided at the ends.
  public func slope(at x: Double) -> Double {
    switch self {
    case .linear: 1
    case .custom(let points): MonotoneCubic(points: points).slope(at: x)
    default: primitiveSlope(x) / (primitive(1) - primitive(0))
    }
  }

  /// Promised share of the end target `elapsedYears` after the plan's start:
  /// share(elapsed / period), then (1 + growth)^(elapsed − period).
  ///
  /// - Parameters:
  ///   - elapsedYears: years since the plan's start, less any delay.
  ///   - periodYears: length n of the plan in years.
  ///   - growth: yearly growth after the plan.
  public func level(elapsedYears: Double, periodYears: Double, growth: Double) -> Double {
    if elapsedYears <= periodYears || growth == 0 {
      return share(at: elapsedYears / periodYears)
    }
    return Reproducible.pow(1 + growth, elapsedYears - periodYears)
  }

  /// What keeps the coefficients from making a curve, as a clause; nil where nothing does.
  public var problem: String? {
    if let outside = coefficientProblem { return outside }
    if case .custom = self { return nil }
    return primitive(1) - primitive(0) > 1e-9
      ? nil : "the ramp does not rise between the plan's start and its end"
  }

  private var coefficientProblem: String? {
    switch self {
    case .linear:
      return nil
    case .sCurve(let midpoint, let steepness):
      if !(steepness > 0 && steepness <= 500) {
        return "the steepness of an s_curve must be above 0 to 500"
      }
      return midpoint.isFinite && midpoint.magnitude <= 10
        ? nil : "the midpoint of an s_curve must be from -10 to 10"
    case .gompertz(let displacement, let rate):
      let isUsable = displacement > 0 && displacement <= 500 && rate > 0 && rate <= 500
      return isUsable ? nil : "displacement and rate of a gompertz ramp must be above 0 to 500"
    case .bass(let innovation, let imitation):
      let isUsable = innovation > 0 && innovation <= 500 && imitation >= 0 && imitation <= 500
      return isUsable
        ? nil : "a bass ramp needs innovation above 0 to 500 and imitation from 0 to 500"
    case .exponential(let rate):
      return rate > 0 && rate <= 500
        ? nil : "the rate of an exponential ramp must be above 0 to 500"
    case .custom(let points):
      guard let last = points.last else { return "a custom ramp needs at least one point" }
      guard points.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        return "the points of a custom ramp must not be negative"
      }
      return last > 0 ? nil : "the last point of a custom ramp must be above 0"
    }
  }

  private func primitive(_ x: Double) -> Double {
    switch self {
    case .linear, .custom:
      return x
    case .sCurve(let midpoint, let steepness):
      return 1 / (1 + Reproducible.exp(-steepness * (x - midpoint)))
    case .gompertz(let displacement, let rate):
      return Reproducible.exp(-displacement * Reproducible.exp(-rate * x))
    case .bass(let innovation, let imitation):
      let total = innovation + imitation
      return -Reproducible.expm1(-total * x)
        / (1 + imitation / innovation * Reproducible.exp(-total * x))
    case .exponential(let rate):
      return -Reproducible.expm1(-rate * x)
    }
  }

  private func primitiveSlope(_ x: Double) -> Double {
    switch self {
    case .linear, .custom:
      return 1
    case .sCurve(_, let steepness):
      let level = primitive(x)
      return steepness * level * (1 - level)
    case .gompertz(let displacement, let rate):
      return primitive(x) * displacement * rate * Reproducible.exp(-rate * x)
    case .bass(let innovation, let imitation):
      let total = innovation + imitation
      let decay = Reproducible.exp(-total * x)
      let denominator = 1 + imitation / innovation * decay
      return total * decay * (1 + imitation / innovation) / (denominator * denominator)
    case .exponential(let rate):
      return rate * Reproducible.exp(-rate * x)
    }
  }
}

extension RampCurve {
  /// The curve on 0…1 as piecewise cubics: relative error at most 2e-11, exact for a custom curve.
  ///
  /// - Throws: `TableError` where no table of reasonable size is that accurate.
  package func cubic() throws -> PiecewiseCubic {
    if case .custom(let points) = self { return MonotoneCubic(points: points).cubic }
    return try PiecewiseCubic.fit(
      on: 0...1, relativeTolerance: 2e-11, value: { share(at: $0) }, slope: { slope(at: $0) })
  }
}

/// Piecewise cubic through equally spaced points on 0…1 that never overshoots the data.
struct MonotoneCubic {
  /// Values at 0, 1/m, …, 1: the start is 0 and the last point is scaled to 1.
  private let values: [Double]
  /// Slopes per segment length at the same nodes.
  private let slopes: [Double]

  init(points: [Double]) {
    precondition(!points.isEmpty, "a custom ramp needs at least one point")
    let last = points[points.count - 1]
    values = [0] + points.map { $0 / last }
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    var slopes = [Double](repeating: 0, count: values.count)
    slopes[0] = steps[0]
    slopes[steps.count] = steps[steps.count - 1]
    for node in 1..<max(steps.count, 1) where steps[node - 1] * steps[node] > 0 {
      // The harmonic mean keeps each segment monotone (Fritsch & Butland, 1984).
      slopes[node] = 2 * steps[node - 1] * steps[node] / (steps[node - 1] + steps[node])
    }
    self.slopes = slopes
  }

  func value(at x: Double) -> Double {
    let (segment, t) = locate(x)
    let (low, high) = (values[segment], values[segment + 1])
    let (a, b) = (slopes[segment], slopes[segment + 1])
    let rise = high - low
    return low + t * (a + t * ((3 * rise - 2 * a - b) + t * (a + b - 2 * rise)))
  }

  /// The same polynomials, segment by segment.
  var cubic: PiecewiseCubic {
    let coefficients = (0..<(values.count - 1)).flatMap { segment in
      let rise = values[segment + 1] - values[segment]
      let (a, b) = (slopes[segment], slopes[segment + 1])
      return [values[segment], a, 3 * rise - 2 * a - b, a + b - 2 * rise]
    }
    return PiecewiseCubic(on: 0...1, coefficients: coefficients)
  }

  func slope(at x: Double) -> Double {
    let (segment, t) = locate(x)
    let rise = values[segment + 1] - values[segment]
    let (a, b) = (slopes[segment], slopes[segment + 1])
    let perSegment = a + t * (2 * (3 * rise - 2 * a - b) + 3 * t * (a + b - 2 * rise))
    return perSegment * Double(values.count - 1)
  }

  private func locate(_ x: Double) -> (segment: Int, t: Double) {
    let scaled = min(max(x, 0), 1) * Double(values.count - 1)
    let segment = min(Int(scaled), values.count - 2)
    return (segment, scaled - Double(segment))
  }
}
