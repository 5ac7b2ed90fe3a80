// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiDraws
import RenkeiModel

/// A projection model with every constant folded, every table built and every draw addressed:
/// immutable, and all that worker threads read.
struct CompiledPortfolio: Sendable {
  /// Seed of every draw; nothing else depends on it.
  var seed: UInt64
  /// Draws that are other ones than the seed's first.
  var redrawn = DrawSelection.none
  let years: Int
  let goalYen: Double?
  /// Of all plans, or of a tile.
  var layout: TallyLayout
  var programme: [ProgrammeRecipe.Step]
  let factorSeries: [FactorSeriesRecipe]
  let events: [EventRecipe]
  /// Attainment's common part; nil where ω = 0.
  let optimism: CommonScore?
  /// The failure clock's common part; nil where ρ = 0.
  let credit: CommonScore?
  /// In canonical order: by the bytes of the plan's id, so that sums do not depend on the list.
  var plans: [CompiledPlan]
  /// Nil where the scenario describes no support.
  var support: CompiledSupport?
  /// Φ as a table, where failure probabilities are drawn and ρ > 0.
  let normalCDF: PreparedTable?
  let tablesHash: UInt64
  /// Nil where shared columns are random.
  let sampling: SharedSampling?
  /// What plan-years are computed in.
  let precision: ArithmeticPrecision

  /// Seed of second draws. The step is 2⁶⁴ over the golden ratio, so that no seeds that people
  /// choose side by side meet.
  var secondSeed: UInt64 { seed &+ 0x9E37_79B9_7F4A_7C15 }

  /// Seed of a draw.
  func seed(of key: DrawKey) -> UInt64 { redrawn.contains(key) ? secondSeed : seed }

  /// - Throws: an error of the table builder where a distribution cannot be tabulated.
  /// - Complexity: O(plans × years); each distinct distribution shape costs one table.
  init(
    _ model: ProjectionModel, seed: UInt64, sampling: SamplingDesign,
    precision: ArithmeticPrecision = .double
  ) throws {
    var compiler = PlanCompiler(model)
    compiler.tables.prepare(for: model)
    try compiler.compileProgramme()
    plans = try model.canonicalOrder.map { try compiler.compile(model.plans[$0], at: $0) }
    if let resolved = model.support {
      var terms = SupportCompiler(model, support: resolved)
      support = try terms.compile(plans: plans, with: &compiler)
    } else {
      support = nil
    }
    self.seed = seed
    self.precision = precision
    years = model.horizonYears
    goalYen = model.goalYen
    layout = compiler.layout
    programme = compiler.programme.steps
    factorSeries = compiler.factorSeries
    events = compiler.events
    optimism = compiler.optimism
    credit = compiler.credit
    let changesHazard =
      support?.plans.contains { $0?.arms.contains { $0.changes(.hazardRatio) } ?? false } ?? false
    let needsCDF =
      changesHazard || plans.contains { if case .drawn = $0.clock { true } else { false } }
    normalCDF = needsCDF && credit != nil ? try compiler.tables.normalCDF() : nil
    tablesHash = compiler.tables.combinedHash
    self.sampling = SharedSampling(sampling, addresses: compiler.sharedAddresses())
  }
}

/// Turns resolved plans into compiled ones; the tables and shared columns it meets accumulate.
struct PlanCompiler {
  let model: ProjectionModel
  let layout: TallyLayout
  let tables = TableStore()
  var programme: ProgrammeRecipe
  private(set) var factorSeries: [FactorSeriesRecipe] = []
  private(set) var events: [EventRecipe] = []
  /// First series of each factor.
  private var firstSeries: [Int] = []
  private(set) var loadings: [SharedValue] = []
  private(set) var optimism: CommonScore?
  private(set) var credit: CommonScore?
  private var driftRecipes: [DriftKey: Int] = [:]

  private struct DriftKey: Hashable {
    let shock: FixedShock
    let firstYear: Int
  }

  init(_ model: ProjectionModel) {
    self.model = model
    layout = TallyLayout(model: model)
    programme = ProgrammeRecipe { key, segment in Self.address(key, segment: segment) }
  }

  /// The draw column that belongs to a key.
  static func address(_ key: DrawKey, segment: String = "") -> DrawAddress {
    let name = key.streamName(segment: segment)
    return DrawAddress(
      stream: StreamID(entity: name.entity, variable: name.variable, year: key.year).rawValue,
      key: key)
  }

  /// Named inputs, common factors, factor loadings and events.
  mutating func compileProgramme() throws {
    if let correlations = model.correlations { programme.define(correlations) }
    for input in model.inputs { try programme.define(input, tables: tables) }
    optimism = try commonScore(
      share: model.optimismCommonShare, key: .optimismCommonShare, factor: .optimismFactor)
    credit = try commonScore(
      share: model.creditCorrelation, key: .creditCorrelation, factor: .creditFactor)
    for factor in model.factors {
      let stated = try programme.value(
        of: factor.loading, key: DrawKey(.programme, .factorLoading(factor.name)), tables: tables)
      loadings.append(factor.loadingIsCorrelation ? programme.squareRoot(of: stated) : stated)
      firstSeries.append(factorSeries.count)
      let phi = factor.autocorrelation
      for series in factor.series {
        factorSeries.append(
          FactorSeriesRecipe(
            name: series,
            addresses: (1...model.horizonYears).map { year in
              Self.address(
                DrawKey(.factor(factor.name, series: series), .factorLevel, year: year))
            },
            persistence: phi, innovationScale: (1 - phi * phi).squareRoot()))
      }
    }
    for event in model.events { events.append(try compile(event)) }
  }

  private mutating func commonScore(
    share: Quantity, key: DrawKey.Variable, factor: DrawKey.Variable
  ) throws -> CommonScore? {
    let value = try programme.value(of: share, key: DrawKey(.programme, key), tables: tables)
    if case .constant(0) = value { return nil }
    guard case .column(let column) = programme.factor(factor) else { return nil }
    let complement = programme.complement(of: value)
    return CommonScore(
      factor: column, commonWeight: programme.squareRoot(of: value),
      ownWeight: programme.squareRoot(of: complement))
  }

  /// A number for a fixed shock and first year, equal for equal ones; −1 for other shocks.
  mutating func driftRecipe(of shock: ShockRecipe, firstYear: Int) -> Int {
    guard case .fixed(let fixed) = shock else { return -1 }
    let key = DriftKey(shock: fixed, firstYear: firstYear)
    if let known = driftRecipes[key] { return known }
    driftRecipes[key] = driftRecipes.count
    return driftRecipes.count - 1
  }

  /// First yearly column of one of the model's factors in the workspace's factor columns.
  func firstColumn(factor: Int, series: Int) -> Int {
    (firstSeries[factor] + series) * model.horizonYears
  }
}
