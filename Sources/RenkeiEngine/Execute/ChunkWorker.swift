// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import Foundation
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
  private let planHistograms: LogHistogramArena?
  private let groupHistograms: LogHistogramArena?
  /// Paths by number of plans, for each (metric, year).
  private var countFrequencies: [Int]

  init(
    portfolio: CompiledPortfolio, shifts: CellShifts, options: SimulationOptions,
    totals: PathTotals, instructionSet: InstructionSet
  ) {
    self.portfolio = portfolio
    self.options = options
    self.totals = totals
    workspace = BlockWorkspace(portfolio, kernels: instructionSet.kernels)
    let layout = portfolio.layout
    planHistograms = options.planQuantiles ? Self.histograms(cells: layout.planCellCount) : nil
    groupHistograms = options.planQuantiles ? Self.histograms(cells: layout.groupCellCount) : nil
    runner = BlockRunner(
      portfolio: portfolio, shifts: shifts, planHistograms: planHistograms,
      groupHistograms: groupHistograms)
    countFrequencies = [Int](
      repeating: 0, count: CountMetric.allCases.count * portfolio.years * (layout.planCount + 1))
  }

  /// Histograms in memory that the system backs with pages only where a count falls.
  private static func histograms(cells: Int) -> LogHistogramArena {
    guard let memory = calloc(1, max(1, LogHistogramArena.byteCount(cellCount: cells))) else {
      preconditionFailure("the memory preflight promised room for the histograms")
    }
    return LogHistogramArena(cellCount: cells, zeroedMemory: memory, release: { free($0) })
  }

  /// Computes the blocks of one chunk in order; returns its sums and its number of paths.
  func run(chunk: Int) -> (tally: ChunkTally, paths: Int) {
    var tally = ChunkTally(layout: portfolio.layout)
    let firstPath = chunk * VectorEngine.chunkPaths
    let endPath = min(options.paths, firstPath + VectorEngine.chunkPaths)
    for path in stride(from: firstPath, to: endPath, by: BlockRunner.width) {
      let paths = min(BlockRunner.width, endPath - path)
      runner.run(block: path / BlockRunner.width, paths: paths, in: workspace, into: &tally)
      for year in 0..<portfolio.years {
        (totals.annual(year: year).baseAddress! + path).update(
          from: workspace.portfolio[year], count: paths)
      }
      countPlans(paths: paths)
    }
    return (tally, endPath - firstPath)
  }

  private func countPlans(paths: Int) {
    let width = portfolio.layout.planCount + 1
    countFrequencies.withUnsafeMutableBufferPointer { frequencies in
      for series in 0..<(CountMetric.allCases.count * portfolio.years) {
        let counts = workspace.counts + series * BlockRunner.width
        for path in 0..<paths { frequencies[series * width + Int(counts[path])] += 1 }
      }
    }
  }

  /// Joins the reduced sums with every worker's integer counts, which add in any order.
  static func collect(
    _ workers: [ChunkWorker], sums: ChunkTally, shifts: CellShifts, paths: Int,
    layout: TallyLayout
  ) -> ArmTally {
    let first = workers[0]
    for worker in workers.dropFirst() {
      if let histograms = worker.planHistograms { first.planHistograms?.merge(from: histograms) }
      if let histograms = worker.groupHistograms { first.groupHistograms?.merge(from: histograms) }
      for index in first.countFrequencies.indices {
        first.countFrequencies[index] += worker.countFrequencies[index]
      }
    }
    func moments(_ sums: [Double], _ shifts: [Double]) -> [ShiftedMoments] {
      shifts.indices.map { cell in
        ShiftedMoments(
          count: paths, shift: shifts[cell], sum: sums[2 * cell],
          sumOfSquares: sums[2 * cell + 1])
      }
    }
    let width = layout.planCount + 1
    return ArmTally(
      layout: layout, planMoments: moments(sums.planSums, shifts.plans),
      planActive: stride(from: 0, to: sums.planCounts.count, by: 2).map { sums.planCounts[$0] },
      planTargetMet: stride(from: 1, to: sums.planCounts.count, by: 2).map {
        sums.planCounts[$0]
      },
      groupMoments: moments(sums.groupSums, shifts.groups),
      portfolioMoments: moments(sums.portfolioSums, shifts.portfolio),
      countFrequencies: stride(from: 0, to: first.countFrequencies.count, by: width).map {
        Array(first.countFrequencies[$0..<($0 + width)])
      },
      planHistograms: first.planHistograms, groupHistograms: first.groupHistograms,
      totals: first.totals)
  }
}
