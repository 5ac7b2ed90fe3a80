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

  /// The first paths with fresh numbers for some draws and the same for all else.
  func redrawing(_ draws: DrawSelection, paths: Int) -> VectorEngine {
    var engine = self
    engine.options.paths = paths
    engine.options.planQuantiles = false
    engine.portfolio.redrawn = draws
    return engine
  }

  /// The same engine with a group of one number at a fixed value on all paths.
  ///
  /// All other draws stay as they are, also of inputs that are correlated with it.
  package func holding(_ group: DrawGroup, at value: Double) -> VectorEngine {
    var engine = self
    engine.portfolio.programme = portfolio.programme.map { step in
      step.valueKey?.group == group
        ? .linear(constant: value, terms: [], isLogarithm: false) : step
    }
    return engine
  }

  /// The same engine without histograms of plans and groups.
  func withoutPlanQuantiles() -> VectorEngine {
    var engine = self
    engine.options.planQuantiles = false
    return engine
  }

  /// Simulates every path and assembles the answers.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: O(paths × plans × years) time, O(paths × years) memory plus histograms.
  public func run(control: RunControl = RunControl()) throws -> SimulationOutcome {
    try run(control: control, until: nil)
  }

  /// Simulates paths until a rule finds that they are enough, at most all, and assembles the answers.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: as ``run(control:)`` for the paths that were computed, twice for plans in tiles.
  package func run(
    control: RunControl, until rule: (any StoppingRule)?
  ) throws -> SimulationOutcome {
    try checkOptions()
    try footprint.check(temporaryFolder: temporaryFolder)
    let start = ContinuousClock.now
    if let rule, footprint.tiles.count > 1 {
      var engine = self
      engine.options.paths = try paths(until: rule, control: control)
      engine.tilePlans = footprint.tiles[0].count
      return try engine.run(control: control, until: nil, since: start)
    }
    return try run(control: control, until: rule, since: start)
  }

  private func run(
    control: RunControl, until rule: (any StoppingRule)?, since start: ContinuousClock.Instant
  ) throws -> SimulationOutcome {
    let plans = try planRows()
    let (tallies, finances) = try simulate(control: control, plans: plans, until: rule)
    var finished = self
    finished.options.paths = tallies[0].totals.paths
    return try finished.outcome(tallies, finances, plans, control: control, since: start)
  }

  /// The answers of all paths.
  private func outcome(
    _ tallies: [ArmTally], _ finances: [FinanceTally], _ plans: [ArmPlans], control: RunControl,
    since start: ContinuousClock.Instant
  ) throws -> SimulationOutcome {
    // Without support nothing sets arms apart.
    func every<Part>(_ parts: [Part]) -> [Part] {
      portfolio.support == nil ? model.arms.map { _ in parts[0] } : parts
    }
    let result = try SimulationResult(
      model: model, options: options, tallies: every(tallies), finances: finances,
      plans: every(plans), secondLook: secondLook(every(tallies), control: control))
    let elapsed = ContinuousClock.now - start
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
  ///
  /// - Parameter rule: may end the run before it has all its paths; only where one tile holds all plans.
  package func pathTotals(until rule: (any StoppingRule)? = nil) throws -> PathTotals {
    try simulate(control: RunControl(), until: rule).tallies[0].totals
  }

  /// Every arm draws the same numbers.
  ///
  /// - Parameters:
  ///   - plans: where rows of plans go, by arm; nil: nobody asks for them.
  ///   - costs: where the public cost of every path goes; nil likewise.
  ///   - rule: may end the run before it has all its paths.
  func simulate(
    control: RunControl, plans: [ArmPlans]? = nil, costs: CostPaths? = nil,
    until rule: (any StoppingRule)? = nil
  ) throws -> (tallies: [ArmTally], finances: [FinanceTally]) {
    try TileRun(
      model: model, portfolio: portfolio, options: options, instructionSet: instructionSet,
      tiles: footprint.tiles, costs: costs
    ).run(control: control, plans: plans, until: rule)
  }

  /// Rows of plans gather in memory, or in a file where they are many.
  private func planRows() throws(SimulationError) -> [ArmPlans] {
    let folder = footprint.spills ? temporaryFolder : nil
    var all: [ArmPlans] = []
    for _ in 0..<(portfolio.support?.arms.count ?? 1) {
      all.append(
        try ArmPlans(model: model, hasQuantiles: options.planQuantiles) {
          (count) throws(SimulationError) -> any NumberStore in
          if let folder { try NumberFile(in: folder) } else { MemoryNumbers(count: count) }
        })
    }
    return all
  }
}
