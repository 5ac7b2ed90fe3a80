// SPDX-License-Identifier: GPL-3.0-or-later

/// Which columns of a result file name a row, and which tell the error of another.
package struct ColumnRules: Sendable {
  /// Key columns by table, from the declarations of the result files.
  private let keysByTable: [String: Set<String>]

  package init(keysByTable: [String: Set<String>] = [:]) {
    self.keysByTable = keysByTable
  }

  /// Keys of files that nobody declares, such as those of other versions.
  package static let usualKeys: Set<String> = [
    "arm", "baseline_arm", "measure", "year", "plan_id", "group_by", "group", "unit", "metric",
    "basis", "component", "loan", "bearer", "item", "source", "input", "level", "method", "point",
    "path", "threshold_yen",
  ]

  /// Whether a column helps to name a row of `table`.
  ///
  /// `calendar_year` follows from `year`, so runs that start in different years match by year.
  func isKey(_ column: String, of table: String) -> Bool {
    column != "calendar_year" && (keysByTable[table] ?? Self.usualKeys).contains(column)
  }

  /// Columns that say what a file without a manifest rests on; no result is among them.
  private static let originColumns: Set<String> = [
    "scenario", "settings", "seed", "paths", "inputs_sha256",
  ]

  /// Whether a column says what a file rests on: those of files with a hash of their inputs.
  static func isOrigin(_ column: String, in header: [String]) -> Bool {
    originColumns.contains(column) && header.contains("inputs_sha256")
  }

  /// The column of `header` that holds the Monte Carlo standard error of `column`.
  static func errorColumn(of column: String, in header: [String]) -> String? {
    let name: String
    switch column {
    case "mean_yen": name = "standard_error_yen"
    case "cvar95_gap_contribution_yen": name = "cvar95_gap_standard_error_yen"
    case "mean", "probability", "difference", "value", "shapley", "gap_contribution_yen":
      name = "standard_error"
    // Of the variance split alone: elsewhere a share stands beside errors of other columns.
    case "share" where header.contains("variance"): name = "standard_error"
    default: return nil
    }
    return header.contains(name) ? name : nil
  }

  /// Whether a column is the share of the paths on which something happens.
  static func isShareOfPaths(_ column: String) -> Bool {
    column.hasPrefix("probability") || column.hasSuffix("_probability")
  }
}

/// One column that both files or one of them have besides the keys.
struct ValueColumn {
  enum ErrorRule {
    case none
    /// Places of the columns that hold the standard errors.
    case columns(a: Int, b: Int)
    /// The share of so many independent paths.
    case share(pathsA: Int, pathsB: Int)
  }

  let name: String
  /// Place in the first file; nil where only the second has it.
  let a: Int?
  let b: Int?
  let rule: ErrorRule

  /// The columns of two headers, those that only the second has last.
  static func all(
    _ a: [String], _ b: [String], table: String, rules: ColumnRules, _ factsA: RunFacts,
    _ factsB: RunFacts
  ) -> [ValueColumn] {
    func isValue(_ name: String) -> Bool {
      !ColumnRules.isOrigin(name, in: a) && !ColumnRules.isOrigin(name, in: b)
        && !(rules.isKey(name, of: table) && a.contains(name) && b.contains(name))
    }
    var columns: [ValueColumn] = []
    for (place, name) in a.enumerated() where isValue(name) {
      var rule = ErrorRule.none
      if let error = ColumnRules.errorColumn(of: name, in: a),
        let errorA = a.firstIndex(of: error), let errorB = b.firstIndex(of: error)
      {
        rule = .columns(a: errorA, b: errorB)
      } else if ColumnRules.isShareOfPaths(name), factsA.hasIndependentPaths,
        factsB.hasIndependentPaths, let pathsA = factsA.paths, let pathsB = factsB.paths
      {
        rule = .share(pathsA: pathsA, pathsB: pathsB)
      }
      columns.append(ValueColumn(name: name, a: place, b: b.firstIndex(of: name), rule: rule))
    }
    for (place, name) in b.enumerated() where isValue(name) && !a.contains(name) {
      columns.append(ValueColumn(name: name, a: nil, b: place, rule: .none))
    }
    return columns
  }
}
