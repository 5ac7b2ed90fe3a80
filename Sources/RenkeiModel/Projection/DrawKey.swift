// SPDX-License-Identifier: GPL-3.0-or-later

/// The name of one random number of a path.
package struct DrawKey: Hashable, Sendable {
  /// What the number belongs to.
  package enum Entity: Hashable, Sendable {
    case programme
    /// A factor by name and one of its series by the value of the factor's column.
    case factor(String, series: String)
    /// An event by name and the label of its scope.
    case event(String, scope: String)
    /// A plan by id.
    case plan(String)
  }

  /// Which number of the entity it is, and in which form the model reads it.
  package enum Variable: Hashable, Sendable {
    /// Programme: value of the named input.
    case input(String)
    /// Programme: independent standard normal from which the named input's correlated score is
    /// mixed.
    case inputScore(String)
    /// Programme: ω.
    case optimismCommonShare
    /// Programme: g, standard normal.
    case optimismFactor
    /// Programme: ρ.
    case creditCorrelation
    /// Programme: G, standard normal.
    case creditFactor
    /// Programme: the loading of the named factor, b or b² as stated.
    case factorLoading(String)
    /// Programme: value of the support block's term, or of the one that the named arm sets.
    case supportTerm(SupportTerm, arm: String)
    /// Programme: annual probability of the named event.
    case eventProbability(String)
    /// Event, calendar year: u, uniform on 0…1; the event strikes where u lies below its
    /// probability.
    case strikeUniform
    /// Event, calendar year: factor on the revenue level of a strike in that year.
    case eventMultiplier
    /// Factor, calendar year: F[s], standard normal.
    case factorLevel
    /// Plan: value of the input before segment factors.
    case base(PlanInput)
    /// Plan: value of the segment factor at that place of ``ResolvedQuantity/multipliers``.
    case multiplier(PlanInput, Int)
    /// Plan: u, uniform on 0…1; the plan launches where u lies below the launch probability.
    case launchUniform
    /// Plan: u, uniform on 0…1; the plan takes the measure up where u lies below the take-up.
    case takeUp(SupportMeasure)
    /// Plan: e of the failure clock, standard normal, without the credit factor.
    case failureScore
    /// Plan, plan year: f.
    case failureProbability
    /// Plan, calendar year: ε[s], mean 0 and variance 1.
    case shock
  }

  package let entity: Entity
  package let variable: Variable
  /// Calendar year 1…H, plan year 1… of a failure probability, 0 where there is none.
  package let year: Int

  package init(_ entity: Entity, _ variable: Variable, year: Int = 0) {
    self.entity = entity
    self.variable = variable
    self.year = year
  }
}

extension DrawKey {
  /// The words whose hash addresses the number's draw column. They are part of the numeric
  /// contract: changing one changes every result that depends on it.
  ///
  /// - Parameter segment: name of the segment of a ``Variable/multiplier(_:_:)``, so that other
  ///   segments can come and go without moving this draw.
  package func streamName(segment: String = "") -> (entity: String, variable: String) {
    let entityName =
      switch entity {
      case .programme: "programme"
      case .factor(let name, let series): "factor/\(name)/\(series)"
      case .event(let name, let scope): "event/\(name)/\(scope)"
      case .plan(let id): "plan/\(id)"
      }
    let variableName =
      switch variable {
      case .input(let name), .inputScore(let name): "input/\(name)"
      case .optimismCommonShare: "optimism.common_share"
      case .optimismFactor: "optimism"
      case .creditCorrelation: "credit.correlation"
      case .creditFactor: "credit"
      case .factorLoading(let name): "loading/\(name)"
      case .supportTerm(let term, _): "support.\(term.path)"
      case .factorLevel: "level"
      case .eventProbability(let name): "event/\(name)"
      case .strikeUniform: "strike"
      case .eventMultiplier: "multiplier"
      case .base(let input): input.rawValue
      case .multiplier(let input, _): "\(input.rawValue)/\(segment)"
      case .launchUniform: "launch"
      case .takeUp(let measure): "take_up/\(measure.rawValue)"
      case .failureScore: "failure"
      case .failureProbability: "annual_failure_probability"
      case .shock: "shock"
      }
    return (entityName, variableName)
  }
}
