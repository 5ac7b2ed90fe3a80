// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiEngine
import RenkeiFiles
import RenkeiModel
import RenkeiStatistics
import Testing

/// What sampling designs are worth: variance times time against random sampling, for the mean total
/// and for the probability of the goal, and how often their 95% intervals hold the answer.
///
/// `make bench-designs` runs it in release with RENKEI_DESIGN_SEEDS seeds; a debug run takes a few.
@Suite(.serialized)
struct DesignBenchmarks {
  private static let scenarios = ["shinrenkei-2005", "recession", "optimism"]
  private static let paths = 8_192

  /// One design's estimates of one scenario, by seed.
  private struct Estimates {
    let design: SamplingDesign
    var means: [Double] = []
    var meanErrors: [Double] = []
    var probabilities: [Double] = []
    var intervals: [ClosedRange<Double>] = []
    /// Processor time in ticks of the C library's clock.
    var ticks = 0.0
  }

  @Test func varianceTimesTime() throws {
    let seeds =
      ProcessInfo.processInfo.environment["RENKEI_DESIGN_SEEDS"].flatMap(Int.init)
      ?? (BenchmarkTable.isOptimised ? 200 : 2)
    var lines = [
      "Sampling designs: \(seeds) seeds of \(Self.paths) paths each",
      "gain: variance x time of random sampling over that of the design; cover: 95% intervals that",
      "hold the answer, which is the mean of all designs weighted by precision", "",
      "scenario         design            time   gain mean  gain P(goal)   cover mean  cover P(goal)",
    ]
    for scenario in Self.scenarios {
      let all = try estimates(scenario, seeds: seeds)
      let mean = Self.pooled(all.map(\.means))
      let probability = Self.pooled(all.map(\.probabilities))
      for one in all {
        let unit = one.design.errorUnit
        let critical = unit.criticalValue(paths: Self.paths)
        let meanCover = zip(one.means, one.meanErrors).count { abs($0 - mean) <= critical * $1 }
        let goalCover = one.intervals.count { $0.contains(probability) }
        let time = one.ticks / all[0].ticks
        func gain(_ values: KeyPath<Estimates, [Double]>) -> Double {
          Self.variance(all[0][keyPath: values]) / (Self.variance(one[keyPath: values]) * time)
        }
        func share(_ count: Int) -> Double { 100 * Double(count) / Double(seeds) }
        lines.append(
          scenario.padding(toLength: 17, withPad: " ", startingAt: 0)
            + one.design.rawValue.padding(toLength: 16, withPad: " ", startingAt: 0)
            + String(
              format: "%6.2f %11.2f %13.2f %11.1f%% %13.1f%%", time, gain(\.means),
              gain(\.probabilities), share(meanCover), share(goalCover)))
        #expect(one.means.allSatisfy { $0.isFinite && $0 > 0 })
      }
    }
    print(lines.joined(separator: "\n"))
  }

  /// Every design, seed by seed in turn, so that disturbances meet all alike; processor time, which
  /// other programs disturb least.
  private func estimates(_ scenario: String, seeds: Int) throws -> [Estimates] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/\(scenario).yaml").path
    let stated = try ScenarioFile.load(path: path).scenario.resolved()
    let model = stated.keepingArms(named: [stated.arms[0].name])
    var all = SamplingDesign.allCases.map { Estimates(design: $0) }
    let engines = try all.map { one in
      try VectorEngine(
        model: model,
        options: SimulationOptions(
          paths: Self.paths, seed: 1, threads: 1, planQuantiles: false, sampling: one.design))
    }
    for seed in 1...UInt64(seeds) {
      for (place, engine) in engines.enumerated() {
        let start = clock()
        let result = try engine.reseeded(seed).run().result
        all[place].ticks += Double(clock() - start)
        let total = try #require(result.arms[0].portfolio.last?.amount)
        let goal = try #require(result.arms[0].goal)
        all[place].means.append(total.mean)
        all[place].meanErrors.append(try #require(total.standardError))
        all[place].probabilities.append(goal.probability)
        all[place].intervals.append(goal.interval95)
      }
    }
    return all
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }

  /// The mean of all estimates, each weighted by the precision of its design.
  private static func pooled(_ estimates: [[Double]]) -> Double {
    let weights = estimates.map { 1 / variance($0) }
    return zip(weights, estimates).reduce(0) { $0 + $1.0 * mean($1.1) } / weights.reduce(0, +)
  }
}
