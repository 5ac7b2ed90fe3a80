// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics
import Synchronization

extension VectorEngine {
  /// Looks again at some paths of a finished run.
  ///
  /// - Parameter tallies: of the run, by arm.
  /// - Returns: nil where paths are not independent.
  /// - Throws: ``SimulationError``.
  /// - Complexity: that of a run of twice ``SecondLook/paths(of:)``.
  func secondLook(_ tallies: [ArmTally], control: RunControl) throws -> SecondLook? {
    // Errors here count single paths, which other designs make depend on each other.
    guard options.sampling == .random else { return nil }
    let scratch = SelectionScratch()
    let contexts = tallies.map {
      GapContext($0.totals, goalYen: model.goalYen, scratch: scratch)
    }
    let paths = SecondLook.paths(of: options.paths)
    let gaps = try gapTallies(tallies, contexts, paths: paths, control: control)
    // Progress counts the paths of the run alone, so these have a control of their own.
    let replica = try redrawing(.belowProgramme, paths: paths).simulate(control: RunControl())
    if control.isCancelled { throw SimulationError.cancelled }
    return SecondLook(
      replicas: tallies.indices.map { replica.tallies[portfolio.support == nil ? 0 : $0].totals },
      contexts: contexts, gaps: gaps)
  }

  /// Plans and groups of every arm against the totals of the run's first paths.
  private func gapTallies(
    _ tallies: [ArmTally], _ contexts: [GapContext], paths: Int, control: RunControl
  ) throws -> [GapTally] {
    let blocks = WorkCounter(count: (paths + BlockRunner.width - 1) / BlockRunner.width)
    let threads = min(options.threads, max(1, blocks.count))
    let tree = Mutex(MergeTree<GapTallies>())
    let workers = (0..<threads).map { _ in
      GapWorker(
        portfolio: portfolio, model: model, contexts: contexts,
        totals: tallies.map { Array($0.totals.cumulative.prefix(paths)) },
        instructionSet: instructionSet)
    }
    WorkerPool.run(threads: threads) { index in
      let worker = workers[index]
      while !control.isCancelled, let block = blocks.take() {
        let found = worker.run(block: block, paths: paths)
        tree.withLock { $0.insert(found, at: block) }
      }
    }
    if control.isCancelled { throw SimulationError.cancelled }
    guard let sums = tree.withLock({ $0.finish(count: blocks.count) }) else {
      throw SimulationError.cancelled
    }
    // Arms with the revenue of an earlier one share its tally.
    return tallies.indices.map { sums.arms[portfolio.support?.revenueArm[$0] ?? 0] }
  }
}

/// The tallies of all arms.
private struct GapTallies: Mergeable {
  var arms: [GapTally]

  mutating func merge(_ other: GapTallies) {
    for arm in arms.indices { arms[arm].merge(other.arms[arm]) }
  }
}

/// One thread's memory.
///
/// Unchecked sendable: only the thread that owns a worker calls it while the engine runs.
private final class GapWorker: @unchecked Sendable {
  private let layout: TallyLayout
  private let contexts: [GapContext]
  /// Revenue over the horizon by arm and path.
  private let totals: [[Double]]
  /// w by plan, then by group.
  private let shares: [Double]
  private let workspace: BlockWorkspace
  private let runner: BlockRunner
  private let shifts: [ArmShifts]
  private var tallies: [GapTally] = []
  /// Paths of the present block.
  private var range = 0..<0

  init(
    portfolio: CompiledPortfolio, model: ProjectionModel, contexts: [GapContext],
    totals: [[Double]], instructionSet: InstructionSet
  ) {
    layout = portfolio.layout
    self.contexts = contexts
    self.totals = totals
    shares = model.promiseShares(layout)
    shifts = (0..<(portfolio.support?.arms.count ?? 1)).map { _ in ArmShifts(portfolio) }
    runner = BlockRunner(
      portfolio: portfolio, shifts: shifts, histograms: shifts.map { _ in ArmHistograms.none })
    workspace = BlockWorkspace(portfolio, kernels: ColumnKernels(instructionSet).table)
    workspace.revenueRecorder = { [unowned self] _, cumulative in
      if let plan = layout.entityAtHorizon(cumulative) { record(plan, workspace.cumulative) }
    }
    workspace.groupRecorder = { [unowned self] cell, column in
      if let group = layout.entityAtHorizon(cell) { record(layout.planCount + group, column) }
    }
  }

  /// Computes one block again.
  func run(block: Int, paths: Int) -> GapTallies {
    let start = block * BlockRunner.width
    range = start..<min(paths, start + BlockRunner.width)
    tallies = shifts.map { _ in GapTally(partCount: shares.count) }
    for arm in tallies.indices {
      totals[arm].withUnsafeBufferPointer {
        tallies[arm].add(UnsafeBufferPointer(rebasing: $0[range]), contexts[arm])
      }
    }
    var sums = RunSums(layout: layout, shifts: shifts)
    runner.run(block: block, paths: range.count, in: workspace, into: &sums)
    return GapTallies(arms: tallies)
  }

  private func record(_ part: Int, _ column: UnsafePointer<Double>) {
    let arm = workspace.arms.firstIndex { $0 === workspace.arm } ?? 0
    totals[arm].withUnsafeBufferPointer {
      tallies[arm].add(
        part: part, column, share: shares[part], UnsafeBufferPointer(rebasing: $0[range]),
        contexts[arm])
    }
  }
}
