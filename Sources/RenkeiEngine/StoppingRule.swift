// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Decides on the way whether a run has enough paths.
///
/// It is asked at fixed numbers of paths, see ``LookSchedule``, and sees nothing but the totals of
/// those paths, so that where a run ends depends on the model, the seed and the rule alone. A run
/// that ends after N paths has the bytes of one that was told N.
///
/// Where plans come in one tile, the run just goes on after each look. Where they come in several,
/// totals are known after the last tile only: the paths are then gone through once for their totals
/// alone, a look at a time, and once more for everything when their number is known.
package protocol StoppingRule: AnyObject {
  /// Whether the first `paths` paths are enough. Asked with more paths each time.
  ///
  /// - Parameter totals: by arm of the model. Paths that an earlier question was about may be
  ///   missing.
  func isEnough(_ totals: [PathTotals], paths: Int) -> Bool
}

/// The numbers of paths at which a run that may end early is looked at: whole chunks of 4,096, a
/// quarter more each time, rounded up: 1, 2, 3, 4, 5, 7, 9, 12, 15, 19, 24, …
///
/// A quarter keeps what is computed in vain below a quarter of the run, and the threads, which wait
/// for each other at a look, busy in between.
package struct LookSchedule: Sendable {
  /// Chunks of the first look.
  private let first: Int
  /// Chunks of the last look, at which all paths are done.
  private let last: Int

  package init(paths: Int, sampling: SamplingDesign) {
    last = Self.chunks(holding: paths)
    first = min(last, Self.chunks(holding: sampling.minimumPaths))
  }

  /// Chunks of the look that follows one at `chunks`, 0 before the first; nil after the last.
  package func next(after chunks: Int) -> Int? {
    guard chunks < last else { return nil }
    return min(last, max(first, chunks + (chunks + 3) / 4))
  }

  /// Number of chunks that `paths` paths make, counting the last even if it is not full.
  static func chunks(holding paths: Int) -> Int {
    (paths + VectorEngine.chunkPaths - 1) / VectorEngine.chunkPaths
  }
}

extension VectorEngine {
  /// The number of paths that a rule asks for, from path totals alone.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: that of a run of so many paths, without histograms.
  func paths(until rule: any StoppingRule, control: RunControl) throws -> Int {
    let schedule = LookSchedule(paths: options.paths, sampling: options.sampling)
    var part = options
    part.planQuantiles = false
    // Progress is that of the run which follows.
    let silent = RunControl(cancelledBy: control)
    var chunks = 0
    while let next = schedule.next(after: chunks) {
      part.paths = min(options.paths, next * Self.chunkPaths)
      let tallies = try TileRun(
        model: model, portfolio: portfolio, options: part, instructionSet: instructionSet,
        tiles: footprint.tiles, firstChunk: chunks
      ).run(control: silent, plans: nil).tallies
      let totals = portfolio.byArm(tallies.map(\.totals), of: model)
      if rule.isEnough(totals, paths: part.paths) { return part.paths }
      chunks = next
    }
    return options.paths
  }
}

extension CompiledPortfolio {
  /// What belongs to each arm of the model, from what belongs to each arm that is computed.
  func byArm<Part>(_ parts: [Part], of model: ProjectionModel) -> [Part] {
    model.arms.indices.map { parts[support?.revenueArm[$0] ?? 0] }
  }
}
