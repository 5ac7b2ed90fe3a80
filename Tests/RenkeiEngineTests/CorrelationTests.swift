// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDistributions
import RenkeiModel
import Testing

@testable import RenkeiEngine

/// Correlated named inputs as the engine draws them.
struct CorrelationTests {
  private static func engine(_ correlations: String) throws -> VectorEngine {
    let model = try EngineTrial.model(
      """
      renkei: 1
      horizon_years: 1
      plans:
        list: [{plan_id: a, end_target_yen: 1e6, period_years: 1}]
        defaults: {attainment: $alpha, launch_probability: $beta, growth_after_plan: $gamma, launch_odds_ratio: $delta}
      inputs:
        alpha: {lognormal: {median: 1, log_sd: 0.8}}
        beta: {beta: {a: 2, b: 5}}
        gamma: {uniform: {min: -0.5, max: 0.5}}
        delta: {gamma: {shape: 0.7, scale: 2}, truncate: [0.001, 100]}
      \(correlations)
      """)
    return try VectorEngine(model: model, options: SimulationOptions(paths: 1, seed: 4, threads: 1))
  }

  private static let names = ["alpha", "beta", "gamma", "delta"]

  /// Values of the inputs by path.
  private static func samples(_ correlations: String, blocks: Int) throws -> [String: [Double]] {
    let engine = try engine(correlations)
    var samples: [String: [Double]] = [:]
    for block in 0..<blocks {
      let trace = engine.trace(block: block)
      for name in names {
        let key = DrawKey(.programme, .input(name))
        samples[name, default: []] += trace.draws[key] ?? []
      }
    }
    return samples
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    var ranks = [Double](repeating: 0, count: values.count)
    for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
      ranks[index] = Double(rank)
    }
    return ranks
  }

  private static func rankCorrelation(_ x: [Double], _ y: [Double]) -> Double {
    let n = Double(x.count)
    let squares = zip(ranks(x), ranks(y)).reduce(0) { sum, pair in
      sum + (pair.0 - pair.1) * (pair.0 - pair.1)
    }
    return 1 - 6 * squares / (n * (n * n - 1))
  }

  /// Spearman's coefficient of 10⁵ draws. Its standard error under a normal copula is close to
  /// (1 − ρ²)·√(1.06/(n − 3)). (Fieller, Hartley & Pearson, Biometrika 44, 1957)
  @Test func rankCorrelationsAreThoseStated() throws {
    let stated: [(String, String, Double)] = [
      ("alpha", "beta", -0.3), ("alpha", "gamma", 0.6), ("beta", "gamma", 0.2),
    ]
    let pairs = stated.map { "[\($0.0), \($0.1), \($0.2)]" }.joined(separator: ", ")
    let samples = try Self.samples("correlations: {rank: [\(pairs)]}", blocks: 196)
    for (a, b, rho) in stated + [("alpha", "delta", 0), ("gamma", "delta", 0)] {
      let x = try #require(samples[a])
      let y = try #require(samples[b])
      #expect(x.count == 196 * 512)
      let error = (1 - rho * rho) * (1.06 / Double(x.count - 3)).squareRoot()
      let found = Self.rankCorrelation(x, y)
      #expect(abs(found - rho) < 5 * error, "\(a) \(b): \(found), should be \(rho) ± \(error)")
    }
  }

  /// Every margin keeps its distribution: Kolmogorov's distance, beyond which one sample in 1.7
  /// million falls (2·exp(−2t²) at t = 2.74).
  @Test func marginsAreUnchanged() throws {
    let engine = try Self.engine("")
    let samples = try Self.samples(
      "correlations: {rank: [[alpha, beta, 0.5], [delta, beta, -0.5], [gamma, alpha, 0.6]]}",
      blocks: 40)
    for input in engine.model.inputs {
      guard case .distribution(let distribution) = input.quantity else { continue }
      let values = try #require(samples[input.name]).sorted()
      let n = Double(values.count)
      var distance = 0.0
      for (index, x) in values.enumerated() {
        let p = distribution.cumulativeProbability(x)
        distance = max(distance, Double(index + 1) / n - p, p - Double(index) / n)
      }
      #expect(distance * n.squareRoot() < 2.74, "\(input.name): \(distance * n.squareRoot())")
    }
  }

  /// The first of the correlated inputs, and every uncorrelated one, keeps its draws bit by bit.
  @Test func drawsOfOthersStay() throws {
    let free = try Self.samples("", blocks: 1)
    let joined = try Self.samples("correlations: {normal_score: [[gamma, beta, 0.5]]}", blocks: 1)
    for name in Self.names {
      #expect((free[name] == joined[name]) == (name != "gamma"), "\(name)")
    }
    let zero = try Self.samples(
      "correlations: {rank: [[gamma, beta, 0], [alpha, beta, 0]]}", blocks: 1)
    #expect(zero == free)
  }

  /// Coefficients of 1 and −1 join inputs to one score.
  @Test func perfectCorrelationIsExact() throws {
    let samples = try Self.samples(
      "correlations: {rank: [[alpha, gamma, -1], [alpha, delta, 1], [gamma, delta, -1]]}",
      blocks: 2)
    let x = try #require(samples["alpha"])
    #expect(Self.ranks(x) == Self.ranks(try #require(samples["delta"])))
    let reversed = Self.ranks(try #require(samples["gamma"])).map { 1023 - $0 }
    #expect(Self.ranks(x) == reversed)
  }

  /// Values follow from the recorded independent scores by the model's weights.
  @Test func valuesFollowFromTheScores() throws {
    let engine = try Self.engine(
      "correlations: {normal_score: [[alpha, beta, 0.5], [delta, beta, -0.6], [gamma, alpha, 0.7]]}"
    )
    let trace = engine.trace(block: 5)
    let correlations = try #require(engine.model.correlations)
    #expect(correlations.inputs == ["alpha", "beta", "delta", "gamma"])
    for (name, weights) in zip(correlations.inputs, correlations.weights) {
      let input = try #require(engine.model.inputs.first { $0.name == name })
      guard case .distribution(let distribution) = input.quantity else { continue }
      for path in 0..<512 {
        var z = 0.0
        for (other, weight) in zip(correlations.inputs, weights) {
          z += weight * (trace.value(DrawKey(.programme, .inputScore(other)), path: path) ?? .nan)
        }
        let exact = distribution.quantile(normalScore: z)
        let value = try #require(trace.value(DrawKey(.programme, .input(name)), path: path))
        // Quantile tables promise 1e-9 in probability and 1e-6 of a tail.
        let scale = max(abs(exact), 1e-3)
        #expect(abs(value - exact) < 1e-5 * scale, "\(name) path \(path): \(value) \(exact)")
      }
    }
  }
}
