// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

/// What the plans of a block add up to under each arm: loans year by year, public cost, and the
/// figures that arms are compared by.
struct FigureStage {
  let support: CompiledSupport
  let layout: TallyLayout
  let goalYen: Double?
  let histograms: [ArmHistograms]

  func run(shifts: [ArmShifts], in workspace: BlockWorkspace, into sums: inout RunSums) {
    guard let money = workspace.money else { return }
    for arm in support.arms.indices {
      guard let own = workspace.arms[arm].money else { continue }
      own.finish(into: money.standing, kernels: workspace.kernels)
      effects(arm, own, money.standing, in: workspace)
      start(own, money.standing, workspace.kernels)
      let books = LoanBooks(money, in: workspace)
      for year in 0..<layout.years {
        books.run(
          support, arm: support.arms[arm], own, year: year, years: layout.years)
        guard let shift = shifts[arm].finance else { continue }
        for book in LoanBook.allCases {
          let isPossible = isPossible(book, own)
          for (place, item) in LoanItem.allCases.enumerated() {
            let cell = PlanMoney.index(book, year: year, years: layout.years, item)
            let column = money.figures[book.rawValue * LoanItem.allCases.count + place]
            add(
              column, shift.loans[cell], in: workspace,
              to: &sums.arms[arm].finance!.loans[cell])
            // Nothing counted is 0 as well.
            if isPossible, let counts = histograms[arm].finance?.loanHistograms {
              count(column, cell: cell, in: counts, workspace, money)
            }
            money.figureRecorder?(arm, .loan, cell, column)
          }
        }
      }
      finish(own, workspace.kernels)
    }
    for arm in support.arms.indices {
      compare(arm, shifts[arm], in: workspace, money, into: &sums)
    }
  }

  /// Whether the arm has such loans.
  private func isPossible(_ book: LoanBook, _ own: ArmMoney) -> Bool {
    switch book {
    case .policyLoan: own.keeps(RK_KEPT_LOW)
    case .privateLoanGuarantor: own.keeps(RK_KEPT_COVERED)
    case .privateLoanLender: true
    }
  }

  /// Figures that the arms' effects are told by.
  private func effects(
    _ arm: Int, _ own: ArmMoney, _ standing: StandingSums, in workspace: BlockWorkspace
  ) {
    let last = layout.years - 1
    let earner = workspace.arms[support.revenueArm[arm]]
    func column(_ metric: EffectMetric) -> ColumnPointer {
      own.effects[EffectMetric.allCases.firstIndex(of: metric) ?? 0]
    }
    let revenue = column(.cumulativeRevenue)
    workspace.kernels.pointee.fill(0, revenue)
    for year in 0...last {
      workspace.kernels.pointee.add(revenue, earner.portfolio[year], revenue)
    }
    let plans = Double(layout.countedPlans)
    let (hazard, cash) = (column(.failedHazard), column(.failedCash))
    for (metric, counts) in [
      (column(.launched), earner.counts(.launched, year: last)),
      (column(.active), earner.counts(.active, year: last)),
      (hazard, earner.counts(.failedHazard, year: last)),
      (cash, earner.counts(.failedCash, year: last)),
    ] {
      for path in 0..<BlockRunner.width { metric[path] = Double(counts[path]) }
    }
    let (goal, surviving) = (column(.goalProbability), column(.surviving))
    for path in 0..<BlockRunner.width {
      surviving[path] = plans - hazard[path] - cash[path]
      goal[path] = goalYen.map { revenue[path] >= $0 ? 1 : 0 } ?? 0
    }
    let kernels = workspace.kernels.pointee
    kernels.affine(1, own.flows[Int(RK_FLOW_MADE.rawValue)], 0, column(.investment))
    kernels.fill(0, column(.privateLoans))
    for cohort in support.cohorts.indices {
      kernels.add(
        column(.privateLoans),
        standing.column(RK_KEPT_LAST, of: own, cohort: cohort, planYear: 0),
        column(.privateLoans))
    }
  }

  private func value(_ own: ArmMoney, _ basis: CostBasis, _ flow: CostFlow) -> ColumnPointer {
    own.values[PlanMoney.index(basis, flow)]
  }

  private static func flow(_ own: ArmMoney, _ flow: rk_flow) -> ColumnPointer {
    own.flows[Int(flow.rawValue)]
  }

