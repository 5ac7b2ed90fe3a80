// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// A small result made by hand: two plans, two years from 2005, 1,000 paths.
enum SampleResult {
  static func outcome(
    title: String = "Shin-Renkei 2005", hits: Int = 120, hasPlanQuantiles: Bool = true,
    hasGoal: Bool = true, hasVariance: Bool = true, arms: [String] = ["as_planned"]
  ) -> SimulationOutcome {
    let result = SimulationResult(
      title: title, startYear: 2005, horizonYears: 2, paths: 1_000, seed: 20_051_003,
      quantileLevels: [0.05, 0.5, 0.95], hasPlanQuantiles: hasPlanQuantiles,
      arms: arms.map {
        arm($0, hits: hits, plans: hasPlanQuantiles, goal: hasGoal, variance: hasVariance)
      })
    return SimulationOutcome(
      result: result, engine: "reference", engineSeconds: 0.25, instructionSet: "",
      tablesHash: 0x00ab_cdef_0123_4567)
  }

  private static func arm(
    _ name: String, hits: Int, plans hasQuantiles: Bool, goal: Bool, variance: Bool
  ) -> ArmResult {
    let cells: [(Measure, Int)] = [(.annual, 1), (.annual, 2), (.cumulative, 1), (.cumulative, 2)]
    let portfolio = [1e9, 3e9, 1e9, 4e9]
    return ArmResult(
      arm: name,
      portfolio: zip(cells, portfolio).map { cell, mean in
        PortfolioRow(measure: cell.0, year: cell.1, amount: amount(mean, true, variance))
      },
      goal: goal ? goalRow(hits: hits) : nil,
      plans: PlanTable(
        ["P1", "P2"].enumerated().flatMap { index, id in
          zip(cells, portfolio).map { cell, mean in
            PlanResultRow(
              planIndex: index, planID: id, measure: cell.0, year: cell.1,
              amount: amount(mean * (index == 0 ? 0.75 : 0.25), hasQuantiles, variance),
              probabilityActive: 0.5, probabilityTargetMet: cell.1 == 1 ? nil : 0.125)
          }
        }),
      groups: zip(cells, portfolio).map { cell, mean in
        GroupRow(
          groupBy: "region", group: "関東, 東京", planCount: 2, measure: cell.0, year: cell.1,
          amount: amount(mean, hasQuantiles, variance))
      },
      counts: [1, 2].flatMap { year in
        [CountMetric.active, .failedHazard].map { metric in
          CountRow(
            year: year, metric: metric, mean: metric == .active ? 1.25 : 0.5,
            standardDeviation: 0.5, standardError: 0.015625, p05: 0, p50: 1, p95: 2)
        }
      },
      contributions: [
        ContributionRow(groupBy: "plan", group: "P1", meanYen: 3e9, share: 0.75, rank: 1),
        ContributionRow(groupBy: "plan", group: "P2", meanYen: 1e9, share: 0.25, rank: 2),
        ContributionRow(groupBy: "region", group: "関東, 東京", meanYen: 4e9, share: 1, rank: 1),
      ],
      exceedance: [
        ExceedanceRow(thresholdYen: 2e9, probability: 0.875),
        ExceedanceRow(thresholdYen: 5e9, probability: 0.25),
      ])
  }

  private static func goalRow(hits: Int) -> GoalRow {
    let ends = Proportion(hits: hits, trials: 1_000).wilsonInterval()
    return GoalRow(
      goalYen: 6e9, promisedYen: 8e9, paths: 1_000, hits: hits,
      probability: Double(hits) / 1_000, standardError: 0.01, interval95: ends.low...ends.high,
      meanGapYen: 2.25e9, cvar95GapYen: 4.5e9, attainmentRatioMean: 0.5)
  }

  private static func amount(
    _ mean: Double, _ hasQuantiles: Bool, _ hasVariance: Bool
  ) -> AmountSummary {
    AmountSummary(
      mean: mean, standardDeviation: mean / 4, standardError: hasVariance ? mean / 128 : nil,
      quantiles: hasQuantiles ? [mean / 2, mean * 0.9375, mean * 2] : [])
  }
}
