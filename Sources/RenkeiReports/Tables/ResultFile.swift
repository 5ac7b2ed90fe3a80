// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The CSV files of a result folder, in the order in which they are written.
package enum ResultFile: String, CaseIterable, Sendable {
  case portfolio
  case goal
  case plans
  case groups
  case counts
  case contributions
  case varianceSplit = "variance_split"
  case exceedance
  case effects
  case publicCost = "public_cost"
  case costEffectiveness = "cost_effectiveness"
  case loans
  case planFinance = "plan_finance"
  case attribution

  package var fileName: String { rawValue + ".csv" }

  /// One line for the reference of the files.
  package var summary: String {
    switch self {
    case .portfolio: "revenue of all plans together, year by year and to date"
    case .goal: "how the total over the horizon compares with the goal"
    case .plans: "revenue of each plan, year by year and to date"
    case .groups: "revenue of each group of plans, year by year and to date"
    case .counts: "numbers of plans, counted on every path and year"
    case .contributions:
      "shares of plans and groups in the mean total over the horizon, its spread and its gap to the "
        + "goal"
    case .varianceSplit:
      "how much of the variance of the total lies in what is drawn once per path"
    case .exceedance: "probability that the total over the horizon reaches a threshold"
    case .effects:
      "what each arm changes against the baseline arm by the end of the horizon, path by path on "
        + "the same draws; only with a support block, as the files that follow"
    case .publicCost: "what each arm costs the public, in present value"
    case .costEffectiveness: "what public money costs and buys: ratios of means"
    case .loans: "what happens to loans year by year, for each of those who bear their losses"
    case .planFinance: "investment, loans and liquidity of each plan"
    case .attribution:
      "what each measure contributes to an arm: Shapley values over the measures' on/off "
        + "combinations, on common draws; only with `--attribution`"
    }
  }

  /// Whether a run like `result` has the file.
  package func isPresent(in result: SimulationResult) -> Bool {
    switch self {
    case .portfolio, .goal, .plans, .groups, .counts, .contributions, .exceedance: true
    case .effects, .publicCost, .costEffectiveness, .loans, .planFinance:
      result.arms.contains { $0.finance != nil }
    case .varianceSplit: result.arms.contains { !$0.varianceSplit.isEmpty }
    case .attribution: result.attribution != nil
    }
  }

  /// The file's columns for runs like `result` (which decides the quantile columns).
  package func columns(_ result: SimulationResult) -> [ColumnDescription] {
    table(result).descriptions
  }

  /// The file's content. Complexity: O(cells).
  package func document(_ result: SimulationResult) -> CSVDocument {
    table(result).document(fileName, result)
  }

  private func table(_ result: SimulationResult) -> any ResultTableForm {
    switch self {
    case .portfolio: ResultTables.portfolio(result)
    case .goal: ResultTables.goal(result)
    case .plans: ResultTables.plans()
    case .groups: ResultTables.groups(result)
    case .counts: ResultTables.counts()
    case .contributions: ResultTables.contributions()
    case .varianceSplit: ResultTables.varianceSplit()
    case .exceedance: ResultTables.exceedance()
    case .effects: ResultTables.effects()
    case .publicCost: ResultTables.publicCost()
    case .costEffectiveness: ResultTables.costEffectiveness()
    case .loans: ResultTables.loans()
    case .planFinance: ResultTables.planFinance()
    case .attribution: ResultTables.attribution()
    }
  }

  /// The names of the columns that name a row, by file without `.csv`.
  package static let keyColumns: [String: Set<String>] = {
    let empty = SimulationResult(
      title: "", startYear: 1, horizonYears: 1, paths: 1, seed: 0, quantileLevels: [],
      hasPlanQuantiles: true, arms: [])
    return Dictionary(
      uniqueKeysWithValues: allCases.map { file in
        (file.rawValue, Set(file.columns(empty).filter(\.isKey).map(\.name)))
      })
  }()
}
