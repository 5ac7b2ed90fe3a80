// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import RenkeiStatistics

extension SimulationResult {
  /// The answers from what an engine counted.
  ///
  /// Memory beside the tallies: one column of P doubles, and what selection needs. Where plans came
  /// in tiles, the tallies are those of the last tile.
  ///
  /// - Parameters:
  ///   - model: the model that was computed.
  ///   - options: the run's number of paths and seed.
  ///   - tallies: one for each arm of the model, in its order, each over all paths.
  ///   - finances: likewise for the money; empty where the scenario describes no support.
  ///   - plans: rows of the plans by arm; nil: the tallies hold all plans.
  ///   - secondLook: where the gap and the variance come from; nil leaves that out.
  /// - Throws: ``SimulationError/notFinite(_:)`` naming the first plan, year and arm whose revenue
  ///   left the range of Double.
  /// Complexity: O(arms × (years × paths + cells)).
  package init(
    model: ProjectionModel, options: SimulationOptions, tallies: [ArmTally],
    finances: [FinanceTally] = [], plans recorded: [ArmPlans]? = nil,
    secondLook: SecondLook? = nil
  ) throws(SimulationError) {
    precondition(tallies.count == model.arms.count, "one tally for each arm")
    precondition(
      tallies.allSatisfy {
        $0.totals.paths == options.paths && $0.totals.years == model.horizonYears
      },
      "tallies of another run")
    let column = UnsafeMutableBufferPointer<Double>.allocate(capacity: options.paths)
    defer { column.deallocate() }
    let scratch = SelectionScratch()
    let promised = model.promisedByYear.reduce(0, +)
    let plans: [ArmPlans]
    if let recorded {
      plans = recorded
    } else {
      plans = try Self.planRows(model, options, tallies, finances)
    }
    let assemblies = model.arms.indices.map { arm in
      ArmAssembly(
        model: model, arm: model.arms[arm], tally: tallies[arm], plans: plans[arm],
        paths: options.paths, threads: options.threads, unit: options.sampling.errorUnit,
        promisedYen: promised, column: column, scratch: scratch,
        euler: secondLook.map { EulerShares($0.gaps[arm], $0.contexts[arm]) },
        replica: secondLook?.replicas[arm])
    }
    for assembly in assemblies { try assembly.checkFinite() }
    let money = Self.financeAssemblies(model, options.sampling.errorUnit, finances, plans)
    for assembly in money { try assembly.checkFinite() }
    let thresholds = ExceedanceGrid.thresholds(
      including: [model.goalYen, promised].compactMap { $0 },
      highTotal: { assemblies.map { $0.highTotal() }.reduce(0, max) })
    var arms: [ArmResult] = []
    for (index, assembly) in assemblies.enumerated() {
      let finance = money.isEmpty ? nil : money[index].result()
      arms.append(assembly.result(thresholds: thresholds, finance: finance))
    }
    self.init(
      title: model.title, startYear: model.startYear, horizonYears: model.horizonYears,
      paths: options.paths, seed: options.seed, quantileLevels: model.quantileLevels,
      hasPlanQuantiles: tallies.allSatisfy { $0.planHistograms != nil },
      sampling: options.sampling, precision: options.precision, arms: arms)
  }
}

extension SimulationResult {
  private static func financeAssemblies(
    _ model: ProjectionModel, _ unit: ErrorUnit, _ finances: [FinanceTally], _ plans: [ArmPlans]
  ) -> [FinanceAssembly] {
    precondition(
      finances.isEmpty || finances.count == model.arms.count, "the money of each arm, or of none")
    let baseline = model.arms.firstIndex { $0.name == model.support?.baselineArmName }
    return finances.indices.compactMap { arm in
      guard let sums = finances[arm].sums else { return nil }
      return FinanceAssembly(
        model: model, arm: model.arms[arm], tally: finances[arm], sums: sums,
        baseline: baseline.flatMap { finances[$0].sums }, unit: unit, plans: plans[arm])
    }
  }

