// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// What a plan or group adds, by Euler's rule, to the spread of the total and to its gap to the goal;
/// plans, and the groups of each grouping, sum to the whole.
public struct EulerContribution: Sendable {
  /// Share of the standard deviation of the total over the horizon.
  public let standardDeviationYen: Double
  /// Share of the mean gap to the goal; nil where there is no goal.
  public let gap: AllocatedGap?
  /// Share of the mean of the worst 5% of the gaps.
  public let tail: AllocatedGap?
}

/// A part of a gap with its Monte Carlo error.
public struct AllocatedGap: Sendable {
  /// Negative where the part does better than its promise asks.
  public let yen: Double
  public let standardError: Double
  public let interval95: ClosedRange<Double>

  init(_ found: (yen: Double, error: Double)) {
    let interval = Interval(around: found.yen, standardError: found.error)
    yen = found.yen
    standardError = found.error
    interval95 = interval.low...interval.high
  }
}

/// The allocations of one arm.
struct EulerShares {
  private let tally: GapTally
  let context: GapContext

  init(_ tally: GapTally, _ context: GapContext) {
    self.tally = tally
    self.context = context
  }

  /// - Parameters:
  ///   - part: index of the plan, or number of plans + index of the group.
  ///   - share: its share of the promise.
  func contribution(of part: Int, share: Double) -> EulerContribution {
    let hasGoal = context.goalYen != nil
    return EulerContribution(
      standardDeviationYen: tally.deviation(of: part, context),
      gap: hasGoal ? AllocatedGap(tally.gap(of: part, share: share, context)) : nil,
      tail: hasGoal ? AllocatedGap(tally.tail(of: part, share: share, context)) : nil)
  }
}

extension ProjectionModel {
  /// w, the share of the promise over the horizon, by plan and then by group; equal shares of plans
  /// where nothing is promised.
  package func promiseShares(_ layout: TallyLayout) -> [Double] {
    let promised = plans.map(\.promisedTotal)
    let total = layout.canonicalOrder.reduce(0) { $0 + promised[$1] }
    let ofPlans = promised.map { total > 0 ? $0 / total : 1 / Double(max(1, plans.count)) }
    var shares = ofPlans + [Double](repeating: 0, count: layout.groupCount)
    for grouping in layout.groupOfPlan {
      for plan in layout.canonicalOrder {
        shares[layout.planCount + grouping[plan]] += ofPlans[plan]
      }
    }
    return shares
  }
}

extension TallyLayout {
  /// The plan or group whose revenue over the whole horizon a cell holds; nil for other cells.
  package func entityAtHorizon(_ cell: Int) -> Int? {
    let place = cell % (2 * years)
    return place == 2 * years - 1 ? cell / (2 * years) : nil
  }
}
