// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiModel

/// Plans all of whose years one call of a kernel computes: no factor of the level differs from path
/// to path, and nobody asks for the revenue of a year.
///
/// Everything that does not change from block to block is prepared once. The bits are those of
/// ``RevenueStage`` year by year.
final class PlanStage {
  /// A plan's numbers for the kernel. Holds no references, so that taking one costs nothing.
  private struct Prepared {
    enum Clock { case never, drawn, computed }

    let planIndex: Int
    let firstYear: Int
    let driftRecipe: Int
    let ownScale: Double
    let start: (seed: UInt64, stream: UInt64, isDrawn: Bool, scale: Double, location: Double)
    let clock: (seed: UInt64, stream: UInt64, kind: Clock)
    let shockSeed: UInt64
    /// Whether selling is decided path by path.
    let hasEntry: Bool
  }

  private let layout: TallyLayout
  private var years: Int { layout.years }
  /// Where what is not prepared comes from.
  private let revenueStage: RevenueStage
  /// Nil: a plan that needs its years one by one.
  private let plans: [Prepared?]
  /// Plan outermost.
  private let yearly: UnsafeMutablePointer<rk_plan_year>
  private let sums: UnsafeMutablePointer<rk_account_sums>
  /// What all plans of a block write to and read, year after year.
  ///
  /// Fetched once a block: a plan takes five microseconds, of which counting references would be some
  /// hundredths.
  private struct BlockColumns {
    let counters: PathCounters
    let drift: UnsafePointer<Double>
    let portfolio: UnsafeMutablePointer<Double>
    let clock: UnsafeMutablePointer<Double>
  }

  /// Of the present block; nil where the years of all plans must be computed one by one.
  private var columns: BlockColumns?

  init(portfolio: CompiledPortfolio, revenueStage: RevenueStage, shifts: TallyShifts) {
    layout = portfolio.layout
    self.revenueStage = revenueStage
    let years = portfolio.years
    let yearCount = max(1, portfolio.plans.count * years)
    let yearly = UnsafeMutablePointer<rk_plan_year>.allocate(capacity: yearCount)
    yearly.initialize(repeating: rk_plan_year(), count: yearCount)
    self.yearly = yearly
    sums = .allocate(capacity: max(1, years))
    sums.initialize(repeating: rk_account_sums(), count: max(1, years))
    plans = portfolio.plans.enumerated().map { index, plan in
      Self.prepare(plan, of: portfolio, shifts: shifts, into: yearly + index * years)
    }
  }

  deinit {
    yearly.deallocate()
    sums.deallocate()
  }

  /// Number of plans that one call computes, in blocks of which all paths exist.
  var plansInOneCall: Int { plans.count { $0 != nil } }

  /// Makes ready for the workspace's block.
  func begin(in workspace: BlockWorkspace) {
    let isWhole = Int(workspace.paths) == BlockRunner.width
    let isRecorded = workspace.recorder != nil || workspace.revenueRecorder != nil
    columns =
      isWhole && !isRecorded
      ? BlockColumns(
        counters: workspace.arm.counters, drift: UnsafePointer(workspace.drift[0]),
        portfolio: workspace.portfolio[0], clock: workspace.clock) : nil
  }

