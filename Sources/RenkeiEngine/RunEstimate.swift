// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// What a run will take, told before it begins.
public struct RunEstimate: Sendable {
  /// Peak memory of the program.
  public let memoryBytes: Double
  /// Of the temporary file, which lives as long as the run, and of the result files.
  public let diskBytes: Double
  /// Of simulation, statistics and writing on an otherwise idle machine; nil where nobody asked, or
  /// well below a second.
  public let seconds: Double?
}

/// Work beside the run itself that a person asked for.
public struct FurtherWork: Sendable {
  /// Paths × arms that are simulated besides.
  public let armPaths: Double
  /// Memory that is taken when the run is over.
  public let memoryBytes: Double

  public static let none = FurtherWork(armPaths: 0, memoryBytes: 0)

  public init(armPaths: Double, memoryBytes: Double) {
    self.armPaths = armPaths
    self.memoryBytes = memoryBytes
  }
}

extension VectorEngine {
  /// Runs that are shorter by a rough guess are not worth a calibration.
  private static let momentSeconds = 0.4
  /// A plan-year on an idle core, without support and with it.
  private static let roughPlanYearSeconds = (plain: 5e-9, money: 20e-9)
  /// Quantiles of the portfolio and of its gap to the goal, by path, year and arm.
  private static let pathYearSeconds = 60e-9
  /// Formatting and writing of result files.
  private static let byteSeconds = 20e-9
  /// Making result files durable.
  private static let folderSeconds = 0.05

  /// What the run takes: memory and disk by counting, time by running a few chunks of a few plans.
  ///
  /// - Parameters:
  ///   - resultFolder: an existing folder on the disk of the result files; nil: none are written.
  ///   - further: what else is to be done.
  ///   - isTimed: whether the time is wanted.
  ///   - isWatched: whether a ``StoppingRule`` may end the run before it has all its paths.
  ///   - runs: how many runs like this one follow each other; their times add up.
  ///   - keptBytes: what whoever asks keeps of them besides.
  /// - Throws: ``SimulationError/tooLarge(neededBytes:availableBytes:)`` or
  ///   ``SimulationError/diskFull(neededBytes:availableBytes:folder:)`` where it does not fit.
  /// - Complexity: at most about a twentieth of the run.
  public func estimate(
    resultFolder: String?, further: FurtherWork = .none, isTimed: Bool = true,
    isWatched: Bool = false, runs: Int = 1, keptBytes: Double = 0
  ) throws -> RunEstimate {
    try checkOptions()
    let footprint = footprint
    let results = resultFolder == nil ? 0 : resultBytes
    // Tiles are gone through twice, see `StoppingRule`.
    let passes = runs * (isWatched && footprint.tiles.count > 1 ? 2 : 1)
    let disk = footprint.temporaryBytes + results
    let memory = max(footprint.runBytes, further.memoryBytes) + keptBytes
    try Machine.checkMemory(memory)
    try Machine.checkDisk(disk, in: resultFolder ?? temporaryFolder)
    return RunEstimate(
      memoryBytes: Machine.residentMemory + memory, diskBytes: disk,
      seconds: isTimed
        ? try seconds(footprint, passes: passes, resultBytes: results, armPaths: further.armPaths)
        : nil)
  }

  /// Bytes of plans.csv, the largest of the result files, and of what is written for each plan and
  /// path else.
  private var resultBytes: Double {
    let numberBytes = 17.5
    let sample = model.plans.prefix(1_000)
    let idBytes =
      sample.reduce(0.0) { $0 + Double($1.id.utf8.count) } / Double(max(1, sample.count))
    let names =
      model.arms.reduce(0.0) { $0 + Double($1.name.utf8.count) }
      / Double(max(1, model.arms.count))
    let row = names + idBytes + 16 + numberBytes * (options.planQuantiles ? 6 : 3)
    let share = names + 2 * idBytes + 6 * numberBytes
    let money = model.support == nil ? 0 : names + idBytes + 12 * numberBytes
    let plan = row * 2 * Double(model.horizonYears) + share + money
    let path =
      options.keepsPaths
      ? 8 * Double(model.horizonYears * model.arms.count) + 8
        + numberBytes * Double(model.inputs.count) : 0
    return Double(model.plans.count * model.arms.count) * plan + Double(options.paths) * path
      + Double(1 << 16)
  }

  /// Seconds of the run, so many times over, and of paths that an arm takes besides.
  private func seconds(
    _ footprint: RunFootprint, passes: Int, resultBytes: Double, armPaths: Double
  ) throws -> Double? {
    let arms = Double(portfolio.support?.arms.count ?? 1)
    let planYears = Double(portfolio.plans.count) * Double(portfolio.years)
    let work = planYears * (Double(passes * options.paths) * arms + armPaths)
    let rough = Self.roughPlanYearSeconds
    let rate = portfolio.support == nil ? rough.plain : rough.money
    guard work * rate / Double(options.threads) > Self.momentSeconds else { return nil }
    let cost = try RunCost(self, tiles: footprint.tiles)
    var total = Double(passes) * cost.seconds(paths: Double(roundedPaths))
    if options.sampling == .random {
      // Plans and sources of variance are looked at on some paths again, both once.
      total += 2 * cost.seconds(paths: Double(SecondLook.paths(of: options.paths)))
    }
    total += cost.pathSeconds * armPaths / arms
    total +=
      Double(passes * options.paths) * Double(portfolio.years) * arms * Self.pathYearSeconds
    if resultBytes > 0 { total += Self.folderSeconds + resultBytes * Self.byteSeconds }
    return total
  }

  /// Paths that take as long where no thread idles in the last round of chunks.
  private var roundedPaths: Int {
    let round = options.threads * Self.chunkPaths
    let full = options.paths / round * round
    return full + min(Self.chunkPaths, options.paths - full) * options.threads
  }
}
