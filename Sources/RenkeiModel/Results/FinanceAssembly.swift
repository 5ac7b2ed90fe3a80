// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// The rows about the money of one arm.
struct FinanceAssembly {
  let model: ProjectionModel
  let arm: ResolvedArm
  let tally: FinanceTally
  let sums: FinanceSums
  /// Sums of the baseline arm; nil where it does not run.
  let baseline: FinanceSums?
  /// What errors are computed from.
  let unit: ErrorUnit
  /// Rows of the arm's plans.
  let plans: ArmPlans

  private var paths: Double { Double(sums.paths) }
  /// Without a variance of revenue a standard error of what follows from it means nothing.
  private var hasVariance: Bool { model.plans.allSatisfy { $0.hasFiniteVariance } }
  private var confidence: ConfidenceLevel { unit.ninetyFive(paths: sums.paths) }
  private var baselineName: String { model.support?.baselineArmName ?? "" }

  func result() -> FinanceResult {
    FinanceResult(
      effects: effectRows(), publicCost: costRows(), costEffectiveness: ratioRows(),
      loans: loanRows(), plans: plans.financeRows, survival: survival())
  }

  /// - Throws: where an amount left the range of Double.
  func checkFinite() throws(SimulationError) {
    let all = sums.loans + sums.costs + sums.effects + sums.differences
    guard all.allSatisfy({ ($0.mean ?? 0).isFinite && ($0.variance ?? 0).isFinite }) else {
      throw .notFinite(
        "the money of arm '\(arm.name)' is too large for a number; look at the amounts and effects"
          + " of the support block")
    }
  }

  private func effectRows() -> [EffectRow] {
    guard let baseline, arm.name != baselineName else { return [] }
    return EffectMetric.allCases.enumerated().compactMap { cell, metric in
      if metric == .goalProbability, model.goalYen == nil { return nil }
      let difference = sums.differences[cell]
      let own = sums.unitError(.difference(cell)) ?? difference.standardErrorOfMean
      let error = hasVariance ? own : nil
      let interval = error.map {
        Interval(around: difference.mean ?? 0, standardError: $0, confidence)
      }
      return EffectRow(
        baselineArm: baselineName, metric: metric, baselineMean: baseline.effects[cell].mean ?? 0,
        armMean: sums.effects[cell].mean ?? 0, difference: difference.mean ?? 0,
        standardError: error, interval95: interval.map { $0.low...$0.high },
        probabilityPositive: Double(sums.positive[cell]) / paths)
    }
  }

  private func costRows() -> [PublicCostRow] {
    CostBasis.allCases.flatMap { basis in
      CostComponent.allCases.compactMap { component in
        // Without the baseline arm nobody knows what tax would have been paid.
        if !tally.hasBaseline, component == .extraTax || component == .net { return nil }
        let cell = FinanceLayout.costCell(basis, component)
        return PublicCostRow(
          basis: basis, component: component,
          amount: amount(sums.costs[cell], .cost(cell), tally.costHistograms, cell))
      }
    }
  }

  private func ratioRows() -> [CostEffectivenessRow] {
    CostBasis.allCases.flatMap { basis in
      EffectivenessMetric.allCases.compactMap { metric in
        switch metric {
        case .policyLoanSubsidyRate: if !arm.offers(.policyLoan) { return nil }
        case .guaranteeSubsidyRate: if !arm.offers(.guarantee) { return nil }
        case .costPerExtraYen: if baseline == nil || arm.name == baselineName { return nil }
        }
        guard let ratio = sums.ratio(FinanceLayout.ratioCell(basis, metric)) else {
          return nil
        }
        return CostEffectivenessRow(
          baselineArm: baselineName, basis: basis, metric: metric, ratio: ratio,
          hasVariance: hasVariance, confidence: confidence)
      }
    }
  }

  private func loanRows() -> [LoanRow] {
    let years = model.horizonYears
    return LoanBook.allCases.flatMap { book in
      (0..<years).flatMap { year in
        LoanItem.allCases.map { item in
          let cell = PlanMoney.index(book, year: year, years: years, item)
          return LoanRow(
            book: book, year: year + 1, item: item,
            amount: amount(sums.loans[cell], .loan(cell), tally.loanHistograms, cell))
        }
      }
    }
  }

  private func survival() -> SurvivalCalibration? {
    guard arm.name == model.support?.calibratedArm.name,
      model.plans.contains(where: { $0.finance?.cashFailure == .enforce }),
      let stated = model.statedSurvivors
    else { return nil }
    let cell = EffectMetric.allCases.firstIndex(of: .surviving) ?? 0
    return SurvivalCalibration(
      planCount: model.plans.count, simulatedPlans: sums.effects[cell].mean ?? 0,
      statedPlans: stated)
  }

  private func amount(
    _ moments: ShiftedMoments, _ place: FinanceSums.ErrorCell, _ histograms: SignedHistograms,
    _ cell: Int
  ) -> AmountSummary {
    AmountSummary(
      moments, unitError: sums.unitError(place),
      quantiles: SimulationResult.planQuantileLevels.map {
        histograms.quantile(level: $0, cell: cell)
      },
      hasVariance: hasVariance)
  }
}
