// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Compiles the terms of arms; numbers that draw become shared columns, each once.
struct SupportCompiler {
  private let model: ProjectionModel
  private let support: ResolvedSupport
  private let cohorts: [Int]
  private var values: [DrawKey: SharedValue] = [:]
  private var logarithms: [SharedValue: SharedValue] = [:]

  init(_ model: ProjectionModel, support: ResolvedSupport) {
    self.model = model
    self.support = support
    let within = model.plans.map(\.firstYearIndex).filter { $0 < model.horizonYears }
    cohorts = Set(within).sorted()
  }

  /// Compiles everything that a run with support needs beside the plans' revenue.
  ///
  /// - Parameter plans: compiled plans in canonical order.
  mutating func compile(
    plans: [CompiledPlan], with compiler: inout PlanCompiler
  ) throws -> CompiledSupport {
    let calibrated = try arm(support.calibratedArm, &compiler)
    let arms = try model.arms.map { try arm($0, &compiler) }
    let block = ResolvedArm(name: "", terms: support.terms)
    let askShare = NumberGroup(
      productOf: try term(.subsidyRate, of: block, &compiler) ?? .constant(0),
      try number(.subsidyEligibleShare, of: block, &compiler))
    var finances: [CompiledFinance?] = []
    for plan in plans {
      guard let cohort = cohorts.firstIndex(of: plan.firstYear) else {
        finances.append(nil)
        continue
      }
      finances.append(
        try compiler.finance(
          plan, cohort: cohort, arms: arms, calibrated: calibrated, terms: support.terms))
    }
    let planned = finances.compactMap { $0 }
    return CompiledSupport(
      arms: arms, calibrated: calibrated,
      baseline: model.arms.firstIndex { $0.name == support.baselineArmName },
      afterHorizon: support.afterHorizon, askShare: askShare, cohorts: cohorts, plans: finances,
      revenueArm: Self.revenueArms(planned, count: arms.count),
      privateLoss: Self.commonNumber(planned.map(\.privateLoss)),
      policyLoss: Self.commonNumber(planned.map(\.policyLoss)))
  }

  /// The number that all plans have in common.
  private static func commonNumber(_ quantities: [CompiledQuantity]) -> Double? {
    guard let first = quantities.first else { return nil }
    let isCommon = quantities.allSatisfy {
      $0.isConstant && $0.constant == first.constant
    }
    return isCommon ? first.constant : nil
  }

  /// Arms that leave every plan as calibrated earn the same unless a lack of cash ends plans.
  private static func revenueArms(_ plans: [CompiledFinance], count: Int) -> [Int] {
    let isCalibrated = (0..<count).map { arm in
      plans.allSatisfy { $0.arms[arm].isCalibrated && !$0.enforces }
    }
    let first = isCalibrated.firstIndex(of: true) ?? 0
    return isCalibrated.indices.map { isCalibrated[$0] ? first : $0 }
  }

  /// The number of a term; nil where there is no such limit.
  private mutating func term(
    _ term: SupportTerm, of arm: ResolvedArm, _ compiler: inout PlanCompiler
  ) throws -> SharedValue? {
    guard let quantity = arm.terms.quantity(term) else { return nil }
    if case .constant(let number) = quantity { return .constant(number) }
    let key = arm.terms.drawKey(term)
    if let known = values[key] { return known }
    let value = try compiler.programme.value(of: quantity, key: key, tables: compiler.tables)
    values[key] = value
    return value
  }

  private mutating func number(
    _ term: SupportTerm, of arm: ResolvedArm, _ compiler: inout PlanCompiler
  ) throws -> SharedValue {
    guard let value = try self.term(term, of: arm, &compiler) else {
      preconditionFailure("\(term.path) has no number")
    }
    return value
  }

  private mutating func arm(
    _ arm: ResolvedArm, _ compiler: inout PlanCompiler
  ) throws -> CompiledArm {
    var effects: [[SharedValue?]] = []
    for measure in SupportMeasure.allCases {
      var sizes: [SharedValue?] = []
      for effect in SupportEffect.allCases {
        let size = try number(.effect(measure, effect), of: arm, &compiler)
        let isNull = !arm.offers(measure) || size == .constant(effect.nullValue)
        sizes.append(
          isNull
            ? nil : effect == .logAttainment ? size : logarithm(of: size, &compiler))
      }
      effects.append(sizes)
    }
    let terms = arm.terms
    let policy = terms.policyLoanRepayment
    let bank = terms.privateLoanRepayment
    let hasOneRate =
      try number(.policyLoanSpecialDiscount, of: arm, &compiler) == .constant(0)
    return CompiledArm(
      offers: SupportMeasure.allCases.map(arm.offers), numbers: try numbers(arm, &compiler),
      shareYears: model.horizonYears + 1,
      lastPayment: [policy.paymentCount, policy.paymentCount, bank.paymentCount],
      grantCap: terms.limitYen(.subsidyCapYen), grantFloor: terms.limitYen(.subsidyFloorYen),
      hasGrantShare: terms.isStated(.subsidyRate), grantYear: terms.years(.subsidyPaidAfterYears),
      loanCap: terms.limitYen(.policyLoanCapYen),
      split: hasOneRate ? .infinity : terms.limitYen(.policyLoanSpecialLimitYen),
      coverCap: terms.limitYen(.guaranteeCapYen), tax: terms.taxChoice,
      reliefMinimum: terms.limitYen(.taxMinimumYen),
      reliefYears: 1 + terms.years(.taxCarryForwardYears), effects: effects)
  }

