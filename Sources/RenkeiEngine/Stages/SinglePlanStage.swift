// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// Plans in single precision, all of whose years one call of a kernel computes.
///
/// Normals, walks, levels and revenue are floats. What the kernel does not draw itself is computed as
/// in double precision and rounded: attainment that is not lognormal or is correlated, ramps and
/// events that differ from path to path, and shocks of other families or of drawn size. Who is alive
/// and who sells is decided in doubles, exactly as in double precision.
final class SinglePlanStage {
  private let portfolio: CompiledPortfolio
  private let revenueStage: RevenueStage
  private let accountStage: AccountStage
  private let plans: [SinglePlan]
  /// Plan outermost.
  private let yearly: UnsafeMutablePointer<rk_plan_year>
  private let sums: UnsafeMutablePointer<rk_account_sums>
  private let columns: SingleColumns
  private var years: Int { portfolio.years }

  init(portfolio: CompiledPortfolio, revenueStage: RevenueStage, accountStage: AccountStage) {
    self.portfolio = portfolio
    self.revenueStage = revenueStage
    self.accountStage = accountStage
    let years = portfolio.years
    let yearly = UnsafeMutablePointer<rk_plan_year>.allocate(
      capacity: max(1, portfolio.plans.count * years))
    yearly.initialize(repeating: rk_plan_year(), count: max(1, portfolio.plans.count * years))
    self.yearly = yearly
    sums = .allocate(capacity: max(1, years))
    sums.initialize(repeating: rk_account_sums(), count: max(1, years))
    columns = SingleColumns(years: years)
    plans = portfolio.plans.enumerated().map { index, plan in
      SinglePlan(
        plan, of: portfolio, shifts: accountStage.shifts, years: yearly + index * years)
    }
  }

  deinit {
    yearly.deallocate()
    sums.deallocate()
  }

  /// Draws and accounts the plan at a place in canonical order on the workspace's block.
  func run(at index: Int, in workspace: BlockWorkspace, into tally: inout TallySums) {
    let plan = plans[index]
    let first = plan.firstYear
    for year in 0..<first { sums[year] = rk_account_sums() }
    let isKept =
      plan.hasGroups || accountStage.histograms != nil || workspace.revenueRecorder != nil
      || workspace.horizonRecorder != nil
    if first < years {
      var call = prepare(plan, at: index, in: workspace)
      if isKept {
        call.general = 1
        call.revenue = columns.revenue[first]
        call.to_date = columns.toDate[first]
      }
      workspace.kernels.pointee.single_plan(&call, sums + first)
    }
    tally.addPlan(
      plan.planIndex, layout: portfolio.layout, paths: Int(workspace.paths), sums)
    if isKept { keep(portfolio.plans[index], in: workspace) }
  }

  /// What the kernel is told about the plan on the workspace's block.
  private func prepare(
    _ plan: SinglePlan, at index: Int, in workspace: BlockWorkspace
  ) -> rk_single_plan {
    let first = plan.firstYear
    let range = CountMetric.typicalRevenueYen
    var clock = workspace.clock
    if plan.clock.kind == .never { clock = UnsafeMutablePointer(mutating: workspace.zero) }
    var call = rk_single_plan(
      seed: plan.shockSeed, block: workspace.block, years: Int32(years - first),
      paths: workspace.paths, general: plan.isGeneral ? 1 : 0,
      column_stride: Int64(columns.stride), year: yearly + (index * years + first),
      start_seed: plan.start.seed, start_stream: plan.start.stream,
      draws_start: plan.start.isDrawn ? 1 : 0, start_scale: plan.start.scale,
      start_location: plan.start.location, clock_seed: plan.clock.seed,
      clock_stream: plan.clock.stream,
      draws_clock: plan.clock.kind == .drawn ? 1 : 0, own_scale: plan.ownScale, steps: nil,
      drift: columns.drift + first * BlockRunner.width, factors: nil, walk_limit: plan.walkLimit,
      entry: nil, score: columns.score, walk: columns.walk, cumulative: columns.cumulative,
      clock: clock, clock_stride: 0, revenue: nil, to_date: nil,
      portfolio: workspace.portfolio[first],
      counters: workspace.arm.counters.counters(year: first), range_low: range.lowerBound,
      range_high: range.upperBound)
    if plan.needsColumns {
      fillColumns(plan, portfolio.plans[index], for: &call, in: workspace)
    } else if workspace.driftRecipe != plan.driftRecipe {
      revenueStage.shockStage.prepare(portfolio.plans[index], in: workspace)
      roundDrift(plan, in: workspace)
    }
    if !plan.hasEntry {
      for year in first..<years { workspace.arm.counters.countSellingEverywhere(year: year) }
    }
    return call
  }

