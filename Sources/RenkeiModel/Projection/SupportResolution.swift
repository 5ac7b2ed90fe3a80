// SPDX-License-Identifier: GPL-3.0-or-later

/// Resolves the support block and the arms: which measures each offers, on which terms.
struct SupportResolution {
  private let scenario: Scenario
  private let arms: [Arm]
  private let rules: TermRules

  private init(_ scenario: Scenario, table: InputTable) {
    self.scenario = scenario
    rules = TermRules(table: table)
    arms = scenario.arms.isEmpty ? [.asPlanned] : scenario.arms
  }

  /// The arms in file order, and what they share; nil without a support block.
  ///
  /// Complexity: O(arms × terms).
  static func resolve(
    _ scenario: Scenario, table: InputTable, _ problems: inout ProblemList
  ) -> (support: ResolvedSupport?, arms: [ResolvedArm]) {
    let resolution = SupportResolution(scenario, table: table)
    resolution.checkNames(&problems)
    let calibratedName =
      resolution.name(
        scenario.calibratedTo, key: "calibrated_to", &problems) ?? resolution.arms[0].name
    var terms = SupportTerms()
    if let support = scenario.support {
      for term in SupportTerm.allCases {
        if let stated = support.terms[term] { terms.state(term, stated) }
      }
      for choice in SupportChoice.allCases {
        if let stated = support.choices[choice] { terms.state(choice, stated.value) }
      }
      resolution.rules.check(terms, at: support.location, arm: nil, &problems)
    }
    let resolved = resolution.arms.map {
      resolution.arm($0, terms: terms, isCalibrated: $0.name == calibratedName, &problems)
    }
    let baselineName =
      resolution.name(scenario.baselineArm, key: "baseline_arm", &problems)
      ?? resolved.first { $0.measures.isEmpty }?.name ?? calibratedName
    guard let support = scenario.support,
      let calibrated = resolved.first(where: { $0.name == calibratedName })
    else { return (nil, resolved) }
    return (
      ResolvedSupport(
        terms: terms, afterHorizon: support.afterHorizon, calibratedArm: calibrated,
        baselineArmName: baselineName),
      resolved
    )
  }

  private func checkNames(_ problems: inout ProblemList) {
    var names = Set<String>()
    for arm in arms where !names.insert(arm.name).inserted {
      problems.error(
        "duplicate-name", at: arm.location ?? scenario.location, key: "arms", value: arm.name,
        "an arm of this name is stated twice")
    }
  }

  /// The arm that a key names; nil where it is left out or unknown, which is reported.
  private func name(
    _ stated: Stated<String>?, key: String, _ problems: inout ProblemList
  ) -> String? {
    guard let stated else { return nil }
    let known = arms.map(\.name)
    if known.contains(stated.value) { return stated.value }
    problems.error(
      "unknown-arm", at: stated.location, key: key, value: stated.value,
      "no arm has this name", allowed: known.joined(separator: ", "),
      suggestion: Suggestion.phrase(for: stated.value, among: known))
    return nil
  }

  private func arm(
    _ arm: Arm, terms: SupportTerms, isCalibrated: Bool, _ problems: inout ProblemList
  ) -> ResolvedArm {
    let described = scenario.support?.measures ?? [:]
    var offered = Set<SupportMeasure>()
    if let measures = arm.measures {
      for measure in measures {
        let key = "arms.\(arm.name)"
        if !offered.insert(measure.value).inserted {
          problems.error(
            "duplicate-measure", at: measure.location, key: key, value: measure.value.rawValue,
            "the measure is listed twice")
        } else if described[measure.value] == nil {
          problems.error(
            "undescribed-measure", at: measure.location, key: key, value: measure.value.rawValue,
            "the arm offers a measure that the scenario does not describe",
            suggestion: "describe it below support.\(measure.value.rawValue)")
        }
      }
    } else {
      offered.formUnion(described.keys)
    }
    var changed = terms
    for change in arm.changes {
      let key = "arms.\(arm.name).set.support.\(change.path)"
      if isCalibrated {
        problems.error(
          "changed-calibration", at: change.location, key: key,
          "the plans' inputs were observed with this arm, so that its terms are those of the"
            + " support block",
          suggestion: "change the support block, or calibrate to another arm")
      }
      if let measure = change.measure, !offered.contains(measure) {
        problems.warn(
          "idle-change", at: change.location, key: key,
          "changes nothing: the arm does not offer \(measure.rawValue)",
          suggestion: "add it to the arm's measures, or leave the term out")
      }
      switch change {
      case .number(let term, let stated): changed.state(term, stated, arm: arm.name)
      case .word(let choice, let stated): changed.state(choice, stated.value)
      }
    }
    if !arm.changes.isEmpty, let location = arm.location ?? arm.changes.first?.location {
      rules.check(changed, at: location, arm: arm.name, &problems)
    }
    return ResolvedArm(
      name: arm.name, measures: SupportMeasure.allCases.filter(offered.contains), terms: changed,
      changedPaths: arm.changes.map(\.path))
  }
}
