// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// How the yearly multipliers of one event are drawn.
struct EventRecipe: Sendable {
  /// One simulated year's addresses.
  struct Year: Sendable {
    let strike: DrawAddress
    let multiplier: DrawAddress
    /// First year, from 0, whose strikes still last in this one.
    let firstLastingYear: Int
  }

  enum Multiplier: Sendable {
    /// The same in all years of a path.
    case shared(SharedValue)
    /// Drawn in each year.
    case drawn(ScoreTransform)
  }

  let probability: SharedValue
  let multiplier: Multiplier
  let years: [Year]
}

extension PlanCompiler {
  /// Compiles an event; what it reads from named inputs joins the shared columns.
  mutating func compile(_ event: ResolvedEvent) throws -> EventRecipe {
    let probability = try programme.value(
      of: event.annualProbability, key: DrawKey(.programme, .eventProbability(event.name)),
      tables: tables)
    let multiplier: EventRecipe.Multiplier
    switch event.multiplier {
    case .constant(let number):
      multiplier = .shared(.constant(number))
    case .input(let name):
      multiplier = .shared(programme.value(ofInput: name))
    case .distribution, .modulated:
      multiplier = .drawn(try programme.transform(of: event.multiplier, tables: tables))
    }
    let entity = DrawKey.Entity.event(event.name, scope: event.scope.label)
    let years = (0..<model.horizonYears).map { year in
      EventRecipe.Year(
        strike: Self.address(DrawKey(entity, .strikeUniform, year: year + 1)),
        multiplier: Self.address(DrawKey(entity, .eventMultiplier, year: year + 1)),
        firstLastingYear: event.firstLastingYear(in: year))
    }
    return EventRecipe(probability: probability, multiplier: multiplier, years: years)
  }
}