  /// Rows from tallies that hold all plans.
  private static func planRows(
    _ model: ProjectionModel, _ options: SimulationOptions, _ tallies: [ArmTally],
    _ finances: [FinanceTally]
  ) throws(SimulationError) -> [ArmPlans] {
    var all: [ArmPlans] = []
    for (arm, tally) in tallies.enumerated() {
      try tally.checkPlans(of: model, arm: model.arms[arm])
      let plans = try ArmPlans(
        model: model, hasQuantiles: tally.planHistograms != nil
      ) { MemoryNumbers(count: $0) }
      let finance = finances.isEmpty ? nil : finances[arm]
      for place in 0..<tally.layout.planCount { try plans.record(place, of: tally, finance) }
      all.append(plans)
    }
    return all
  }
}

/// The rows of one arm.
struct ArmAssembly {
  let model: ProjectionModel
  let arm: ResolvedArm
  /// All plans, or those of the last tile.
  let tally: ArmTally
  let plans: ArmPlans
  let paths: Int
  let threads: Int
  /// What errors are computed from.
  let unit: ErrorUnit
  /// Promise of all plans over the horizon.
  let promisedYen: Double
  /// Scratch of P doubles, shared by all arms.
  let column: UnsafeMutableBufferPointer<Double>
  let scratch: SelectionScratch
  /// Nil where nobody looked.
  let euler: EulerShares?
  let replica: PathTotals?

  private var years: Int { model.horizonYears }
  private var levels: [Double] { model.quantileLevels }

  func result(thresholds: [Double], finance: FinanceResult?) -> ArmResult {
    var annual: [PortfolioRow] = []
    var cumulative: [PortfolioRow] = []
    var exceedance: [ExceedanceRow] = []
    var goal: GoalRow?
    var first: [Double] = []
    // Two parts of about equal length. Unchecked: they share nothing but the totals, which they read.
    nonisolated(unsafe) let parts: [() -> Void] = [
      { annual = annualRows() },
      {
        cumulative = cumulativeRows()
        // These rows end with the column at revenue cumulated over the horizon.
        exceedance = exceedanceRows(thresholds)
        first = replica.map { Array(column.prefix($0.paths)) } ?? []
        goal = goalRow()
      },
    ]
    if threads > 1 {
      DispatchQueue.concurrentPerform(iterations: parts.count) { parts[$0]() }
    } else {
      for part in parts { part() }
    }
    let total = tally.portfolioMoments[tally.layout.cell(0, .cumulative, years - 1)]
    return ArmResult(
      arm: arm.name, portfolio: annual + cumulative, goal: goal, plans: plans.rows,
      groups: groupRows(), counts: countRows(), contributions: contributionRows(),
      exceedance: exceedance, finance: finance,
      varianceSplit: replica.map { replica in
        VarianceSplitRow.rows(
          first, again: replica.cumulative, total: total, goal: goal,
          hasVariance: model.plans.allSatisfy { $0.hasFiniteVariance })
      } ?? [])
  }

  /// Throws where a moment of any cell is not finite; no order statistic is taken before.
  func checkFinite() throws(SimulationError) {
    try tally.checkPlans(of: model, arm: arm)
    try tally.checkTotals(of: model, arm: arm)
  }

  /// The 99.9% quantile of revenue cumulated over the horizon, in yen.
  func highTotal() -> Double {
    column.initialize(repeating: 0)
    for year in 0..<years { addToColumn(year) }
    return OrderStatistics.quantiles(
      of: UnsafeBufferPointer(column), levels: [0.999], scratch: scratch)[0]
  }

  /// Adds a year's totals to the column, path by path.
  private func addToColumn(_ year: Int) {
    let annual = tally.totals.annual(year: year)
    for path in 0..<paths { column[path] += annual[path] }
  }

  private func annualRows() -> [PortfolioRow] {
    let scratch = SelectionScratch()
    return (0..<years).map { year in
      let values = UnsafeBufferPointer(tally.totals.annual(year: year))
      return portfolioRow(.annual, year, values, scratch)
    }
  }

  private func cumulativeRows() -> [PortfolioRow] {
    (0..<years).map { year in
      if year == 0 {
        _ = column.update(from: tally.totals.annual(year: 0))
      } else {
        addToColumn(year)
      }
      return portfolioRow(.cumulative, year, UnsafeBufferPointer(column), scratch)
    }
  }

