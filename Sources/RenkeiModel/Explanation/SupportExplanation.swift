// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows about the support block and the arms; what nobody stated appears with its standard value.
extension ExplanationBuilder {
  /// The support block: rates, plans' money and every measure that it describes.
  mutating func addSupport(_ model: ProjectionModel) {
    guard let settings = scenario.support, let support = model.support else {
      add("support", text: "none", from: .standard)
      return
    }
    add(.discountRate, of: support.terms)
    add(.fundingRate, of: support.terms)
    add(
      "support.after_horizon", text: support.afterHorizon.rawValue,
      from: source("support.after_horizon"))
    addSection("finance", settings, support.terms)
    addSection("private_loan", settings, support.terms)
    for measure in SupportMeasure.allCases {
      guard settings.measures[measure] != nil else {
        add("support.\(measure.rawValue)", text: "not described", from: .standard)
        continue
      }
      addSection(measure.rawValue, settings, support.terms)
      for effect in SupportEffect.allCases { add(.effect(measure, effect), of: support.terms) }
    }
  }

  /// The arms with what each offers and changes, and the two that others are measured by.
  mutating func addArms(_ model: ProjectionModel) {
    add("arms", text: model.arms.map(\.name).joined(separator: ", "), from: source("arms"))
    let stated = scenario.arms.isEmpty ? [.asPlanned] : scenario.arms
    for (arm, resolved) in zip(stated, model.arms) {
      let key = "arms.\(arm.name)"
      let measures = resolved.measures.map(\.rawValue)
      let isMap = scenario.places["\(key).measures"] != nil || arm.measures == nil
      add(
        "\(key).measures", text: measures.isEmpty ? "none" : measures.joined(separator: ", "),
        from: source(isMap ? "\(key).measures" : key))
      for change in arm.changes {
        switch change {
        case .number(let term, let stated):
          add(
            "\(key).set.support.\(term.path)", stated.value, unit: term.declaration.unit,
            level: .programme, from: .scenario(stated.location))
        case .word(let choice, let stated):
          add(
            "\(key).set.support.\(choice.path)", text: stated.value,
            from: .scenario(stated.location))
        }
      }
    }
    let calibrated =
      model.support?.calibratedArm.name ?? scenario.calibratedTo?.value ?? stated[0].name
    let baseline =
      model.support?.baselineArmName ?? scenario.baselineArm?.value
      ?? model.arms.first { $0.measures.isEmpty }?.name ?? calibrated
    add("calibrated_to", text: calibrated, from: source("calibrated_to"))
    add("baseline_arm", text: baseline, from: source("baseline_arm"))
  }

  /// What stands directly below one key of the support block.
  private mutating func addSection(
    _ name: String, _ settings: SupportSettings, _ terms: SupportTerms
  ) {
    func isBelow(_ path: String?) -> Bool {
      guard let path, path.hasPrefix(name + ".") else { return false }
      return !path.dropFirst(name.count + 1).contains(".")
    }
    for input in PlanInput.supportInputs where isBelow(input.supportPath) {
      add(input, of: settings.plans)
    }
    if name == "finance" {
      let cash = settings.plans.cashFailure
      add(
        "support.finance.cash_failure", text: (cash?.value ?? .report).rawValue,
        from: cash.map { .plan(.defaults, $0.location) } ?? .standard)
    }
    for term in SupportTerm.allCases where isBelow(term.path) { add(term, of: terms) }
    for choice in SupportChoice.allCases where isBelow(choice.path) {
      let stated = settings.choices[choice]
      add(
        "support.\(choice.path)", text: stated?.value ?? choice.words[0],
        from: stated.map { .scenario($0.location) } ?? .standard)
    }
    if name == SupportMeasure.guarantee.rawValue {
      let key = "support.guarantee.applies_to"
      add(key, text: "private_loan", from: source(key))
    }
  }

  /// What holds for a plan that states nothing itself and meets no segment.
  private mutating func add(_ input: PlanInput, of defaults: PlanSettings) {
    let key = "support." + (input.supportPath ?? input.rawValue)
    let declaration = input.declaration
    guard let stated = defaults.numbers[input] else {
      add(key, number: declaration.standardValue ?? 0, unit: declaration.unit, from: .standard)
      return
    }
    let basis = defaults.bases[input] ?? .stated
    add(
      key, stated.value, unit: basis.unit ?? declaration.unit, level: .plan,
      from: .plan(.defaults, stated.location))
  }

  private mutating func add(_ term: SupportTerm, of terms: SupportTerms) {
    let key = "support.\(term.path)"
    let unit = term.declaration.unit
    guard let quantity = terms.quantity(term) else {
      add(key, text: "no limit", unit: unit, from: .standard)
      return
    }
    // The funding rate that is left out is the discount rate.
    let isDerived = !terms.isStated(term) && term.declaration.standardValue == nil
    let place = terms.provenance(term).location
    add(
      key, quantity, unit: unit, level: .programme,
      from: isDerived ? .computed : place.map { .scenario($0) } ?? .standard)
  }
}
