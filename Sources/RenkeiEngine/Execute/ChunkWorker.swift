// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

/// One thread's memory and counts.
///
/// Unchecked sendable: only the thread that owns a worker changes it while the engine runs.
final class ChunkWorker: @unchecked Sendable {
  let workspace: BlockWorkspace
  /// By arm, of the present tile.
  private(set) var histograms: [ArmHistograms] = []
  private let options: SimulationOptions
  /// The present tile.
  private var portfolio: CompiledPortfolio
  private var place = TilePlace()
  private var shifts: [ArmShifts] = []
  /// By arm; of an arm that earns what another earns, nothing.
  private var totals: [PathTotals] = []
  /// The first path of the block at hand.
  private(set) var firstPath = 0
  /// Nil between tiles.
  private var runner: BlockRunner?

  init(
    portfolio: CompiledPortfolio, options: SimulationOptions, kernels: UnsafePointer<rk_kernels>
  ) {
    self.portfolio = portfolio
    self.options = options
    workspace = BlockWorkspace(portfolio, kernels: kernels)
  }

  /// Paths of the run.
  var paths: Int { options.paths }

  /// Makes ready for the chunks of a tile.
  ///
  /// - Parameters:
  ///   - stores: by arm.
  ///   - start: 0 ..< 1, where among their cells the thread begins to count.
  func begin(
    _ tile: CompiledPortfolio, _ place: TilePlace, shifts: [ArmShifts], totals: [PathTotals],
    stores: [ArmHistogramStore], start: Double
  ) {
    portfolio = tile
    self.place = place
    self.shifts = shifts
    self.totals = totals
    let earlier = histograms
    histograms = stores.enumerated().map { arm, store in
      ArmHistograms(
        tile, store: store, start: start, planQuantiles: options.planQuantiles,
        isLast: place.isLast, earlier: earlier.isEmpty ? nil : earlier[arm],
        kernels: workspace.kernels)
    }
    runner = BlockRunner(
      portfolio: tile, shifts: shifts, histograms: histograms, place: place)
  }

  /// Computes the blocks of one chunk in order; returns its sums and its number of paths.
  func run(chunk: Int) -> (sums: RunSums, paths: Int) {
    guard let runner else { preconditionFailure("a chunk outside a tile") }
    var sums = RunSums(
      layout: portfolio.layout, shifts: shifts, unit: options.sampling.errorUnit)
    let startPath = chunk * VectorEngine.chunkPaths
    let endPath = min(options.paths, startPath + VectorEngine.chunkPaths)
    for path in stride(from: startPath, to: endPath, by: BlockRunner.width) {
      firstPath = path
      let paths = min(BlockRunner.width, endPath - path)
      let block = path / BlockRunner.width
      for arm in histograms { arm.beginBlock(paths: paths) }
      runner.run(block: block, paths: paths, in: workspace, into: &sums)
      if place.isLast {
        keepTotals(from: path, count: paths)
      } else {
        place.carried?.save(block, from: workspace)
      }
      for arm in histograms { arm.endBlock() }
    }
    for arm in histograms { arm.flush() }
    return (sums, endPath - startPath)
  }

  private func keepTotals(from path: Int, count: Int) {
    for (index, arm) in workspace.arms.enumerated() where portfolio.earns(index) {
      for year in 0..<portfolio.years {
        (totals[index].annual(year: year).baseAddress! + path).update(
          from: arm.portfolio[year], count: count)
      }
    }
  }

  /// Joins the reduced sums of a tile with what its workers hold, by arm.
  ///
  /// - Parameter paths: number of paths that were computed.
  static func tile(
    _ workers: [ChunkWorker], sums: RunSums, stores: [ArmHistogramStore], paths: Int
  ) -> FinishedTile {
    let first = workers[0]
    let portfolio = first.portfolio
    let revenueArm = portfolio.support?.revenueArm ?? Array(sums.arms.indices)
    let tallies = sums.arms.indices.map { arm -> ArmTally in
      let source = revenueArm[arm]
      return ArmTally(
        layout: portfolio.layout, sums: sums.arms[source].tally,
        planHistograms: stores[source].plans?.arena,
        groupHistograms: stores[source].groups?.arena,
        totals: first.totals[source].prefix(paths))
    }
    let finances = sums.arms.indices.compactMap { arm -> FinanceTally? in
      var tally = first.histograms[arm].finance
      tally?.sums = sums.arms[arm].finance
      return tally
    }
    return FinishedTile(tallies: tallies, finances: finances)
  }
}
