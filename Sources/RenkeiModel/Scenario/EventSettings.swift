// SPDX-License-Identifier: GPL-3.0-or-later

/// A risk event as stated: in each year it may strike and multiply the revenue of all plans in
/// scope.
public struct EventSettings: Sendable {
  public let name: String
  /// Probability of striking within a year; programme level.
  public let annualProbability: Stated<Quantity>
  public let scope: Stated<EventScope>
  /// Factor on the revenue level, at least 0; drawn anew in each year.
  public let multiplier: Stated<Quantity>
  public let duration: Stated<EventDuration>
  public let location: SourceLocation

  public init(
    name: String, annualProbability: Stated<Quantity>, scope: Stated<EventScope>,
    multiplier: Stated<Quantity>, duration: Stated<EventDuration>, location: SourceLocation
  ) {
    self.name = name
    self.annualProbability = annualProbability
    self.scope = scope
    self.multiplier = multiplier
    self.duration = duration
    self.location = location
  }
}

/// Which plans an event touches.
public enum EventScope: Sendable, Hashable {
  case all
  /// Plans with this value in a column of the plan list; numbers compare by value.
  case cell(column: String, value: String)
  /// One plan by id.
  case plan(String)

  /// The scope as a scenario writes it, without braces: `all`, `region: kinki`, `plan_id: P1`.
  public var label: String {
    switch self {
    case .all: "all"
    case .cell(let column, let value): "\(column): \(value)"
    case .plan(let id): "plan_id: \(id)"
    }
  }
}

/// How long a strike lasts.
public enum EventDuration: Sendable, Hashable {
  /// The year of the strike and the following ones, so many in all.
  case years(Int)
  /// From the year of the strike on, for ever.
  case permanent

  /// Durations in years that can be stated.
  public static let yearRange = 1...50
}
