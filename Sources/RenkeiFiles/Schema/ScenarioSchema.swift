// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// The schema of the scenario file, made of the declarations that the reader checks against.
///
/// It expresses what a schema can: keys, kinds, ranges of plain numbers, which keys go together.
/// Not expressed: whether names, columns and files exist, how numbers relate to each other, ranges
/// of numbers with a unit and of distributions, and what YAML reads as a number but Renkei does not
/// (`010`, `.5`).
package enum ScenarioSchema {
  package static let title = "Renkei scenario"

  /// The whole file: a scenario of its own, or one that is laid over another.
  package static var root: SchemaNode {
    SchemaNode.anyOf([.reference(scenario), .reference(extendingScenario)]).described(
      "A scenario of Renkei: plans, what is uncertain about them, and how to simulate them.")
  }

  private static let scenario = "scenario"
  private static let extendingScenario = "extending_scenario"

  private static var scenarioNode: SchemaNode {
    map(ScenarioKeys.root.filter { $0.name != ScenarioKeys.extends.name }, rule: nil)
  }

  /// Whatever the other file may state can be missing here, and `null` removes what it states.
  private static var extendingNode: SchemaNode {
    var node = overlay(ScenarioKeys.root)
    node.required = [ScenarioKeys.format.name, ScenarioKeys.extends.name]
    return node
  }

  /// A map of which each key may be missing or removed.
  private static func overlay(_ keys: [ScenarioKey]) -> SchemaNode {
    .map(keys.map { ($0.name, removable(layer(of: $0)).described(KeyReference.sentence(for: $0))) })
  }

  private static func layer(of key: ScenarioKey) -> SchemaNode {
    switch key.kind {
    case .map(let keys): return overlay(keys)
    case .named(let kind, _):
      var node = SchemaNode()
      node.types = ["object"]
      var entry = self.node(of: kind, rule: nil)
      if case .map(let keys) = kind { entry = overlay(keys) }
      node.patternProperties = [("^" + ScenarioField.namePattern, removable(entry))]
      node.additionalProperties = .refused
      return node
    default: return self.node(of: key.kind, rule: nil)
    }
  }

  private static func removable(_ node: SchemaNode) -> SchemaNode {
    var nothing = SchemaNode()
    nothing.types = ["null"]
    return .anyOf([node, nothing])
  }

  /// What ``SchemaNode/reference`` names, in a fixed order.
  package static var definitions: [(name: String, node: SchemaNode)] {
    [
      (scenario, scenarioNode), (extendingScenario, extendingNode),
      (percentage, .text(pattern: NumberText.pattern(unit: "%")).described("a percentage")),
      (
        yenAmount,
        .text(pattern: NumberText.pattern(unit: NumberText.yenPattern))
          .described("an amount in yen with its unit")
      ),
      (
        inputName,
        .text(pattern: "^\\$" + ScenarioField.namePattern)
          .described("a programme-level input, as named under 'inputs'")
      ),
      (DistributionSchema.anyNumber, number(nil)),
      (DistributionSchema.interval, DistributionSchema.truncation),
      (distribution, DistributionSchema.anyFamily(opensParameters: true)),
      (fixedDistribution, DistributionSchema.anyFamily(opensParameters: false)),
      (ramp, RampSchema.node), (condition, conditionNode), (planRow, planRowNode),
    ]
      + DistributionRegistry.families.flatMap { family in
        [true, false].map { opens in
          (
            DistributionSchema.definition(of: family, opensParameters: opens),
            DistributionSchema.parameters(of: family, opensParameters: opens)
          )
        }
      }
  }

  private static let percentage = "percentage"
  private static let yenAmount = "yen_amount"
  static let inputName = "input_name"
  static let distribution = "distribution"
  static let fixedDistribution = "fixed_distribution"
  private static let ramp = "ramp"
  private static let condition = "condition"
  private static let planRow = "plan"

  /// A number as the reader takes it: plain and in range, or with a unit.
  ///
  /// - Parameter unit: nil where the use decides, and any unit may stand.
  static func number(_ range: ValueRange?, _ unit: NumberUnit? = nil) -> SchemaNode {
    let forms = [.number(range)] + withUnit(unit)
    return forms.count == 1 ? forms[0] : .anyOf(forms)
  }

  private static func withUnit(_ unit: NumberUnit?) -> [SchemaNode] {
    switch unit {
    case .plain: []
    case .share: [.reference(percentage)]
    case .yen: [.reference(yenAmount)]
    case .namedInput, nil: [.reference(percentage), .reference(yenAmount)]
    }
  }

  /// A map with declared keys.
  private static func map(_ keys: [ScenarioKey], rule: KeyRule?) -> SchemaNode {
    var node = SchemaNode.map(
      keys.map { ($0.name, self.node(of: $0)) }, required: keys.filter(\.isRequired).map(\.name))
    switch rule {
    case .exactlyOne(let names): node.oneOf = names.map { .requiring([$0]) }
    case .atLeastOne(let names): node.anyOf = names.map { .requiring([$0]) }
    case nil: break
    }
    return node
  }

  private static func node(of key: ScenarioKey) -> SchemaNode {
    node(of: key.kind, rule: key.rule).described(KeyReference.sentence(for: key))
  }

  private static func node(of kind: ScenarioKey.Kind, rule: KeyRule?) -> SchemaNode {
    switch kind {
    case .text: return .scalar()
    case .whole(let range, _):
      return .number(
        ValueRange(from: Double(range.lowerBound), through: Double(range.upperBound)),
        isWhole: true)
    case .wholeOrWord(let range, let word):
      return .anyOf([self.node(of: .whole(range), rule: nil), .words([word])])
    case .scope: return scope
    case .inputPairs(let range): return .list(pair(range, kind.numberUnit))
    case .seed:
      return .number(ValueRange(from: 0, through: Double(UInt64.max)), isWhole: true)
    case .number(let range, _):
      // What a column is compared with has the column's unit.
      return number(range, range == ScenarioKeys.anyNumber ? nil : kind.numberUnit)
    case .choice(let words): return .words(words)
    case .quantity(let range, _, _):
      // An input may be an amount or a share: its name decides.
      return quantity(range, range == ScenarioKeys.anyNumber ? nil : kind.numberUnit)
    case .ramp: return .reference(ramp)
    case .shock:
      return .anyOf([
        .words(DistributionRegistry.families.filter(\.standsAloneAsShock).map(\.name)),
        .reference(fixedDistribution),
      ])
    case .yearlyQuantities(let range, _):
      let year = quantity(range, kind.numberUnit)
      return .anyOf([year, .list(year, count: 1...Int.max)])
    case .groupings: return groupings
    case .levels: return .list(number(ValueRange(above: 0, below: 1), kind.numberUnit))
    case .conditions:
      var node = SchemaNode()
      node.types = ["object"]
      node.additionalProperties = .allowed(.reference(condition))
      node.propertyCount = 1...Int.max
      return node
    case .words: return texts
    case .amount(let range, _):
      let shares = ScenarioKeys.shares.map { share in
        SchemaNode.map([(share.name, node(of: share))], required: [share.name])
      }
      return .anyOf([quantity(range, kind.numberUnit)] + shares)
    case .measures: return .list(.words(SupportMeasure.allCases.map(\.rawValue)))
    case .arm:
      return .anyOf([node(of: .measures, rule: nil), map(ScenarioKeys.armKeys, rule: nil)])
    case .changes: return map(ScenarioKeys.changeable, rule: nil)
    case .rows: return .list(.reference(planRow), count: 1...Int.max)
    case .map(let keys): return map(keys, rule: rule)
    case .named(let kind, let fewest):
      var node = SchemaNode()
      node.types = ["object"]
      node.patternProperties = [("^" + ScenarioField.namePattern, self.node(of: kind, rule: rule))]
      node.additionalProperties = .refused
      if fewest > 0 { node.propertyCount = fewest...Int.max }
      return node
    }
  }

  private static func quantity(_ range: ValueRange, _ unit: NumberUnit?) -> SchemaNode {
    .anyOf(
      [.number(range)] + withUnit(unit) + [.reference(inputName), .reference(distribution)])
  }

  /// One text or a list of texts.
  private static var texts: SchemaNode {
    .anyOf([.scalar(), .list(.scalar(), count: 1...Int.max)])
  }

  /// `all`, or one column with a value.
  private static var scope: SchemaNode {
    var cell = SchemaNode()
    cell.types = ["object"]
    cell.additionalProperties = .allowed(.scalar())
    cell.propertyCount = 1...1
    return .anyOf([.words([EventScope.all.label]), cell])
  }

  /// [input, input, coefficient]; a schema without positions allows the three in any order.
  private static func pair(_ range: ValueRange, _ unit: NumberUnit) -> SchemaNode {
    .list(
      .anyOf([
        number(range, unit), .text(pattern: "^" + ScenarioField.namePattern),
      ]), count: 3...3)
  }

  private static var groupings: SchemaNode {
    var bins = SchemaNode()
    bins.types = ["object"]
    bins.additionalProperties = .allowed(.list(number(nil), count: 1...Int.max))
    bins.propertyCount = 1...1
    return .list(.anyOf([.scalar(), bins]))
  }

  private static var conditionNode: SchemaNode {
    var comparison = map(ScenarioKeys.comparisons, rule: nil)
    comparison.propertyCount = 1...Int.max
    return .anyOf([.scalar(), .list(.scalar(), count: 1...Int.max), comparison])
      .described("what the column's cell must be")
  }

  /// A plan written in the scenario: known columns as their inputs, all others as text.
  private static var planRowNode: SchemaNode {
    var former: [(name: String, node: SchemaNode)] = []
    for key in ScenarioKeys.planInputs where key.name == PlanInput.endTargetYen.rawValue {
      former.append((PlanColumns.formerEndTarget, removable(node(of: key.kind, rule: nil))))
    }
    var node = SchemaNode()
    node.types = ["object"]
    node.properties =
      [(PlanColumns.id, .scalar())]
      + ScenarioKeys.columnInputs.map { key in
        (
          key.name,
          removable(self.node(of: key.kind, rule: nil)).described(KeyReference.sentence(for: key))
        )
      } + former
    node.required = [PlanColumns.id]
    var cell = SchemaNode()
    cell.types = ["string", "number", "boolean", "null"]
    node.additionalProperties = .allowed(cell)
    return node
  }
}
