// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// What a run adds up to over all plans, arm by arm and path by path: enough for every figure of the
/// whole portfolio, and for differences between runs on common draws.
///
/// The goal plays no part in it, so that one run answers for any number of goals.
package struct PortfolioPaths: Sendable {
  /// One arm of the run.
  package struct Arm: Sendable {
    package let name: String
    /// Revenue by year and path.
    package let totals: PathTotals
    /// Mean and spread of revenue: annual years 1…H, then cumulative years 1…H.
    private let amounts: [AmountSummary]
    /// Net public cost per yen of revenue over the horizon, both against the baseline arm; nil for
    /// that arm itself, where it does not run and without support.
    package let costPerExtraYen: RatioEstimate?

    fileprivate init(
      name: String, totals: PathTotals, amounts: [AmountSummary], costPerExtraYen: RatioEstimate?
    ) {
      self.name = name
      self.totals = totals
      self.amounts = amounts
      self.costPerExtraYen = costPerExtraYen
    }

    /// Mean and spread of the revenue of one year or to date, year from 0, without quantiles; equal
    /// to the bits that a full run tells.
    package func amount(_ measure: Measure, year: Int) -> AmountSummary {
      amounts[(measure == .annual ? 0 : totals.years) + year]
    }
  }

  package let seed: UInt64
  package let sampling: SamplingDesign
  package let arms: [Arm]
  /// Nil where the scenario describes no support.
  package let costs: CostPaths?
  /// Whether the baseline arm is among the arms, so that net costs are known.
  package let hasBaseline: Bool
  /// Whether revenue has a variance, without which errors of means say nothing.
  package let hasVariance: Bool

  package var paths: Int { arms[0].totals.paths }
  package var years: Int { arms[0].totals.years }

  /// Whether the same path of both has the same draws.
  package func sharesDraws(with other: PortfolioPaths) -> Bool {
    seed == other.seed && paths == other.paths && sampling == other.sampling
  }

  /// - Parameters:
  ///   - tallies: of each arm of the model over all paths.
  ///   - finances: likewise; empty where the scenario describes no support.
  /// - Throws: ``SimulationError/notFinite(_:)``.
  package init(
    model: ProjectionModel, options: SimulationOptions, tallies: [ArmTally],
    finances: [FinanceTally], costs: CostPaths?
  ) throws(SimulationError) {
    let hasVariance = model.plans.allSatisfy(\.hasFiniteVariance)
    let baseline = model.arms.firstIndex { $0.name == model.support?.baselineArmName }
    var arms: [Arm] = []
    for (index, arm) in model.arms.enumerated() {
      let tally = tallies[index]
      try tally.checkTotals(of: model, arm: arm)
      var amounts: [AmountSummary] = []
      for measure in [Measure.annual, .cumulative] {
        for year in 0..<model.horizonYears {
          let cell = tally.layout.cell(0, measure, year)
          amounts.append(
            AmountSummary(
              tally.portfolioMoments[cell], unitError: tally.unitError(.portfolio(cell)),
              quantiles: [], hasVariance: hasVariance))
        }
      }
      var ratio: RatioEstimate?
      if let sums = finances.isEmpty ? nil : finances[index].sums {
        guard sums.costs.allSatisfy({ ($0.mean ?? 0).isFinite && ($0.variance ?? 0).isFinite })
        else {
          throw .notFinite(
            "the money of arm '\(arm.name)' is too large for a number; look at the amounts and"
              + " effects of the support block")
        }
        if baseline != nil, baseline != index {
          ratio = sums.ratio(FinanceLayout.ratioCell(.life, .costPerExtraYen))
        }
      }
      arms.append(
        Arm(name: arm.name, totals: tally.totals, amounts: amounts, costPerExtraYen: ratio))
    }
    seed = options.seed
    sampling = options.sampling
    self.arms = arms
    self.costs = costs
    hasBaseline = baseline != nil
    self.hasVariance = hasVariance
  }
}

/// Public cost over the life of the loans of every path under every arm, in yen of present value, in
/// memory that threads fill side by side.
///
/// Unchecked sendable: each path belongs to exactly one thread while the engine runs, and nothing
/// writes afterwards.
package final class CostPaths: @unchecked Sendable {
  /// What is kept of ``CostComponent``.
  package static let components: [CostComponent] = [.gross, .net]

  package let paths: Int
  private let storage: UnsafeMutablePointer<Double>

  package init(arms: Int, paths: Int) {
    self.paths = paths
    let count = max(1, arms * paths * Self.components.count)
    storage = .allocate(capacity: count)
    storage.initialize(repeating: 0, count: count)
  }

  deinit { storage.deallocate() }

  /// Yen by path; nil for a component that is not kept.
  package func column(
    _ component: CostComponent, arm: Int
  ) -> UnsafeMutableBufferPointer<Double>? {
    guard let place = Self.components.firstIndex(of: component) else { return nil }
    return UnsafeMutableBufferPointer(
      start: storage + (arm * Self.components.count + place) * paths, count: paths)
  }
}
