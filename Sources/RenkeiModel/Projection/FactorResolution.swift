// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// The year-level factors with their series, and what they leave for the idiosyncratic shock.
struct FactorResolution {
  let factors: [ResolvedFactor]
  /// For each factor and each plan of the list the index of the plan's series; empty for a factor
  /// of all plans.
  private let seriesByFactor: [[Int?]]
  /// Least b² of each factor over all draws.
  let leastSquaredLoadings: [Double]

  /// Checks columns, loadings and autocorrelations.
  ///
  /// Complexity: O(factors × plans).
  init(
    _ settings: [FactorSettings], plans: PlanList, table: InputTable, _ problems: inout ProblemList
  ) {
    var factors: [ResolvedFactor] = []
    var seriesByFactor: [[Int?]] = []
    var least: [Double] = []
    var (most, names) = (0.0, Set<String>())
    for factor in settings {
      let key = "factors.\(factor.name)"
      if !names.insert(factor.name).inserted {
        problems.error(
          "duplicate-name", at: factor.location, key: key, "a factor of this name is stated twice")
      }
      let phi = factor.autocorrelation.value
      if !(phi.magnitude < 1) {
        problems.error(
          "out-of-range", at: factor.autocorrelation.location, key: key + ".autocorrelation",
          value: Phrase.number(phi), "is out of range", allowed: "above -1 to below 1")
      }
      let series = Self.series(of: factor, plans: plans, &seriesByFactor, &problems)
      let squares = Self.squaredLoading(factor, table)
      least.append(squares.lowerBound)
      most += squares.upperBound
      factors.append(
        ResolvedFactor(
          name: factor.name, loading: factor.loading.value,
          loadingIsCorrelation: factor.loadingIsCorrelation, autocorrelation: phi, series: series))
    }
    let areAllBelowOne = settings.allSatisfy {
      Self.squaredLoading($0, table).upperBound < 1
    }
    if let last = settings.last, areAllBelowOne, !(most < 1) {
      problems.error(
        "loadings-too-large", at: last.loading.location, key: last.loadingKey,
        "the squares of the factors' loadings can sum to \(Phrase.number(most))",
        allowed: "a sum below 1, so that every plan keeps a shock of its own")
    }
    self.factors = factors
    self.seriesByFactor = seriesByFactor
    leastSquaredLoadings = least
  }

  /// For each factor the index of a plan's series.
  func series(ofPlan plan: Int) -> [Int?] {
    seriesByFactor.map { $0.isEmpty ? 0 : $0[plan] }
  }

  private static func squaredLoading(
    _ factor: FactorSettings, _ table: InputTable
  ) -> ClosedRange<Double> {
    guard let bounds = try? table.bounds(of: factor.loading.value) else { return 0...0 }
    if factor.loadingIsCorrelation { return bounds }
    let low = bounds.lowerBound * bounds.lowerBound
    let high = bounds.upperBound * bounds.upperBound
    let spansZero = bounds.lowerBound <= 0 && bounds.upperBound >= 0
    return (spansZero ? 0 : min(low, high))...max(low, high)
  }

  private static func series(
    of factor: FactorSettings, plans: PlanList, _ seriesByFactor: inout [[Int?]],
    _ problems: inout ProblemList
  ) -> [String] {
    let key = "factors.\(factor.name).by"
    guard let by = factor.by else {
      seriesByFactor.append([])
      return [""]
    }
    guard plans.check(column: by.value, key: key, at: by.location, &problems) else {
      seriesByFactor.append([Int?](repeating: nil, count: plans.rows.count))
      return []
    }
    var indexByValue: [String: Int] = [:]
    var (values, empty) = ([String](), [String]())
    var series: [Int?] = []
    series.reserveCapacity(plans.rows.count)
    var reader = PlanAttributes.Reader(column: by.value)
    for row in plans.rows {
      guard let value = reader.text(row.attributes) else {
        empty.append(row.id)
        series.append(nil)
        continue
      }
      let index = indexByValue[value] ?? values.count
      if index == values.count {
        indexByValue[value] = index
        values.append(value)
      }
      series.append(index)
    }
    seriesByFactor.append(series)
    if !empty.isEmpty {
      problems.warn(
        "empty-cell", at: by.location, key: key, value: by.value,
        "the factor does not touch \(Phrase.plans(empty)) with an empty cell in this column")
    }
    return values
  }
}
