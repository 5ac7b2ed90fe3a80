// SPDX-License-Identifier: GPL-3.0-or-later

/// The risk events, and which of them touch which plans.
struct EventResolution {
  let events: [ResolvedEvent]
  /// For each plan of the list the indices of its events, ascending.
  let eventsByPlan: [[Int]]

  /// Checks scopes and durations; probabilities and multipliers are checked as statements.
  ///
  /// Complexity: O(events × plans).
  init(_ settings: [EventSettings], plans: PlanList, _ problems: inout ProblemList) {
    var events: [ResolvedEvent] = []
    var eventsByPlan = [[Int]](repeating: [], count: plans.rows.count)
    var names = Set<String>()
    for event in settings {
      let key = "events.\(event.name)"
      if !names.insert(event.name).inserted {
        problems.error(
          "duplicate-name", at: event.location, key: key, "an event of this name is stated twice")
      }
      if case .years(let years) = event.duration.value,
        !EventDuration.yearRange.contains(years)
      {
        problems.error(
          "out-of-range", at: event.duration.location, key: key + ".duration_years",
          value: "\(years)", "is out of range",
          allowed: "a whole number "
            + ValueRange(
              from: Double(EventDuration.yearRange.lowerBound),
              through: Double(EventDuration.yearRange.upperBound)
            ).description + ", or permanent")
      }
      for plan in Self.plans(in: event.scope, of: plans, key: key + ".scope", &problems) {
        eventsByPlan[plan].append(events.count)
      }
      events.append(
        ResolvedEvent(
          name: event.name, scope: event.scope.value,
          annualProbability: event.annualProbability.value, multiplier: event.multiplier.value,
          duration: event.duration.value))
    }
    self.events = events
    self.eventsByPlan = eventsByPlan
  }

  /// Indices of the plans in scope; a scope without plans is reported.
  private static func plans(
    in scope: Stated<EventScope>, of plans: PlanList, key: String, _ problems: inout ProblemList
  ) -> [Int] {
    switch scope.value {
    case .all:
      return Array(plans.rows.indices)
    case .plan(let id):
      let found = plans.rows.indices.filter { plans.rows[$0].id == id }
      if found.isEmpty {
        problems.error(
          "unknown-plan", at: scope.location, key: key + ".plan_id", value: id,
          "no plan has this id",
          suggestion: Suggestion.phrase(for: id, among: plans.rows.lazy.map(\.id)))
      }
      return found
    case .cell(let column, let value):
      let name = "\(key).\(column)"
      guard plans.check(column: column, key: name, at: scope.location, &problems) else {
        return []
      }
      let found = plans.rows.indices.filter { index in
        plans.rows[index].attributes[column].map { Condition.isSame($0, value) } ?? false
      }
      if found.isEmpty {
        problems.error(
          "unknown-value", at: scope.location, key: name, value: value,
          "no plan has this value in its column '\(column)'",
          suggestion: Suggestion.phrase(for: value, among: plans.values(of: column)))
      }
      return found
    }
  }
}
