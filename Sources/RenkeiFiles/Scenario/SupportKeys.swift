// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The keys of the support block, made of the declarations of its inputs, terms and choices.
extension ScenarioKeys {
  static let support = ScenarioKey(
    "support",
    .map(
      [
        key(.discountRate), key(.fundingRate), afterHorizon, section("finance", financeSummary),
        section("private_loan", "bank loans, which every arm has"),
      ]
        + SupportMeasure.allCases.map {
          section($0.rawValue, "the measure, for arms that offer it")
        }
    ), "what the programme gives, what plans need, and what it changes")
  private static let financeSummary = "what plans need and earn; a plan's own cell wins"

  static let afterHorizon = ScenarioKey(
    "after_horizon", .choice(AfterHorizon.allCases.map(\.rawValue)),
    "what becomes of loans that outlive the horizon", standard: AfterHorizon.runOff.rawValue)
  static let cashFailure = ScenarioKey(
    "cash_failure", .choice(CashFailure.allCases.map(\.rawValue)),
    "whether a lack of cash is reported or ends the business",
    standard: CashFailure.report.rawValue)
  static let appliesTo = ScenarioKey(
    "applies_to", .choice(["private_loan"]), "the loans that are guaranteed",
    standard: "private_loan")

  static let calibratedTo = ScenarioKey(
    "calibrated_to", .text, "arm with which the plans' inputs were observed",
    standard: "the first arm")
  static let baselineArm = ScenarioKey(
    "baseline_arm", .text, "arm that the others are compared with",
    standard: "the first arm without measures")
  static let armMeasures = ScenarioKey(
    "measures", .measures, "the measures that the arm offers",
    standard: "all that the support block describes")
  static let armChanges = ScenarioKey(
    "set", .changes, "terms that differ from the support block, by dotted path")
  /// The keys of an arm that is written as a map.
  static let armKeys = [armMeasures, armChanges]

  /// Every term below `support` that an arm's `set` may change, under its dotted path.
  static let changeable: [ScenarioKey] =
    SupportTerm.allCases.filter(\.mayDiffer).map { key($0, name: "support." + $0.path) }
    + SupportChoice.allCases.map { key($0, name: "support." + $0.path) }

  /// What stands for an amount as a share.
  static let shares = [
    ScenarioKey(
      "share_of_target", .quantity(PlanInput.shareRange, unit: "share", level: .plan),
      "share of the plan's end target"),
    ScenarioKey(
      "share_of_investment", .quantity(PlanInput.shareRange, unit: "share", level: .plan),
      "share of the plan's investment"),
  ]

  private static func section(_ name: String, _ summary: String) -> ScenarioKey {
    let prefix = name + "."
    func isDirect(_ path: String) -> Bool {
      path.hasPrefix(prefix) && !path.dropFirst(prefix.count).contains(".")
    }
    var keys = PlanInput.supportInputs.filter { isDirect($0.supportPath ?? "") }.map { input in
      numeric(input, name: String((input.supportPath ?? "").dropFirst(prefix.count)))
    }
    keys += SupportTerm.allCases.filter { isDirect($0.path) }.map(key)
    keys += SupportChoice.allCases.filter { isDirect($0.path) }.map { choice in
      key(choice, name: String(choice.path.dropFirst(prefix.count)))
    }
    if name == "finance" { keys.append(cashFailure) }
    if name == SupportMeasure.guarantee.rawValue { keys.append(appliesTo) }
    if let measure = SupportMeasure(rawValue: name) {
      keys.append(
        ScenarioKey(
          "effects", .map(SupportEffect.allCases.map { key(.effect(measure, $0)) }),
          "what the measure changes beyond the money, at full coverage"))
    }
    return ScenarioKey(name, .map(keys), summary)
  }

  private static func key(_ choice: SupportChoice, name: String) -> ScenarioKey {
    ScenarioKey(
      name, .choice(choice.words),
      choice == .taxChoice ? "which relief is taken" : "how principal is repaid",
      standard: choice.words[0])
  }

  private static func key(_ term: SupportTerm) -> ScenarioKey {
    key(term, name: term.path.split(separator: ".").last.map(String.init) ?? term.path)
  }

  private static func key(_ term: SupportTerm, name: String) -> ScenarioKey {
    let declaration = term.declaration
    let kind: ScenarioKey.Kind =
      if declaration.mayBeUncertain {
        .quantity(declaration.range, unit: declaration.unit, level: .programme)
      } else if declaration.isWhole {
        .whole(
          Int(declaration.range.lower)...Int(declaration.range.upper), unit: declaration.unit)
      } else {
        .number(declaration.range, unit: declaration.unit)
      }
    return ScenarioKey(
      name, kind, declaration.summary,
      standard: declaration.standardValue.map { PlainDecimal.text($0) ?? "" }
        ?? (term == .fundingRate ? "discount_rate" : "no limit"))
  }
}
