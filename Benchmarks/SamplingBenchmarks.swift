// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiEngine
import RenkeiModel

/// What drawing by a design costs: the headline's certified arm simulated under each, beside random
/// sampling. ``DesignStudy`` says what designs are worth.
struct SamplingBenchmarks {
  func group() throws -> BenchmarkGroup {
    let model = try BenchmarkScenario.model("shinrenkei-2005")
    let arm = model.keepingArms(named: [model.arms[0].name])
    let paths = BenchmarkBuild.isOptimised ? 16_384 : 512
    // The fewest paths that the others allow take a debug build too long.
    let designs = BenchmarkBuild.sizes(SamplingDesign.allCases, debug: [.random])
    return BenchmarkGroup(
      name: "headline by sampling design", unit: .nanoseconds(per: "plan-year"),
      rounds: BenchmarkBuild.isOptimised ? 9 : 1,
      cases: try designs.map { design in
        let engine = try VectorEngine(
          model: arm,
          options: SimulationOptions(
            paths: paths, seed: 1, threads: 1, planQuantiles: false, sampling: design))
        return BenchmarkCase(
          design.rawValue, items: paths * model.plans.count * model.horizonYears,
          peer: SamplingDesign.random.rawValue
        ) { _ = try engine.pathTotals() }
      })
  }
}
