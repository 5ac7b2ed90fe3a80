// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The model as a plain loop over paths, plans and years: slow, and short enough to audit.
///
/// It shares with the vector engine the resolved model and the way results are counted, and
/// nothing between: GSL draws, the mathematical library computes, one number at a time, in one
/// thread. Agreement of the two engines is evidence that each computes what the model states.
public struct ReferenceEngine: Sendable {
  let model: ProjectionModel
  let options: SimulationOptions

  /// - Parameters:
  ///   - model: the resolved scenario.
  ///   - options: paths, seed and whether plan quantiles are kept; `threads` has no effect.
  public init(model: ProjectionModel, options: SimulationOptions) {
    self.model = model
    self.options = options
  }

  /// Simulates every path under every arm.
  ///
  /// All arms of one path use the same draws. P paths are a prefix of 2P paths.
  ///
  /// - Parameter control: told of each finished path, and asked before each whether to stop.
  /// - Throws: ``SimulationError``.
  /// - Complexity: O(paths × plans × years × (years + factors)).
  public func run(
    control: RunControl = RunControl()
  ) throws(SimulationError) -> SimulationOutcome {
    guard options.sampling == .random else {
      throw .unsupported(
        "the reference engine samples at random; use --sampling random, or --engine vector for "
          + "sampling '\(options.sampling.rawValue)'")
    }
    guard options.precision == .double else {
      throw .unsupported(
        "the reference engine computes in double precision; use --precision double, or --engine "
          + "vector for --precision single")
    }
    let clock = ContinuousClock()
    let start = clock.now
    let draws = GSLDraws(seed: options.seed)
    let recorder = ProgrammeRecorder(draws)
    let layout = TallyLayout(model: model)
    var tallies = model.arms.map { _ in
      ArmTally(layout: layout, paths: options.paths, histograms: options.planQuantiles)
    }
    let baseline = model.arms.firstIndex { $0.name == model.support?.baselineArmName }
    var finances =
      model.support == nil
      ? []
      : model.arms.map { _ in
        FinanceTally(
          layout: layout, planHistograms: options.planQuantiles, hasBaseline: baseline != nil)
      }
    var early = EarlyPaths(layout: layout, arms: model.arms.count)
    for path in 0..<options.paths {
      if control.isCancelled { throw .cancelled }
      let isEarly = path < SecondLook.paths(of: options.paths)
      if isEarly || options.keepsPaths { recorder.beginPath() }
      let outcomes =
        try isEarly || options.keepsPaths ? arms(path: recorder) : arms(path: draws)
      if isEarly { early.record(outcomes) }
      for (arm, outcome) in outcomes.enumerated() {
        tallies[arm].record(
          path: path, revenue: outcome.revenueYen, launched: outcome.isLaunched,
          failed: outcome.hasFailed, failedCash: outcome.hasFailedByCash)
      }
      if model.support != nil {
        let figures = outcomes.map { $0.figures(layout, goalYen: model.goalYen) }
        for arm in finances.indices {
          let outcome = outcomes[arm]
          finances[arm].record(
            figures[arm], baseline: baseline.map { figures[$0] }, money: outcome.money,
            failedHazard: outcome.hasFailed.map { $0[layout.years - 1] },
            failedCash: outcome.hasFailedByCash.map { $0[layout.years - 1] })
        }
      }
      control.advance(by: 1)
    }
    let result = try SimulationResult(
      model: model, options: options, tallies: tallies, finances: finances,
      secondLook: secondLook(tallies, early, programme: recorder.paths, layout: layout))
    var outcome = SimulationOutcome(
      result: result, engine: "reference", engineSeconds: (clock.now - start) / .seconds(1),
      instructionSet: "", tablesHash: 0)
    if options.keepsPaths {
      outcome.keptPaths = KeptPaths(totals: tallies.map(\.totals), inputs: recorder.inputs(model))
    }
    return outcome
  }

  /// Every plan under every arm on the path whose numbers `draws` gives, in the order of the arms.
  ///
  /// - Throws: ``SimulationError/notFinite(_:)``.
  /// - Complexity: O(plans × years × (years + factors + arms × loan terms)).
  package func arms(path draws: some DrawSource) throws(SimulationError) -> [PathRevenue] {
    let shared = ReferencePath(model: model, draws: CachedDraws(draws))
    let support = model.support
    let block = support.map {
      shared.terms(of: ResolvedArm(name: "", terms: $0.terms))
    }
    let calibrated = support.map { shared.terms(of: $0.calibratedArm) }
    let terms = model.arms.map { arm in support == nil ? nil : shared.terms(of: arm) }
    var paths = model.arms.map { _ in PathRevenue() }
    for plan in model.plans {
      let drawn = try shared.draws(of: plan, terms: support?.terms)
      for arm in paths.indices {
        var effects = ArmEffects()
        var account: ReferenceAccount?
        if let needs = drawn.needs, let block, let calibrated, let own = terms[arm] {
          let funding = ReferenceFunding(arm: own, block: block, needs: needs)
          let reference = ReferenceFunding(arm: calibrated, block: block, needs: needs)
          effects = ArmEffects(
            arm: own, funding, calibrated: calibrated, reference,
            elasticity: needs.scaleElasticity)
          if plan.firstYearIndex < model.horizonYears {
            account = ReferenceAccount(
              arm: own, funding: funding, needs: needs, firstYear: plan.firstYearIndex,
              years: model.horizonYears)
          }
        }
        let outcome = ReferenceArm(
          plan: plan, draws: drawn, effects: effects, years: model.horizonYears
        ).outcome(account: account, afterHorizon: support?.afterHorizon ?? .truncate)
        paths[arm].append(outcome, years: model.horizonYears, hasMoney: support != nil)
      }
    }
    return paths
  }

  /// Every plan under the first arm.
  ///
  /// - Throws: ``SimulationError/notFinite(_:)``.
  package func revenue(path draws: some DrawSource) throws(SimulationError) -> PathRevenue {
    try arms(path: draws)[0]
  }
}

extension PathRevenue {
  /// What the path adds up to; only with a support block.
  package func figures(_ layout: TallyLayout, goalYen: Double?) -> PathFigures {
    PathFigures(
      layout: layout, goalYen: goalYen, revenue: revenueYen, launched: isLaunched,
      failedHazard: hasFailed, failedCash: hasFailedByCash, money: money)
  }

  mutating func append(_ outcome: PlanOutcome, years: Int, hasMoney: Bool) {
    revenueYen.append(outcome.revenue)
    isLaunched.append(outcome.isLaunched)
    hasFailed.append(outcome.failedByHazard)
    hasFailedByCash.append(outcome.failedByCash)
    if hasMoney { money.append(outcome.money ?? PlanMoney(years: years)) }
  }
}
