// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// One number as written somewhere in the scenario, with what is allowed there.
struct Statement {
  let key: String
  let quantity: Quantity
  let location: SourceLocation
  let range: ValueRange
  var mayBeUncertain = true
  var isWhole = false
  /// Whether it is a probability that would be redrawn for every plan.
  var isRedrawnProbability = false
}

extension Statement {
  init(
    _ input: PlanInput, _ stated: Stated<Quantity>, basis: AmountBasis = .stated, key: String
  ) {
    let declaration = input.declaration
    self.init(
      key: key, quantity: stated.value, location: stated.location, range: input.range(basis),
      mayBeUncertain: declaration.mayBeUncertain, isWhole: declaration.isWhole,
      isRedrawnProbability: input == .launchProbability || input.isTakeUp)
  }

  init(_ term: SupportTerm, _ stated: Stated<Quantity>, key: String) {
    let declaration = term.declaration
    self.init(
      key: key, quantity: stated.value, location: stated.location, range: declaration.range,
      mayBeUncertain: declaration.mayBeUncertain, isWhole: declaration.isWhole)
  }
}

/// Failing for certain within a year would make the failure hazard infinite.
let failureProbabilityRange = ValueRange(from: 0, below: 1)

extension Scenario {
  /// Every number of the scenario apart from the named inputs' own, in a fixed order; of the plans'
  /// own cells only those that are not a fixed number in range, which need no check.
  var statements: [Statement] {
    var statements: [Statement] = []
    func add(_ settings: PlanSettings, prefix: String) {
      for input in PlanInput.allCases {
        guard let stated = settings.numbers[input] else { continue }
        let basis = settings.bases[input] ?? .stated
        let key = prefix + (prefix == "support." ? input.supportPath ?? "" : input.rawValue)
        statements.append(Statement(input, stated, basis: basis, key: key))
      }
      guard let failure = settings.annualFailureProbability else { return }
      for quantity in failure.value {
        statements.append(
          Statement(
            key: prefix + "annual_failure_probability", quantity: quantity,
            location: failure.location, range: failureProbabilityRange,
            isRedrawnProbability: true))
      }
    }
    add(defaults, prefix: "plans.defaults.")
    for segment in segments {
      add(segment.settings, prefix: "plans.segments.\(segment.name).set.")
      for (input, factor) in segment.multipliers {
        statements.append(
          Statement(
            key: "plans.segments.\(segment.name).multiply.\(input.rawValue)",
            quantity: factor.value, location: factor.location,
            range: ValueRange(from: 0, through: 1e9),
            mayBeUncertain: input.declaration.mayBeUncertain))
      }
    }
    for index in plans.rows.indices where !plans.rows[index].settings.isPlain {
      add(plans.rows[index].settings, prefix: "")
    }
    statements.append(
      Statement(
        key: "optimism.common_share", quantity: optimismCommonShare.value,
        location: optimismCommonShare.location, range: ValueRange(from: 0, through: 1)))
    statements.append(
      Statement(
        key: "credit.correlation", quantity: creditCorrelation.value,
        location: creditCorrelation.location, range: ValueRange(from: 0, below: 1)))
    for factor in factors {
      statements.append(
        Statement(
          key: factor.loadingKey, quantity: factor.loading.value,
          location: factor.loading.location, range: factor.loadingRange))
    }
    if let support {
      add(support.plans, prefix: "support.")
      for term in SupportTerm.allCases {
        guard let stated = support.terms[term] else { continue }
        statements.append(Statement(term, stated, key: "support.\(term.path)"))
      }
    }
    for arm in arms {
      for case .number(let term, let stated) in arm.changes {
        let key = "arms.\(arm.name).set.support.\(term.path)"
        statements.append(Statement(term, stated, key: key))
      }
    }
    for event in events {
      statements.append(
        Statement(
          key: "events.\(event.name).annual_probability",
          quantity: event.annualProbability.value, location: event.annualProbability.location,
          range: ValueRange(from: 0, through: 1)))
      statements.append(
        Statement(
          key: "events.\(event.name).multiplier", quantity: event.multiplier.value,
          location: event.multiplier.location, range: ValueRange(from: 0, through: 1e6)))
    }
    return statements
  }
}

extension PlanSettings {
  /// Whether only fixed numbers are stated, each as its declaration allows.
  fileprivate var isPlain: Bool {
    annualFailureProbability == nil && numbers.areFixedAndAdmitted
  }
}

extension FactorSettings {
  var loadingKey: String {
    "factors.\(name)." + (loadingIsCorrelation ? "correlation" : "loading")
  }

  var loadingRange: ValueRange {
    loadingIsCorrelation ? ValueRange(from: 0, below: 1) : ValueRange(above: -1, below: 1)
  }
}

extension InputTable {
  /// Checks one statement: only what may be uncertain is, and every possible value is in range.
  ///
  /// Unknown inputs are reported by the caller, who knows all their names.
  func check(_ statement: Statement, _ problems: inout ProblemList) {
    let (key, location) = (statement.key, statement.location)
    if !statement.mayBeUncertain {
      guard case .constant = statement.quantity else {
        problems.error(
          "must-be-fixed", at: location, key: key, "must be a plain number: it cannot be uncertain",
          allowed: statement.isWhole ? "a whole number" : "a number")
        return
      }
    }
    if case .constant(let value) = statement.quantity {
      if !statement.range.contains(value) {
        problems.error(
          "out-of-range", at: location, key: key, value: Phrase.number(value),
          "is out of range", allowed: statement.range.description)
      } else if statement.isWhole, value != value.rounded() {
        problems.error(
          "not-whole", at: location, key: key, value: Phrase.number(value),
          "must be a whole number", allowed: "a whole number " + statement.range.description)
      }
      return
    }
    do {
      let possible = try bounds(of: statement.quantity)
      if let excess = Phrase.excess(of: possible, over: statement.range) {
        problems.error(
          "out-of-range", at: location, key: key, excess, allowed: statement.range.description,
          suggestion: truncationAdvice(for: [statement.quantity]))
      }
    } catch {
      problems.report(error, key: key, at: location)
    }
    if statement.isRedrawnProbability, statement.quantity.drawsItself {
      problems.warn(
        "redrawn-probability", at: location, key: key,
        "is drawn anew for every plan, so that only its mean counts",
        suggestion: "state it under 'inputs' and write its $name here")
    }
  }

  /// What to truncate so that draws stay in range.
  func truncationAdvice(for quantities: [Quantity]) -> String {
    let names = quantities.flatMap(\.inputNames)
    return names.isEmpty
      ? "limit it with truncate: [low, high]"
      : "limit \(Phrase.inputs(names)) with truncate: [low, high]"
  }
}

extension Quantity {
  /// Whether it takes a draw of its own, beyond those of the inputs it reads.
  var drawsItself: Bool {
    switch self {
    case .constant, .input: false
    case .distribution, .modulated: true
    }
  }
}
