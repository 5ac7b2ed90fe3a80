// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

@testable import RenkeiModel

/// Problems of correlations between named inputs.
enum CorrelationCases {
  typealias Case = DiagnosticTests.Case
  typealias Measure = CorrelationSettings.Pair.Measure

  static func pair(
    _ first: String, _ second: String, _ coefficient: Double, _ measure: Measure = .normalScore,
    line: Int = 91
  ) -> CorrelationSettings.Pair {
    CorrelationSettings.Pair(
      measure: measure, first: Stated(first, at: Build.at(line, 2)),
      second: Stated(second, at: Build.at(line, 3)),
      coefficient: Stated(coefficient, at: Build.at(line, 4)), location: Build.at(line))
  }

  /// Three uniform inputs, a fixed one, one that repeats another, and a discrete one; all used.
  private static func scenario(
    _ pairs: CorrelationSettings.Pair..., repair: Bool = false
  ) throws -> Scenario {
    let uniform = try Build.quantity("uniform", ["min": 0.1, "max": 0.2])
    let coin = Quantity.distribution(
      try DistributionRegistry.make(
        family: "discrete",
        DistributionParameters(lists: ["values": [0, 1], "weights": [1, 1]])))
    let inputs = [
      Build.input("launch", uniform), Build.input("market", uniform),
      Build.input("credit", uniform), Build.input("fixed", .constant(0.5)),
      Build.input("same", .input("launch")), Build.input("coin", coin),
    ]
    return Build.scenario(plans: [Build.plan("A")]) {
      $0.inputs = inputs
      $0.correlations = CorrelationSettings(
        pairs: pairs, repairsToNearest: repair, location: Build.at(90))
      $0.segments = [
        Build.segment(
          "all", multiply: inputs.map { (.endTargetYen, .input($0.name)) }, line: 20)
      ]
      $0.defaults.numbers[.endTargetYen] = Stated(.constant(1e9), at: Build.at(10))
      $0.plans.rows[0].settings.numbers[.endTargetYen] = Stated(.constant(1e9), at: Build.at(2))
    }
  }

  static let all: [Case] = [
    Case("sound correlations", []) {
      try scenario(
        pair("launch", "market", -0.3, .rank), pair("launch", "credit", -0.3, .rank),
        pair("market", "credit", 1), pair("coin", "launch", 0.5))
    },
    Case(
      "correlation of an unknown input",
      [
        "s.yaml:91:3: error: correlations.normal_score: no input has this name (got 'markt'; "
          + "allowed: launch, market, credit, fixed, same, coin; did you mean 'market'?)"
      ]
    ) { try scenario(pair("launch", "markt", 0.3)) },
    Case(
      "correlation of fixed inputs",
      [
        "s.yaml:91:2: error: correlations.rank: the input is a plain number and cannot be "
          + "correlated (got 'fixed'; allowed: uncertain inputs)",
        "s.yaml:91:3: error: correlations.rank: the input only repeats $launch (got 'same'; "
          + "correlate 'launch' instead)",
      ]
    ) { try scenario(pair("fixed", "same", 0.3, .rank)) },
    Case(
      "correlation with itself",
      [
        "s.yaml:91:3: error: correlations.normal_score: the pair names one input twice "
          + "(got 'launch'; allowed: two different inputs)"
      ]
    ) { try scenario(pair("launch", "launch", 1)) },
    Case(
      "correlation beyond 1",
      [
        "s.yaml:91:4: error: correlations.normal_score: is out of range "
          + "(got '1.2'; allowed: from -1 to 1)"
      ]
    ) { try scenario(pair("launch", "market", 1.2)) },
    Case(
      "pair stated twice",
      [
        "s.yaml:92:1: error: correlations.normal_score: the correlation of market and launch is "
          + "stated twice; first at s.yaml:91:1 (keep one of them)"
      ]
    ) {
      try scenario(pair("launch", "market", 0.2), pair("market", "launch", 0.2, line: 92))
    },
    Case(
      "pair stated differently",
      [
        "s.yaml:92:1: error: correlations.normal_score: the correlation of market and launch is "
          + "stated twice, differently; first at s.yaml:91:1 (keep one of them)"
      ]
    ) {
      try scenario(pair("launch", "market", 0.2, .rank), pair("market", "launch", 0.2, line: 92))
    },
    Case(
      "rank correlation of a discrete input",
      [
        "s.yaml:91:2: warning: correlations.rank: the input takes few values, so that the rank "
          + "correlation comes out weaker than stated (got 'coin'; state the correlation of the "
          + "scores under 'normal_score')"
      ]
    ) { try scenario(pair("coin", "launch", 0.3, .rank)) },
    Case(
      "correlations that contradict each other",
      [
        "s.yaml:90:1: error: correlations: the correlations contradict each other: the smallest "
          + "eigenvalue of their matrix is -0.4142 (allowed: a matrix without negative "
          + "eigenvalues; lower the coefficients, or state repair: nearest)"
      ]
    ) { try scenario(pair("launch", "market", 1), pair("market", "credit", 1)) },
    Case(
      "correlations repaired",
      [
        "s.yaml:90:1: warning: correlations: the correlations contradict each other (smallest "
          + "eigenvalue -0.4142), so that the nearest ones are used: that of the normal scores "
          + "of launch and market changes most, from 1 to 0.7607"
      ]
    ) {
      try scenario(pair("launch", "market", 1), pair("market", "credit", 1), repair: true)
    },
  ]
}