  private mutating func logarithm(
    of value: SharedValue, _ compiler: inout PlanCompiler
  ) -> SharedValue {
    if let known = logarithms[value] { return known }
    let logarithm = compiler.programme.logarithm(of: value)
    logarithms[value] = logarithm
    return logarithm
  }

  /// The groups of ``ArmNumber`` and the weights after the horizon.
  private mutating func numbers(
    _ arm: ResolvedArm, _ compiler: inout PlanCompiler
  ) throws -> [NumberGroup] {
    let terms = arm.terms
    let years = model.horizonYears
    let discount = try number(.discountRate, of: arm, &compiler)
    let base = try number(.policyLoanBaseRate, of: arm, &compiler)
    let special = try number(.policyLoanSpecialDiscount, of: arm, &compiler)
    let bank = try number(.privateLoanRate, of: arm, &compiler)
    let lastYear = max(years, (cohorts.last ?? 0) + terms.years(.subsidyPaidAfterYears))
    let repayment = [
      terms.policyLoanRepayment, terms.policyLoanRepayment, terms.privateLoanRepayment,
    ]
    let rates = [[base, special], [base], [bank]]
    // Shares of a loan in equal parts do not read its rate.
    let shareInputs = zip(repayment, rates).map {
      $0.method == .levelPayment ? $1 : [SharedValue.constant(0)]
    }
    let relief =
      terms.taxChoice == .credit ? SupportTerm.taxCreditRate : .taxSpecialDepreciation
    var groups = ArmNumber.allCases.map { _ in NumberGroup(.constant(0)) }
    func set(_ number: ArmNumber, _ group: NumberGroup) { groups[number.rawValue] = group }
    set(
      .discount,
      NumberGroup([discount], count: lastYear + 1) { inputs, numbers in
        Self.powers(rate: inputs[0], through: lastYear, into: numbers)
      })
    for part in LoanPart.allCases {
      set(
        part.rate,
        NumberGroup(rates[part.rawValue], count: 1) { inputs, numbers in
          numbers[0] = Self.rate(inputs)
        })
      let schedule = repayment[part.rawValue]
      set(
        part.shares,
        NumberGroup(shareInputs[part.rawValue], count: 2 * (years + 1)) { inputs, numbers in
          let rate = Self.rate(inputs)
          for year in 1...(years + 1) {
            numbers[year - 1] = schedule.openingShare(period: year, rate: rate)
            numbers[years + year] = schedule.repaidShare(period: year, rate: rate)
          }
        })
    }
    set(.fundingRate, NumberGroup(try number(.fundingRate, of: arm, &compiler)))
    set(.feeRate, NumberGroup(try number(.guaranteeFeeRate, of: arm, &compiler)))
    set(.crowdIn, NumberGroup(try number(.privateLoanCrowdIn, of: arm, &compiler)))
    set(.cover, NumberGroup(try number(.guaranteeCoverage, of: arm, &compiler)))
    set(
      .grantShare,
      NumberGroup(
        productOf: try term(.subsidyRate, of: arm, &compiler) ?? .constant(0),
        try number(.subsidyEligibleShare, of: arm, &compiler)))
    set(.reliefShare, NumberGroup(try number(.taxEligibleShare, of: arm, &compiler)))
    set(.reliefRate, NumberGroup(try number(relief, of: arm, &compiler)))
    set(.reliefLimit, NumberGroup(try number(.taxCreditLimit, of: arm, &compiler)))
    for first in cohorts {
      for part in LoanPart.allCases {
        let schedule = repayment[part.rawValue]
        let count = max(0, schedule.paymentCount - (years - first))
        groups.append(
          NumberGroup([discount] + shareInputs[part.rawValue], count: count) { inputs, numbers in
            let rate = Self.rate(Array(inputs.dropFirst()))
            var value = Self.power(rate: inputs[0], years)
            for late in 0..<count {
              value /= 1 + inputs[0]
              numbers[late] =
                value * schedule.openingShare(period: years - first + late + 1, rate: rate)
            }
          })
      }
    }
    return groups
  }

  /// A rate, or a base rate less a discount.
  private static func rate(_ inputs: [Double]) -> Double {
    inputs.count == 2 ? inputs[0] - inputs[1] : inputs[0]
  }

  /// 1, v, v², …
  private static func powers(
    rate: Double, through last: Int, into numbers: UnsafeMutablePointer<Double>
  ) {
    numbers[0] = 1
    for year in stride(from: 1, through: last, by: 1) {
      numbers[year] = numbers[year - 1] / (1 + rate)
    }
  }

  private static func power(rate: Double, _ years: Int) -> Double {
    (0..<years).reduce(1) { value, _ in value / (1 + rate) }
  }
}
