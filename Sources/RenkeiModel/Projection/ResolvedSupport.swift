// SPDX-License-Identifier: GPL-3.0-or-later

/// The support block resolved: what all arms have in common. The arms themselves are
/// ``ProjectionModel/arms``.
public struct ResolvedSupport: Sendable {
  /// Programme level; terms before any arm's `set`, from which what plans ask for follows.
  public let terms: SupportTerms
  public let afterHorizon: AfterHorizon
  /// The arm with which the plans' inputs were observed. It need not be among those that run.
  public let calibratedArm: ResolvedArm
  /// Name of the arm that the others are compared with. It need not be among those that run.
  public let baselineArmName: String
}

/// One arm with every term known.
public struct ResolvedArm: Sendable {
  public let name: String
  /// The measures it offers, in the order of ``SupportMeasure``'s cases.
  public let measures: [SupportMeasure]
  /// The terms after the arm's `set`.
  public let terms: SupportTerms
  /// Paths below `support` that the arm's `set` changes, in file order.
  public let changedPaths: [String]

  package init(
    name: String, measures: [SupportMeasure] = [], terms: SupportTerms = SupportTerms(),
    changedPaths: [String] = []
  ) {
    self.name = name
    self.measures = measures
    self.terms = terms
    self.changedPaths = changedPaths
  }

  public func offers(_ measure: SupportMeasure) -> Bool { measures.contains(measure) }

  /// The same arm under another name, so that it can run beside one of its own name: what the two
  /// state for one term are different numbers, drawn from the same normal score.
  package func renamed(_ name: String) -> ResolvedArm {
    ResolvedArm(
      name: name, measures: measures, terms: terms.restated(by: name, insteadOf: self.name),
      changedPaths: changedPaths)
  }
}

/// Programme-level terms: numbers by ``SupportTerm``, choices as typed values.
public struct SupportTerms: Sendable {
  /// A term's number and the key of its draw.
  package struct Entry: Sendable {
    package var quantity: Quantity
    /// Name of the arm whose `set` stated it, empty for the support block's own: an arm that
    /// changes the law of a term draws it anew at the same address, from the same normal score.
    package var arm: String
    package var provenance: Provenance
  }

  package private(set) var entries: [SupportTerm: Entry] = [:]
  public private(set) var privateLoanMethod = RepaymentMethod.equalPrincipal
  public private(set) var policyLoanMethod = RepaymentMethod.equalPrincipal
  public private(set) var taxChoice = TaxChoice.credit

  /// Nothing stated: every term at its standard value.
  public init() {}

  /// Replaces what a scenario states; `arm` is empty for the support block itself.
  mutating func state(_ term: SupportTerm, _ stated: Stated<Quantity>, arm: String = "") {
    entries[term] = Entry(
      quantity: stated.value, arm: arm,
      provenance: Provenance(
        origin: arm.isEmpty ? .defaults : .arm(arm), location: stated.location))
  }

  /// The same terms, those of one arm's `set` as another's.
  fileprivate func restated(by name: String, insteadOf old: String) -> SupportTerms {
    var terms = self
    terms.entries = entries.mapValues { entry in
      var entry = entry
      if entry.arm == old { entry.arm = name }
      return entry
    }
    return terms
  }

  mutating func state(_ choice: SupportChoice, _ word: String) {
    switch choice {
    case .privateLoanMethod:
      privateLoanMethod = RepaymentMethod(rawValue: word) ?? privateLoanMethod
    case .policyLoanMethod:
      policyLoanMethod = RepaymentMethod(rawValue: word) ?? policyLoanMethod
    case .taxChoice: taxChoice = TaxChoice(rawValue: word) ?? taxChoice
    }
  }

  /// The term's number, nil where there is no such limit.
  ///
  /// The funding rate that is left out is that of the discount rate, draw included.
  package func quantity(_ term: SupportTerm) -> Quantity? {
    entries[read(term)]?.quantity ?? read(term).declaration.standardValue.map { .constant($0) }
  }

  /// The name under which the term's number is drawn; only for one that draws.
  package func drawKey(_ term: SupportTerm) -> DrawKey {
    let term = read(term)
    return DrawKey(.programme, .supportTerm(term, arm: entries[term]?.arm ?? ""))
  }

