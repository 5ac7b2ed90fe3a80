// SPDX-License-Identifier: GPL-3.0-or-later
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
    let again = redrawing(.belowProgramme, paths: SecondLook.paths(of: options.paths))
    let pass = GapPass(
      portfolio: portfolio, model: model, contexts: contexts,
      totals: tallies.map { $0.totals.cumulative(paths: again.options.paths) },
      instructionSet: instructionSet, tiles: again.footprint.tiles)
    let found = try pass.run(threads: options.threads, control: control)
    // Progress counts the paths of the run alone, so these have a control of their own.
    let replica = try again.simulate(control: RunControl())
    if control.isCancelled { throw SimulationError.cancelled }
    return SecondLook(
      replicas: tallies.indices.map { replica.tallies[portfolio.support == nil ? 0 : $0].totals },
      contexts: contexts,
      // Arms with the revenue of an earlier one share its tally.
      gaps: tallies.indices.map { found[portfolio.support?.revenueArm[$0] ?? 0] })
  }
}

/// Plans and groups of every arm against the totals of the run's first paths.
struct GapPass {
  let portfolio: CompiledPortfolio
  let model: ProjectionModel
  let contexts: [GapContext]
  /// Revenue over the horizon by arm and path.
  let totals: [[Double]]
  let instructionSet: InstructionSet
  let tiles: [Range<Int>]

  private var arms: Int { portfolio.support?.arms.count ?? 1 }

  /// - Returns: by arm of the portfolio.
  /// - Throws: ``SimulationError/cancelled``.
  func run(threads: Int, control: RunControl) throws(SimulationError) -> [GapTally] {
    let paths = totals[0].count
    let blocks = (paths + BlockRunner.width - 1) / BlockRunner.width
    let workers = (0..<min(threads, max(1, blocks))).map { _ in GapWorker(self) }
    let isWhole = tiles == [portfolio.plans.indices]
    let carried = isWhole ? nil : CarriedColumns(blocks: 0..<blocks, of: workers[0].workspace)
    // w by plan, then by group.
    let shares = model.promiseShares(portfolio.layout)
    var whole = (0..<arms).map { _ in GapTally(partCount: shares.count) }
    for (index, places) in tiles.enumerated() {
      let tile = isWhole ? portfolio : portfolio.tile(places, of: model)
      let plans = tile.layout.planIndices
      let own = plans.map { shares[$0] } + shares.suffix(tile.layout.groupCount)
      let place = TilePlace(
        isFirst: index == 0, isLast: index == tiles.count - 1, carried: carried)
      for worker in workers { worker.begin(tile, place, shares: own) }
      let found = try sums(workers, blocks: blocks, control)
      for arm in whole.indices {
        whole[arm].take(found.arms[arm], plans: plans, isLast: place.isLast)
      }
    }
    return whole
  }

  /// Looks at every block of a tile.
  private func sums(
    _ workers: [GapWorker], blocks count: Int, _ control: RunControl
  ) throws(SimulationError) -> GapTallies {
    let tree = Mutex(MergeTree<GapTallies>())
    let blocks = WorkCounter(count: count)
    WorkerPool.run(threads: workers.count) { index in
      while !control.isCancelled, let block = blocks.take() {
        let found = workers[index].run(block: block)
        tree.withLock { $0.insert(found, at: block) }
      }
    }
    if control.isCancelled { throw .cancelled }
    guard let sums = tree.withLock({ $0.finish(count: count) }) else { throw .cancelled }
    return sums
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
  let workspace: BlockWorkspace
  private let contexts: [GapContext]
  private let totals: [[Double]]
  /// Of the present tile.
  private var layout: TallyLayout
  private var place = TilePlace()
  private var shares: [Double] = []
  private var shifts: [ArmShifts] = []
  private var runner: BlockRunner?
  private var tallies: [GapTally] = []
  /// Paths of the present block.
  private var range = 0..<0

  init(_ pass: GapPass) {
    contexts = pass.contexts
    totals = pass.totals
    layout = pass.portfolio.layout
    workspace = BlockWorkspace(
      pass.portfolio, kernels: ColumnKernels(pass.instructionSet).table)
    workspace.horizonRecorder = { [unowned self] in record($0, workspace.cumulative) }
    workspace.groupRecorder = { [unowned self] cell, column in
      if let group = layout.entityAtHorizon(cell) { record(layout.planCount + group, column) }
    }
  }

  /// Makes ready for the blocks of a tile.
  ///
  /// - Parameter shares: w of its plans, then of all groups.
  func begin(_ tile: CompiledPortfolio, _ place: TilePlace, shares: [Double]) {
    layout = tile.layout
    self.place = place
    self.shares = shares
    shifts = workspace.arms.map { _ in ArmShifts(tile) }
    runner = BlockRunner(
      portfolio: tile, shifts: shifts, histograms: shifts.map { _ in ArmHistograms.none },
      place: place)
  }

  /// Computes one block again.
  func run(block: Int) -> GapTallies {
    guard let runner else { preconditionFailure("a block outside a tile") }
    let start = block * BlockRunner.width
    range = start..<min(totals[0].count, start + BlockRunner.width)
    tallies = shifts.map { _ in GapTally(partCount: shares.count) }
    for arm in tallies.indices {
      totals[arm].withUnsafeBufferPointer {
        tallies[arm].add(UnsafeBufferPointer(rebasing: $0[range]), contexts[arm])
      }
    }
    var sums = RunSums(layout: layout, shifts: shifts)
    runner.run(block: block, paths: range.count, in: workspace, into: &sums)
    if !place.isLast { place.carried?.save(block, from: workspace) }
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
