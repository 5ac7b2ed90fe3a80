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
  case exceedance

  package var fileName: String { rawValue + ".csv" }

  /// One line for the reference of the files.
  package var summary: String {
    switch self {
    case .portfolio: "revenue of all plans together, year by year and to date"
    case .goal: "how the total over the horizon compares with the goal"
    case .plans: "revenue of each plan, year by year and to date"
    case .groups: "revenue of each group of plans, year by year and to date"
    case .counts: "numbers of plans, counted on every path and year"
    case .contributions: "shares of plans and groups in the mean total over the horizon"
    case .exceedance: "probability that the total over the horizon reaches a threshold"
    }
  }

  /// The file's columns for runs like `result` (which decides the quantile columns).
  package func columns(_ result: SimulationResult) -> [ColumnDescription] {
    switch self {
    case .portfolio: ResultTables.portfolio(result).descriptions
    case .goal: ResultTables.goal().descriptions
    case .plans: ResultTables.plans().descriptions
    case .groups: ResultTables.groups(result).descriptions
    case .counts: ResultTables.counts().descriptions
    case .contributions: ResultTables.contributions().descriptions
    case .exceedance: ResultTables.exceedance().descriptions
    }
  }

  /// The file's content. Complexity: O(cells).
  package func document(_ result: SimulationResult) -> CSVDocument {
    switch self {
    case .portfolio: ResultTables.portfolio(result).document(fileName, result)
    case .goal: ResultTables.goal().document(fileName, result)
    case .plans: ResultTables.plans().document(fileName, result)
    case .groups: ResultTables.groups(result).document(fileName, result)
    case .counts: ResultTables.counts().document(fileName, result)
    case .contributions: ResultTables.contributions().document(fileName, result)
    case .exceedance: ResultTables.exceedance().document(fileName, result)
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
