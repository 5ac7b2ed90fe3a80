// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import RenkeiDistributions
import RenkeiModel

/// What happens to every plan on one path under one arm: plan outermost in the plan list's order,
/// then year from 0.
package struct PathRevenue: Sendable {
  /// R[t] in yen.
  package var revenueYen: [[Double]] = []
  /// Whether the plan has begun to sell by the year's end, its business alive or not.
  package var isLaunched: [[Bool]] = []
  /// Whether the business has failed by hazard by the year's end, launched or not.
  package var hasFailed: [[Bool]] = []
  /// Whether the business has failed for want of cash by the year's end.
  package var hasFailedByCash: [[Bool]] = []
  /// By plan; empty without a support block.
  package var money: [PlanMoney] = []
}

/// The numbers of one path, those that plans share and those of each plan.
struct ReferencePath<Draws: DrawSource> {
  private let model: ProjectionModel
  private let draws: Draws
  /// Named inputs by name.
  private var inputs: [String: Double] = [:]
  /// ω, then g.
  private var commonShare = 0.0
  private var optimismFactor = 0.0
  /// ρ, then G.
  private var creditCorrelation = 0.0
  private var creditFactor = 0.0
  /// b by factor.
  private var loadings: [Double] = []
  /// F by factor, series and calendar year from 0.
  private var factorLevels: [[[Double]]] = []
  /// Multiplier of the revenue level by event and calendar year from 0.
  private var eventMultipliers: [[Double]] = []

  /// Draws everything that the plans of one path share.
  ///
  /// Complexity: O(inputs + factor series × years + events × years²).
  init(model: ProjectionModel, draws: Draws) {
    self.model = model
    self.draws = draws
    let scores = correlatedScores()
    for input in model.inputs {
      let score = scores[input.name]
      inputs[input.name] = value(
        of: input.quantity, DrawKey(.programme, .input(input.name)), common: score ?? 0,
        share: score == nil ? 0 : 1)
    }
    commonShare = value(
      of: model.optimismCommonShare, DrawKey(.programme, .optimismCommonShare))
    creditCorrelation = value(
      of: model.creditCorrelation, DrawKey(.programme, .creditCorrelation))
    optimismFactor = standardNormal(DrawKey(.programme, .optimismFactor))
    creditFactor = standardNormal(DrawKey(.programme, .creditFactor))
    for factor in model.factors {
      let loading = value(
        of: factor.loading, DrawKey(.programme, .factorLoading(factor.name)))
      loadings.append(factor.loadingIsCorrelation ? loading.squareRoot() : loading)
      factorLevels.append(factor.series.map { levels(of: factor, series: $0) })
    }
    eventMultipliers = model.events.map { multipliers(of: $0) }
  }

