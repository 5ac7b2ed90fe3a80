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
  private(set) var options: SimulationOptions
  let instructionSet: InstructionSet
  private(set) var portfolio: CompiledPortfolio

  /// Compiles the model: folds constants, builds tables, addresses every draw.
  ///
  /// - Throws: `TableError` where a distribution cannot be tabulated accurately.
  public init(
    model: ProjectionModel, options: SimulationOptions, instructionSet: InstructionSet = .best
  ) throws {
    self.model = model
    self.options = options
    self.instructionSet = instructionSet
    portfolio = try CompiledPortfolio(model, seed: options.seed, sampling: options.sampling)
  }

  /// The same engine with other draws, without compiling again.
  package func reseeded(_ seed: UInt64) -> VectorEngine {
    var engine = self
    engine.options.seed = seed
    engine.portfolio.seed = seed
    return engine
  }

  /// The first paths with the same programme-level draws and fresh ones for all else.
  func redrawn(paths: Int) -> VectorEngine {
    var engine = self
    engine.options.paths = paths
    engine.options.planQuantiles = false
    engine.portfolio.isRedrawn = true
    return engine
  }

  /// Simulates every path and assembles the answers.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: O(paths × plans × years) time, O(paths × years) memory plus histograms.
  public func run(control: RunControl = RunControl()) throws -> SimulationOutcome {
    if let refusal = options.sampling.refusal(paths: options.paths) {
      throw SimulationError.unsupported("\(refusal); raise --paths, or use --sampling random")
    }
    try MemoryPreflight(portfolio: portfolio, options: options).check()
    let clock = ContinuousClock()
    let start = clock.now
    let (found, finances) = try simulate(control: control)
    // Without support nothing sets arms apart.
    let tallies = portfolio.support == nil ? model.arms.map { _ in found[0] } : found
    let result = try SimulationResult(
      model: model, options: options, tallies: tallies, finances: finances,
      secondLook: secondLook(tallies, control: control))
    let elapsed = clock.now - start
    var outcome = SimulationOutcome(
      result: result, engine: "vector", engineSeconds: elapsed / .seconds(1),
      instructionSet: instructionSet.name, tablesHash: portfolio.tablesHash)
    if options.keepsPaths {
      outcome.keptPaths = KeptPaths(totals: tallies.map(\.totals), inputs: namedInputs())
    }
    return outcome
  }

  /// Revenue of the portfolio under the first arm on every path, for checks that need more than a
  /// summary.
  package func pathTotals() throws -> PathTotals {
    try simulate(control: RunControl()).tallies[0].totals
  }

  /// Every arm draws the same numbers.
  func simulate(
    control: RunControl
  ) throws -> (tallies: [ArmTally], finances: [FinanceTally]) {
    let shifts = pathZero()
    let totals = shifts.map { _ in PathTotals(years: portfolio.years, paths: options.paths) }
    let chunks = WorkCounter(
      count: (options.paths + Self.chunkPaths - 1) / Self.chunkPaths)
    let threads = min(options.threads, max(1, chunks.count))
    let tree = Mutex(MergeTree<RunSums>())
    let workers = (0..<threads).map { _ in
      ChunkWorker(
        portfolio: portfolio, shifts: shifts, options: options, totals: totals,
        instructionSet: instructionSet)
    }
    WorkerPool.run(threads: threads) { index in
      let worker = workers[index]
      while !control.isCancelled, let chunk = chunks.take() {
        let (sums, paths) = worker.run(chunk: chunk)
        tree.withLock { $0.insert(sums, at: chunk) }
        control.advance(by: paths)
      }
    }
    if control.isCancelled { throw SimulationError.cancelled }
    guard let sums = tree.withLock({ $0.finish(count: chunks.count) }) else {
      throw SimulationError.cancelled
    }
    return ChunkWorker.collect(workers, sums: sums)
  }

  /// The value of every cell on path 0, by arm.
  private func pathZero() -> [ArmShifts] {
    let none = (0..<(portfolio.support?.arms.count ?? 1)).map { _ in ArmShifts(portfolio) }
    var shifts = none
    let runner = BlockRunner(
      portfolio: portfolio, shifts: none, histograms: none.map { _ in ArmHistograms.none })
    let workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    func present() -> Int { workspace.arms.firstIndex { $0 === workspace.arm } ?? 0 }
    workspace.revenueRecorder = { annual, cumulative in
      shifts[present()].tally.plans[annual] = workspace.revenue[0]
      shifts[present()].tally.plans[cumulative] = workspace.cumulative[0]
    }
    workspace.groupRecorder = { cell, column in
      shifts[present()].tally.groups[cell] = column[0]
    }
    workspace.portfolioRecorder = { cell, column in
      shifts[present()].tally.portfolio[cell] = column[0]
    }
    var figures = none.map { _ in FigureCells(years: portfolio.years) }
    workspace.money?.figureRecorder = { arm, kind, cell, column in
      figures[arm].set(kind, cell, column[0])
    }
    var sums = RunSums(layout: portfolio.layout, shifts: none)
    runner.run(block: 0, paths: 1, in: workspace, into: &sums)
    workspace.revenueRecorder = nil
    workspace.groupRecorder = nil
    workspace.portfolioRecorder = nil
    workspace.money?.figureRecorder = nil
    if let support = portfolio.support {
      let baseline = support.baseline.map { figures[$0].figures }
      for arm in shifts.indices {
        shifts[arm].finance = FinanceShifts(figures[arm].figures, baseline: baseline)
      }
    }
    return shifts
  }
}