  /// Draws and accounts the plan at a place in canonical order on the workspace's block; false, and
  /// nothing done, where its years must be computed one by one.
  func run(at index: Int, in workspace: BlockWorkspace, into tally: inout TallySums) -> Bool {
    guard let columns, let prepared = plans[index] else { return false }
    let first = prepared.firstYear
    let ahead = first * Int(RK_STRIDE)
    // Taken out of its array where it is needed alone, for most plans never: that copies it.
    var plan: CompiledPlan { revenueStage.portfolio.plans[index] }
    if workspace.driftRecipe != prepared.driftRecipe {
      revenueStage.shockStage.prepare(plan, in: workspace)
    }
    if !prepared.start.isDrawn { revenueStage.startWalk(plan, in: workspace) }
    var entry: UnsafePointer<Double>?
    if prepared.hasEntry {
      guard case .column(let column) = revenueStage.entryStage.run(plan, in: workspace) else {
        preconditionFailure("an entry that was a column is the same on all paths")
      }
      entry = column
    } else {
      for year in first..<years { columns.counters.countSellingEverywhere(year: year) }
    }
    var clock = columns.clock
    switch prepared.clock.kind {
    case .never: clock = UnsafeMutablePointer(mutating: workspace.zero)
    case .drawn: break
    case .computed: revenueStage.clockStage.run(plan, in: workspace)
    }
    let range = CountMetric.typicalRevenueYen
    var call = rk_plan(
      seed: prepared.shockSeed, block: workspace.block, years: Int32(years - first),
      year: yearly + (index * years + first), start_seed: prepared.start.seed,
      start_stream: prepared.start.stream,
      draws_start: prepared.start.isDrawn ? 1 : 0, start_scale: prepared.start.scale,
      start_location: prepared.start.location, clock_seed: prepared.clock.seed,
      clock_stream: prepared.clock.stream,
      draws_clock: prepared.clock.kind == .drawn ? 1 : 0, own_scale: prepared.ownScale,
      drift: columns.drift + ahead, entry: entry, score: workspace.score, walk: workspace.walk,
      cumulative: workspace.cumulative,
      keeps_cumulative: workspace.horizonRecorder == nil ? 0 : 1, clock: clock,
      portfolio: columns.portfolio + ahead, counters: columns.counters.counters(year: first),
      range_low: range.lowerBound, range_high: range.upperBound)
    for year in 0..<first { sums[year] = rk_account_sums() }
    workspace.kernels.pointee.plan(&call, sums + first)
    tally.addPlan(prepared.planIndex, layout: layout, paths: Int(workspace.paths), sums)
    workspace.horizonRecorder?(prepared.planIndex)
    return true
  }

  /// The plan's numbers and years, nil where it needs its years one by one.
  private static func prepare(
    _ plan: CompiledPlan, of portfolio: CompiledPortfolio, shifts: TallyShifts,
    into yearly: UnsafeMutablePointer<rk_plan_year>
  ) -> Prepared? {
    guard plan.isBounded, plan.firstYear < portfolio.years, plan.groups.isEmpty,
      plan.events.isEmpty, plan.endTarget.isConstant, plan.attainmentFactors.isConstant,
      case .fixed(let shock) = plan.shock, case .fixed(let ramp) = plan.ramp
    else { return nil }

    var start: (seed: UInt64, stream: UInt64, isDrawn: Bool, scale: Double, location: Double) =
      (0, 0, false, 1, 0)
    if let attainment = plan.attainment {
      guard case .exponential(let location, let scale) = attainment.form else { return nil }
      if portfolio.optimism == nil {
        let units = ScoreTransform.walkUnitsPerPowerOfTwo
        start = (
          portfolio.seed(of: attainment.address.key), attainment.address.stream, true,
          units * scale, units * location
        )
      }
    }
    var limits = [Double](repeating: .infinity, count: portfolio.years)
    var kind = Prepared.Clock.never
    switch plan.clock {
    case .never: break
    case .drawn: return nil
    case .fixed(let fixed):
      limits = fixed
      kind = portfolio.credit == nil ? .drawn : .computed
    }
    var entry = -Double.infinity
    var hasEntry = true
    if case .certain = plan.launch, plan.delay.isConstant {
      entry = plan.delay.constant
      hasEntry = false
    }
    let layout = portfolio.layout
    for year in plan.firstYear..<portfolio.years {
      let scale = plan.endTarget.constant * ramp[year]
      guard scale > 1e-30, scale < 1e30, entry < plan.elapsed[year] else { return nil }
      yearly[year] = rk_plan_year(
        stream: plan.shockAddresses[year].stream, scale: scale,
        clock_limit: limits[year - plan.firstYear], entry_limit: plan.elapsed[year],
        shift: shifts.plans[layout.cell(plan.planIndex, .annual, year)],
        cumulative_shift: shifts.plans[layout.cell(plan.planIndex, .cumulative, year)],
        target: plan.target[year], cumulative_target: plan.cumulativeTarget[year])
    }
    return Prepared(
      planIndex: plan.planIndex, firstYear: plan.firstYear, driftRecipe: plan.driftRecipe,
      ownScale: shock.ownScale, start: start,
      clock: (portfolio.seed(of: plan.clockAddress.key), plan.clockAddress.stream, kind),
      shockSeed: portfolio.seed(of: plan.shockAddresses[plan.firstYear].key), hasEntry: hasEntry)
  }
}
