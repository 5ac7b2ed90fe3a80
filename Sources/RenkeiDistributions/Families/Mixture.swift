// SPDX-License-Identifier: GPL-3.0-or-later

/// Mixture of continuous distributions: with probability weightᵢ a draw from component i.
///
/// Tails and density are the weighted sums of the components'; the quantile is found between the
/// smallest and the largest of the components' quantiles.
public struct MixtureDistribution: UnivariateDistribution {
  package struct Component: Sendable {
    /// Probability of the component.
    package let weight: Double
    package let distribution: any UnivariateDistribution
  }

  /// Components with weights that sum to 1.
  package let components: [Component]
  public let breakpoints: [Double]

  /// - Parameter parts: continuous distributions with positive weights, divided by their sum.
  package init(_ parts: [(weight: Double, distribution: any UnivariateDistribution)]) {
    precondition(!parts.isEmpty, "a mixture has at least one component")
    let total = parts.reduce(0) { $0 + $1.weight }
    let components = parts.map {
      Component(weight: $0.weight / total, distribution: $0.distribution)
    }
    self.components = components
    let tails = WeightedTails(components: components)
    breakpoints = tails.kinks.map { tails.normalScore($0) }
  }

  public var familyName: String { "mixture" }

  /// For component 1, a normal: weight_1, normal_1_mean, normal_1_sd; and so on.
  public var parameters: [(name: String, value: Double)] {
    components.enumerated().flatMap { index, component in
      let prefix = "\(component.distribution.familyName)_\(index + 1)_"
      return [(name: "weight_\(index + 1)", value: component.weight)]
        + component.distribution.parameters.map { (name: prefix + $0.name, value: $0.value) }
    }
  }

  public var support: ClosedRange<Double> { WeightedTails(components: components).support }

  /// Σ weightᵢ·meanᵢ.
  public var mean: Double? {
    var sum = 0.0
    for component in components {
      guard let mean = component.distribution.mean else { return nil }
      sum = sum.addingProduct(component.weight, mean)
    }
    return sum
  }

  /// Σ weightᵢ·(varianceᵢ + (meanᵢ − mean)²).
  public var variance: Double? {
    guard let mean else { return nil }
    var sum = 0.0
    for component in components {
      guard let variance = component.distribution.variance,
        let center = component.distribution.mean
      else { return nil }
      sum = sum.addingProduct(
        component.weight, variance.addingProduct(center - mean, center - mean))
    }
    return sum
  }

  public func density(_ x: Double) -> Double {
    components.reduce(0) { $0 + $1.weight * $1.distribution.density(x) }
  }

  public func cumulativeProbability(_ x: Double) -> Double {
    WeightedTails(components: components).lower(x)
  }

  public func upperTailProbability(_ x: Double) -> Double {
    WeightedTails(components: components).upper(x)
  }

  public func quantile(lowerTail p: Double) -> Double { quantile(.lower(p)) }
  public func quantile(upperTail q: Double) -> Double { quantile(.upper(q)) }

  private func quantile(_ target: TailTarget) -> Double {
    if target.probability <= 0 { return target.isUpper ? support.upperBound : support.lowerBound }
    if target.probability >= 1 { return target.isUpper ? support.lowerBound : support.upperBound }
    let quantiles = components.map { component in
      target.isUpper
        ? component.distribution.quantile(upperTail: target.probability)
        : component.distribution.quantile(lowerTail: target.probability)
    }
    let (low, high) = (quantiles.reduce(.infinity, min), quantiles.reduce(-.infinity, max))
    if !(low < high) { return low }
    return QuantileSolver.solve(
      target, for: self, start: low + 0.5 * (high - low), low: low, high: high)
  }

  /// ln Σ weightᵢ·exp(Kᵢ(s)) with the components' generators Kᵢ.
  public func cumulantGenerator(_ s: Double) -> Double? {
    var exponents = [Double]()
    for component in components {
      guard let cumulant = component.distribution.cumulantGenerator(s) else { return nil }
      exponents.append(cumulant)
    }
    let largest = exponents.reduce(-.infinity, max)
    guard largest.isFinite else { return nil }
    let sum = zip(components, exponents).reduce(0) {
      $0.addingProduct($1.0.weight, Reproducible.exp($1.1 - largest))
    }
    return largest + Reproducible.log(sum)
  }
}

