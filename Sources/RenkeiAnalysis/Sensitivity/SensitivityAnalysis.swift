// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws
import RenkeiEngine
import RenkeiModel
import RenkeiStatistics

/// What the total over the horizon and the chance of its goal depend on: every number that is drawn
/// once per path by itself, and what is drawn by year, plan and plan-year in groups.
///
/// Runs of the same paths: sample A, sample B with everything drawn afresh, A with each input in
/// turn from B, and A with each single number held at its 10% and at its 90% quantile. All draws
/// are addressed, so what is not drawn afresh is the same number on the same path.
package struct SensitivityAnalysis {
  /// Paths of each run where nobody says how many.
  package static let standardPaths = 20_000
  /// z with Φ(z) = 90%.
  static let tenthScore = 1.281_551_565_544_600_4

  private let model: ProjectionModel
  private let options: SimulationOptions
  private let engine: VectorEngine
  private let inputs: [SensitivityInput]

  /// Compiles the model and finds out what it draws.
  ///
  /// - Parameters:
  ///   - options: paths of each run, at least two. Paths are independent, whatever the design.
  /// - Throws: `TableError`.
  package init(
    model: ProjectionModel, options: SimulationOptions, instructionSet: InstructionSet = .best
  ) throws {
    precondition(options.paths > 1, "a sensitivity needs paths that can differ")
    self.model = model
    var options = options
    (options.sampling, options.planQuantiles, options.keepsPaths) = (.random, false, false)
    options.precision = .double
    self.options = options
    engine = try VectorEngine(model: model, options: options, instructionSet: instructionSet)
    let groups = engine.drawnGroups()
    inputs = SensitivityInput.all(
      groups, numbers: engine.singleNumberGroups(), correlations: model.correlations)
  }

  /// Runs of all paths: two samples, one for each input with a share, two for each single number.
  package var runs: Int {
    2 + inputs.count { !$0.groups.isEmpty } + 2 * inputs.count { $0.number != nil }
  }

  /// Paths of all runs together, for those who watch.
  package var pathsToRun: Int {
    let (count, overflow) = runs.multipliedReportingOverflow(by: options.paths)
    return overflow ? .max : count
  }

  /// What all runs take, told before they begin.
  ///
  /// - Throws: ``SimulationError`` where it does not fit.
  package func estimate(isTimed: Bool) throws -> RunEstimate {
    // Two samples, two ends and their figures by arm; numbers with their ranks.
    let columns = 12 * model.arms.count + 5 * inputs.count
    return try engine.estimate(
      resultFolder: nil, isTimed: isTimed, runs: runs,
      keptBytes: Double(columns) * Double(options.paths) * 8)
  }

  /// - Throws: ``SimulationError``.
  /// - Complexity: that of ``runs`` runs without quantiles of plans, and O(paths·log paths) for each
  ///   number.
  package func run(control: RunControl = RunControl()) throws -> SensitivityResult {
    let a = try engine.horizonTotals(control: control)
    let b = try engine.horizonTotals(redrawing: .all, control: control)
    var findings = SensitivityFindings(model: model, a: a, b: b)
    let numbers = engine.singleNumbers()
    for input in inputs {
      if let group = input.number, let drawn = numbers.first(where: { $0.group == group }) {
        let ends = [-Self.tenthScore, Self.tenthScore].map { score in
          value(of: group, drawn.values, normalScore: score)
        }
        let totals = try ends.map {
          try engine.holding(group, at: $0).horizonTotals(control: control)
        }
        findings.addEnds(of: input, values: ends, totals: totals)
        findings.addCorrelation(of: input, drawn.values)
      }
      if !input.groups.isEmpty {
        findings.addShares(
          of: input,
          try engine.horizonTotals(redrawing: .groups(input.groups), control: control))
      }
      if control.isCancelled { throw SimulationError.cancelled }
    }
    return SensitivityResult(
      title: model.title, horizonYears: model.horizonYears, paths: options.paths, runs: runs,
      seed: options.seed, arms: findings.arms, rows: findings.rankedRows,
      swings: findings.orderedSwings)
  }

  /// The quantile of a number: that of its distribution, or, where its parameters are drawn too,
  /// that of what was drawn.
  private func value(
    of group: DrawGroup, _ drawn: [Double], normalScore score: Double
  ) -> Double {
    if let exact = engine.value(of: group, normalScore: score) { return exact }
    return drawn.withUnsafeBufferPointer {
      OrderStatistics.quantiles(
        of: $0, levels: [score < 0 ? 0.1 : 0.9], scratch: SelectionScratch())[0]
    }
  }
}
