// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// The columns of a plan list that mean something to Renkei; all others are kept as they are.
package enum PlanColumns {
  package static let id = "plan_id"
  package static let name = "name"
  /// Former name of the end target's column.
  package static let formerEndTarget = "target_yen"

  /// Columns that describe a plan without being an input of the model.
  package static let attributes = [
    "region", "sector", "novelty", "alliance_origin", "alliance_composition", "core_employees",
    "partner_count", "prior_ties",
  ]

  /// Columns with an input that is not a plain number.
  static let families = [
    ScenarioKeys.ramp.name, ScenarioKeys.shock.name, ScenarioKeys.annualFailureProbability.name,
    ScenarioKeys.cashFailure.name,
  ]

  /// Every known column.
  package static let known =
    [id, name] + attributes + PlanInput.allCases.map(\.rawValue) + families

  /// What a column's cells are read as.
  enum Role: Equatable {
    case id
    case name
    case input(PlanInput)
    case ramp
    case shock
    case annualFailureProbability
    case cashFailure
    /// Kept as text.
    case attribute
  }

  static func role(of column: String) -> Role {
    switch column {
    case id: .id
    case name: .name
    case formerEndTarget: .input(.endTargetYen)
    case ScenarioKeys.ramp.name: .ramp
    case ScenarioKeys.shock.name: .shock
    case ScenarioKeys.annualFailureProbability.name: .annualFailureProbability
    case ScenarioKeys.cashFailure.name: .cashFailure
    default: PlanInput(rawValue: column).map { .input($0) } ?? .attribute
    }
  }

  /// Whether digits may be grouped by commas in the column.
  static func allowsGrouping(_ column: String) -> Bool { column.hasSuffix("_yen") }

  /// Reports a missing required column, two columns for one input, and warns of likely slips.
  ///
  /// - Parameter location: place of a column, or of the header for a missing one.
  static func check(
    _ columns: [String], diagnostics: DiagnosticCollector, location: (Int?) -> SourceLocation
  ) {
    for column in [id] where !columns.contains(column) {
      diagnostics.error(
        "missing-column", at: location(nil), key: column, "the column is missing",
        suggestion: nearMiss(of: column, in: columns))
    }
    let target = PlanInput.endTargetYen.rawValue
    switch (columns.contains(target), columns.firstIndex(of: formerEndTarget)) {
    case (false, nil):
      diagnostics.error(
        "missing-column", at: location(nil), key: target, "the column is missing",
        suggestion: nearMiss(of: target, in: columns))
    case (true, let former?):
      diagnostics.error(
        "duplicate-column", at: location(former), key: formerEndTarget,
        "the column is the old name of '\(target)', which is there, too",
        suggestion: "remove one of them")
    default: break
    }
    // A missing required column is an error already, with its own suggestion.
    let absent = known.filter { !columns.contains($0) && $0 != id && $0 != target }
    for (index, column) in columns.enumerated()
    where !known.contains(column) && column != formerEndTarget
      && column.first?.isWhitespace != true && column.last?.isWhitespace != true
    {
      if let near = Suggestion.nearest(to: column, among: absent) {
        diagnostics.warning(
          "similar-column", at: location(index), key: column,
          "the column is kept but not known", suggestion: "did you mean '\(near)'?")
      }
    }
  }

  private static func nearMiss(of column: String, in columns: [String]) -> String? {
    Suggestion.nearest(to: column, among: columns.filter { !known.contains($0) }).map {
      "rename '\($0)' to '\(column)'"
    }
  }
}
