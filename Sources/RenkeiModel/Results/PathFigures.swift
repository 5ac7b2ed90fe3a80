// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure of the whole portfolio at the end of the horizon that arms are compared by.
public enum EffectMetric: String, CaseIterable, Sendable {
  case cumulativeRevenue = "cumulative_revenue"
  /// 1 on paths that reach the goal; left out where there is none.
  case goalProbability = "goal_probability"
  case launched
  case active
  /// Plans whose business has not failed.
  case surviving
  case failedHazard = "failed_hazard"
  case failedCash = "failed_cash"
  /// Investment that is made.
  case investment
  case privateLoans = "private_loans"

  public var unit: String {
    switch self {
    case .cumulativeRevenue, .investment, .privateLoans: "yen"
    case .goalProbability: "probability"
    case .launched, .active, .surviving, .failedHazard, .failedCash: "plans"
    }
  }
}

/// What one path under one arm adds up to over all plans. Amounts are in yen.
package struct PathFigures: Sendable {
  /// By ``EffectMetric``.
  package var effects: [Double]
  /// By ``PlanMoney/index(_:_:)``.
  package var flows: [Double]
  /// By ``PlanMoney/index(_:year:years:_:)``.
  package var loans: [Double]

  /// Adds the plans up in canonical order.
  ///
  /// - Parameters:
  ///   - revenue: yen by plan and year; `launched`, `failedHazard` and `failedCash` alike.
  ///   - money: by plan.
  /// Complexity: O(plans × cells).
  package init(
    layout: TallyLayout, goalYen: Double?, revenue: [[Double]], launched: [[Bool]],
    failedHazard: [[Bool]], failedCash: [[Bool]], money: [PlanMoney]
  ) {
    let last = layout.years - 1
    let empty = PlanMoney(years: layout.years)
    (flows, loans) = (empty.flows, empty.loans)
    var (count, total) = ([EffectMetric: Double](), 0.0)
    for year in 0...last { total += layout.canonicalOrder.reduce(0) { $0 + revenue[$1][year] } }
    for plan in layout.canonicalOrder {
      for cell in flows.indices { flows[cell] += money[plan].flows[cell] }
      for cell in loans.indices { loans[cell] += money[plan].loans[cell] }
      let failed = failedHazard[plan][last] || failedCash[plan][last]
      for (metric, holds) in [
        (EffectMetric.launched, launched[plan][last]), (.active, revenue[plan][last] > 0),
        (.surviving, !failed), (.failedHazard, failedHazard[plan][last]),
        (.failedCash, failedCash[plan][last]),
      ] where holds {
        count[metric, default: 0] += 1
      }
      count[.investment, default: 0] += money[plan].investment * money[plan].scale
      count[.privateLoans, default: 0] += money[plan].privateLoan
    }
    count[.cumulativeRevenue] = total
    if let goalYen, total >= goalYen { count[.goalProbability] = 1 }
    effects = EffectMetric.allCases.map { count[$0] ?? 0 }
  }

  /// Figures that are added up already.
  package init(effects: [Double], flows: [Double], loans: [Double]) {
    (self.effects, self.flows, self.loans) = (effects, flows, loans)
  }

  /// Public cost by ``CostBasis``, then ``CostComponent``.
  ///
  /// - Parameter baseline: figures of the baseline arm on the same path; nil where it does not run:
  ///   extra tax then counts as 0.
  package func costs(baseline: PathFigures?) -> [Double] {
    CostBasis.allCases.flatMap { basis in
      let start = PlanMoney.index(basis, .subsidyPaid)
      let own = Array(flows[start..<(start + CostFlow.allCases.count)])
      let tax = PlanMoney.index(basis, .taxBeforeIncentive)
      return CostComponent.allCases.map {
        $0.value(own, baselineTax: baseline?.flows[tax] ?? flows[tax])
      }
    }
  }

  package func effect(_ metric: EffectMetric) -> Double {
    effects[EffectMetric.allCases.firstIndex(of: metric) ?? 0]
  }

  /// Net public cost plus the tax that the baseline arm pays before incentives.
  package func netCostBeforeBaselineTax(_ basis: CostBasis) -> Double {
    let start = PlanMoney.index(basis, .subsidyPaid)
    let own = Array(flows[start..<(start + CostFlow.allCases.count)])
    return CostComponent.net.value(own, baselineTax: 0)
  }

  private var revenue: Double { effect(.cumulativeRevenue) }

  /// Numerator and denominator by ``CostBasis``, then ``EffectivenessMetric``.
  package func ratios(baseline: PathFigures?) -> [(Double, Double)] {
    let own = costs(baseline: baseline)
    let base = baseline.map { $0.costs(baseline: $0) }
    return CostBasis.allCases.flatMap { basis in
      func cost(_ costs: [Double], _ component: CostComponent) -> Double {
        costs[FinanceLayout.costCell(basis, component)]
      }
      return EffectivenessMetric.allCases.map { metric in
        switch metric {
        case .policyLoanSubsidyRate:
          (
            cost(own, .interestSubsidy) + cost(own, .policyLoanLoss), cost(own, .disbursed)
          )
        case .guaranteeSubsidyRate:
          (cost(own, .guaranteeLoss) - cost(own, .guaranteeFees), cost(own, .guaranteed))
        case .costPerExtraYen:
          (
            cost(own, .net) - (base.map { cost($0, .net) } ?? 0),
            revenue - (baseline?.revenue ?? 0)
          )
        }
      }
    }
  }
}

/// A ratio of means: what public money costs or buys.
public enum EffectivenessMetric: String, CaseIterable, Sendable {
  /// Interest subsidy and losses per yen disbursed, in present value.
  case policyLoanSubsidyRate = "policy_loan_subsidy_rate"
  /// Losses less fees per yen guaranteed, in present value.
  case guaranteeSubsidyRate = "guarantee_subsidy_rate"
  /// Net public cost per yen of revenue over the horizon, both against the baseline arm.
  case costPerExtraYen = "cost_per_extra_yen"
}

/// Where the cells of an arm's money lie in flat arrays.
package enum FinanceLayout {
  package static var costCellCount: Int {
    CostBasis.allCases.count * CostComponent.allCases.count
  }

  package static func costCell(_ basis: CostBasis, _ component: CostComponent) -> Int {
    (basis == .horizon ? 0 : CostComponent.allCases.count)
      + (CostComponent.allCases.firstIndex(of: component) ?? 0)
  }

  package static func loanCellCount(years: Int) -> Int {
    LoanBook.allCases.count * years * LoanItem.allCases.count
  }

  package static var ratioCount: Int {
    CostBasis.allCases.count * EffectivenessMetric.allCases.count
  }

  package static func ratioCell(_ basis: CostBasis, _ metric: EffectivenessMetric) -> Int {
    (basis == .horizon ? 0 : EffectivenessMetric.allCases.count)
      + (EffectivenessMetric.allCases.firstIndex(of: metric) ?? 0)
  }
}