  /// Normal scores of the correlated inputs: z[i] = Σ_{j≤i} weight[i][j]·e[j], e standard normal.
  private func correlatedScores() -> [String: Double] {
    guard let correlations = model.correlations else { return [:] }
    let own = correlations.inputs.map {
      standardNormal(DrawKey(.programme, .inputScore($0)))
    }
    var scores: [String: Double] = [:]
    for (name, weights) in zip(correlations.inputs, correlations.weights) {
      scores[name] = zip(weights, own).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return scores
  }

  /// For each year 1…H the lowest multiplier of the strikes that last until then, 1 without any.
  private func multipliers(of event: ResolvedEvent) -> [Double] {
    let p = value(
      of: event.annualProbability, DrawKey(.programme, .eventProbability(event.name)))
    var struck: [Double?] = []
    var multipliers: [Double] = []
    for year in 1...model.horizonYears {
      let entity = DrawKey.Entity.event(event.name, scope: event.scope.label)
      let u = draws.value(DrawKey(entity, .strikeUniform, year: year), .uniform)
      struck.append(
        u < p
          ? value(of: event.multiplier, DrawKey(entity, .eventMultiplier, year: year)) : nil)
      let lasting = struck[event.firstLastingYear(in: year - 1)...].compactMap { $0 }
      multipliers.append(lasting.min() ?? 1)
    }
    return multipliers
  }

  /// F[s] = φ·F[s−1] + √(1−φ²)·η[s] for s = 1…H, stationary from s = 1.
  private func levels(of factor: ResolvedFactor, series: String) -> [Double] {
    let phi = factor.autocorrelation
    var levels: [Double] = []
    for year in 1...model.horizonYears {
      let law: DrawLaw =
        levels.last.map { previous in
          .normal(mean: phi * previous, standardDeviation: (1 - phi * phi).squareRoot())
        } ?? .normal(mean: 0, standardDeviation: 1)
      let key = DrawKey(.factor(factor.name, series: series), .factorLevel, year: year)
      levels.append(draws.value(key, law))
    }
    return levels
  }

  /// The numbers of an arm's terms on this path.
  func terms(of arm: ResolvedArm) -> PathTerms {
    PathTerms(arm) { term, quantity in value(of: quantity, arm.terms.drawKey(term)) }
  }

  /// Draws everything of one plan.
  ///
  /// - Parameter terms: ``ResolvedSupport/terms``; nil without a support block.
  /// - Throws: ``SimulationError/notFinite(_:)`` where E[exp(ε)] is infinite at the drawn sd.
  /// - Complexity: O(years × (years + factors)).
  func draws(of plan: ResolvedPlan, terms: SupportTerms?) throws(SimulationError) -> PlanDraws {
    var drawn = PlanDraws()
    drawn.target = value(of: plan.endTargetYen, .endTargetYen, plan)
    drawn.growth = value(of: plan.growthAfterPlan, .growthAfterPlan, plan)
    drawn.attainment = value(of: plan.attainment, .attainment, plan, share: commonShare)
    drawn.delay = value(of: plan.launchDelayYears, .launchDelayYears, plan)
    let p = value(of: plan.launchProbability, .launchProbability, plan)
    drawn.launchOdds = p / (1 - p) * value(of: plan.launchOddsRatio, .launchOddsRatio, plan)
    if drawn.launchOdds < .infinity {
      drawn.launchUniform = draws.value(DrawKey(.plan(plan.id), .launchUniform), .uniform)
    }
    drawn.failureClock = failureClock(of: plan)
    drawn.hazards = years(of: plan).map { year in
      let planYear = year - plan.firstYearIndex
      return -log1p(
        -value(
          of: plan.annualFailureProbability[planYear - 1],
          DrawKey(.plan(plan.id), .failureProbability, year: planYear)))
    }
    drawn.logShocks = try logShocks(of: plan)
    drawn.eventMultipliers = plan.events.map { eventMultipliers[$0] }
    if let finance = plan.finance, let terms {
      drawn.needs = PlanNeeds(
        finance, plan: plan, terms: terms, targetYen: drawn.target,
        value: { value(of: finance[$0].quantity, $0, plan) },
        uniform: { draws.value(DrawKey(.plan(plan.id), .takeUp($0)), .uniform) })
    }
    return drawn
  }

  /// E = −log Φ(√ρ·G + √(1−ρ)·e).
  private func failureClock(of plan: ResolvedPlan) -> Double {
    let own = standardNormal(DrawKey(.plan(plan.id), .failureScore))
    let score =
      creditCorrelation.squareRoot() * creditFactor + (1 - creditCorrelation).squareRoot() * own
    return -log(gsl_cdf_ugaussian_P(score))
  }

  /// X[t] = σ·Σ_{s≤t} y[s] − c[t] for calendar years 1…H, 0 before the plan's first year, with
  /// y[s] = Σ_k b_k·F_k[s] + √(1−Σb²)·ε[s] and
  /// c[t] = ½σ²·Σ_k b_k²·V_k(m) + m·log M_ε(σ√(1−Σb²)).
  private func logShocks(of plan: ResolvedPlan) throws(SimulationError) -> [Double] {
    var logShocks = [Double](repeating: 0, count: model.horizonYears)
    let sigma = value(of: plan.annualShockSD, .annualShockSD, plan)
    if sigma == 0 { return logShocks }
    let touching = model.factors.indices.compactMap { factor in
      plan.factorSeries[factor].map { (factor: factor, series: $0) }
    }
    let commonVariance = touching.reduce(0) { $0 + loadings[$1.factor] * loadings[$1.factor] }
    let ownWeight = max(0, 1 - commonVariance).squareRoot()
    guard let ownDrift = plan.shock.cumulantGenerator(sigma * ownWeight) else {
      throw .notFinite(
        "plan \(plan.id): the mean of exp(shock) is infinite for shock \(plan.shock.name) "
          + "with annual_shock_sd \(sigma)")
    }
    var sum = 0.0
    for year in years(of: plan) {
      let planYear = year - plan.firstYearIndex
      var factorVariance = 0.0
      for (factor, series) in touching {
        let b = loadings[factor]
        sum += b * factorLevels[factor][series][year - 1]
        factorVariance += b * b * model.factors[factor].cumulativeVariance(years: planYear)
      }
      sum +=
        ownWeight * draws.value(DrawKey(.plan(plan.id), .shock, year: year), .shock(plan.shock))
      let drift = sigma * sigma * factorVariance / 2 + Double(planYear) * ownDrift
      logShocks[year - 1] = sigma * sum - drift
    }
    return logShocks
  }

  /// Calendar years that end after the plan's start; its plan year 1 is the first of them.
  private func years(of plan: ResolvedPlan) -> StrideThrough<Int> {
    stride(from: plan.firstYearIndex + 1, through: model.horizonYears, by: 1)
  }

  private func standardNormal(_ key: DrawKey) -> Double {
    draws.value(key, .normal(mean: 0, standardDeviation: 1))
  }

  /// A plan-level input: its base times the factors of its segments.
  private func value(
    of quantity: ResolvedQuantity, _ input: PlanInput, _ plan: ResolvedPlan, share: Double = 0
  ) -> Double {
    var product = value(
      of: quantity.base, DrawKey(.plan(plan.id), .base(input)), common: optimismFactor,
      share: share)
    for (place, multiplier) in quantity.multipliers.enumerated() {
      product *= value(
        of: multiplier.factor, DrawKey(.plan(plan.id), .multiplier(input, place)))
    }
    return product
  }

  /// A quantity's value; `share` of the variance of its normal score comes from `common`.
  private func value(
    of quantity: Quantity, _ key: DrawKey, common: Double = 0, share: Double = 0
  ) -> Double {
    switch quantity {
    case .constant(let number):
      return number
    case .input(let name):
      return inputValue(name)
    case .distribution(let distribution):
      return draws.value(
        key,
        share == 0
          ? .distribution(distribution)
          : .correlated(distribution, common: common, share: share))
    case .modulated(let modulated):
      let parameter = { (name: String) in
        guard let open = modulated.inputs.first(where: { $0.parameter == name }) else {
          preconditionFailure("no input stands for parameter \(name)")
        }
        return inputValue(open.input)
      }
      let form = modulated.form
      return draws.value(
        key,
        .modulated(
          form, location: form.location.value(parameter), scale: form.scale.value(parameter),
          common: common, share: share))
    }
  }

  private func inputValue(_ name: String) -> Double {
    guard let value = inputs[name] else {
      preconditionFailure("input \(name) is read before it is drawn")
    }
    return value
  }
}
