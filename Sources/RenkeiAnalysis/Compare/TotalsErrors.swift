// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// Errors of differences between figures of the whole portfolio, from the totals that both runs
/// kept path by path.
///
/// Every figure is, to first order, a mean over the paths of its influence function; the error of a
/// difference is that of the mean of the differences of these, path by path where both runs share
/// their draws, else of the two means apart.
///
/// See ``PathFigure/influence(_:estimate:scratch:)``.
final class TotalsErrors {
  private let a: KeptTotals
  private let b: KeptTotals
  private let goals: (a: Double?, b: Double?)
  private let isPaired: Bool
  private let scratch = SelectionScratch()
  private var columns: (key: [String], a: [Double], b: [Double])?

  /// - Parameter isPaired: whether path i of both has the same draws.
  init(_ a: KeptTotals, _ b: KeptTotals, isPaired: Bool, goals: (a: Double?, b: Double?)) {
    precondition(!isPaired || a.paths == b.paths, "paired runs have as many paths")
    self.a = a
    self.b = b
    self.isPaired = isPaired
    self.goals = goals
  }

  /// The error of b − a for a column of portfolio.csv or goal.csv; nil where the totals tell none
  /// or the files themselves tell the same.
  ///
  /// - Throws: `FileAccessError`.
  /// - Complexity: O(paths · years).
  func spread(at place: ComparisonPlace, _ x: Double, _ y: Double) throws -> DifferenceJudge.Spread?
  {
    let isMean = place.metric == "mean_yen" || place.metric == "probability"
    if isMean && !isPaired { return nil }
    guard let armA = a.arms.firstIndex(of: place.armA), let armB = b.arms.firstIndex(of: place.armB)
    else { return nil }
    let isGoal = place.table == "goal"
    let (yearA, yearB) =
      isGoal ? (a.years, b.years) : (Int(place.year) ?? 0, Int(place.year) ?? 0)
    guard yearA >= 1, yearA <= a.years, yearB >= 1, yearB <= b.years else { return nil }
    let measure = isGoal ? "cumulative" : place.measure
    let key = [place.armA, place.armB, measure, String(yearA), String(yearB)]
    if columns?.key != key {
      let isAnnual = measure == "annual"
      columns = (
        key,
        isAnnual
          ? try a.annual(arm: armA, year: yearA - 1) : try a.cumulative(arm: armA, year: yearA - 1),
        isAnnual
          ? try b.annual(arm: armB, year: yearB - 1) : try b.cumulative(arm: armB, year: yearB - 1)
      )
    }
    guard let columns,
      let ofA = influence(place.metric, columns.a, estimate: x, goal: goals.a),
      let ofB = influence(place.metric, columns.b, estimate: y, goal: goals.b)
    else { return nil }
    return isPaired ? paired(ofA, ofB) : separate(ofA, ofB)
  }

  private func paired(_ a: [Double], _ b: [Double]) -> DifferenceJudge.Spread? {
    var moments = ShiftedMoments(shift: b[0] - a[0])
    for path in a.indices { moments.add(b[path] - a[path]) }
    guard let variance = moments.variance, let error = moments.standardErrorOfMean,
      error.isFinite
    else { return nil }
    return DifferenceJudge.Spread(standardError: error, variancePerPath: variance, isPaired: true)
  }

  private func separate(_ a: [Double], _ b: [Double]) -> DifferenceJudge.Spread? {
    func error(_ values: [Double]) -> Double? {
      var moments = ShiftedMoments(shift: values[0])
      for value in values { moments.add(value) }
      return moments.standardErrorOfMean
    }
    guard let errorA = error(a), let errorB = error(b), errorA.isFinite, errorB.isFinite,
      errorA > 0 || errorB > 0
    else { return nil }
    return DifferenceJudge.Spread(errorA, paths: a.count, errorB, paths: b.count)
  }

  /// The influence of every path on a column of portfolio.csv or goal.csv, up to a constant.
  private func influence(
    _ metric: String, _ values: [Double], estimate: Double, goal: Double?
  ) -> [Double]? {
    let figure: PathFigure?
    switch metric {
    case "mean_yen": figure = .mean
    case "standard_deviation_yen": figure = .standardDeviation
    case "probability": figure = goal.map { .share(atLeast: $0) }
    case "mean_gap_to_goal_yen": figure = goal.map { .meanGap(below: $0) }
    case "cvar95_gap_to_goal_yen": figure = goal.map { .tailGap(below: $0) }
    case "attainment_ratio_mean":
      let mean = values.reduce(0, +) / Double(values.count)
      return mean > 0 ? values.map { $0 * (estimate / mean) } : nil
    default: figure = Self.level(of: metric).map { .quantile($0) }
    }
    return figure?.influence(values, estimate: estimate, scratch: scratch)
  }

  /// The level of a column such as `p05_yen`.
  private static func level(of column: String) -> Double? {
    guard column.hasPrefix("p"), column.hasSuffix("_yen"),
      let percent = Double(column.dropFirst().dropLast(4)), percent > 0, percent < 100
    else { return nil }
    return percent / 100
  }
}
