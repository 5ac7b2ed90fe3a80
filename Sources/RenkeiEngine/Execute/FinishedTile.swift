// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// A tile after its last chunk, by arm. The counts of money are still spread over the workers.
struct FinishedTile: Sendable {
  let tallies: [ArmTally]
  /// With the first worker's histograms; empty where the scenario describes no support.
  let finances: [FinanceTally]

  /// Joins the workers' counts of some plans and takes the plans' rows.
  ///
  /// Distinct plans may be recorded at the same time from several threads.
  func record(
    _ places: Range<Int>, _ workers: [ChunkWorker], into plans: [ArmPlans]
  ) throws(SimulationError) {
    let first = workers[0].histograms
    for worker in workers.dropFirst() {
      for (own, other) in zip(first, worker.histograms) {
        own.mergePlans(places, from: other)
      }
    }
    for (arm, rows) in plans.enumerated() {
      for place in places {
        try rows.record(place, of: tallies[arm], finances.isEmpty ? nil : finances[arm])
      }
    }
  }

  /// Gives back the memory of the plans' counts, whose rows are taken: what is computed after a run,
  /// with columns of its own, needs them no longer.
  func forgetPlans(_ workers: [ChunkWorker]) {
    for tally in tallies { tally.planHistograms?.removeAll() }
    for worker in workers {
      for arm in worker.histograms { arm.finance?.coverageHistograms?.removeAll() }
    }
  }

  /// Joins the workers' counts of what is added up over plans.
  func merged(_ workers: [ChunkWorker]) -> (tallies: [ArmTally], finances: [FinanceTally]) {
    for worker in workers.dropFirst() {
      for (own, other) in zip(workers[0].histograms, worker.histograms) {
        own.mergeTotals(from: other)
      }
    }
    return (tallies, finances)
  }
}
