// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

extension ArmTally {
  /// Counts one path. Paths are recorded from 0 upwards, each once; the first sets the shifts.
  ///
  /// A group's and the portfolio's revenue is the sum of the plans in canonical order, revenue to
  /// date the sum of the years in order.
  ///
  /// - Parameters:
  ///   - path: index of the path in ``PathTotals``.
  ///   - revenue: yen by plan and year, `revenue[plan][year]`, never negative.
  ///   - launched: whether the plan has begun to sell by the year's end, same shape.
  ///   - failed: whether the business has failed by hazard by the year's end, launched or not, same
  ///     shape.
  ///   - failedCash: whether it has failed for want of cash, same shape; empty where none can.
  /// Complexity: O(plans × years × (1 + groupings)).
  package mutating func record(
    path: Int, revenue: [[Double]], launched: [[Bool]], failed: [[Bool]],
    failedCash: [[Bool]] = []
  ) {
    precondition(
      revenue.count == layout.planCount && launched.count == layout.planCount
        && failed.count == layout.planCount, "a path of another number of plans")
    var groups = [Double](repeating: 0, count: layout.groupCellCount)
    var portfolio = [Double](repeating: 0, count: layout.portfolioCellCount)
    for plan in layout.canonicalOrder {
      var toDate = 0.0
      for year in 0..<layout.years {
        toDate += revenue[plan][year]
        for (measure, yen) in [(Measure.annual, revenue[plan][year]), (.cumulative, toDate)] {
          recordPlan(layout.cell(plan, measure, year), yen)
          portfolio[layout.cell(0, measure, year)] += yen
          for grouping in layout.groupOfPlan {
            groups[layout.cell(grouping[plan], measure, year)] += yen
          }
        }
      }
    }
    for (cell, yen) in groups.enumerated() {
      Self.add(yen, to: &groupMoments[cell])
      Self.add(yen, to: groupHistograms, cell: cell)
    }
    for year in 0..<layout.years {
      // Revenue to date of the portfolio is what its annual totals add up to.
      let annual = portfolio[layout.cell(0, .annual, year)]
      let before = year == 0 ? 0 : portfolio[layout.cell(0, .cumulative, year - 1)]
      portfolio[layout.cell(0, .cumulative, year)] = before + annual
      totals.annual(year: year)[path] = annual
      recordCounts(
        year, revenue: revenue, launched: launched, failed: failed, failedCash: failedCash)
    }
    for (cell, yen) in portfolio.enumerated() { Self.add(yen, to: &portfolioMoments[cell]) }
  }

  private mutating func recordPlan(_ cell: Int, _ yen: Double) {
    Self.add(yen, to: &planMoments[cell])
    Self.add(yen, to: planHistograms, cell: cell)
    if yen > 0 { planActive[cell] += 1 }
    if layout.promised[cell] > 0, yen >= layout.promised[cell] { planTargetMet[cell] += 1 }
  }

  private mutating func recordCounts(
    _ year: Int, revenue: [[Double]], launched: [[Bool]], failed: [[Bool]],
    failedCash: [[Bool]]
  ) {
    for metric in CountMetric.allCases {
      var count = 0
      for plan in 0..<layout.planCount {
        let yen = revenue[plan][year]
        let promised = layout.promised[layout.cell(plan, .annual, year)]
        let counts =
          switch metric {
          case .launched: launched[plan][year]
          case .active: yen > 0
          case .failedHazard: failed[plan][year]
          case .failedCash: !failedCash.isEmpty && failedCash[plan][year]
          case .targetMet: promised > 0 && yen >= promised
          case .revenue100To300Million: CountMetric.typicalRevenueYen.contains(yen)
          }
        if counts { count += 1 }
      }
      countFrequencies[layout.countIndex(metric, year)].add(count)
    }
  }

  /// The first value becomes the shift; one that is not finite shows up in the sum instead.
  private static func add(_ yen: Double, to moments: inout ShiftedMoments) {
    if moments.count == 0 { moments = ShiftedMoments(shift: yen.isFinite ? yen : 0) }
    moments.add(yen)
  }

  private static func add(_ yen: Double, to histograms: LogHistogramArena?, cell: Int) {
    guard let histograms, yen.isFinite else { return }
    withUnsafePointer(to: yen) { histograms.record(column: $0, count: 1, cell: cell) }
  }
}

extension CountMetric {
  /// The annual revenue that many plans of the programme expect, in yen, both ends included.
  package static let typicalRevenueYen = 100e6...300e6
}
