// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// The value that each moment of an arm's money is taken about: that of path 0.
package struct FinanceShifts: Sendable {
  package var loans: [Double]
  package var costs: [Double]
  package var effects: [Double]
  package var differences: [Double]
  package var ratios: [(Double, Double)]

  /// - Parameters:
  ///   - figures: of the arm on path 0.
  ///   - baseline: of the baseline arm on path 0; nil where it does not run.
  package init(_ figures: PathFigures, baseline: PathFigures?) {
    func finite(_ value: Double) -> Double { value.isFinite ? value : 0 }
    loans = figures.loans.map(finite)
    costs = figures.costs(baseline: baseline).map(finite)
    effects = figures.effects.map(finite)
    differences = figures.effects.indices.map {
      finite(figures.effects[$0] - (baseline ?? figures).effects[$0])
    }
    ratios = figures.ratios(baseline: baseline).map { (finite($0.0), finite($0.1)) }
  }
}

/// Sums of one plan's money over paths, in yen and numbers of paths.
package struct PlanFinanceSums: Sendable {
  package var investment = 0.0
  package var scale = 0.0
  package var liquidityGap = 0.0
  package var exposureAtDefault = 0.0
  package var creditLoss = 0.0
  package var defaults = 0
  package var gaps = 0
  package var failedHazard = 0
  package var failedCash = 0
  package var profitable = 0

  package init() {}

  package mutating func merge(_ other: PlanFinanceSums) {
    investment += other.investment
    scale += other.scale
    liquidityGap += other.liquidityGap
    exposureAtDefault += other.exposureAtDefault
    creditLoss += other.creditLoss
    defaults += other.defaults
    gaps += other.gaps
    failedHazard += other.failedHazard
    failedCash += other.failedCash
    profitable += other.profitable
  }
}

/// The part of an arm's money that a chunk of paths produces by itself and that merges by addition.
package struct FinanceSums: Sendable, Mergeable {
  package var paths = 0
  /// By ``PlanMoney/index(_:year:years:_:)``.
  package var loans: [ShiftedMoments]
  /// By ``FinanceLayout/costCell(_:_:)``.
  package var costs: [ShiftedMoments]
  /// By ``EffectMetric``: the arm, and the arm − the baseline arm.
  package var effects: [ShiftedMoments]
  package var differences: [ShiftedMoments]
  /// By ``EffectMetric``: paths on which the arm is above the baseline arm.
  package var positive: [Int]
  /// By ``FinanceLayout/ratioCell(_:_:)``.
  package var ratios: [PairedMoments]
  /// By plan of the plan list.
  package var plans: [PlanFinanceSums]
  /// Sums by independent unit, by ``unitCell(_:)``; nil where paths are independent.
  private(set) var units: UnitSums?

  /// - Parameter unit: what errors are computed from.
  package init(planCount: Int, shifts: FinanceShifts, unit: ErrorUnit = .path) {
    loans = shifts.loans.map { ShiftedMoments(shift: $0) }
    costs = shifts.costs.map { ShiftedMoments(shift: $0) }
    effects = shifts.effects.map { ShiftedMoments(shift: $0) }
    differences = shifts.differences.map { ShiftedMoments(shift: $0) }
    positive = [Int](repeating: 0, count: shifts.effects.count)
    ratios = shifts.ratios.map { PairedMoments(shiftX: $0.0, shiftY: $0.1) }
    plans = [PlanFinanceSums](repeating: PlanFinanceSums(), count: planCount)
    if unit == .path { return }
    let pairs = ratios.indices.map { (unitCell(.numerator($0)), unitCell(.denominator($0))) }
    units = UnitSums(unit: unit, cellCount: unitCell(.denominator(ratios.count)), pairs: pairs)
  }

  /// What an error belongs to.
  enum ErrorCell {
    case loan(Int)
    case cost(Int)
    case difference(Int)
    case numerator(Int)
    case denominator(Int)
  }

  func unitCell(_ cell: ErrorCell) -> Int {
    switch cell {
    case .loan(let cell): cell
    case .cost(let cell): loans.count + cell
    case .difference(let cell): loans.count + costs.count + cell
    case .numerator(let cell): loans.count + costs.count + differences.count + cell
    case .denominator(let cell): unitCell(.numerator(ratios.count)) + cell
    }
  }

  /// Ends a block of a chunk: what it added becomes known by unit. O(cells); nothing where paths
  /// are independent.
  package mutating func endBlock(_ block: Int, paths: Int) {
    if units == nil { return }
    var now: [Double] = []
    for moments in loans { now.append(moments.sum) }
    for moments in costs { now.append(moments.sum) }
    for moments in differences { now.append(moments.sum) }
    for moments in ratios { now.append(moments.sumX) }
    for moments in ratios { now.append(moments.sumY) }
    units?.endBlock(block, paths: paths, sums: now)
  }

  /// The standard error of a cell's mean from independent units; nil where paths are independent.
  func unitError(_ cell: ErrorCell) -> Double? {
    units.flatMap { $0.standardErrorOfMean(cell: unitCell(cell)) }
  }

  /// A ratio of means; nil without paths. Its errors come from units where paths are not
  /// independent.
  func ratio(_ cell: Int) -> RatioEstimate? {
    guard let ratio = ratios[cell].ratio, let units,
      let numerator = unitError(.numerator(cell)), let denominator = unitError(.denominator(cell)),
      let covariance = units.covarianceOfMeans(pair: cell)
    else { return ratios[cell].ratio }
    return RatioEstimate(
      numerator: ratio.numerator, denominator: ratio.denominator,
      numeratorVariance: numerator * numerator, denominatorVariance: denominator * denominator,
      covariance: covariance)
  }

  /// Adds the sums of the paths that follow. O(cells).
  package mutating func merge(_ other: FinanceSums) {
    paths += other.paths
    if let more = other.units { units?.merge(more) }
    for cell in loans.indices { loans[cell].merge(other.loans[cell]) }
    for cell in costs.indices { costs[cell].merge(other.costs[cell]) }
    for cell in effects.indices {
      effects[cell].merge(other.effects[cell])
      differences[cell].merge(other.differences[cell])
      positive[cell] += other.positive[cell]
    }
    for cell in ratios.indices { ratios[cell].merge(other.ratios[cell]) }
    for plan in plans.indices { plans[plan].merge(other.plans[plan]) }
  }
}

