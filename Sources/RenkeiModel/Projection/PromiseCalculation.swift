// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// What a plan promises for each year: E[T]·E[ramp(t − start)], without delay, at attainment 1 and
/// without failure. Only growth after the plan's period can make the ramp itself uncertain.
struct PromiseCalculation {
  let table: InputTable
  /// H.
  let years: Int

  /// Promised yen in years 1…H; nil where the end target has no mean, which is reported.
  func byYear(
    target: ResolvedQuantity, growth: ResolvedQuantity, ramp: RampCurve, periodYears: Int,
    startOffsetYears: Double, row: PlanRow, _ problems: inout ProblemList
  ) -> [Double]? {
    guard let meanTarget = target.mean, meanTarget.isFinite else {
      problems.error(
        "no-mean", at: target.provenance.location ?? row.location,
        key: PlanInput.endTargetYen.rawValue,
        "has no finite mean, so that plan '\(row.id)' promises no amount",
        allowed: "a distribution with a finite mean",
        suggestion: "limit it with truncate: [low, high]")
      return nil
    }
    let period = Double(periodYears)
    var promised: [Double] = []
    promised.reserveCapacity(years)
    for year in 1...max(1, years) {
      let elapsed = Double(year) - startOffsetYears
      var level: Double?
      if elapsed <= period {
        level = ramp.level(elapsedYears: elapsed, periodYears: period, growth: 0)
      } else if let fixed = growth.constantValue {
        level = ramp.level(elapsedYears: elapsed, periodYears: period, growth: fixed)
      } else {
        level = table.expectation(of: growth.quantities) {
          ramp.level(elapsedYears: elapsed, periodYears: period, growth: $0)
        }
      }
      guard let level, level.isFinite else {
        problems.error(
          "no-mean", at: growth.provenance.location ?? row.location,
          key: PlanInput.growthAfterPlan.rawValue,
          "the promised level of year \(year) has no mean that can be computed",
          suggestion: "limit it with truncate: [low, high]")
        return nil
      }
      promised.append(meanTarget * level)
    }
    return promised
  }
}
