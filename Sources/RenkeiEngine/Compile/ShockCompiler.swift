// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDistributions
import RenkeiModel

extension PlanCompiler {
  /// The shock of one plan: X[t] = σ Σ y[s] − c[t] with y = Σ b F + √(1−Σb²) ε and
  /// c[t] = ½σ² Σ b² V(m) + m·log E[exp(σ√(1−Σb²) ε)], so that E[exp(X[t])] = 1.
  mutating func shock(_ plan: ResolvedPlan) throws -> ShockRecipe {
    let sigma = try quantity(plan.annualShockSD, .annualShockSD, plan)
    if sigma.isConstant, sigma.constant == 0 { return .none }
    let touching = model.factors.indices.compactMap { factor in
      plan.factorSeries[factor].map { (factor: factor, series: $0) }
    }
    let planYears = max(0, model.horizonYears - plan.firstYearIndex)
    let fixedLoadings = touching.compactMap { touch -> Double? in
      if case .constant(let loading) = loadings[touch.factor] { return loading }
      return nil
    }
    if sigma.isConstant, fixedLoadings.count == touching.count {
      return .fixed(
        fixedShock(
          plan, sigma: sigma.constant, touching: touching, loadings: fixedLoadings,
          planYears: planYears))
    }
    return .drawn(
      DrawnShock(
        standardDeviation: sigma,
        loadings: touching.map { touch in
          let factor = model.factors[touch.factor]
          return DrawnShock.Loading(
            firstColumn: firstColumn(factor: touch.factor, series: touch.series),
            loading: loadings[touch.factor],
            varianceStep: varianceSteps(factor, planYears: planYears))
        },
        cumulantTable: try cumulantTable(plan, fixedLoadings: fixedLoadings)))
  }

  private func fixedShock(
    _ plan: ResolvedPlan, sigma: Double, touching: [(factor: Int, series: Int)],
    loadings: [Double], planYears: Int
  ) -> FixedShock {
    let commonVariance = loadings.reduce(0) { $0 + $1 * $1 }
    let ownScale = sigma * max(0, 1 - commonVariance).squareRoot()
    guard let ownDrift = plan.shock.cumulantGenerator(ownScale) else {
      preconditionFailure("a shock without exponential moment passed validation")
    }
    let steps = touching.map { varianceSteps(model.factors[$0.factor], planYears: planYears) }
    let drift = (0..<planYears).map { year in
      var step = ownDrift
      for (factor, loading) in loadings.enumerated() {
        step += sigma * sigma * loading * loading * steps[factor][year] / 2
      }
      return -step * ScoreTransform.walkUnitsPerNat
    }
    return FixedShock(
      loadings: zip(touching, loadings).map { touch, loading in
        FixedShock.Loading(
          firstColumn: firstColumn(factor: touch.factor, series: touch.series),
          scale: sigma * loading * ScoreTransform.walkUnitsPerNat)
      },
      ownScale: ownScale * ScoreTransform.walkUnitsPerNat, drift: drift)
  }

  /// What the walk stays within on every path, in powers of two; +∞ where nothing tells.
  ///
  /// Scores are at most RK_NORMAL_LIMIT, so their bounds add up to one of the walk.
  func walkBound(_ attainment: AttainmentRecipe?, _ shock: ShockRecipe) -> Double {
    guard case .fixed(let fixed) = shock else { return .infinity }
    var bound = 0.0
    if case .exponential(let location, let scale) = attainment?.form {
      // The correlated score is √share·common + √(1 − share)·own.
      bound += abs(location) + 2 * abs(scale) * RK_NORMAL_LIMIT
    }
    let common = fixed.loadings.reduce(0) { sum, loading in
      sum + abs(loading.scale) * factorBound(firstColumn: loading.firstColumn)
    }
    for drift in fixed.drift {
      let step = common + abs(fixed.ownScale) * RK_NORMAL_LIMIT + abs(drift)
      bound += step / ScoreTransform.walkUnitsPerPowerOfTwo
    }
    return bound
  }

  /// The largest level that an autoregressive factor can have.
  private func factorBound(firstColumn: Int) -> Double {
    let series = factorSeries[firstColumn / model.horizonYears]
    var bound = RK_NORMAL_LIMIT
    for _ in 1..<max(2, model.horizonYears) {
      bound = max(
        bound, abs(series.persistence) * bound + series.innovationScale * RK_NORMAL_LIMIT)
    }
    return bound
  }

  /// V(m) − V(m−1) for m = 1…planYears.
  private func varianceSteps(_ factor: ResolvedFactor, planYears: Int) -> [Double] {
    (0..<planYears).map {
      factor.cumulativeVariance(years: $0 + 1) - factor.cumulativeVariance(years: $0)
    }
  }

  /// The cumulant generating function over every σ√(1−Σb²) that can be drawn; nil: s²/2.
  private func cumulantTable(
    _ plan: ResolvedPlan, fixedLoadings: [Double]
  ) throws -> PreparedTable? {
    if case .normal = plan.shock { return nil }
    let fixedVariance = fixedLoadings.reduce(0) { $0 + $1 * $1 }
    let limit = plan.annualShockSD.bounds.upperBound * max(0, 1 - fixedVariance).squareRoot()
    return try tables.table(cumulantGeneratorOf: plan.shock, upTo: limit)
  }
}
