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
  /// Probability below and above the interval, and inside it.
  private let below: Double
  private let above: Double
  private let kept: Double
  /// Places inside the interval where the density has a kink.
  private let kinks: [Double]
  public let breakpoints: [Double]
  public private(set) var mean: Double?
  public private(set) var variance: Double?

  /// Nil when the interval holds no probability.
  package init?(_ base: any UnivariateDistribution, low: Double, high: Double) {
    self.base = base
    self.low = max(low, base.support.lowerBound)
    self.high = min(high, base.support.upperBound)
    guard self.low < self.high else { return nil }
    below = base.cumulativeProbability(self.low)
    above = base.upperTailProbability(self.high)
    kinks = base.breakpoints.map { base.quantile(normalScore: $0) }
      .filter { $0 > low && $0 < high }
    kept = Self.probability(of: base, self.low, self.high, below, above, kinks)
    guard kept > 1e-300 else { return nil }
    var scores = [Double]()
    for kink in kinks {
      let lower = Self.probability(of: base, self.low, kink, below, above, kinks) / kept
      scores.append(Reproducible.normalQuantile(min(lower, 1)))
    }
    breakpoints = scores
    (mean, variance) = moments()
  }

  /// P(a < X ≤ b), from the tails where they do not cancel, else from the density.
  private static func probability(
    of base: any UnivariateDistribution, _ a: Double, _ b: Double, _ below: Double,
    _ above: Double, _ kinks: [Double]
  ) -> Double {
    guard a < b else { return 0 }
    let (lowerA, upperB) = (base.cumulativeProbability(a), base.upperTailProbability(b))
    let difference =
      lowerA > 0.5
      ? base.upperTailProbability(a) - upperB
      : upperB > 0.5 ? base.cumulativeProbability(b) - lowerA : 1 - lowerA - upperB
    let scale = lowerA > 0.5 ? base.upperTailProbability(a) : upperB > 0.5 ? lowerA : 1
    if difference > 1e-3 * scale || a.isInfinite || b.isInfinite { return difference }
    var edges = [a] + kinks.filter { $0 > a && $0 < b } + [b]
    edges.sort()
    var sum = 0.0
    for (left, right) in zip(edges, edges.dropFirst()) {
      sum += Quadrature.panel(left, right) { base.density($0) }
    }
    return sum
  }

  private func moments() -> (mean: Double?, variance: Double?) {
    if low.isFinite && high.isFinite {
      let mean = Quadrature.expectations(of: self, [{ $0 - low }])[0] + low
      let variance = Quadrature.expectations(of: self, [{ ($0 - mean) * ($0 - mean) }])[0]
      return (mean, variance)
    }
    guard base.mean != nil || base.support.lowerBound > -.infinity || low.isFinite,
      let mean = half({ $0 }), base.mean != nil
    else { return (nil, nil) }
    guard base.variance != nil else { return (mean, nil) }
    return (mean, half { ($0 - mean) * ($0 - mean) })
  }

  /// E[g(X)] where an end of the interval is infinite.
  private func half(_ function: @escaping (Double) -> Double) -> Double? {
    Quadrature.unbounded(low, high) { x in
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
    return min(Self.probability(of: base, low, x, below, above, kinks) / kept, 1)
  }

  public func upperTailProbability(_ x: Double) -> Double {
    if x <= low { return 1 }
    if x >= high { return 0 }
    return min(Self.probability(of: base, x, high, below, above, kinks) / kept, 1)
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
        values: inside.map { discrete.values[$0] },
        weights: inside.map { discrete.probabilities[$0] })
    }
    if low <= whole.support.lowerBound && high >= whole.support.upperBound { return whole }
    guard let result = TruncatedDistribution(whole, low: low, high: high) else { throw empty }
    return result
  }
}
