// SPDX-License-Identifier: GPL-3.0-or-later

/// Resolves the support block and the arms: which measures each offers, on which terms.
struct SupportResolution {
  private let scenario: Scenario
  private let arms: [Arm]

  private init(_ scenario: Scenario) {
    self.scenario = scenario
    arms = scenario.arms.isEmpty ? [.asPlanned] : scenario.arms
  }

  /// The arms in file order, and what they share; nil without a support block.
  ///
  /// Complexity: O(arms × terms).
  static func resolve(
    _ scenario: Scenario, _ problems: inout ProblemList
  ) -> (support: ResolvedSupport?, arms: [ResolvedArm]) {
    let resolution = SupportResolution(scenario)
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
      TermRules.check(terms, at: support.location, arm: nil, &problems)
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
      switch change {
      case .number(let term, let stated): changed.state(term, stated, arm: arm.name)
      case .word(let choice, let stated): changed.state(choice, stated.value)
      }
    }
    if !arm.changes.isEmpty, let location = arm.location ?? arm.changes.first?.location {
      TermRules.check(changed, at: location, arm: arm.name, &problems)
    }
    return ResolvedArm(
      name: arm.name, measures: SupportMeasure.allCases.filter(offered.contains), terms: changed,
      changedPaths: arm.changes.map(\.path))
  }
}

/// What the terms of one arm, or of the support block, must satisfy together.
private enum TermRules {
  static func check(
    _ terms: SupportTerms, at location: SourceLocation, arm: String?, _ problems: inout ProblemList
  ) {
    let loans: [(term: SupportTerm, grace: SupportTerm)] = [
      (.privateLoanTermYears, .privateLoanGraceYears),
      (.policyLoanTermYears, .policyLoanGraceYears),
    ]
    for loan in loans {
      guard let years = whole(terms, loan.term), let grace = whole(terms, loan.grace),
        grace >= years, involves(arm, terms, loan.term, loan.grace)
      else { continue }
      problems.error(
        "grace-reaches-term", at: place(terms, arm, [loan.grace, loan.term]) ?? location,
        key: key(arm, terms, loan.grace, or: loan.term), value: "\(grace)",
        "the grace period must end before the term of \(years) \(years == 1 ? "year" : "years")",
        allowed: years == 1 ? "0" : "a whole number from 0 to \(years - 1)")
    }
    let (cap, floor) = (terms.limitYen(.subsidyCapYen), terms.limitYen(.subsidyFloorYen))
    if cap < floor, involves(arm, terms, .subsidyCapYen, .subsidyFloorYen) {
      problems.error(
        "cap-below-floor",
        at: place(terms, arm, [.subsidyCapYen, .subsidyFloorYen]) ?? location,
        key: key(arm, terms, .subsidyCapYen, or: .subsidyFloorYen), value: Phrase.number(cap),
        "the largest grant is below the smallest",
        allowed: "at least subsidy.floor_yen, \(Phrase.number(floor)) yen")
    }
  }

  private static func whole(_ terms: SupportTerms, _ term: SupportTerm) -> Int? {
    guard case .constant(let value)? = terms.quantity(term),
      term.declaration.range.contains(value), value == value.rounded()
    else { return nil }
    return Int(value)
  }

  /// An arm is to blame only where it states one of the two; the block's own fault is told once.
  private static func involves(
    _ arm: String?, _ terms: SupportTerms, _ a: SupportTerm, _ b: SupportTerm
  ) -> Bool {
    guard let arm else { return true }
    return [a, b].contains { terms.provenance($0).origin == .arm(arm) }
  }

  /// The place of the first of the terms that is stated here.
  private static func place(
    _ terms: SupportTerms, _ arm: String?, _ candidates: [SupportTerm]
  ) -> SourceLocation? {
    let origin = arm.map { Provenance.Origin.arm($0) } ?? .defaults
    return candidates.lazy.map { terms.provenance($0) }.first { $0.origin == origin }?.location
  }

  private static func key(
    _ arm: String?, _ terms: SupportTerms, _ first: SupportTerm, or second: SupportTerm
  ) -> String {
    guard let arm else { return "support.\(first.path)" }
    let isFirst = terms.provenance(first).origin == .arm(arm)
    return "arms.\(arm).set.support.\((isFirst ? first : second).path)"
  }
}
