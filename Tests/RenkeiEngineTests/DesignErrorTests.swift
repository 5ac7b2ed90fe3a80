// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import Testing

@testable import RenkeiEngine
@testable import RenkeiModel

/// Errors of every sampling design against many seeds of a model whose answers are known.
struct DesignErrorTests {
  private static let paths = 8_192
  /// The full run, 2,000 seeds and more on shipped scenarios, is `make bench-designs`.
  private static let seeds = 300

  /// One plan, one year: R = 50e6·exp(0.4·z + 0.4·(½F + √¾ε) + 0.2·a − 0.08).
  private static let yaml = """
    renkei: 1
    title: t
    start_year: 2005
    horizon_years: 1
    goal: {cumulative_revenue_yen: 70e6}
    plans:
      list: [{plan_id: a, end_target_yen: 100e6, period_years: 1}]
      defaults: {attainment: {lognormal: {median: $level, log_sd: 0.2}}, annual_shock_sd: 0.4}
    factors: {macro: {loading: 0.5}}
    inputs: {level: {lognormal: {median: 0.5, log_sd: 0.4}}}
    """

  private struct Answers {
    /// By seed.
    var means: [Double] = []
    var errors: [Double] = []
    var covered = (mean: 0, probability: 0)
  }

  private static func answers(_ design: SamplingDesign) throws -> Answers {
    let logVariance = 0.4 * 0.4 + 0.4 * 0.4 + 0.2 * 0.2
    let exactMean = 50e6 * exp(logVariance / 2 - 0.08)
    let score = (log(70.0 / 50) + 0.08) / logVariance.squareRoot()
    let exactProbability = erfc(score / 2.0.squareRoot()) / 2
    let model = try EngineTrial.model(yaml)
    let engine = try VectorEngine(
      model: model,
      options: SimulationOptions(
        paths: paths, seed: 1, threads: 1, planQuantiles: false, sampling: design))
    let unit = design.errorUnit
    var answers = Answers()
    for seed in 1...UInt64(seeds) {
      let tally = try engine.reseeded(seed).simulate(control: RunControl()).tallies[0]
      let moments = tally.portfolioMoments[tally.layout.cell(0, .cumulative, 0)]
      let mean = try #require(moments.mean)
      let error = try #require(
        tally.unitError(.portfolio(tally.layout.cell(0, .cumulative, 0)))
          ?? moments.standardErrorOfMean)
      let probability = GoalProbability(
        UnsafeBufferPointer(tally.totals.annual(year: 0)), goal: 70e6, unit: unit)
      answers.means.append(mean)
      answers.errors.append(error)
      if abs(mean - exactMean) <= unit.criticalValue(paths: paths) * error {
        answers.covered.mean += 1
      }
      if probability.interval.contains(exactProbability) { answers.covered.probability += 1 }
    }
    return answers
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }

  /// 95% intervals hold the exact answer in 95% of the runs, and designs make them shorter.
  @Test func intervalsCoverAndDesignsPay() throws {
    let random = try Self.answers(.random)
    // Five standard errors of a share of 0.95.
    let slack = 5 * (0.95 * 0.05 / Double(Self.seeds)).squareRoot()
    for design in SamplingDesign.allCases {
      let answers = design == .random ? random : try Self.answers(design)
      for covered in [answers.covered.mean, answers.covered.probability] {
        let share = Double(covered) / Double(Self.seeds)
        #expect(abs(share - 0.95) < slack, "\(design): \(share)")
      }
      let stated = answers.errors.reduce(0) { $0 + $1 * $1 } / Double(Self.seeds)
      let actual = Self.variance(answers.means)
      // A variance from 300 means has a relative standard error of √(2/299) = 8%.
      #expect(abs(stated / actual - 1) < 0.45, "\(design): \(stated) \(actual)")
      if design != .random {
        // Shared draws make 55% of the variance of log R; √(4/299) = 12% is the ratio's error.
        #expect(actual < 0.7 * Self.variance(random.means), "\(design)")
      }
    }
  }
}
