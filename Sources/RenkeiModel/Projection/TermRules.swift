// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// What the terms of one arm, or of the support block, must satisfy together.
struct TermRules {
  let table: InputTable

  func check(
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
    let (base, discount) = (SupportTerm.policyLoanBaseRate, SupportTerm.policyLoanSpecialDiscount)
    if let rate = bounds(terms, base), let reduction = bounds(terms, discount),
      rate.lowerBound > -1, rate.lowerBound - reduction.upperBound <= -1,
      involves(arm, terms, base, discount)
    {
      problems.error(
        "special-rate", at: place(terms, arm, [discount, base]) ?? location,
        key: key(arm, terms, discount, or: base),
        "the special rate, base_rate less special_discount, can fall to"
          + " \(Phrase.number(rate.lowerBound - reduction.upperBound))",
        allowed: "above -1 on every draw")
    }
  }

  private func whole(_ terms: SupportTerms, _ term: SupportTerm) -> Int? {
    guard case .constant(let value)? = terms.quantity(term),
      term.declaration.range.contains(value), value == value.rounded()
    else { return nil }
    return Int(value)
  }

  private func bounds(_ terms: SupportTerms, _ term: SupportTerm) -> ClosedRange<Double>? {
    terms.quantity(term).flatMap { try? table.bounds(of: $0) }
  }

  /// An arm is to blame only where it states one of the two; the block's own fault is told once.
  private func involves(
    _ arm: String?, _ terms: SupportTerms, _ a: SupportTerm, _ b: SupportTerm
  ) -> Bool {
    guard let arm else { return true }
    return [a, b].contains { terms.provenance($0).origin == .arm(arm) }
  }

  /// The place of the first of the terms that is stated here.
  private func place(
    _ terms: SupportTerms, _ arm: String?, _ candidates: [SupportTerm]
  ) -> SourceLocation? {
    let origin = arm.map { Provenance.Origin.arm($0) } ?? .defaults
    return candidates.lazy.map { terms.provenance($0) }.first { $0.origin == origin }?.location
  }

  private func key(
    _ arm: String?, _ terms: SupportTerms, _ first: SupportTerm, or second: SupportTerm
  ) -> String {
    guard let arm else { return "support.\(first.path)" }
    let isFirst = terms.provenance(first).origin == .arm(arm)
    return "arms.\(arm).set.support.\((isFirst ? first : second).path)"
  }
}
