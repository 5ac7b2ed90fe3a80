// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What a run's paths and plans cost on this machine, from a few that are run.
///
///     processor seconds of a tile = plans · planSeconds + paths · (tileSlope + plans · planSlope)
///
/// Three trials tell the three apart: one plan, some plans, and the same plans on more paths. They
/// count processor time, which does not depend on who else is busy, and which the run's threads share
/// but for path 0: one block of every plan is computed ahead by one thread alone.
struct RunCost {
  /// Share of the run that a trial may take.
  private static let trialShare = 0.007
  private static let trialSeconds = 0.004...0.1

  private let tiles: [Range<Int>]
  private let threads: Double
  /// Of a plan whatever the paths: its rows.
  private let planSeconds: Double
  /// Of a path in a tile whatever its plans, and of a path in a plan.
  private let tileSlope: Double
  private let planSlope: Double

  init(_ engine: VectorEngine, tiles: [Range<Int>]) throws {
    self.tiles = tiles
    threads = Double(engine.options.threads)
    let options = engine.options
    let few = min(options.paths, VectorEngine.chunkPaths * options.threads)
    let many = min(options.paths, 4 * few)
    // Of one tile the last plans, after which totals are taken; of several the first.
    func sample(_ count: Int) -> Range<Int> {
      let tile = tiles[0]
      let size = min(count, tile.count)
      return tiles.count == 1
        ? tile.upperBound - size..<tile.upperBound : tile.lowerBound..<tile.lowerBound + size
    }
    // The quickest of some, for whatever disturbs a trial makes it longer.
    func quickest(of trials: Int = 2, _ plans: Int, _ paths: Int) throws -> Double {
      var seconds = Double.infinity
      for _ in 0..<trials { seconds = min(seconds, try engine.trial(sample(plans), paths: paths)) }
      return seconds
    }
    let first = 4
    // Also warms up: what a thread touches for the first time takes longer.
    // A clock may be too coarse to see it.
    let rough = max(1e-9, try quickest(first, few) / Double(min(first, tiles[0].count)))
    let total = rough * Double(engine.portfolio.plans.count) * Double(options.paths) / Double(few)
    let wanted = min(
      Self.trialSeconds.upperBound, max(Self.trialSeconds.lowerBound, Self.trialShare * total))
    let plans = min(tiles[0].count, max(first, Int(wanted / rough)))
    let one = try quickest(1, few)
    let some = try quickest(plans, few)
    let more = many > few ? try quickest(of: total > 1 ? 4 : 1, plans, many) : some
    let further = Double(max(1, plans - 1))
    let perPath = many > few ? max(0, more - some) / Double(many - few) : some / Double(few)
    let ofOne = min(perPath, one / Double(few))
    planSlope = plans > 1 ? (perPath - ofOne) / further : ofOne
    tileSlope = max(0, ofOne - planSlope)
    planSeconds = max(0, some - perPath * Double(few)) / Double(plans)
  }

  /// Of a path on an idle machine, all plans and arms included.
  var pathSeconds: Double { processorSecondsOfPath / threads }

  private var processorSecondsOfPath: Double {
    tiles.reduce(0) { $0 + tileSlope + planSlope * Double($1.count) }
  }

  /// Of all plans on so many paths on an idle machine.
  func seconds(paths: Double) -> Double {
    let plans = tiles.reduce(0) { $0 + $1.count }
    let ofPlans = planSeconds * Double(plans)
    let ahead = min(ofPlans, processorSecondsOfPath * Double(BlockRunner.width))
    return paths * pathSeconds + ahead + (ofPlans - ahead) / threads
  }
}

extension VectorEngine {
  /// Processor seconds that some paths of a tile take, its rows included.
  fileprivate func trial(_ places: Range<Int>, paths: Int) throws -> Double {
    var options = options
    options.paths = paths
    // Other designs ask for certain numbers of paths; their draws take as long.
    options.sampling = .random
    let plans = try (0..<(portfolio.support?.arms.count ?? 1)).map { _ in
      try ArmPlans(model: model, hasQuantiles: options.planQuantiles) { _ in
        ForgottenNumbers()
      }
    }
    let start = Self.processorSeconds
    _ = try TileRun(
      model: model, portfolio: portfolio, options: options, instructionSet: instructionSet,
      tiles: [places]
    ).run(control: RunControl(), plans: plans)
    return Self.processorSeconds - start
  }

  /// Of this program since it began, all threads together.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Takes numbers and keeps none.
private struct ForgottenNumbers: NumberStore {
  func write(_ numbers: [Double], at place: Int) {}
  func read(_ places: Range<Int>) -> [Double] { [] }
}
