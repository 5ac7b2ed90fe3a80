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

  /// The whole file.
  package static var root: SchemaNode {
    map(ScenarioKeys.root, rule: nil).described(
      "A scenario of Renkei: plans, what is uncertain about them, and how to simulate them.")
  }

  /// What ``SchemaNode/reference`` names, in a fixed order.
  package static var definitions: [(name: String, node: SchemaNode)] {
    [
      (numberWithUnit, .text(pattern: NumberText.unitPattern).described("a number with a unit")),
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

  static let numberWithUnit = "number_with_unit"
  static let inputName = "input_name"
  static let distribution = "distribution"
  static let fixedDistribution = "fixed_distribution"
  private static let ramp = "ramp"
  private static let condition = "condition"
  private static let planRow = "plan"

  /// A number as the reader takes it: plain and in range, or with a unit.
  static func number(_ range: ValueRange?) -> SchemaNode {
    .anyOf([.number(range), .reference(numberWithUnit)])
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
    case .inputPairs(let range): return .list(pair(range))
    case .seed:
      return .number(ValueRange(from: 0, through: Double(UInt64.max)), isWhole: true)
    case .number(let range, _): return number(range)
    case .choice(let words): return .words(words)
    case .quantity(let range, _, _): return quantity(range)
    case .ramp: return .reference(ramp)
    case .shock:
      return .anyOf([
        .words(DistributionRegistry.families.filter(\.standsAloneAsShock).map(\.name)),
        .reference(fixedDistribution),
      ])
    case .yearlyQuantities(let range, _):
      return .anyOf([quantity(range), .list(quantity(range), count: 1...Int.max)])
    case .groupings: return groupings
    case .levels: return .list(number(ValueRange(above: 0, below: 1)))
    case .conditions:
      var node = SchemaNode()
      node.types = ["object"]
      node.additionalProperties = .allowed(.reference(condition))
      node.propertyCount = 1...Int.max
      return node
    case .words: return texts
    case .measures(let names):
      return names.isEmpty
        ? .list(.scalar(), count: 0...0) : .list(.words(names))
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

  private static func quantity(_ range: ValueRange) -> SchemaNode {
    .anyOf([
      .number(range), .reference(numberWithUnit), .reference(inputName), .reference(distribution),
    ])
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
  private static func pair(_ range: ValueRange) -> SchemaNode {
    .list(
      .anyOf([
        number(range), .text(pattern: "^" + ScenarioField.namePattern),
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
    func orEmpty(_ node: SchemaNode) -> SchemaNode {
      var empty = SchemaNode()
      empty.types = ["null"]
      return .anyOf([node, empty])
    }
    var former: [(name: String, node: SchemaNode)] = []
    for key in ScenarioKeys.planInputs where key.name == PlanInput.endTargetYen.rawValue {
      former.append((PlanColumns.formerEndTarget, orEmpty(node(of: key.kind, rule: nil))))
    }
    var node = SchemaNode()
    node.types = ["object"]
    node.properties =
      [(PlanColumns.id, .scalar())]
      + ScenarioKeys.planInputs.map { key in
        (
          key.name,
          orEmpty(self.node(of: key.kind, rule: nil)).described(KeyReference.sentence(for: key))
        )
      } + former
    node.required = [PlanColumns.id]
    var cell = SchemaNode()
    cell.types = ["string", "number", "boolean", "null"]
    node.additionalProperties = .allowed(cell)
    return node
  }
}
