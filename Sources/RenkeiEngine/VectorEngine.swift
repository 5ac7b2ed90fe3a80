// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

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
  /// Folder for rows of plans that are too many for memory.
  public var temporaryFolder = NSTemporaryDirectory()
  /// Plans in a tile; nil: as many as take the least memory.
  var tilePlans: Int?
  /// Bytes of rows of plans beyond which they go to a file.
  var spillBytes = RunFootprint.standardSpillBytes

  var footprint: RunFootprint {
    RunFootprint(
      model: model, portfolio: portfolio, options: options, tilePlans: tilePlans,
      spillBytes: spillBytes)
  }

  /// Compiles the model: folds constants, builds tables, addresses every draw.
  ///
  /// - Throws: `TableError` where a distribution cannot be tabulated accurately.
  public init(
    model: ProjectionModel, options: SimulationOptions, instructionSet: InstructionSet = .best
  ) throws {
    self.model = model
    self.options = options
    self.instructionSet = instructionSet
    portfolio = try CompiledPortfolio(
      model, seed: options.seed, sampling: options.sampling, precision: options.precision)
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
    try checkOptions()
    try footprint.check(temporaryFolder: temporaryFolder)
    let clock = ContinuousClock()
    let start = clock.now
    let plans = try planRows()
    let (tallies, finances) = try simulate(control: control, plans: plans)
    // Without support nothing sets arms apart.
    func every<Part>(_ parts: [Part]) -> [Part] {
      portfolio.support == nil ? model.arms.map { _ in parts[0] } : parts
    }
    let result = try SimulationResult(
      model: model, options: options, tallies: every(tallies), finances: finances,
      plans: every(plans), secondLook: secondLook(every(tallies), control: control))
    let elapsed = clock.now - start
    var outcome = SimulationOutcome(
      result: result, engine: "vector", engineSeconds: elapsed / .seconds(1),
      instructionSet: instructionSet.name, tablesHash: portfolio.tablesHash)
    if options.keepsPaths {
      outcome.keptPaths = KeptPaths(totals: every(tallies).map(\.totals), inputs: namedInputs())
    }
    return outcome
  }

  func checkOptions() throws(SimulationError) {
    if let refusal = portfolio.singleRefusal { throw .unsupported(refusal) }
    guard let refusal = options.sampling.refusal(paths: options.paths) else { return }
    throw .unsupported("\(refusal); raise --paths, or use --sampling random")
  }

  /// Revenue of the portfolio under the first arm on every path, for checks that need more than a
  /// summary.
  package func pathTotals() throws -> PathTotals {
    try simulate(control: RunControl()).tallies[0].totals
  }

  /// Every arm draws the same numbers.
  ///
  /// - Parameter plans: where rows of plans go, by arm; nil: nobody asks for them.
  func simulate(
    control: RunControl, plans: [ArmPlans]? = nil
  ) throws -> (tallies: [ArmTally], finances: [FinanceTally]) {
    try TileRun(
      model: model, portfolio: portfolio, options: options, instructionSet: instructionSet,
      tiles: footprint.tiles
    ).run(control: control, plans: plans)
  }

  /// Rows of plans gather in memory, or in a file where they are many.
  private func planRows() throws(SimulationError) -> [ArmPlans] {
    let folder = footprint.spills ? temporaryFolder : nil
    var all: [ArmPlans] = []
    for _ in 0..<(portfolio.support?.arms.count ?? 1) {
      all.append(
        try ArmPlans(model: model, paths: options.paths, hasQuantiles: options.planQuantiles) {
          (count) throws(SimulationError) -> any NumberStore in
          if let folder { try NumberFile(in: folder) } else { MemoryNumbers(count: count) }
        })
    }
    return all
  }
}
