// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

/// One thread's memory and counts.
///
/// Unchecked sendable: only the thread that owns a worker calls it while the engine runs.
final class ChunkWorker: @unchecked Sendable {
  private let portfolio: CompiledPortfolio
  private let options: SimulationOptions
  /// By arm; arms with the same revenue share one.
  private let totals: [PathTotals]
  private let workspace: BlockWorkspace
  private let runner: BlockRunner
  private let histograms: [ArmHistograms]
  private let shifts: [ArmShifts]

  init(
    portfolio: CompiledPortfolio, shifts: [ArmShifts], options: SimulationOptions,
    totals: [PathTotals], instructionSet: InstructionSet
  ) {
    self.portfolio = portfolio
    self.options = options
    self.totals = totals
    workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    let kernels = workspace.kernels
    histograms = shifts.indices.map {
      ArmHistograms(
        portfolio, arm: $0, planQuantiles: options.planQuantiles, kernels: kernels)
    }
    runner = BlockRunner(portfolio: portfolio, shifts: shifts, histograms: histograms)
    self.shifts = shifts
  }

  /// Computes the blocks of one chunk in order; returns its sums and its number of paths.
  func run(chunk: Int) -> (sums: RunSums, paths: Int) {
    var sums = RunSums(
      layout: portfolio.layout, shifts: shifts, unit: options.sampling.errorUnit)
    let firstPath = chunk * VectorEngine.chunkPaths
    let endPath = min(options.paths, firstPath + VectorEngine.chunkPaths)
    for path in stride(from: firstPath, to: endPath, by: BlockRunner.width) {
      let paths = min(BlockRunner.width, endPath - path)
      runner.run(block: path / BlockRunner.width, paths: paths, in: workspace, into: &sums)
      for (index, arm) in workspace.arms.enumerated()
      where (portfolio.support?.revenueArm[index] ?? index) == index {
        for year in 0..<portfolio.years {
          (totals[index].annual(year: year).baseAddress! + path).update(
            from: arm.portfolio[year], count: paths)
        }
      }
      for arm in histograms { arm.endBlock(paths: paths) }
    }
    for arm in histograms { arm.flush() }
    return (sums, endPath - firstPath)
  }

  /// Joins the reduced sums with every worker's histograms, by arm.
  static func collect(
    _ workers: [ChunkWorker], sums: RunSums
  ) -> (tallies: [ArmTally], finances: [FinanceTally]) {
    let first = workers[0]
    for worker in workers.dropFirst() {
      for (own, other) in zip(first.histograms, worker.histograms) { own.merge(from: other) }
    }
    let portfolio = first.portfolio
    let tallies = sums.arms.indices.map { arm -> ArmTally in
      let source = portfolio.support?.revenueArm[arm] ?? arm
      return ArmTally(
        layout: portfolio.layout, sums: sums.arms[source].tally,
        planHistograms: first.histograms[source].plans?.arena,
        groupHistograms: first.histograms[source].groups?.arena, totals: first.totals[source])
    }
    let finances = sums.arms.indices.compactMap { arm -> FinanceTally? in
      var tally = first.histograms[arm].finance
      tally?.sums = sums.arms[arm].finance
      return tally
    }
    return (tallies, finances)
  }
}