  private func portfolioRow(
    _ measure: Measure, _ year: Int, _ values: UnsafeBufferPointer<Double>,
    _ scratch: SelectionScratch
  ) -> PortfolioRow {
    let quantiles = OrderStatistics.quantiles(of: values, levels: levels, scratch: scratch)
    let cell = tally.layout.cell(0, measure, year)
    return PortfolioRow(
      measure: measure, year: year + 1,
      amount: AmountSummary(
        tally.portfolioMoments[cell], unitError: tally.unitError(.portfolio(cell)),
        quantiles: quantiles, hasVariance: model.plans.allSatisfy { $0.hasFiniteVariance }))
  }

  private func exceedanceRows(_ thresholds: [Double]) -> [ExceedanceRow] {
    var counts = Exceedance(thresholds: thresholds)
    counts.add(UnsafeBufferPointer(column))
    return zip(thresholds, counts.proportions).map {
      ExceedanceRow(thresholdYen: $0, probability: $1.estimate ?? 0)
    }
  }

  private func goalRow() -> GoalRow? {
    guard let goal = model.goalYen else { return nil }
    let probability = GoalProbability(UnsafeBufferPointer(column), goal: goal, unit: unit)
    let known = euler.map { (mean: $0.context.meanGapYen, tail: $0.context.tailGapYen) }
    let gap = known ?? gaps(to: goal)
    let mean = tally.portfolioMoments[tally.layout.cell(0, .cumulative, years - 1)].mean ?? 0
    return GoalRow(
      goalYen: goal, promisedYen: promisedYen, paths: paths,
      hits: probability.share.hits, probability: probability.share.estimate ?? 0,
      standardError: probability.standardError, interval95: probability.interval,
      meanGapYen: gap.mean, cvar95GapYen: gap.tail,
      attainmentRatioMean: promisedYen > 0 ? mean / promisedYen : nil)
  }

  /// Turns the column of cumulative revenue into gaps to the goal.
  private func gaps(to goal: Double) -> (mean: Double, tail: Double) {
    var total = NeumaierSum()
    for path in 0..<paths {
      let gap = max(0, goal - column[path])
      column[path] = gap
      total.add(gap)
    }
    let tail = TailMean(
      losses: UnsafeBufferPointer(column), share: GapContext.tailShare, scratch: scratch)
    return (total.value / Double(paths), tail.estimate)
  }
}

extension ArmTally {
  /// - Throws: ``SimulationError/notFinite(_:)`` where a moment of a plan is not finite.
  package func checkPlans(of model: ProjectionModel, arm: ResolvedArm) throws(SimulationError) {
    try check(planMoments, arm) { "plan '\(model.plans[layout.planIndices[$0]].id)'" }
  }

  func checkTotals(of model: ProjectionModel, arm: ResolvedArm) throws(SimulationError) {
    try check(groupMoments, arm) { index in
      let grouping = layout.groupOffsets.lastIndex { $0 <= index } ?? 0
      let place = min(grouping, model.groupings.count - 1)
      let label = model.groupings[place].labels[index - layout.groupOffsets[place]]
      return "group '\(label)' of column '\(model.groupings[place].column)'"
    }
    try check(portfolioMoments, arm) { _ in "the portfolio" }
  }

  private func check(
    _ moments: [ShiftedMoments], _ arm: ResolvedArm, _ name: (Int) -> String
  ) throws(SimulationError) {
    let years = layout.years
    for (cell, moment) in moments.enumerated() {
      if moment.mean?.isFinite ?? true, moment.variance?.isFinite ?? true { continue }
      let measure = cell / years % 2 == 0 ? "annual" : "cumulative"
      throw .notFinite(
        "\(name(cell / (2 * years))): the \(measure) revenue of year \(cell % years + 1)"
          + " under arm '\(arm.name)' is too large for a number; look at end_target_yen,"
          + " attainment, annual_shock_sd and growth_after_plan")
    }
  }
}

extension AmountSummary {
  /// Mean, spread and error of moments; the spread is 0 for a single path, and there is no error for
  /// a single path, which tells none, nor where the model gives the amount no variance.
  ///
  /// - Parameter unitError: the error of the mean from independent units; nil: paths are independent.
  init(
    _ moments: ShiftedMoments, unitError: Double? = nil, quantiles: [Double], hasVariance: Bool
  ) {
    let error = unitError ?? moments.standardErrorOfMean
    self.init(
      mean: moments.mean ?? 0, standardDeviation: moments.standardDeviation ?? 0,
      standardError: hasVariance ? error : nil, quantiles: quantiles)
  }
}
