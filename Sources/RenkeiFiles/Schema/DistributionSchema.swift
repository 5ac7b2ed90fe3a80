// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// Schemas of distributions, made of the registry.
enum DistributionSchema {
  /// Names below `definitions`.
  static let anyNumber = "any_number"
  static let interval = "interval"

  /// {family: {parameters}} with truncate beside the family.
  ///
  /// - Parameter opensParameters: whether $name may stand for location and scale.
  static func anyFamily(opensParameters: Bool) -> SchemaNode {
    let families = DistributionRegistry.families
    var node = SchemaNode.map(
      families.map {
        ($0.name, .reference(definition(of: $0, opensParameters: opensParameters)))
      } + [(DistributionReader.truncateKey, .reference(interval))])
    node.oneOf = families.map { .requiring([$0.name]) }
    return node.described("a distribution: {family: {parameter: value}}")
  }

  /// Name of a family's parameters below `definitions`.
  static func definition(of family: DistributionFamily, opensParameters: Bool) -> String {
    (opensParameters ? "" : "fixed_") + "parameters_of_" + family.name
  }

  /// The parameters in each form, or quantiles in their place.
  static func parameters(of family: DistributionFamily, opensParameters: Bool) -> SchemaNode {
    if family.isMixture { return components.described(family.summary) }
    let opens = opensParameters && family.locationScale != nil
    var forms = family.parameterForms.map { form in
      self.form(form, isOpen: opens)
    }
    if let quantiles = family.quantiles {
      forms += self.forms(of: family, quantiles)
    }
    let node = forms.count == 1 ? forms[0] : SchemaNode.anyOf(forms)
    return node.described(family.summary)
  }

  private static func form(_ form: [DistributionParameter], isOpen: Bool) -> SchemaNode {
    .map(
      form.map { ($0.name, node(of: $0, isOpen: isOpen)) }
        + [(DistributionReader.truncateKey, .reference(interval))],
      required: form.filter(\.isRequired).map(\.name))
  }

  private static func node(of parameter: DistributionParameter, isOpen: Bool) -> SchemaNode {
    let range = parameter.range.valueRange
    let unit = NumberUnit.namedInput.ofParameter(parameter.name)
    let number: SchemaNode =
      range == nil && unit == .namedInput
      ? .reference(anyNumber) : ScenarioSchema.number(range, unit)
    switch parameter.role {
    case .list: return .list(.reference(anyNumber), count: 1...Int.max)
    case .file: return .scalar()
    case .components: return components
    case .shape: return number
    case .location, .scale:
      if !isOpen { return number }
      return .anyOf([number, .reference(ScenarioSchema.inputName)])
    }
  }

  /// What a mixture is made of.
  private static var components: SchemaNode {
    let (weight, of) = (DistributionReader.weightKey, DistributionReader.ofKey)
    guard case .number(let range, _) = weight.kind else {
      preconditionFailure("the weight of a component is a number")
    }
    return .list(
      .map(
        [
          (weight.name, ScenarioSchema.number(range, .ratio).described(weight.summary)),
          (of.name, .reference(ScenarioSchema.fixedDistribution)),
        ],
        required: [weight.name, of.name]),
      count: 2...Int.max)
  }

  /// The parameters that quantiles leave, each with exactly as many quantiles as are needed: one
  /// form for each choice of optional parameters, so that counting keys counts quantiles.
  private static func forms(
    of family: DistributionFamily, _ quantiles: QuantileConstruction
  ) -> [SchemaNode] {
    var seen: [[String]] = []
    var forms: [SchemaNode] = []
    for form in family.parameterForms {
      let rest = form.filter { !quantiles.replaces.contains($0.name) }
      if seen.contains(rest.map(\.name)) { continue }
      seen.append(rest.map(\.name))
      func entry(_ parameter: DistributionParameter) -> (name: String, node: SchemaNode) {
        (parameter.name, self.node(of: parameter, isOpen: false))
      }
      let always = rest.filter { $0.isRequired }.map(entry)
      let optional =
        rest.filter { !$0.isRequired }.map(entry) + [
          (DistributionReader.truncateKey, .reference(interval))
        ]
      for choice in 0..<(1 << optional.count) {
        let chosen = optional.indices.filter { choice >> $0 & 1 == 1 }.map { optional[$0] }
        let named = always + chosen
        var node = SchemaNode.map(named, required: named.map { $0.name })
        node.patternProperties = [(QuantilePoint.keyPattern, .reference(anyNumber))]
        let count = named.count + quantiles.count
        node.propertyCount = count...count
        forms.append(node)
      }
    }
    return forms
  }

  /// [low, high], either end of which may be infinite.
  static var truncation: SchemaNode {
    .list(
      .anyOf([
        .reference(anyNumber),
        .words(DistributionReader.infinities.keys.sorted()),
      ]),
      count: 2...2
    ).described("interval to which the distribution is conditioned")
  }
}

extension DistributionParameter {
  fileprivate var isRequired: Bool { defaultValue == nil }
}

extension ParameterRange {
  /// The same range as numbers; nil where every number is in it.
  var valueRange: ValueRange? {
    switch self {
    case .anyNumber: nil
    case .positive: ValueRange(above: 0, through: .greatestFiniteMagnitude)
    case .nonNegative: ValueRange(from: 0, through: .greatestFiniteMagnitude)
    case .positiveShape: ValueRange(above: 0, through: 1e4)
    }
  }
}

/// The schema of ramps, made of their declarations.
enum RampSchema {
  static var node: SchemaNode {
    let families = RampFamily.all.map { family in
      (
        family.name,
        SchemaNode.map(
          family.parameters.map { ($0.name, ScenarioSchema.number($0.range, .number)) },
          required: family.parameters.map(\.name)
        ).described(family.summary)
      )
    }
    let custom = SchemaNode.list(
      ScenarioSchema.number(RampFamily.customRange, .ratio), count: 1...RampFamily.customLimit
    ).described("shares at equally spaced points of the period, the last at its end")
    var shaped = SchemaNode.map(families + [(RampFamily.customName, custom)])
    shaped.propertyCount = 1...1
    return .anyOf([.words([RampFamily.linearName]), shaped])
  }
}
