// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics
import Synchronization

/// The vectorised engine: blocks of 512 paths through stages over columns, chunks of blocks over
/// threads, sums reduced in a fixed order.
///
/// The result depends on the model, the seed and the number of paths alone: not on threads,
/// instruction set or the order of the plan list.
public struct VectorEngine: Sendable {
  /// Paths in a chunk, the unit of scheduling and of the fixed-order reduction.
  public static let chunkPaths = chunkBlocks * BlockRunner.width
  static let chunkBlocks = 8

  let model: ProjectionModel
  let options: SimulationOptions
  let instructionSet: InstructionSet
  let portfolio: CompiledPortfolio

  /// Compiles the model: folds constants, builds tables, addresses every draw.
  ///
  /// - Throws: `TableError` where a distribution cannot be tabulated accurately.
  public init(
    model: ProjectionModel, options: SimulationOptions, instructionSet: InstructionSet = .best
  ) throws {
    self.model = model
    self.options = options
    self.instructionSet = instructionSet
    portfolio = try CompiledPortfolio(model, seed: options.seed)
  }

  /// Simulates every path and assembles the answers.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: O(paths × plans × years) time, O(paths × years) memory plus histograms.
  public func run(control: RunControl = RunControl()) throws -> SimulationOutcome {
    try MemoryPreflight(portfolio: portfolio, options: options).check()
    let clock = ContinuousClock()
    let start = clock.now
    let tally = try simulate(control: control)
    let tallies = model.arms.map { _ in tally }
    let result = try SimulationResult(model: model, options: options, tallies: tallies)
    let elapsed = clock.now - start
    var outcome = SimulationOutcome(
      result: result, engine: "vector", engineSeconds: elapsed / .seconds(1),
      instructionSet: instructionSet.name, tablesHash: portfolio.tablesHash)
    if options.keepsPaths {
      outcome.keptPaths = KeptPaths(totals: tallies.map(\.totals), inputs: namedInputs())
    }
    return outcome
  }

  /// Revenue of the portfolio on every path, for checks that need more than a summary.
  package func pathTotals() throws -> PathTotals {
    try simulate(control: RunControl()).totals
  }

  /// Every arm draws the same numbers and no support acts yet, so all arms share one tally.
  private func simulate(control: RunControl) throws -> ArmTally {
    let shifts = pathZero()
    let totals = PathTotals(years: portfolio.years, paths: options.paths)
    let chunks = WorkCounter(
      count: (options.paths + Self.chunkPaths - 1) / Self.chunkPaths)
    let threads = min(options.threads, max(1, chunks.count))
    let tree = Mutex(MergeTree<TallySums>())
    let workers = (0..<threads).map { _ in
      ChunkWorker(
        portfolio: portfolio, shifts: shifts, options: options, totals: totals,
        instructionSet: instructionSet)
    }
    WorkerPool.run(threads: threads) { index in
      let worker = workers[index]
      while !control.isCancelled, let chunk = chunks.take() {
        let (tally, paths) = worker.run(chunk: chunk)
        tree.withLock { $0.insert(tally, at: chunk) }
        control.advance(by: paths)
      }
    }
    if control.isCancelled { throw SimulationError.cancelled }
    guard let sums = tree.withLock({ $0.finish(count: chunks.count) }) else {
      throw SimulationError.cancelled
    }
    return ChunkWorker.collect(workers, sums: sums, layout: portfolio.layout)
  }

  /// The value of every cell on path 0.
  private func pathZero() -> TallyShifts {
    var shifts = TallyShifts(layout: portfolio.layout)
    let runner = BlockRunner(
      portfolio: portfolio, shifts: shifts, planHistograms: nil, groupHistograms: nil)
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    workspace.revenueRecorder = { annual, cumulative in
      shifts.plans[annual] = workspace.revenue[0]
      shifts.plans[cumulative] = workspace.cumulative[0]
    }
    workspace.groupRecorder = { cell, column in shifts.groups[cell] = column[0] }
    workspace.portfolioRecorder = { cell, column in shifts.portfolio[cell] = column[0] }
    var tally = TallySums(layout: portfolio.layout, shifts: shifts)
    runner.run(block: 0, paths: 1, in: workspace, into: &tally)
    workspace.revenueRecorder = nil
    workspace.groupRecorder = nil
    workspace.portfolioRecorder = nil
    return shifts
  }
}