/// What follows from the components alone.
private struct WeightedTails {
  let components: [MixtureDistribution.Component]

  var support: ClosedRange<Double> {
    let supports = components.map(\.distribution.support)
    return supports.map(\.lowerBound).reduce(
      .infinity, min)...supports.map(\.upperBound).reduce(-.infinity, max)
  }

  func lower(_ x: Double) -> Double {
    components.reduce(0) { $0 + $1.weight * $1.distribution.cumulativeProbability(x) }
  }

  func upper(_ x: Double) -> Double {
    components.reduce(0) { $0 + $1.weight * $1.distribution.upperTailProbability(x) }
  }

  /// Φ⁻¹ of the distribution function, by the smaller tail.
  func normalScore(_ x: Double) -> Double {
    let below = lower(x)
    return below <= 0.5
      ? Reproducible.normalQuantile(below) : Reproducible.normalQuantile(upperTail: upper(x))
  }

  /// Ends and kinks of the components strictly inside the support, ascending.
  var kinks: [Double] {
    var places = [Double]()
    for component in components {
      let distribution = component.distribution
      places += [distribution.support.lowerBound, distribution.support.upperBound]
      places += distribution.breakpoints.map { distribution.quantile(normalScore: $0) }
    }
    let inner = places.filter { $0 > support.lowerBound && $0 < support.upperBound }.sorted()
    return inner.enumerated().filter { $0.offset == 0 || inner[$0.offset - 1] < $0.element }
      .map(\.element)
  }

  /// The first interval inside the support to which no component gives probability.
  var gap: (low: Double, high: Double)? {
    let supports = components.map(\.distribution.support)
      .sorted { $0.lowerBound < $1.lowerBound }
    var reach = supports[0].upperBound
    for next in supports.dropFirst() {
      if next.lowerBound > reach { return (reach, next.lowerBound) }
      reach = max(reach, next.upperBound)
    }
    return nil
  }
}

extension DistributionParameter {
  /// The weighted distributions of a mixture.
  package static let components = DistributionParameter("components", .components)
}

extension MixtureDistribution {
  package static let family = DistributionFamily(
    name: "mixture", summary: "a draw from one of several distributions, chosen by weight",
    parameterForms: [[.components]],
    build: { given throws(DistributionError) in
      var parts: [(weight: Double, distribution: any UnivariateDistribution)] = []
      for component in given.components {
        guard component.weight.isFinite, component.weight > 0 else {
          throw given.error(nil, component.weight, "each weight must be greater than 0")
        }
        let distribution = try DistributionRegistry.make(
          family: component.family, component.parameters)
        parts.append((component.weight, distribution))
      }
      return try mix(parts, given)
    })

  private static func mix(
    _ parts: [(weight: Double, distribution: any UnivariateDistribution)],
    _ given: ResolvedParameters
  ) throws(DistributionError) -> any UnivariateDistribution {
    if parts.count == 1 {
      throw given.error(
        nil, nil, "a mixture needs at least two components", "write the distribution itself")
    }
    let discrete = parts.compactMap { part in
      (part.distribution as? DiscreteDistribution).map { (weight: part.weight, steps: $0) }
    }
    if discrete.count == parts.count {
      return DiscreteDistribution(
        familyName: "mixture",
        merging: discrete.flatMap { part in
          part.steps.values.indices.map {
            (value: part.steps.values[$0], weight: part.weight * part.steps.probabilities[$0])
          }
        })
    }
    if let atoms = discrete.first {
      throw given.error(
        nil, nil,
        "discrete and continuous components cannot be mixed: \(atoms.steps.familyName) is discrete",
        "replace its values by narrow continuous distributions")
    }
    let mixture = MixtureDistribution(parts)
    if let gap = WeightedTails(components: mixture.components).gap {
      throw given.error(
        nil, nil,
        "the components leave a gap without probability, from \(plain(gap.low)) "
          + "to \(plain(gap.high))",
        "let their supports meet, or add a component in between")
    }
    do throws(TableError) {
      _ = try QuantileTable(mixture)
    } catch {
      throw given.error(
        nil, nil, "the quantiles of this mixture cannot be tabulated accurately",
        "bring the components closer together, or give them wider tails")
    }
    return mixture
  }
}
