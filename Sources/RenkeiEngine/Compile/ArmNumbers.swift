// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Numbers that follow from an arm's terms and are the same for all plans: fixed where the terms
/// are, else computed path by path once a block.
struct NumberGroup: Sendable {
  let inputs: [SharedValue]
  let count: Int
  /// Writes the `count` numbers that follow from the inputs' values.
  let compute: @Sendable ([Double], UnsafeMutablePointer<Double>) -> Void

  init(
    _ inputs: [SharedValue], count: Int,
    compute: @escaping @Sendable ([Double], UnsafeMutablePointer<Double>) -> Void
  ) {
    self.inputs = inputs
    self.count = count
    self.compute = compute
  }

  /// One of the terms itself.
  init(_ value: SharedValue) {
    self.init([value], count: 1) { inputs, numbers in numbers[0] = inputs[0] }
  }

  /// a·b.
  init(productOf a: SharedValue, _ b: SharedValue) {
    self.init([a, b], count: 1) { inputs, numbers in numbers[0] = inputs[0] * inputs[1] }
  }
}

/// The groups of numbers of an arm, in the order of ``CompiledArm/numbers``.
enum ArmNumber: Int, CaseIterable {
  /// v^0, v^1, … of the discount rate.
  case discount
  case lowRate
  case highRate
  case lastRate
  /// What is owed in plan years 1, 2, …, and then what is repaid in them, per unit drawn.
  case lowShares
  case highShares
  case lastShares
  case fundingRate
  case feeRate
  case crowdIn
  case cover
  /// rate · eligible share of the subsidy.
  case grantShare
  case reliefShare
  case reliefRate
  case reliefLimit
}

/// The loans of a plan: the policy loan below and above the limit of its special rate, and the
/// private loan, which comes last among the sources.
enum LoanPart: Int, CaseIterable {
  case low
  case high
  case last

  var shares: ArmNumber {
    switch self {
    case .low: .lowShares
    case .high: .highShares
    case .last: .lastShares
    }
  }

  var rate: ArmNumber {
    switch self {
    case .low: .lowRate
    case .high: .highRate
    case .last: .lastRate
    }
  }
}

/// One arm with its terms folded as far as they are fixed.
final class CompiledArm: Sendable {
  /// By ``SupportMeasure``.
  let offers: [Bool]
  /// By ``ArmNumber``, then ``lateGroup(_:_:)``.
  let numbers: [NumberGroup]
  /// Plan years in each group of shares.
  let shareYears: Int
  /// By ``LoanPart``: last plan year with a payment.
  let lastPayment: [Int]
  let grantCap: Double
  let grantFloor: Double
  /// Whether a share of the eligible cost limits the grant.
  let hasGrantShare: Bool
  let grantYear: Int
  let loanCap: Double
  /// Policy loan at the special rate; +∞ where there is only one rate.
  let split: Double
  let coverCap: Double
  let tax: TaxChoice
  let reliefMinimum: Double
  let reliefYears: Int
  /// By ``SupportMeasure``, then ``SupportEffect``: log of the size; nil where there is no effect.
  let effects: [[SharedValue?]]

  init(
    offers: [Bool], numbers: [NumberGroup], shareYears: Int, lastPayment: [Int], grantCap: Double,
    grantFloor: Double, hasGrantShare: Bool, grantYear: Int, loanCap: Double, split: Double,
    coverCap: Double, tax: TaxChoice, reliefMinimum: Double, reliefYears: Int,
    effects: [[SharedValue?]]
  ) {
    self.offers = offers
    self.numbers = numbers
    self.shareYears = shareYears
    self.lastPayment = lastPayment
    self.grantCap = grantCap
    self.grantFloor = grantFloor
    self.hasGrantShare = hasGrantShare
    self.grantYear = grantYear
    self.loanCap = loanCap
    self.split = split
    self.coverCap = coverCap
    self.tax = tax
    self.reliefMinimum = reliefMinimum
    self.reliefYears = reliefYears
    self.effects = effects
  }

  func offers(_ measure: SupportMeasure) -> Bool { offers[measure.place] }

  /// Group of a loan's weights after the horizon, by place in ``CompiledSupport/cohorts``.
  static func lateGroup(_ cohort: Int, _ part: LoanPart) -> Int {
    ArmNumber.allCases.count + cohort * LoanPart.allCases.count + part.rawValue
  }

  /// Payments of a loan after the horizon.
  func latePayments(_ part: LoanPart, planYears: Int) -> Int {
    max(0, lastPayment[part.rawValue] - planYears)
  }
}

extension SupportMeasure {
  /// Place among all measures.
  var place: Int {
    switch self {
    case .subsidy: 0
    case .policyLoan: 1
    case .guarantee: 2
    case .taxIncentive: 3
    case .advice: 4
    }
  }
}
