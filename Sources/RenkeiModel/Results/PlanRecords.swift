// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Where the rows of one arm's plans gather, plan by plan, in any order.
///
/// Unchecked sendable: distinct plans may be recorded at the same time from several threads, and
/// reading begins when all are.
package final class ArmPlans: @unchecked Sendable {
  let model: ProjectionModel
  private let hasQuantiles: Bool
  private let revenue: any NumberStore
  private let money: (any NumberStore)?
  /// Mean revenue over the horizon by plan of the plan list.
  private let totals: UnsafeMutableBufferPointer<Double>

  /// - Parameters:
  ///   - hasQuantiles: whether revenue is told with its quantiles.
  ///   - store: makes room for a number of numbers.
  package init(
    model: ProjectionModel, hasQuantiles: Bool,
    store: (Int) throws(SimulationError) -> any NumberStore
  ) throws(SimulationError) {
    self.model = model
    self.hasQuantiles = hasQuantiles
    let plans = model.plans.count
    revenue = try store(plans * Self.revenueWidth(hasQuantiles) * 2 * model.horizonYears)
    money = model.support == nil ? nil : try store(plans * Self.moneyWidth)
    totals = .allocate(capacity: plans)
    totals.initialize(repeating: 0)
  }

  deinit { totals.deallocate() }

  /// Numbers that the rows of one plan take up.
  package static func numbersPerPlan(_ model: ProjectionModel, hasQuantiles: Bool) -> Int {
    revenueWidth(hasQuantiles) * 2 * model.horizonYears + (model.support == nil ? 0 : moneyWidth)
  }

  private static func revenueWidth(_ hasQuantiles: Bool) -> Int {
    5 + (hasQuantiles ? SimulationResult.planQuantileLevels.count : 0)
  }

  private static let moneyWidth = 12

  /// Takes a plan's rows from the sums of the tally that counted it.
  ///
  /// - Parameters:
  ///   - place: of the plan among those of the tally.
  ///   - finance: of its money; nil where the scenario describes no support.
  /// - Throws: what the store throws.
  package func record(
    _ place: Int, of tally: ArmTally, _ finance: FinanceTally?
  ) throws(SimulationError) {
    let index = tally.layout.planIndices[place]
    let plan = model.plans[index]
    let paths = tally.totals.paths
    func share(_ hits: Int) -> Double { Double(hits) / Double(paths) }
    let ranks = SimulationResult.planQuantileLevels.map {
      OrderStatistics.rank(level: $0, count: paths)
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(Self.revenueWidth(hasQuantiles) * 2 * model.horizonYears)
    for measure in Measure.allCases {
      for year in 0..<model.horizonYears {
        let cell = tally.layout.cell(place, measure, year)
        let amount = AmountSummary(
          tally.planMoments[cell], unitError: tally.unitError(.plan(cell)), quantiles: [],
          hasVariance: plan.hasFiniteVariance)
        let isPromised = tally.layout.promised[cell] > 0
        numbers += [
          amount.mean, amount.standardDeviation, Self.packed(amount.standardError),
          share(tally.planActive[cell]),
          Self.packed(isPromised ? share(tally.planTargetMet[cell]) : nil),
        ]
        if hasQuantiles, let histograms = tally.planHistograms {
          numbers += histograms.orderStatistics(ascendingRanks: ranks, cell: cell)
        }
      }
    }
    try revenue.write(numbers, at: index * numbers.count)
    let last = tally.layout.cell(place, .cumulative, model.horizonYears - 1)
    totals[index] = tally.planMoments[last].mean ?? 0
    guard let money, let sums = finance?.sums?.plans[place] else { return }
    try money.write(
      sums.numbers(paths: paths, coverage: finance?.coverageHistograms, place: place),
      at: index * Self.moneyWidth)
  }

  /// Mean revenue over the horizon by plan of the plan list.
  var totalMeans: [Double] { Array(totals) }

  /// No figure is ever NaN, which therefore stands for one that there is not.
  static func packed(_ number: Double?) -> Double { number ?? .nan }
  static func unpacked(_ number: Double) -> Double? { number.isNaN ? nil : number }

  /// Plan by plan in the plan list's order; within a plan annual, then cumulative.
  var rows: PlanTable<PlanResultRow> {
    let years = model.horizonYears
    let plans = model.plans
    return PlanTable(
      PackedRows(
        count: plans.count * 2 * years, width: Self.revenueWidth(hasQuantiles), store: revenue
      ) { row, numbers in
        let index = row / (2 * years)
        let first = numbers.startIndex
        return PlanResultRow(
          planIndex: index, planID: plans[index].id,
          measure: row / years % 2 == 0 ? .annual : .cumulative, year: row % years + 1,
          amount: AmountSummary(
            mean: numbers[first], standardDeviation: numbers[first + 1],
            standardError: Self.unpacked(numbers[first + 2]),
            quantiles: Array(numbers[(first + 5)...])),
          probabilityActive: numbers[first + 3],
          probabilityTargetMet: Self.unpacked(numbers[first + 4]))
      })
  }

  /// In the plan list's order; empty where the scenario describes no support.
  var financeRows: PlanTable<PlanFinanceRow> {
    guard let money else { return [] }
    let plans = model.plans
    return PlanTable(
      PackedRows(count: plans.count, width: Self.moneyWidth, store: money) { index, numbers in
        PlanFinanceRow(planIndex: index, planID: plans[index].id, numbers: Array(numbers))
      })
  }
}

extension PlanFinanceSums {
  /// What a row of plan money holds, in the order of its fields.
  fileprivate func numbers(paths: Int, coverage: LogHistogramArena?, place: Int) -> [Double] {
    let paths = Double(paths)
    return [
      investment / paths, scale / paths, Double(defaults) / paths,
      ArmPlans.packed(defaults > 0 ? exposureAtDefault / Double(defaults) : nil),
      creditLoss / paths, ArmPlans.packed(coverage?.quantile(level: 0.05, cell: place)),
      ArmPlans.packed(coverage?.quantile(level: 0.50, cell: place)), Double(gaps) / paths,
      ArmPlans.packed(gaps > 0 ? liquidityGap / Double(gaps) : nil),
      Double(failedHazard) / paths, Double(failedCash) / paths, Double(profitable) / paths,
    ]
  }
}

extension PlanFinanceRow {
  fileprivate init(planIndex: Int, planID: String, numbers: [Double]) {
    self.init(
      planIndex: planIndex, planID: planID, investmentMeanYen: numbers[0], scaleMean: numbers[1],
      defaultProbability: numbers[2], exposureAtDefaultYen: ArmPlans.unpacked(numbers[3]),
      expectedLossYen: numbers[4], coverageP05: ArmPlans.unpacked(numbers[5]),
      coverageP50: ArmPlans.unpacked(numbers[6]), liquidityGapProbability: numbers[7],
      liquidityGapMeanYen: ArmPlans.unpacked(numbers[8]), failedHazard: numbers[9],
      failedCash: numbers[10], probabilityProfitable: numbers[11])
  }
}
