// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// The name of one random number of a path.
package struct DrawKey: Hashable, Sendable {
  /// What the number belongs to.
  package enum Entity: Hashable, Sendable {
    case programme
    /// A factor by name and one of its series by the value of the factor's column.
    case factor(String, series: String)
    /// A plan by id.
    case plan(String)
  }

  /// Which number of the entity it is, and in which form the model reads it.
  package enum Variable: Hashable, Sendable {
    /// Programme: value of the named input.
    case input(String)
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
    /// Factor, calendar year: F[s], standard normal.
    case factorLevel
    /// Plan: value of the input before segment factors.
    case base(PlanInput)
    /// Plan: value of the segment factor at that place of ``ResolvedQuantity/multipliers``.
    case multiplier(PlanInput, Int)
    /// Plan: u, uniform on 0…1; the plan launches where u lies below the launch probability.
    case launchUniform
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

/// The law of one random number, given everything that was drawn before it.
package enum DrawLaw: Sendable {
  /// Uniform on 0…1, both ends excluded.
  case uniform
  case normal(mean: Double, standardDeviation: Double)
  case distribution(any UnivariateDistribution)
  /// F⁻¹(Φ(z)) with z = √share·common + √(1−share)·e and e standard normal.
  case correlated(any UnivariateDistribution, common: Double, share: Double)
  /// location + scale·y or its exponential; y as `distribution`, or `correlated` where share > 0.
  case modulated(
    LocationScaleForm, location: Double, scale: Double, common: Double, share: Double)
  /// ε, mean 0 and variance 1.
  case shock(ShockFamily)
}

/// Where the numbers of one path come from.
package protocol DrawSource {
  /// The number named `key`, whose law is `law`. Asked at most once a path for each key.
  func value(_ key: DrawKey, _ law: DrawLaw) -> Double
}

/// Numbers that another engine has drawn, looked up by name.
package struct RecordedDraws: DrawSource {
  private let lookUp: (DrawKey) -> Double

  package init(_ lookUp: @escaping (DrawKey) -> Double) {
    self.lookUp = lookUp
  }

  package func value(_ key: DrawKey, _ law: DrawLaw) -> Double { lookUp(key) }
}