  /// Present values that the ledgers have added up, and what is drawn.
  private func start(
    _ own: ArmMoney, _ standing: StandingSums, _ kernels: UnsafePointer<rk_kernels>
  ) {
    for (target, flow) in [
      (CostFlow.subsidyPaid, RK_FLOW_GRANT), (.taxExpenditure, RK_FLOW_TAX_RELIEF),
      (.taxBeforeIncentive, RK_FLOW_TAX_BEFORE), (.adviceCost, RK_FLOW_ADVICE),
    ] {
      value(own, .horizon, target).update(
        from: Self.flow(own, flow), count: BlockRunner.width)
    }
    for flow in [
      CostFlow.interestSubsidy, .policyLoanLoss, .guaranteeLoss, .guaranteeFees,
      .borrowerInterestSaving, .policyLoanDrawn, .guaranteedLoanDrawn,
    ] {
      value(own, .horizon, flow).update(repeating: 0, count: BlockRunner.width)
    }
    let loans = value(own, .horizon, .policyLoanDrawn)
    let covered = value(own, .horizon, .guaranteedLoanDrawn)
    for (cohort, first) in support.cohorts.enumerated() {
      let discount = own.numbers.operand(.discount, first)
      for (amount, value) in [
        (RK_KEPT_LOW, loans), (RK_KEPT_HIGH, loans), (RK_KEPT_COVERED, covered),
      ] {
        kernels.pointee.add_product(
          discount, standing.column(amount, of: own, cohort: cohort, planYear: 0), value)
      }
    }
  }

  /// Values over the loans' lives: those within the horizon and those after it.
  private func finish(_ own: ArmMoney, _ kernels: UnsafePointer<rk_kernels>) {
    let late: [(CostFlow, rk_flow)] = [
      (.subsidyPaid, RK_FLOW_LATE_GRANT), (.interestSubsidy, RK_FLOW_LATE_INTEREST),
      (.policyLoanLoss, RK_FLOW_LATE_LOAN_LOSS), (.guaranteeLoss, RK_FLOW_LATE_COVERED_LOSS),
      (.guaranteeFees, RK_FLOW_LATE_FEES), (.borrowerInterestSaving, RK_FLOW_LATE_SAVING),
    ]
    for flow in CostFlow.allCases {
      let (within, life) = (value(own, .horizon, flow), value(own, .life, flow))
      life.update(from: within, count: BlockRunner.width)
      if let (_, extra) = late.first(where: { $0.0 == flow }) {
        kernels.pointee.add(life, Self.flow(own, extra), life)
      }
    }
  }

  /// Moments of a column.
  private func add(
    _ column: UnsafePointer<Double>, _ shift: Double, in workspace: BlockWorkspace,
    to moments: inout ShiftedMoments
  ) {
    var sum = 0.0
    var square = 0.0
    workspace.kernels.pointee.moments(column, shift, workspace.paths, &sum, &square)
    moments.add(count: Int(workspace.paths), sum: sum, sumOfSquares: square)
  }

  /// Counts a column in a histogram.
  private func count(
    _ column: UnsafePointer<Double>, cell: Int, in histograms: SignedHistograms,
    _ workspace: BlockWorkspace, _ money: MoneyWorkspace
  ) {
    let kernels = workspace.kernels
    histograms.record(
      column: column, count: Int(workspace.paths), cell: cell,
      highest: kernels.pointee.highest_pattern(column, workspace.paths)
    ) {
      let pages = kernels.pointee.histogram_slots(column, money.slots)
      return (UnsafePointer(money.slots), pages)
    }
  }

  /// Public cost, differences from the baseline arm, and ratios.
  private func compare(
    _ arm: Int, _ shifts: ArmShifts, in workspace: BlockWorkspace, _ money: MoneyWorkspace,
    into sums: inout RunSums
  ) {
    guard let own = workspace.arms[arm].money, let shift = shifts.finance,
      var finance = sums.arms[arm].finance
    else { return }
    sums.arms[arm].finance = nil
    let paths = Int(workspace.paths)
    let baseline = support.baseline.flatMap { workspace.arms[$0].money }
    finance.paths += paths
    for metric in 0..<own.effects.count {
      let column = own.effects[metric]
      add(column, shift.effects[metric], in: workspace, to: &finance.effects[metric])
      let difference = workspace.scratch
      workspace.kernels.pointee.scaled_sum(
        1, column, -1, (baseline ?? own).effects[metric], difference)
      add(difference, shift.differences[metric], in: workspace, to: &finance.differences[metric])
      for path in 0..<paths where difference[path] > 0 { finance.positive[metric] += 1 }
      money.figureRecorder?(arm, .effect, metric, column)
    }
    for flow in 0..<own.values.count {
      money.figureRecorder?(arm, .flow, flow, own.values[flow])
    }
    let costs = PublicCosts(money.figures, kernels: workspace.kernels)
    costs.run(own, baseline: baseline)
    for cell in 0..<FinanceLayout.costCellCount {
      let column = costs.own(cell)
      add(column, shift.costs[cell], in: workspace, to: &finance.costs[cell])
      if let counts = histograms[arm].finance?.costHistograms {
        count(column, cell: cell, in: counts, workspace, money)
      }
      money.figureRecorder?(arm, .cost, cell, column)
    }
    costs.ratios(own, baseline: baseline, paths: paths, into: &finance.ratios)
    sums.arms[arm].finance = finance
  }
}
