// SPDX-License-Identifier: GPL-3.0-or-later

/// Every family that scenario files may name. A new family is one file and one line here.
public enum DistributionRegistry {
  public static let families: [DistributionFamily] = [
    NormalDistribution.family,
    LogNormalDistribution.family,
    UniformDistribution.family,
    TriangularDistribution.family,
    PertDistribution.family,
    BetaDistribution.family,
    GammaDistribution.family,
    ExponentialDistribution.family,
    WeibullDistribution.family,
    ParetoDistribution.family,
    LaplaceDistribution.family,
    StudentTDistribution.family,
    LogisticDistribution.family,
    GumbelDistribution.family,
    CauchyDistribution.family,
    RayleighDistribution.family,
    ChiSquaredDistribution.family,
    DiscreteDistribution.family,
    EmpiricalFamily.family,
    MixtureDistribution.family,
  ]

  /// The family of that name.
  ///
  /// - Throws: `DistributionError` with the closest known name as its suggestion.
  public static func family(
    named name: String
  ) throws(DistributionError) -> DistributionFamily {
    if let family = families.first(where: { $0.name == name }) { return family }
    let names = families.map(\.name)
    throw DistributionError(
      family: name, constraint: "there is no distribution family '\(name)'",
      suggestion: DistributionError.didYouMean(name, among: names)
        ?? "the families are \(names.joined(separator: ", "))")
  }

  /// Makes the distribution that a scenario file describes.
  ///
  /// - Parameters:
  ///   - name: family name.
  ///   - parameters: numbers, lists and the interval to truncate to.
  /// - Throws: `DistributionError` naming the broken constraint.
  public static func make(
    family name: String, _ parameters: DistributionParameters
  ) throws(DistributionError) -> any UnivariateDistribution {
    try family(named: name).make(parameters)
  }
}
