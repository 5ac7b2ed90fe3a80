// SPDX-License-Identifier: GPL-3.0-or-later

/// A family of distributions as scenario files name it: its parameters and how to make a member.
public struct DistributionFamily: Sendable {
  /// Name in scenario files.
  public let name: String

  /// One line for reference pages.
  public let summary: String

  /// Alternative sets of parameters; the first is the one that `parameters` of a member reports.
  public let parameterForms: [[DistributionParameter]]

  /// Makes a member from checked parameters.
  package let build:
    @Sendable (ResolvedParameters) throws(DistributionError) -> any UnivariateDistribution

  /// How quantiles may stand for parameters; nil where they may not.
  package let quantiles: QuantileConstruction?

  /// Rewrites a member with open parameters as location and scale; nil where none may be open.
  package let locationScale: (@Sendable (ResolvedParameters) -> LocationScaleForm)?

  package init(
    name: String, summary: String, parameterForms: [[DistributionParameter]],
    quantiles: QuantileConstruction? = nil,
    locationScale: (@Sendable (ResolvedParameters) -> LocationScaleForm)? = nil,
    build:
      @escaping @Sendable (ResolvedParameters) throws(DistributionError) ->
      any UnivariateDistribution
  ) {
    self.name = name
    self.summary = summary
    self.parameterForms = parameterForms
    self.quantiles = quantiles
    self.locationScale = locationScale
    self.build = build
  }

  /// Makes the distribution that `parameters` describe.
  ///
  /// - Throws: `DistributionError` naming the broken constraint.
  public func make(
    _ parameters: DistributionParameters
  ) throws(DistributionError) -> any UnivariateDistribution {
    let keys = parameters.numbers.keys.sorted()
    let points = keys.compactMap { key in
      QuantilePoint.probability(key: key).map {
        QuantilePoint(name: key, probability: $0, value: parameters.numbers[key] ?? .nan)
      }
    }
    let whole: any UnivariateDistribution
    if points.isEmpty {
      whole = try build(resolve(parameters, open: []))
    } else {
      whole = try makeFromQuantiles(points, parameters)
    }
    guard let truncation = parameters.truncation else { return whole }
    return try truncated(whole, to: truncation)
  }

  /// Makes a distribution from numbers alone.
  public func make(
    parameters: [String: Double]
  ) throws(DistributionError) -> any UnivariateDistribution {
    try make(DistributionParameters(parameters))
  }

  /// Writes a member with uncertain parameters as location and scale of a fixed standard.
  ///
  /// - Parameters:
  ///   - fixed: parameters with known values.
  ///   - open: names of parameters whose value is itself uncertain.
  /// - Throws: `DistributionError` when an open parameter is a shape parameter.
  public func locationScaleForm(
    fixed: DistributionParameters, open: Set<String>
  ) throws(DistributionError) -> LocationScaleForm {
    if let key = open.sorted().first(where: { QuantilePoint.probability(key: $0) != nil }) {
      throw error(key, nil, "the quantile \(key) may not be uncertain")
    }
    if let key = fixed.numbers.keys.sorted().first(where: {
      QuantilePoint.probability(key: $0) != nil
    }) {
      throw error(key, nil, "quantiles may not stand beside an uncertain parameter")
    }
    if fixed.truncation != nil {
      throw error(
        "truncate", nil, "truncate may not stand beside an uncertain parameter",
        "limit the uncertain input instead")
    }
    let resolved = try resolve(fixed, open: open)
    for parameter in resolved.form where open.contains(parameter.name) {
      let isOpenable = parameter.role == .location || parameter.role == .scale
      if !isOpenable || locationScale == nil {
        throw error(
          parameter.name, nil, "\(parameter.name) is a shape parameter and may not be uncertain",
          openableForm.map { "write a plain number, or give \($0)" } ?? "write a plain number")
      }
    }
    guard let locationScale else {
      throw error(nil, nil, "\(name) has no location and scale parameters")
    }
    return locationScale(resolved)
  }

  /// The first form whose parameters may all be uncertain, in words, where there are several forms.
  private var openableForm: String? {
    guard parameterForms.count > 1 else { return nil }
    return parameterForms.first { form in
      form.allSatisfy { $0.role == .location || $0.role == .scale }
    }?.map(\.name).joined(separator: " and ")
  }

  /// The parameter of that name, from the first form that has it.
  public func parameter(named parameterName: String) -> DistributionParameter? {
    for form in parameterForms {
      if let found = form.first(where: { $0.name == parameterName }) { return found }
    }
    return nil
  }

  package func error(
    _ parameter: String?, _ value: Double?, _ constraint: String, _ suggestion: String? = nil
  ) -> DistributionError {
    DistributionError(
      family: name, parameter: parameter, value: value, constraint: constraint,
      suggestion: suggestion)
  }
}
