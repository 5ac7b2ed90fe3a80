// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// What a plan needs, earns and asks for on one path; the same under every arm. Amounts in yen.
struct PlanNeeds {
  var investment = 0.0
  var ownFunds = 0.0
  var margin = 0.0
  var otherBusinessCash = 0.0
  var fixedCost = 0.0
  var creditLine = 0.0
  /// e.
  var scaleElasticity = 0.0
  var taxRate = 0.0
  var privateLoanAmount = 0.0
  var privateLossGivenDefault = 0.0
  var policyLossGivenDefault = 0.0
  /// Nil where no amount is stated: what is asked for then follows from the eligible cost.
  var subsidyAsk: Double?
  var policyLoanAsk = 0.0
  var adviceCost = 0.0
  /// By ``SupportMeasure``: u, the take-up probability, and whether an amount is asked for.
  var takeUpUniform: [Double] = []
  var takeUp: [Double] = []
  var asksForAmount: [Bool] = []
  var enforcesCashFailure = false
  /// n, over which the investment is depreciated.
  var periodYears = 1

  func takesUp(_ measure: SupportMeasure) -> Bool {
    let place = SupportMeasure.allCases.firstIndex(of: measure) ?? 0
    return takeUpUniform[place] < takeUp[place]
  }

  /// Draws a plan's needs.
  ///
  /// - Parameters:
  ///   - targetYen: T.
  ///   - value: the drawn number of an input.
  ///   - uniform: the take-up draw of a measure.
  init(
    _ finance: PlanFinance, plan: ResolvedPlan, terms: SupportTerms, targetYen: Double,
    value: (PlanInput) -> Double, uniform: (SupportMeasure) -> Double
  ) {
    func amount(_ input: PlanInput) -> Double {
      finance[input].yen(value(input), targetYen: targetYen, investmentYen: investment)
    }
    investment = amount(.investmentYen)
    ownFunds = amount(.ownFundsYen)
    margin = value(.margin)
    otherBusinessCash = amount(.otherBusinessCashYen)
    fixedCost = amount(.fixedCostYen)
    creditLine = amount(.creditLineYen)
    scaleElasticity = value(.scaleElasticity)
    taxRate = value(.taxRate)
    privateLoanAmount = amount(.privateLoanAmountYen)
    privateLossGivenDefault = value(.privateLoanLossGivenDefault)
    policyLossGivenDefault = value(.policyLoanLossGivenDefault)
    subsidyAsk = finance[.subsidyAmountYen].isStated ? amount(.subsidyAmountYen) : nil
    policyLoanAsk = amount(.policyLoanAmountYen)
    adviceCost = amount(.adviceCostYen)
    takeUpUniform = SupportMeasure.allCases.map(uniform)
    takeUp = SupportMeasure.allCases.map { value($0.takeUpInput) }
    asksForAmount = SupportMeasure.allCases.map { finance.asksForAmount($0, terms: terms) }
    enforcesCashFailure = finance.cashFailure == .enforce
    periodYears = plan.periodYears
  }
}

/// An arm with the numbers that its terms have on one path.
struct PathTerms {
  let arm: ResolvedArm
  private let numbers: [SupportTerm: Double]

  var terms: SupportTerms { arm.terms }

  /// - Parameter value: the number of a term on the path.
  init(_ arm: ResolvedArm, value: (SupportTerm, Quantity) -> Double) {
    self.arm = arm
    var numbers: [SupportTerm: Double] = [:]
    for term in SupportTerm.allCases {
      if let quantity = arm.terms.quantity(term) { numbers[term] = value(term, quantity) }
    }
    self.numbers = numbers
  }

  /// The number of a term that always has one.
  func number(_ term: SupportTerm) -> Double {
    guard let number = numbers[term] else {
      preconditionFailure("\(term.path) has no number")
    }
    return number
  }

  /// The number of a limit; `none` where there is no such limit.
  func number(_ term: SupportTerm, none: Double) -> Double { numbers[term] ?? none }
}
