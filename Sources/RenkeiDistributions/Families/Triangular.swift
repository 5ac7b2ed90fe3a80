// SPDX-License-Identifier: GPL-3.0-or-later

/// Triangular distribution: the density rises linearly from min to mode and falls to max.
public struct TriangularDistribution: UnivariateDistribution {
  package let low: Double
  package let mode: Double
  package let high: Double

  package init(min: Double, mode: Double, max: Double) {
    low = min
    self.mode = mode
    high = max
  }

  private var width: Double { high - low }
  private var rise: Double { mode - low }
  private var fall: Double { high - mode }

  public var familyName: String { "triangular" }
  public var parameters: [(name: String, value: Double)] {
    [("min", low), ("mode", mode), ("max", high)]
  }
  public var support: ClosedRange<Double> { low...high }
  public var mean: Double? { (low + mode + high) / 3 }
  public var variance: Double? { (rise * rise + rise * fall + fall * fall) / 18 }

  public func density(_ x: Double) -> Double {
    if x < low || x > high { return 0 }
    if x == mode { return 2 / width }
    return x < mode ? 2 * (x - low) / (width * rise) : 2 * (high - x) / (width * fall)
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    if x <= low { return 0 }
    if x >= high { return 1 }
    if x <= mode { return (x - low) * (x - low) / (width * rise) }
    return (rise + (x - mode) * (1 + (high - x) / fall)) / width
  }

  public func upperTailProbability(_ x: Double) -> Double {
    if x >= high { return 0 }
    if x <= low { return 1 }
    if x >= mode { return (high - x) * (high - x) / (width * fall) }
    return (fall + (mode - x) * (1 + (x - low) / rise)) / width
  }

  public func quantile(lowerTail p: Double) -> Double {
    p * width <= rise
      ? low + (p * width * rise).squareRoot()
      : mode + Self.beyondMode(p * width - rise, fall)
  }

  public func quantile(upperTail q: Double) -> Double {
    q * width <= fall
      ? high - (q * width * fall).squareRoot()
      : mode - Self.beyondMode(q * width - fall, rise)
  }

  /// Distance y from the mode with y·(2·side − y)/side = `mass`, without cancellation.
  private static func beyondMode(_ mass: Double, _ side: Double) -> Double {
    mass * side / (side + max(side * side - mass * side, 0).squareRoot())
  }

  public var breakpoints: [Double] { rise > 0 && fall > 0 ? [normalScore(mode)] : [] }

  /// s·mode + ln(2·[rise·g(−s·rise) + fall·g(s·fall)]/(max − min)), g(v) = (eᵛ − 1 − v)/v².
  public func cumulantGenerator(_ s: Double) -> Double? {
    let shift = max(-s * rise, s * fall, 0)
    let sum =
      rise * Self.scaledSecondDifference(-s * rise, shift)
      + fall * Self.scaledSecondDifference(s * fall, shift)
    return s * mode + shift + Reproducible.log(2 * sum / width)
  }

  /// (eᵛ − 1 − v)/v²·e^(−shift).
  private static func scaledSecondDifference(_ v: Double, _ shift: Double) -> Double {
    if v.magnitude < 0.5 {
      var (term, sum) = (0.5, 0.5)
      for k in 3...16 {
        term *= v / Double(k)
        sum += term
      }
      return sum * Reproducible.exp(-shift)
    }
    return (Reproducible.exp(v - shift) - (1 + v) * Reproducible.exp(-shift)) / (v * v)
  }
}

extension TriangularDistribution {
  package static let family = DistributionFamily(
    name: "triangular", summary: "straight lines from min up to mode and down to max",
    parameterForms: [
      [
        DistributionParameter("min", .shape), DistributionParameter("mode", .shape),
        DistributionParameter("max", .shape),
      ]
    ],
    build: { given throws(DistributionError) in
      try given.requireModeInside()
      return TriangularDistribution(min: given["min"], mode: given["mode"], max: given["max"])
    })
}

extension ResolvedParameters {
  /// Throws unless min ≤ mode ≤ max and min < max.
  package func requireModeInside() throws(DistributionError) {
    try requireOrder("min", "max")
    if self["mode"] < self["min"] {
      throw error("mode", self["mode"], "mode must be at least min")
    }
    if self["mode"] > self["max"] {
      throw error("mode", self["mode"], "mode must be at most max")
    }
  }
}
