// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// The declaration of one ramp family as scenario files name it.
package struct RampFamily: Sendable {
  package let name: String
  package let summary: String
  /// Coefficients, all required.
  package let parameters: [(name: String, range: ValueRange)]
  let make: @Sendable ([Double]) -> RampCurve

  /// Every family with coefficients; `linear` has none and `custom` is a list of shares.
  package static let all: [RampFamily] = [
    RampFamily(
      name: "s_curve", summary: "logistic: slow, fast, slow",
      parameters: [
        ("midpoint", ValueRange(from: 0, through: 1)),
        ("steepness", ValueRange(from: 0.001, through: 200)),
      ]
    ) { .sCurve(midpoint: $0[0], steepness: $0[1]) },
    RampFamily(
      name: "gompertz", summary: "a late start and a long approach",
      parameters: [
        ("displacement", ValueRange(from: 0.001, through: 500)),
        ("rate", ValueRange(from: 0.001, through: 100)),
      ]
    ) { .gompertz(displacement: $0[0], rate: $0[1]) },
    RampFamily(
      name: "bass", summary: "diffusion by innovation p and imitation q",
      parameters: [
        ("p", ValueRange(from: 1e-6, through: 100)), ("q", ValueRange(from: 0, through: 200)),
      ]
    ) { .bass(innovation: $0[0], imitation: $0[1]) },
    RampFamily(
      name: "exponential", summary: "a fast start that levels off",
      parameters: [("rate", ValueRange(from: 0.001, through: 500))]
    ) { .exponential(rate: $0[0]) },
  ]

  static let linearName = "linear"
  static let customName = "custom"
  /// Longest list of a custom ramp.
  static let customLimit = 1_000
  /// Range of the shares of a custom ramp.
  static let customRange = ValueRange(from: 0, through: 1e6)

  /// Every name that `ramp` understands.
  package static var names: [String] { [linearName] + all.map(\.name) + [customName] }
}

extension ScenarioField {
  /// The ramp that stands here: `linear`, {family: {coefficients}} or {custom: [shares]}.
  func ramp() -> RampCurve? {
    switch value.content {
    case .text(let text, _):
      return bareRamp(text)
    case .list:
      report(
        "wrong-kind", "expected a ramp, found a list", suggestion: "write {custom: [...]}")
      return nil
    case .mapping(let entries):
      guard entries.count == 1 else {
        reportWrongKind("expected one ramp family")
        return nil
      }
      let field = child(entries[0])
      if field.name == RampFamily.customName { return field.customRamp() }
      if field.name == RampFamily.linearName {
        field.report("wrong-kind", "'linear' has no coefficients", suggestion: "write ramp: linear")
        return nil
      }
      guard let family = RampFamily.all.first(where: { $0.name == field.name }) else {
        reportUnknownRamp(field.name, at: entries[0].location)
        return nil
      }
      return field.ramp(of: family)
    }
  }

  private func bareRamp(_ text: String) -> RampCurve? {
    if text == RampFamily.linearName { return .linear }
    guard RampFamily.names.contains(text) else {
      reportUnknownRamp(text, at: value.location)
      return nil
    }
    let form =
      RampFamily.all.first { $0.name == text }.map { family in
        family.parameters.map { "\($0.name): …" }.joined(separator: ", ")
      }.map { "{\(text): {\($0)}}" } ?? "{custom: [0.2, 0.5, 1]}"
    report("missing-key", "the ramp '\(text)' needs coefficients", suggestion: "write \(form)")
    return nil
  }

  private func reportUnknownRamp(_ name: String, at location: SourceLocation) {
    let suggestion = Suggestion.phrase(for: name, among: RampFamily.names)
    diagnostics.error(
      "unknown-ramp", at: location, key: path, value: name, "there is no ramp of that name",
      allowed: suggestion == nil ? RampFamily.names.joined(separator: ", ") : nil,
      suggestion: suggestion)
  }

  private func ramp(of family: RampFamily) -> RampCurve? {
    let keys = family.parameters.map {
      ScenarioKey($0.name, .number($0.range, unit: ""), "coefficient", isRequired: true)
    }
    guard let reader = MappingReader(value, path: path, keys: keys, diagnostics: diagnostics)
    else { return nil }
    let numbers = keys.map { reader.number($0)?.value }
    guard !numbers.contains(where: { $0 == nil }) else { return nil }
    return family.make(numbers.compactMap { $0 })
  }

  private func customRamp() -> RampCurve? {
    guard case .list(let points) = value.content, !points.isEmpty,
      points.count <= RampFamily.customLimit
    else {
      report(
        "wrong-kind", "expected a list of shares",
        allowed: "1 to \(RampFamily.customLimit) numbers, the last one that of the plan's end")
      return nil
    }
    let shares = measured(in: .ratio).items().map { $0.number(in: RampFamily.customRange) }
    guard !shares.contains(where: { $0 == nil }) else { return nil }
    guard let last = shares.last ?? nil, last > 0 else {
      items().last?.report("out-of-range", "the last share must be above 0")
      return nil
    }
    return .custom(shares.compactMap { $0 })
  }

  /// The shock family that stands here: a bare name or a distribution, standardised.
  func shock() -> ShockFamily? {
    switch value.content {
    case .text(let text, _):
      guard let family = DistributionRegistry.families.first(where: { $0.name == text }) else {
        let names = DistributionRegistry.families.map(\.name)
        report(
          "unknown-family", "there is no distribution of that name",
          suggestion: Suggestion.phrase(for: text, among: names))
        return nil
      }
      return shock(named: family)
    case .list:
      reportWrongKind("expected a family of shocks")
      return nil
    case .mapping:
      guard let quantity = DistributionReader(field: self)?.quantity() else { return nil }
      guard case .distribution(let distribution) = quantity else {
        report(
          "wrong-kind", "the shock is standardised, so its parameters cannot be uncertain",
          suggestion: "let annual_shock_sd be uncertain instead")
        return nil
      }
      return standardised(distribution)
    }
  }

  private func shock(named family: DistributionFamily) -> ShockFamily? {
    if let distribution = family.standardMember { return standardised(distribution) }
    report(
      "missing-key", "the family '\(family.name)' needs parameters",
      suggestion: "write {\(family.name): {…}}")
    return nil
  }

  private func standardised(_ distribution: any UnivariateDistribution) -> ShockFamily? {
    if let shock = ShockFamily(distribution) { return shock }
    report(
      "distribution", "a shock needs a finite mean and variance, which this distribution lacks",
      suggestion: "use normal or laplace")
    return nil
  }
}

extension DistributionFamily {
  /// The member that the family's name alone means where location and scale do not matter; nil
  /// where the family has other parameters that must be stated.
  var standardMember: (any UnivariateDistribution)? {
    for form in parameterForms {
      var numbers: [String: Double] = [:]
      let isFree = form.allSatisfy { parameter in
        switch parameter.role {
        case .location: numbers[parameter.name] = parameter.range.contains(0) ? 0 : 1
        case .scale: numbers[parameter.name] = 1
        case .shape, .list, .file, .components: return parameter.defaultValue != nil
        }
        return true
      }
      if isFree, let distribution = try? make(parameters: numbers) { return distribution }
    }
    return nil
  }

  /// Whether `shock` may name the family alone.
  var standsAloneAsShock: Bool { standardMember.flatMap { ShockFamily($0) } != nil }
}
