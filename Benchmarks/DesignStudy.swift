// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import RenkeiStatistics
import Synchronization
import Testing

/// What sampling designs are worth: variance times time against random sampling, for the mean total
/// and for the probability of the goal, and how often their 95% intervals hold the answer.
///
/// `make bench-designs` runs it in release with DESIGN_SEEDS seeds. Support is left out: it moves no
/// revenue of the arm that the plans' numbers were observed under, and takes most of the time.
struct DesignStudy {
  private static let scenarios = ["shinrenkei-2005", "recession", "optimism"]
  private static let paths = 8_192
  /// Nobody waits for it who has not asked.
  private static let seeds = ProcessInfo.processInfo.environment["RENKEI_DESIGN_SEEDS"]
    .flatMap(Int.init)
  private static let withoutSupport =
    "support=null arms=null calibrated_to=null baseline_arm=null report.groups=null"

  /// One design's estimates of one scenario, by seed.
  private struct Estimates {
    let design: SamplingDesign
    var means: [Double]
    var meanErrors: [Double]
    var probabilities: [Double]
    var intervals: [ClosedRange<Double>]
  }

  /// One run.
  private struct Estimate {
    let mean: Double
    let meanError: Double
    let probability: Double
    let interval: ClosedRange<Double>
  }

  @Test(.enabled(if: seeds != nil))
  func varianceTimesTime() throws {
    let seeds = try #require(Self.seeds)
    // Two standard errors of a share of 95%.
    let slack = 200 * (0.95 * 0.05 / Double(seeds)).squareRoot()
    var lines = [
      "Sampling designs: seeds 1 to \(seeds), \(Self.paths) paths each.",
      "time: of a simulation, in units of random sampling's; gain: variance x time of random",
      "sampling over that of the design, ± its standard error; cover: 95% intervals that hold the",
      "answer, which is the mean of all designs weighted by precision; two standard errors of a",
      String(format: "cover of 95%% are %.1f points.", slack), "",
      "scenario         design            time     gain mean    gain P(goal)   cover mean  cover P(goal)",
    ]
    for scenario in Self.scenarios {
      let engines = try Self.engines(scenario)
      let times = try Self.relativeTimes(engines)
      let all = try zip(SamplingDesign.allCases, engines).map {
        try Self.estimates($0, $1, seeds: seeds)
      }
      let mean = Self.pooled(all.map(\.means))
      let probability = Self.pooled(all.map(\.probabilities))
      for (one, time) in zip(all, times) {
        let critical = one.design.errorUnit.criticalValue(paths: Self.paths)
        let meanCover = zip(one.means, one.meanErrors).count { abs($0 - mean) <= critical * $1 }
        let goalCover = one.intervals.count { $0.contains(probability) }
        func gain(_ values: KeyPath<Estimates, [Double]>) -> (Double, Double) {
          let (base, own) = (all[0][keyPath: values], one[keyPath: values])
          let gain = Self.variance(base) / (Self.variance(own) * time)
          // A variance from n values has a relative standard error of √((kurtosis − 1)/n).
          let error = (Self.relativeError(base) + Self.relativeError(own)).squareRoot()
          return (gain, one.design == .random ? 0 : gain * error)
        }
        func share(_ count: Int) -> Double { 100 * Double(count) / Double(seeds) }
        let (meanGain, goalGain) = (gain(\.means), gain(\.probabilities))
        lines.append(
          scenario.padding(toLength: 17, withPad: " ", startingAt: 0)
            + one.design.rawValue.padding(toLength: 16, withPad: " ", startingAt: 0)
            + String(
              format: "%6.2f %7.2f ± %4.2f %8.2f ± %4.2f %11.1f%% %13.1f%%", time, meanGain.0,
              meanGain.1, goalGain.0, goalGain.1, share(meanCover), share(goalCover)))
        #expect(one.means.allSatisfy { $0.isFinite && $0 > 0 })
      }
    }
    print(lines.joined(separator: "\n"))
  }

  /// An engine for each design.
  private static func engines(_ scenario: String) throws -> [VectorEngine] {
    let model = try ScenarioFile.load(
      path: BenchmarkScenario.path(scenario),
      overrides: withoutSupport.split(separator: " ").compactMap { ScenarioOverride(String($0)) }
    ).scenario.resolved()
    return try SamplingDesign.allCases.map { design in
      try VectorEngine(
        model: model,
        options: SimulationOptions(
          paths: paths, seed: 1, threads: 1, planQuantiles: false, sampling: design))
    }
  }

  /// Times of simulations in units of the first's, in turn. The second look at some paths, which
  /// only random sampling allows and which tells no mean, is not part of them.
  private static func relativeTimes(_ engines: [VectorEngine]) throws -> [Double] {
    let rows = try BenchmarkGroup(
      name: "designs", unit: .nanoseconds(per: "run"),
      rounds: BenchmarkBuild.isOptimised ? 15 : 1,
      cases: zip(SamplingDesign.allCases, engines).map { design, engine in
        BenchmarkCase(design.rawValue, items: 1, peer: SamplingDesign.random.rawValue) {
          _ = try engine.pathTotals()
        }
      }
    ).measured()
    return rows.map { $0.ratio ?? 1 }
  }

  /// Every seed, on all processors.
  private static func estimates(
    _ design: SamplingDesign, _ engine: VectorEngine, seeds: Int
  ) throws -> Estimates {
    let found = Mutex<[Result<Estimate, any Error>?]>(Array(repeating: nil, count: seeds))
    DispatchQueue.concurrentPerform(iterations: seeds) { index in
      let estimate = Result { try Self.estimate(engine.reseeded(UInt64(index + 1))) }
      found.withLock { $0[index] = estimate }
    }
    let all = try found.withLock { try $0.map { try #require($0).get() } }
    return Estimates(
      design: design, means: all.map(\.mean), meanErrors: all.map(\.meanError),
      probabilities: all.map(\.probability), intervals: all.map(\.interval))
  }

  private static func estimate(_ engine: VectorEngine) throws -> Estimate {
    let arm = try engine.run().result.arms[0]
    let total = try #require(arm.portfolio.last?.amount)
    let goal = try #require(arm.goal)
    return Estimate(
      mean: total.mean, meanError: try #require(total.standardError),
      probability: goal.probability, interval: goal.interval95)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }

  /// Squared relative standard error of ``variance(_:)``.
  private static func relativeError(_ values: [Double]) -> Double {
    let mean = mean(values)
    let fourth = values.reduce(0) { sum, value in
      let square = (value - mean) * (value - mean)
      return sum + square * square
    }
    let variance = variance(values)
    return (fourth / Double(values.count) / (variance * variance) - 1) / Double(values.count)
  }

  /// The mean of all estimates, each weighted by the precision of its design.
  private static func pooled(_ estimates: [[Double]]) -> Double {
    let weights = estimates.map { 1 / variance($0) }
    return zip(weights, estimates).reduce(0) { $0 + $1.0 * mean($1.1) } / weights.reduce(0, +)
  }
}
