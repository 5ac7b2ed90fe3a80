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
  private let totals: PathTotals
  private let workspace: BlockWorkspace
  private let runner: BlockRunner
  private let planHistograms: HistogramBatch?
  private let groupHistograms: HistogramBatch?
  private let shifts: TallyShifts

  init(
    portfolio: CompiledPortfolio, shifts: TallyShifts, options: SimulationOptions,
    totals: PathTotals, instructionSet: InstructionSet
  ) {
    self.portfolio = portfolio
    self.options = options
    self.totals = totals
    workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    let layout = portfolio.layout
    let kernels = workspace.kernels
    func histograms(cells: Int) -> HistogramBatch? {
      options.planQuantiles ? HistogramBatch(cells: cells, kernels: kernels) : nil
    }
    planHistograms = histograms(cells: layout.planCellCount)
    groupHistograms = histograms(cells: layout.groupCellCount)
    runner = BlockRunner(
      portfolio: portfolio, shifts: shifts, planHistograms: planHistograms,
      groupHistograms: groupHistograms)
    self.shifts = shifts
  }

  /// Computes the blocks of one chunk in order; returns its sums and its number of paths.
  func run(chunk: Int) -> (tally: TallySums, paths: Int) {
    var tally = TallySums(
      layout: portfolio.layout, shifts: shifts, unit: options.sampling.errorUnit)
    let firstPath = chunk * VectorEngine.chunkPaths
    let endPath = min(options.paths, firstPath + VectorEngine.chunkPaths)
    for path in stride(from: firstPath, to: endPath, by: BlockRunner.width) {
      let paths = min(BlockRunner.width, endPath - path)
      runner.run(block: path / BlockRunner.width, paths: paths, in: workspace, into: &tally)
      for year in 0..<portfolio.years {
        (totals.annual(year: year).baseAddress! + path).update(
          from: workspace.portfolio[year], count: paths)
      }
      planHistograms?.endBlock(paths: paths)
      groupHistograms?.endBlock(paths: paths)
    }
    planHistograms?.flush()
    groupHistograms?.flush()
    return (tally, endPath - firstPath)
  }

  /// Joins the reduced sums with every worker's histograms, whose counts add in any order.
  static func collect(
    _ workers: [ChunkWorker], sums: TallySums, layout: TallyLayout
  ) -> ArmTally {
    let first = workers[0]
    for worker in workers.dropFirst() {
      if let histograms = worker.planHistograms {
        first.planHistograms?.arena.merge(from: histograms.arena)
      }
      if let histograms = worker.groupHistograms {
        first.groupHistograms?.arena.merge(from: histograms.arena)
      }
    }
    return ArmTally(
      layout: layout, sums: sums, planHistograms: first.planHistograms?.arena,
      groupHistograms: first.groupHistograms?.arena, totals: first.totals)
  }
}