/// Raw sums of the money of one arm: what an engine adds up before it becomes an answer.
package struct FinanceTally: Sendable {
  package let layout: TallyLayout
  /// Nil before the first path.
  package var sums: FinanceSums?
  /// By cell of ``FinanceSums/loans`` and ``FinanceSums/costs``.
  package let loanHistograms: SignedHistograms
  package let costHistograms: SignedHistograms
  /// Least debt-service coverage of each path with debt service, 0 where below, by plan; nil where
  /// plan quantiles are left out.
  package let coverageHistograms: LogHistogramArena?
  /// Whether the baseline arm runs, so that extra tax and differences mean something.
  package let hasBaseline: Bool

  /// - Parameters:
  ///   - countsTotals: whether loans and costs are counted: not before the last tile.
  package init(
    layout: TallyLayout, sums: FinanceSums? = nil, planHistograms: Bool, hasBaseline: Bool,
    countsTotals: Bool = true
  ) {
    self.layout = layout
    self.sums = sums
    self.hasBaseline = hasBaseline
    loanHistograms = SignedHistograms(
      cellCount: countsTotals ? FinanceLayout.loanCellCount(years: layout.years) : 0)
    costHistograms = SignedHistograms(
      cellCount: countsTotals ? FinanceLayout.costCellCount : 0)
    coverageHistograms = planHistograms ? LogHistogramArena(cellCount: layout.planCount) : nil
  }

  /// Counts one path. The first sets the shifts.
  ///
  /// - Parameters:
  ///   - figures: of the arm.
  ///   - baseline: of the baseline arm on the same path; nil where it does not run.
  ///   - money: by plan; `failedHazard` and `failedCash` whether it has failed by the horizon.
  /// Complexity: O(plans + cells).
  package mutating func record(
    _ figures: PathFigures, baseline: PathFigures?, money: [PlanMoney], failedHazard: [Bool],
    failedCash: [Bool]
  ) {
    var sums =
      sums
      ?? FinanceSums(
        planCount: layout.planCount, shifts: FinanceShifts(figures, baseline: baseline))
    sums.paths += 1
    for (cell, yen) in figures.loans.enumerated() {
      sums.loans[cell].add(yen)
      loanHistograms.record(yen, cell: cell)
    }
    for (cell, yen) in figures.costs(baseline: baseline).enumerated() {
      sums.costs[cell].add(yen)
      costHistograms.record(yen, cell: cell)
    }
    for (cell, value) in figures.effects.enumerated() {
      let difference = value - (baseline ?? figures).effects[cell]
      sums.effects[cell].add(value)
      sums.differences[cell].add(difference)
      if difference > 0 { sums.positive[cell] += 1 }
    }
    for (cell, pair) in figures.ratios(baseline: baseline).enumerated() {
      sums.ratios[cell].add(pair.0, pair.1)
    }
    for plan in 0..<layout.planCount {
      sums.plans[plan].add(money[plan], failedHazard[plan], failedCash[plan])
      if let coverage = money[plan].leastCoverage, let coverageHistograms {
        withUnsafePointer(to: max(0, coverage)) {
          coverageHistograms.record(column: $0, count: 1, cell: plan)
        }
      }
    }
    self.sums = sums
  }
}

extension PlanFinanceSums {
  fileprivate mutating func add(_ money: PlanMoney, _ hazard: Bool, _ cash: Bool) {
    investment += money.investment
    scale += money.scale
    liquidityGap += money.liquidityGap
    exposureAtDefault += money.exposureAtDefault
    creditLoss += money.creditLoss
    if money.exposureAtDefault > 0 { defaults += 1 }
    if money.liquidityGap > 0 { gaps += 1 }
    if hazard { failedHazard += 1 }
    if cash { failedCash += 1 }
    if money.profit > 0 { profitable += 1 }
  }
}
