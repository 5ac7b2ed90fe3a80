// SPDX-License-Identifier: GPL-3.0-or-later

/// A continuous distribution conditioned to an interval.
///
/// Probabilities near an end are integrals of the density where the difference of two distribution
/// function values would cancel. Mean and variance are integrals over the normal score, or GSL's
/// adaptive quadrature where an end is infinite.
public struct TruncatedDistribution: UnivariateDistribution {
  package let base: any UnivariateDistribution
  package let low: Double
  package let high: Double
  /// Tails of the base outside the interval.
  private let below: Double
  private let above: Double
  /// P(X > low) and P(X ≤ high) of the base.
  private let fromLow: Double
  private let untilHigh: Double
  /// Probability that the base gives to the interval.
  private let kept: Double
  /// Places inside the interval where the density has a kink.
  private let kinks: [Double]
  public private(set) var breakpoints: [Double] = []
  public private(set) var mean: Double?
  public private(set) var variance: Double?

  /// Nil when the interval holds no probability.
  package init?(_ base: any UnivariateDistribution, low: Double, high: Double) {
    self.base = base
    self.low = max(low, base.support.lowerBound)
    self.high = min(high, base.support.upperBound)
    guard self.low < self.high else { return nil }
    let (below, above) = (
      base.cumulativeProbability(self.low), base.upperTailProbability(self.high)
    )
    let (fromLow, untilHigh) = (
      base.upperTailProbability(self.low), base.cumulativeProbability(self.high)
    )
    kinks = base.breakpoints.map { base.quantile(normalScore: $0) }
      .filter { $0 > low && $0 < high }
    let difference =
      below > 0.5
      ? fromLow - above : above > 0.5 ? untilHigh - below : 1 - below - above
    let scale = below > 0.5 ? fromLow : above > 0.5 ? untilHigh : 1
    kept =
      difference > 1e-3 * scale
      ? difference : Self.integral(of: base, self.low, self.high, kinks)
    guard kept > 1e-300 else { return nil }
    (self.below, self.above, self.fromLow, self.untilHigh) = (below, above, fromLow, untilHigh)
    breakpoints = kinks.map { normalScore($0) }
    (mean, variance) = moments()
  }

  /// P(a < X ≤ b) of the base as the integral of its density, for intervals so short that the
  /// density is nearly a polynomial between its kinks.
  private static func integral(
    of base: any UnivariateDistribution, _ a: Double, _ b: Double, _ kinks: [Double]
  ) -> Double {
    var edges = [a]
    edges += kinks.filter { $0 > a && $0 < b }
    edges.append(b)
    return zip(edges, edges.dropFirst()).reduce(0) { sum, edge in
      sum + Quadrature.shortPanel(edge.0, edge.1) { base.density($0) }
    }
  }

  private func moments() -> (mean: Double?, variance: Double?) {
    if low.isFinite && high.isFinite {
      let center = quantile(lowerTail: 0.5)
      let sums = Quadrature.expectations(
        of: self, [{ $0 - center }, { ($0 - center) * ($0 - center) }])
      return (center + sums[0], sums[1] - sums[0] * sums[0])
    }
    guard base.mean != nil || base.support.lowerBound > -.infinity || low.isFinite,
      let mean = half({ $0 }), base.mean != nil
    else { return (nil, nil) }
    guard base.variance != nil else { return (mean, nil) }
    return (mean, half { ($0 - mean) * ($0 - mean) })
  }

  /// E[g(X)] where an end of the interval is infinite.
  private func half(_ function: @escaping (Double) -> Double) -> Double? {
    let end = low.isFinite ? low : high
    let scale = (quantile(lowerTail: 0.5) - end).magnitude
    return Quadrature.unbounded(low, high, scale: scale) { x in
      let density = density(x)
      return density > 0 ? density * function(x) : 0
    }
  }

  public var familyName: String { base.familyName }
  public var parameters: [(name: String, value: Double)] {
    base.parameters + [("truncate_low", low), ("truncate_high", high)]
  }
  public var support: ClosedRange<Double> { low...high }

  public func density(_ x: Double) -> Double {
    x >= low && x <= high ? base.density(x) / kept : 0
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    if x <= low { return 0 }
    if x >= high { return 1 }
    let (whole, rest) =
      below > 0.5
      ? (fromLow, base.upperTailProbability(x)) : (base.cumulativeProbability(x), below)
    let mass =
      whole - rest > 1e-3 * whole ? whole - rest : Self.integral(of: base, low, x, kinks)
    return min(mass / kept, 1)
  }

  public func upperTailProbability(_ x: Double) -> Double {
    if x <= low { return 1 }
    if x >= high { return 0 }
    let (whole, rest) =
      above > 0.5
      ? (untilHigh, base.cumulativeProbability(x)) : (base.upperTailProbability(x), above)
    let mass =
      whole - rest > 1e-3 * whole ? whole - rest : Self.integral(of: base, x, high, kinks)
    return min(mass / kept, 1)
  }

  public func quantile(lowerTail p: Double) -> Double { quantile(.lower(p)) }
  public func quantile(upperTail q: Double) -> Double { quantile(.upper(q)) }

  private func quantile(_ target: TailTarget) -> Double {
    let (p, near, far) =
      target.isUpper
      ? (target.probability, above, below) : (target.probability, below, above)
    if p <= 0 { return target.isUpper ? high : low }
    if p >= 1 { return target.isUpper ? low : high }
    let mass = near + p * kept
    let opposite = far + (1 - p) * kept
    let useNear = mass <= opposite
    let start =
      useNear == target.isUpper
      ? base.quantile(upperTail: useNear ? mass : opposite)
      : base.quantile(lowerTail: useNear ? mass : opposite)
    return QuantileSolver.solve(target, for: self, start: start, low: low, high: high)
  }

  /// ln E[exp(s·X)] by quadrature over the normal score; nil where an end is infinite.
  public func cumulantGenerator(_ s: Double) -> Double? {
    if s == 0 { return 0 }
    guard low.isFinite, high.isFinite else { return nil }
    let largest = max(s * low, s * high)
    let sum = Quadrature.expectations(of: self, [{ Reproducible.exp(s * $0 - largest) }])[0]
    return sum > 0 ? largest + Reproducible.log(sum) : nil
  }
}

extension DistributionFamily {
  /// Conditions a distribution to an interval.
  func truncated(
    _ whole: any UnivariateDistribution, to truncation: Truncation
  ) throws(DistributionError) -> any UnivariateDistribution {
    let (low, high) = (truncation.low, truncation.high)
    guard low == low, high == high else {
      throw error("truncate", nil, "truncate must hold two numbers")
    }
    guard low < high else {
      throw error("truncate", high, "truncate must be [low, high] with low below high")
    }
    let empty = error(
      "truncate", nil,
      "truncate [\(plain(low)), \(plain(high))] holds no probability of \(whole.label)")
    if let discrete = whole as? DiscreteDistribution {
      let inside = discrete.values.indices.filter {
        discrete.values[$0] >= low && discrete.values[$0] <= high
      }
      if inside.isEmpty { throw empty }
      return DiscreteDistribution(
        familyName: discrete.familyName,
        values: inside.map { discrete.values[$0] },
        weights: inside.map { discrete.probabilities[$0] })
    }
    if low <= whole.support.lowerBound && high >= whole.support.upperBound { return whole }
    guard let result = TruncatedDistribution(whole, low: low, high: high) else { throw empty }
    return result
  }
}
