// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

extension PlanCompiler {
  /// Compiles one plan; `index` is its place in the plan list.
  mutating func compile(_ plan: ResolvedPlan, at index: Int) throws -> CompiledPlan {
    let years = model.horizonYears
    let elapsed = (1...years).map { Double($0) - plan.startOffsetYears }
    let period = Double(plan.periodYears)
    let delay = try quantity(plan.launchDelayYears, .launchDelayYears, plan)
    let growth = try quantity(plan.growthAfterPlan, .growthAfterPlan, plan)
    var endTarget = try quantity(plan.endTargetYen, .endTargetYen, plan)
    var factors = try multipliers(plan.attainment, .attainment, plan)
    let attainment = try attainment(plan, constant: &factors.constant)
    endTarget.constant *= factors.constant
    factors.constant = 1

    let isFixedRamp = delay.isConstant && growth.isConstant
    let ramp: RampRecipe
    if isFixedRamp {
      ramp = .fixed(
        elapsed.map {
          let age = $0 - delay.constant
          return age <= 0
            ? 0
            : plan.ramp.level(elapsedYears: age, periodYears: period, growth: growth.constant)
        })
    } else if plan.ramp == .linear {
      ramp = .linear
    } else {
      ramp = .table(try tables.table(for: plan.ramp))
    }

    let shock = try shock(plan)
    var transform: ScoreTransform?
    if case .standardised(let distribution, let mean, let standardDeviation) = plan.shock,
      plan.annualShockSD.constantValue != 0
    {
      transform = try tables.transform(
        standardised: distribution, mean: mean, standardDeviation: standardDeviation)
    }
    var promised = 0.0
    let cumulativeTarget = plan.promisedByYear.map { promise in
      promised += promise
      return promised > 0 ? promised : Double.infinity
    }
    return CompiledPlan(
      planIndex: index, firstYear: min(plan.firstYearIndex, years), elapsed: elapsed,
      inversePeriod: 1 / period, period: period, endTarget: endTarget, attainment: attainment,
      attainmentFactors: factors, launch: try launch(plan), delay: delay, ramp: ramp,
      growth: isFixedRamp || (growth.isConstant && growth.constant == 0) ? nil : growth,
      shock: shock, driftRecipe: driftRecipe(of: shock, firstYear: plan.firstYearIndex),
      shockAddresses: (1...years).map {
        Self.address(DrawKey(.plan(plan.id), .shock, year: $0))
      },
      shockTransform: transform,
      walkBound: transform == nil ? walkBound(attainment, shock) : .infinity,
      clock: try clock(plan),
      clockAddress: Self.address(DrawKey(.plan(plan.id), .failureScore)), events: plan.events,
      target: plan.promisedByYear.map { $0 > 0 ? $0 : .infinity },
      cumulativeTarget: cumulativeTarget,
      groups: layout.groupOfPlan.map { $0[index] })
  }

  /// Base and multipliers of a plan-level number.
  mutating func quantity(
    _ resolved: ResolvedQuantity, _ input: PlanInput, _ plan: ResolvedPlan
  ) throws -> CompiledQuantity {
    var compiled = try multipliers(resolved, input, plan)
    try include(
      resolved.base, address: Self.address(DrawKey(.plan(plan.id), .base(input))), in: &compiled)
    return compiled
  }

  private mutating func multipliers(
    _ resolved: ResolvedQuantity, _ input: PlanInput, _ plan: ResolvedPlan
  ) throws -> CompiledQuantity {
    var compiled = CompiledQuantity(constant: 1, factors: [])
    for (place, multiplier) in resolved.multipliers.enumerated() {
      let key = DrawKey(.plan(plan.id), .multiplier(input, place))
      try include(
        multiplier.factor, address: Self.address(key, segment: multiplier.segment), in: &compiled)
    }
    return compiled
  }

  private mutating func include(
    _ quantity: Quantity, address: DrawAddress, in compiled: inout CompiledQuantity
  ) throws {
    switch quantity {
    case .constant(let number):
      compiled.constant *= number
    case .input(let name):
      switch programme.value(ofInput: name) {
      case .constant(let number): compiled.constant *= number
      case .column(let column): compiled.factors.append(.shared(column))
      }
    case .distribution, .modulated:
      compiled.factors.append(
        .drawn(address, try programme.transform(of: quantity, tables: tables)))
    }
  }

  /// Attainment's own distribution; a fixed or named attainment joins `constant` or the factors.
  private mutating func attainment(
    _ plan: ResolvedPlan, constant: inout Double
  ) throws -> AttainmentRecipe? {
    let address = Self.address(DrawKey(.plan(plan.id), .base(.attainment)))
    switch plan.attainment.base {
    case .constant(let number):
      constant *= number
      return nil
    case .input(let name):
      switch programme.value(ofInput: name) {
      case .constant(let number):
        constant *= number
        return nil
      case .column(let column):
        return AttainmentRecipe(address: address, form: .shared(column))
      }
    case .distribution, .modulated:
      let transform = try programme.transform(of: plan.attainment.base, tables: tables)
      if case .exponential(let location, let scale) = transform {
        return AttainmentRecipe(
          address: address, form: .exponential(location: location, scale: scale))
      }
      return AttainmentRecipe(address: address, form: .level(transform))
    }
  }

  private mutating func launch(_ plan: ResolvedPlan) throws -> LaunchRecipe {
    let probability = try quantity(plan.launchProbability, .launchProbability, plan)
    let oddsRatio = try quantity(plan.launchOddsRatio, .launchOddsRatio, plan)
    let address = Self.address(DrawKey(.plan(plan.id), .launchUniform))
    guard probability.isConstant, oddsRatio.isConstant else {
      return .drawn(probability: probability, oddsRatio: oddsRatio, address)
    }
    let odds = probability.constant * oddsRatio.constant
    let launched = odds / (1 - probability.constant + odds)
    return launched >= 1 ? .certain : .fixed(probability: launched, address)
  }

  private mutating func clock(_ plan: ResolvedPlan) throws -> ClockRecipe {
    var quantities: [CompiledQuantity] = []
    for (index, probability) in plan.annualFailureProbability.enumerated() {
      var compiled = CompiledQuantity(constant: 1, factors: [])
      let key = DrawKey(.plan(plan.id), .failureProbability, year: index + 1)
      try include(probability, address: Self.address(key), in: &compiled)
      quantities.append(compiled)
    }
    guard quantities.allSatisfy(\.isConstant) else { return .drawn(quantities) }
    if quantities.allSatisfy({ $0.constant == 0 }) { return .never }
    var survival = 1.0
    return .fixed(
      limits: quantities.map { probability in
        survival *= 1 - probability.constant
        if survival == 1 { return .infinity }
        return credit == nil ? survival : Reproducible.normalQuantile(survival)
      })
  }
}