  /// Whether the scenario states the term.
  public func isStated(_ term: SupportTerm) -> Bool { entries[term] != nil }

  /// Where the term comes from.
  public func provenance(_ term: SupportTerm) -> Provenance {
    entries[term]?.provenance ?? Provenance(origin: .standard, location: nil)
  }

  /// A yen limit, which cannot be uncertain; ∞ where there is none.
  public func limitYen(_ term: SupportTerm) -> Double {
    guard case .constant(let value)? = quantity(term) else { return .infinity }
    return value
  }

  /// A whole number of years, which cannot be uncertain.
  public func years(_ term: SupportTerm) -> Int {
    guard case .constant(let value)? = quantity(term), (0...50).contains(value) else {
      preconditionFailure("\(term.path) is no number of years")
    }
    return Int(value)
  }

  /// Payment dates of policy loans, one payment a year.
  public var policyLoanRepayment: RepaymentTerms {
    RepaymentTerms(
      paymentCount: years(.policyLoanTermYears), gracePayments: years(.policyLoanGraceYears),
      method: policyLoanMethod)
  }

  /// Payment dates of private loans, one payment a year.
  public var privateLoanRepayment: RepaymentTerms {
    RepaymentTerms(
      paymentCount: years(.privateLoanTermYears), gracePayments: years(.privateLoanGraceYears),
      method: privateLoanMethod)
  }

  private func read(_ term: SupportTerm) -> SupportTerm {
    term == .fundingRate && entries[.fundingRate] == nil ? .discountRate : term
  }
}

/// A plan-level number of money: a resolved quantity with what it is measured in.
public struct ResolvedAmount: Sendable {
  public let basis: AmountBasis
  public let quantity: ResolvedQuantity

  /// Whether anything states it: leaving an amount out means that there is no such thing.
  public var isStated: Bool {
    quantity.provenance.origin != .standard || !quantity.multipliers.isEmpty
  }

  /// The number on one path.
  ///
  /// - Parameters:
  ///   - value: drawn value of ``quantity``.
  ///   - targetYen: T of the path.
  ///   - investmentYen: I of the path; not read for the investment itself.
  public func yen(_ value: Double, targetYen: Double, investmentYen: Double) -> Double {
    switch basis {
    case .stated: value
    case .target: value * targetYen
    case .investment: value * investmentYen
    }
  }
}

/// Every ``PlanInput/supportInputs`` of one plan.
public struct PlanFinance: Sendable {
  /// In the order of ``PlanInput/supportInputs``.
  private let amounts: [ResolvedAmount]
  public let cashFailure: CashFailure
  public let cashFailureProvenance: Provenance

  private static let places = Dictionary(
    uniqueKeysWithValues: PlanInput.supportInputs.enumerated().map { ($1, $0) })

  init(
    amounts: [ResolvedAmount], cashFailure: CashFailure, cashFailureProvenance: Provenance
  ) {
    precondition(amounts.count == PlanInput.supportInputs.count, "one amount for each input")
    self.amounts = amounts
    self.cashFailure = cashFailure
    self.cashFailureProvenance = cashFailureProvenance
  }

  /// What is drawn for the plan's money.
  package var quantities: [ResolvedQuantity] { amounts.map(\.quantity) }

  /// - Parameter input: one of ``PlanInput/supportInputs``.
  public subscript(input: PlanInput) -> ResolvedAmount {
    guard let place = Self.places[input] else {
      preconditionFailure("\(input.rawValue) is no input of the money of a plan")
    }
    return amounts[place]
  }

  /// Whether the plan asks for a stated amount of the measure, so that its coverage is the part of
  /// the request that is granted; otherwise coverage is the take-up itself.
  ///
  /// - Parameter terms: ``ResolvedSupport/terms``.
  public func asksForAmount(_ measure: SupportMeasure, terms: SupportTerms) -> Bool {
    switch measure {
    case .subsidy: self[.subsidyAmountYen].isStated || terms.isStated(.subsidyRate)
    case .policyLoan: self[.policyLoanAmountYen].isStated
    case .guarantee, .taxIncentive, .advice: false
    }
  }
}
