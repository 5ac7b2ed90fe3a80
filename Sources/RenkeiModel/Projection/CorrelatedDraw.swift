// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// How the normal scores of some named inputs mix from independent ones, in the order given.
struct CorrelatedScores {
  /// A score as Σ weight·(independent score of an earlier step) + own·(independent score).
  struct Mix {
    let earlier: [(slot: Int, weight: Double)]
    let own: Double
  }

  private var names: [String] = []
  private var weights: [[Double]] = []

  /// The part of the correlations that concerns `inputs`; empty where they are independent.
  init(of inputs: [String], in correlations: ResolvedCorrelations?) {
    guard let correlations else { return }
    let members = inputs.filter { name in
      inputs.contains { correlations.areCorrelated(name, $0) }
    }
    let indices = members.compactMap { correlations.index(of: $0) }
    var matrix = CorrelationMatrix(order: indices.count)
    for i in indices.indices {
      for j in 0..<i { matrix[i, j] = correlations.matrix[indices[i], indices[j]] }
    }
    names = members
    weights = matrix.choleskyFactor
  }

  /// The mix of one input whose earlier ones stand at `slots`; nil for an independent input.
  func mix(of name: String, slots: [String: Int]) -> Mix? {
    guard let index = names.firstIndex(of: name) else { return nil }
    let earlier = (0..<index).compactMap { place in
      slots[names[place]].map { (slot: $0, weight: weights[index][place]) }
    }
    return Mix(earlier: earlier.filter { $0.weight != 0 }, own: weights[index][index])
  }
}

/// A named input's draw, given the independent scores of the inputs it is correlated with.
struct CorrelatedDraw {
  private let mix: CorrelatedScores.Mix
  private let panelWidth: Double
  /// The input's distribution, or the standard form of one whose parameters are inputs.
  private let distribution: any UnivariateDistribution
  /// Kinks and jumps of the quantile function, in normal score.
  private let breakpoints: [Double]
  /// Location and scale, where the input reads others.
  private let form: LocationScaleForm?
  private let parameterSlots: [String: Int]

  /// - Parameter slots: places of the inputs that `quantity` reads.
  init(
    _ quantity: Quantity, mix: CorrelatedScores.Mix, slots: [String: Int], panelWidth: Double
  ) {
    self.mix = mix
    self.panelWidth = panelWidth
    switch quantity {
    case .constant, .input:
      preconditionFailure("only an input with a draw of its own is correlated")
    case .distribution(let distribution):
      (self.distribution, form, parameterSlots) = (distribution, nil, [:])
    case .modulated(let modulated):
      (distribution, form) = (modulated.form.standard, modulated.form)
      var places: [String: Int] = [:]
      for (parameter, input) in modulated.inputs { places[parameter] = slots[input] }
      parameterSlots = places
    }
    if case .discrete(let thresholds, _) = distribution.sampling {
      breakpoints = thresholds
    } else {
      breakpoints = distribution.breakpoints
    }
  }

  /// Values of the input, and the nodes of its independent score that they belong to.
  func nodes(slots: [Double], scores: [Double]) -> (values: [Double], nodes: QuadratureNodes) {
    let common = mix.earlier.reduce(0) { $0 + $1.weight * scores[$1.slot] }
    let own = mix.own
    let nodes = QuadratureNodes(
      breakpoints: own > 0 ? breakpoints.map { ($0 - common) / own } : [], panelWidth: panelWidth
    ) { $0 }
    let limit = Reproducible.largestNormalScore
    let values = nodes.values.map { score in
      let z = max(-limit, min(limit, common + own * score))
      guard let form else { return distribution.quantile(normalScore: z) }
      return form.value(normalScore: z) { parameterSlots[$0].map { slots[$0] } ?? .nan }
    }
    return (values, nodes)
  }
}
