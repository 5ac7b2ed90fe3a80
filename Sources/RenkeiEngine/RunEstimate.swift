// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// What a run will take, told before it begins.
public struct RunEstimate: Sendable {
  /// Peak memory of the program.
  public let memoryBytes: Double
  /// Of the temporary file, which lives as long as the run, and of the result files.
  public let diskBytes: Double
  /// Of simulation and statistics; nil below ``VectorEngine/calibratedSeconds``.
  public let seconds: Double?
}

extension VectorEngine {
  /// Runs shorter than this are not worth a calibration.
  public static var calibratedSeconds: Double { 2 }
  /// A plan-year on an idle core takes less where nothing is unusual.
  private static let roughPlanYearSeconds = 5e-9
  /// Quantiles of the portfolio and of its gap to the goal, by path, year and arm.
  private static let pathYearSeconds = 60e-9

  /// What the run takes: memory and disk by counting, time by running a few chunks.
  ///
  /// - Parameters:
  ///   - resultFolder: an existing folder on the disk of the result files; nil: none are written.
  ///   - isTimed: whether the time is wanted.
  ///   - isWatched: whether a ``StoppingRule`` may end the run before it has all its paths.
  ///   - runs: how many runs like this one follow each other; their times add up.
  ///   - keptBytes: what whoever asks keeps of them besides.
  /// - Throws: ``SimulationError/tooLarge(neededBytes:availableBytes:)`` or
  ///   ``SimulationError/diskFull(neededBytes:availableBytes:folder:)`` where it does not fit.
  /// - Complexity: at most about a twentieth of the run.
  public func estimate(
    resultFolder: String?, isTimed: Bool = true, isWatched: Bool = false, runs: Int = 1,
    keptBytes: Double = 0
  ) throws -> RunEstimate {
    try checkOptions()
    let footprint = footprint
    let results = resultFolder == nil ? 0 : resultBytes
    // Tiles are gone through twice, see `StoppingRule`.
    let passes = isWatched && footprint.tiles.count > 1 ? 2.0 : 1
    let disk = footprint.temporaryBytes + results
    let memory = footprint.runBytes + keptBytes
    try Machine.checkMemory(memory)
    try Machine.checkDisk(disk, in: resultFolder ?? temporaryFolder)
    return RunEstimate(
      memoryBytes: Machine.residentMemory + memory, diskBytes: disk,
      seconds: isTimed ? try seconds(footprint, runs: Double(runs)).map { $0 * passes } : nil)
  }

  /// Bytes of plans.csv, the largest of the result files, and of what is written for each plan else.
  private var resultBytes: Double {
    let numberBytes = 19.0
    let idBytes =
      Double(model.plans.prefix(1_000).reduce(0) { $0 + $1.id.utf8.count })
      / Double(max(1, min(1_000, model.plans.count)))
    let names =
      model.arms.reduce(0.0) { $0 + Double($1.name.utf8.count) }
      / Double(max(1, model.arms.count))
    let row = names + idBytes + 16 + numberBytes * (options.planQuantiles ? 8 : 5)
    let share = names + idBytes + 3 * numberBytes
    let money = model.support == nil ? 0 : names + idBytes + 12 * numberBytes
    let plan = row * 2 * Double(model.horizonYears) + share + money
    return Double(model.plans.count * model.arms.count) * plan + Double(1 << 16)
  }

  /// Seconds of the runs, from one tile at two numbers of paths: what a tile costs, and what a path
  /// costs in a tile.
  private func seconds(_ footprint: RunFootprint, runs: Double) throws -> Double? {
    let arms = portfolio.support?.arms.count ?? 1
    let planYears = Double(portfolio.plans.count) * Double(portfolio.years) * Double(arms)
    let threads = Double(options.threads)
    guard
      runs * planYears * Double(options.paths) * Self.roughPlanYearSeconds / threads
        > Self.calibratedSeconds
    else { return nil }
    let tiles = footprint.tiles
    let perRound = Self.chunkPaths * options.threads
    let few = perRound
    let trialSeconds = 0.15
    let first = try trial(tiles[0], paths: few)
    let rounds = max(2, min(8, Int(trialSeconds / max(1e-3, first))))
    let many = min(max(options.paths, 2 * few), (1 + rounds) * perRound)
    let second = try trial(tiles[0], paths: many)
    let again = try trial(tiles[0], paths: few)
    let perPath = max(0, second - min(first, again)) / Double(many - few)
    let perTile = max(0, min(first, again) - perPath * Double(few))
    let share = Double(portfolio.plans.count) / Double(tiles[0].count)
    let statistics = Double(options.paths) * Double(portfolio.years * arms) * Self.pathYearSeconds
    return runs * (share * (perTile + perPath * Double(roundedPaths)) + statistics)
  }

  /// Paths that as many whole rounds of chunks hold, for the last round leaves threads idle.
  private var roundedPaths: Int {
    let chunks = (options.paths + Self.chunkPaths - 1) / Self.chunkPaths
    let rounds = (chunks + options.threads - 1) / options.threads
    return max(options.paths, (rounds - 1) * options.threads * Self.chunkPaths)
  }

  /// Seconds that some paths of a tile take, its rows included.
  private func trial(_ places: Range<Int>, paths: Int) throws -> Double {
    var options = options
    options.paths = paths
    // Other designs ask for certain numbers of paths; their draws take as long.
    options.sampling = .random
    let plans = try (0..<(portfolio.support?.arms.count ?? 1)).map { _ in
      try ArmPlans(model: model, hasQuantiles: options.planQuantiles) { _ in
        ForgottenNumbers()
      }
    }
    let clock = ContinuousClock()
    let start = clock.now
    _ = try TileRun(
      model: model, portfolio: portfolio, options: options, instructionSet: instructionSet,
      tiles: [places]
    ).run(control: RunControl(), plans: plans)
    return (clock.now - start) / .seconds(1)
  }
}

/// Takes numbers and keeps none.
private struct ForgottenNumbers: NumberStore {
  func write(_ numbers: [Double], at place: Int) {}
  func read(_ places: Range<Int>) -> [Double] { [] }
}