  /// The columns of a plan that differs from path to path in more than its own normals, in the order
  /// in which ``RevenueStage`` computes them.
  private func fillColumns(
    _ plan: SinglePlan, _ compiled: CompiledPlan, for call: inout rk_single_plan,
    in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels
    let first = plan.firstYear
    let width = BlockRunner.width
    if !plan.start.isDrawn {
      revenueStage.startWalk(compiled, in: workspace)
      kernels.pointee.round_to_single(workspace.walk, columns.walk)
    }
    let scale = revenueStage.level(compiled, in: workspace)
    let entry = revenueStage.entryStage.run(compiled, in: workspace)
    revenueStage.rampStage.prepare(compiled, entry: entry, in: workspace)
    if plan.hasEntry { call.entry = column(of: entry, in: workspace) }
    if plan.clock.kind == .computed || plan.clock.kind == .yearly {
      revenueStage.clockStage.run(compiled, in: workspace)
    }
    if plan.clock.kind == .yearly {
      call.clock = columns.clocks[first]
      call.clock_stride = Int64(columns.stride)
    }
    if workspace.driftRecipe != plan.driftRecipe || plan.shock == .drawn {
      revenueStage.shockStage.prepare(compiled, in: workspace)
      roundDrift(plan, in: workspace)
    }
    if plan.shock != .normal { call.steps = UnsafePointer(columns.steps + first * width) }
    for year in first..<years {
      if plan.shock != .normal {
        let score = revenueStage.shockStage.drawScore(compiled, year: year, in: workspace)
        kernels.pointee.round_to_single(score, columns.steps + year * width)
      }
      let count = revenueStage.gatherFactors(
        of: compiled, scale: scale, year: year, in: workspace)
      if count > 0 {
        let product = columns.revenue[year]
        kernels.pointee.affine(1, workspace.factors[0], 0, product)
        for factor in 1..<max(1, count) {
          kernels.pointee.multiply(product, workspace.factors[factor], product)
        }
        kernels.pointee.round_to_single(product, columns.factors + year * width)
        call.factors = UnsafePointer(columns.factors + first * width)
      }
      if plan.clock.kind == .yearly {
        let clock = revenueStage.clockStage.limit(compiled, planYear: year - first, in: workspace)
        kernels.pointee.affine(1, clock.clock, 0, columns.clocks[year])
      }
    }
  }

  private func column(
    of entry: EntryStage.Entry, in workspace: BlockWorkspace
  ) -> UnsafePointer<Double> {
    switch entry {
    case .column(let column): return column
    case .fixed(let years):
      workspace.kernels.pointee.fill(years, workspace.entry)
      return UnsafePointer(workspace.entry)
    }
  }

  /// Rounds the workspace's drift columns, or fills zeros where the shock has none of its own.
  private func roundDrift(_ plan: SinglePlan, in workspace: BlockWorkspace) {
    workspace.driftRecipe = plan.driftRecipe
    for year in plan.firstYear..<years {
      let drift = columns.drift + year * BlockRunner.width
      workspace.kernels.pointee.round_to_single(
        plan.hasDrift ? UnsafePointer(workspace.drift[year]) : workspace.zero, drift)
    }
  }

  /// Passes the years of a plan on to its groups, to the histograms, and to who records them.
  private func keep(_ plan: CompiledPlan, in workspace: BlockWorkspace) {
    let kernels = workspace.kernels
    let layout = portfolio.layout
    for year in 0..<years {
      let isEarning = year >= plan.firstYear
      let revenue = isEarning ? UnsafePointer(columns.revenue[year]) : workspace.zero
      let toDate = isEarning ? UnsafePointer(columns.toDate[year]) : workspace.zero
      for group in plan.groups where isEarning {
        let column = workspace.groups[group * years + year]
        kernels.pointee.add(column, revenue, column)
      }
      let annual = layout.cell(plan.planIndex, .annual, year)
      let cumulative = layout.cell(plan.planIndex, .cumulative, year)
      accountStage.histograms?.add(revenue, cell: annual)
      accountStage.histograms?.add(toDate, cell: cumulative)
      if let recorder = workspace.revenueRecorder {
        kernels.pointee.affine(1, revenue, 0, workspace.revenue)
        kernels.pointee.affine(1, toDate, 0, workspace.cumulative)
        recorder(annual, cumulative)
      }
      if year == years - 1, let recorder = workspace.horizonRecorder {
        kernels.pointee.affine(1, toDate, 0, workspace.cumulative)
        recorder(plan.planIndex)
      }
    }
  }
}
