// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

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

/// Draws that several arms ask for: the first to ask draws, the others get the same number.
final class CachedDraws<Source: DrawSource>: DrawSource {
  private let source: Source
  private var terms: [DrawKey: Double] = [:]

  init(_ source: Source) {
    self.source = source
  }

  func value(_ key: DrawKey, _ law: DrawLaw) -> Double {
    guard case .supportTerm = key.variable else { return source.value(key, law) }
    if let known = terms[key] { return known }
    let number = source.value(key, law)
    terms[key] = number
    return number
  }
}
