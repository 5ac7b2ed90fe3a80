// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics
import Synchronization

/// A run over tiles of plans: the tiles outermost, chunks of paths inside, over threads.
///
/// Histograms and sums of plans live as long as their tile; what paths add up to is carried from
/// tile to tile, and the sums over paths of groups and the portfolio are taken after the last one.
struct TileRun {
  let model: ProjectionModel
  let portfolio: CompiledPortfolio
  let options: SimulationOptions
  let instructionSet: InstructionSet
  /// Places in canonical order, ascending and without gaps.
  let tiles: [Range<Int>]
  /// Where the public cost of every path goes; nil: nobody asks for it.
  var costs: CostPaths?
  /// Chunks before this one are left out, for those who want path totals of the others alone.
  var firstChunk = 0

  var isWhole: Bool { tiles == [portfolio.plans.indices] }
  /// Whether a tile leaves to another what paths add up to.
  private var carries: Bool { tiles.count > 1 || tiles[0].upperBound < portfolio.plans.count }

  /// - Parameters:
  ///   - plans: where rows of plans go, by arm of the portfolio; nil: nobody asks for them.
  ///   - rule: may end a run of one tile before it has all its paths.
  /// - Returns: what the last of the tiles leaves, by arm: its plans, and, where no plan comes after
  ///   it, all that is added up over tiles.
  /// - Throws: ``SimulationError``.
  func run(
    control: RunControl, plans: [ArmPlans]?, until rule: (any StoppingRule)? = nil
  ) throws -> (tallies: [ArmTally], finances: [FinanceTally]) {
    let kernels = ColumnKernels(instructionSet).table
    let chunks = firstChunk..<LookSchedule.chunks(holding: options.paths)
    let workers = (0..<min(options.threads, max(1, chunks.count))).map { _ in
      ChunkWorker(portfolio: portfolio, options: options, kernels: kernels)
    }
    let totals = (0..<(portfolio.support?.arms.count ?? 1)).map { arm in
      // An arm that earns what another earns reads the other's.
      PathTotals(years: portfolio.years, paths: portfolio.earns(arm) ? options.paths : 0)
    }
    let blocks =
      firstChunk * VectorEngine.chunkBlocks..<(options.paths + BlockRunner.width - 1)
      / BlockRunner.width
    precondition(rule == nil || isWhole, "path totals of tiles are known at the end alone")
    let carried = carries ? CarriedColumns(blocks: blocks, of: workers[0].workspace) : nil
    for (index, places) in tiles.enumerated() {
      let part = isWhole ? portfolio : portfolio.tile(places, of: model)
      let place = TilePlace(
        isFirst: index == 0, isLast: places.upperBound == portfolio.plans.count, carried: carried)
      // Where the first path is left out nobody wants the moments.
      let shifts =
        firstChunk == 0
        ? workers[0].pathZero(part, place) : workers[0].workspace.arms.map { _ in ArmShifts(part) }
      let stores = shifts.indices.map {
        ArmHistogramStore(
          part, arm: $0, planQuantiles: options.planQuantiles, isLast: place.isLast)
      }
      for (index, worker) in workers.enumerated() {
        worker.begin(
          part, place, shifts: shifts, totals: totals, stores: stores,
          start: Double(index) / Double(workers.count))
        if let costs { worker.record(costs) }
      }
      let (sums, paths) = try sums(
        workers, chunks: chunks, tile: index, control, until: rule,
        totals: { portfolio.byArm(totals, of: model) })
      let tile = ChunkWorker.tile(workers, sums: sums, stores: stores, paths: paths)
      if let plans {
        try record(tile, workers, into: plans)
        tile.forgetPlans(workers)
      }
      if index == tiles.count - 1 { return tile.merged(workers) }
    }
    preconditionFailure("a run without plans")
  }

  /// Computes the chunks of a tile, all of them or until a rule finds that enough are done.
  ///
  /// - Parameter totals: what the rule looks at, while no thread computes.
  private func sums(
    _ workers: [ChunkWorker], chunks: Range<Int>, tile: Int, _ control: RunControl,
    until rule: (any StoppingRule)?, totals: () -> [PathTotals]
  ) throws -> (RunSums, paths: Int) {
    let tree = Mutex(MergeTree<RunSums>())
    let tileCount = tiles.count
    let schedule = rule.map { _ in LookSchedule(paths: options.paths, sampling: options.sampling) }
    var done = chunks.lowerBound
    while done < chunks.upperBound {
      let counter = WorkCounter(done..<(schedule?.next(after: done) ?? chunks.upperBound))
      WorkerPool.run(threads: workers.count) { index in
        while !control.isCancelled, let chunk = counter.take() {
          let (sums, paths) = workers[index].run(chunk: chunk)
          tree.withLock { $0.insert(sums, at: chunk - chunks.lowerBound) }
          control.advance(by: paths * (tile + 1) / tileCount - paths * tile / tileCount)
        }
      }
      if control.isCancelled { throw SimulationError.cancelled }
      done = counter.range.upperBound
      if let rule, rule.isEnough(totals(), paths: pathCount(done)) { break }
    }
    guard let sums = tree.withLock({ $0.finish(count: done - chunks.lowerBound) }) else {
      throw SimulationError.cancelled
    }
    return (sums, pathCount(done))
  }

  /// Paths of the run that so many chunks hold.
  private func pathCount(_ chunks: Int) -> Int {
    min(options.paths, chunks * VectorEngine.chunkPaths)
  }

  /// Takes the rows of a tile's plans, some on each thread.
  private func record(
    _ tile: FinishedTile, _ workers: [ChunkWorker], into plans: [ArmPlans]
  ) throws {
    for arm in tile.tallies.indices {
      try tile.tallies[arm].checkPlans(of: model, arm: model.arms[arm])
    }
    let failure = Mutex<SimulationError?>(nil)
    let count = tile.tallies[0].layout.planCount
    WorkerPool.run(threads: workers.count) { index in
      let places = count * index / workers.count..<count * (index + 1) / workers.count
      do throws(SimulationError) {
        try tile.record(places, workers, into: plans)
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}

extension CompiledPortfolio {
  /// Some plans as a portfolio of their own.
  ///
  /// - Parameter places: in canonical order.
  func tile(_ places: Range<Int>, of model: ProjectionModel) -> CompiledPortfolio {
    var part = self
    part.layout = TallyLayout(layout, tile: places, of: model)
    part.plans = places.map { place in
      var plan = plans[place]
      plan.planIndex = place - places.lowerBound
      return plan
    }
    if let support { part.support?.plans = Array(support.plans[places]) }
    return part
  }

  /// Whether an arm's revenue is its own, not that of an earlier arm.
  func earns(_ arm: Int) -> Bool { (support?.revenueArm[arm] ?? arm) == arm }
}
