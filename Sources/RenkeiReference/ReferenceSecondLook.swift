// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// What the reference engine keeps of a run's first paths, to look at them again.
struct EarlyPaths {
  /// Revenue over the horizon by arm, plan and path.
  private var totals: [[[Double]]]
  private let layout: TallyLayout

  init(layout: TallyLayout, arms: Int) {
    self.layout = layout
    totals = [[[Double]]](
      repeating: [[Double]](repeating: [], count: layout.planCount), count: arms)
  }

  /// Keeps a path; paths come in order.
  mutating func record(_ outcomes: [PathRevenue]) {
    for (arm, outcome) in outcomes.enumerated() {
      for plan in 0..<layout.planCount {
        totals[arm][plan].append(outcome.revenueYen[plan].reduce(0, +))
      }
    }
  }

  /// Plans and groups of an arm against the totals of the run.
  func gapTally(
    arm: Int, _ run: PathTotals, _ context: GapContext, shares: [Double]
  ) -> GapTally {
    var tally = GapTally(partCount: shares.count)
    let plans = totals[arm]
    let count = plans.first?.count ?? 0
    run.cumulative(paths: count).withUnsafeBufferPointer { whole in
      tally.add(whole, context)
      func add(_ part: Int, _ values: [Double]) {
        values.withUnsafeBufferPointer {
          guard let start = $0.baseAddress else { return }
          tally.add(part: part, start, share: shares[part], whole, context)
        }
      }
      for plan in plans.indices { add(plan, plans[plan]) }
      var groups = [[Double]](
        repeating: [Double](repeating: 0, count: count), count: layout.groupCount)
      for grouping in layout.groupOfPlan {
        for plan in layout.canonicalOrder {
          for path in 0..<count { groups[grouping[plan]][path] += plans[plan][path] }
        }
      }
      for group in groups.indices { add(layout.planCount + group, groups[group]) }
    }
    return tally
  }
}

extension ReferenceEngine {
  /// Looks again at the first paths of a finished run.
  ///
  /// - Parameter programme: programme-level draws of those paths.
  /// - Throws: ``SimulationError``.
  func secondLook(
    _ tallies: [ArmTally], _ early: EarlyPaths, programme: [[DrawKey: Double]],
    layout: TallyLayout
  ) throws(SimulationError) -> SecondLook {
    let scratch = SelectionScratch()
    let contexts = tallies.map {
      GapContext($0.totals, goalYen: model.goalYen, scratch: scratch)
    }
    let shares = model.promiseShares(layout)
    let count = SecondLook.paths(of: options.paths)
    let replicas = tallies.map { _ in PathTotals(years: layout.years, paths: count) }
    let fresh = GSLDraws(seed: options.seed &+ 0x9E37_79B9)
    for path in 0..<count {
      let outcomes = try arms(path: RedrawnPath(programme: programme[path], source: fresh))
      for (arm, outcome) in outcomes.enumerated() {
        for year in 0..<layout.years {
          replicas[arm].annual(year: year)[path] = layout.canonicalOrder.reduce(0) {
            $0 + outcome.revenueYen[$1][year]
          }
        }
      }
    }
    return SecondLook(
      replicas: replicas, contexts: contexts,
      gaps: tallies.indices.map {
        early.gapTally(arm: $0, tallies[$0].totals, contexts[$0], shares: shares)
      })
  }
}
