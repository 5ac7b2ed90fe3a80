// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The model as a plain loop over paths, plans and years: slow, and short enough to audit.
///
/// It shares with the vector engine the resolved model and the way results are counted, and
/// nothing between: GSL draws, the mathematical library computes, one number at a time, in one
/// thread. Agreement of the two engines is evidence that each computes what the model states.
public struct ReferenceEngine: Sendable {
  private let model: ProjectionModel
  private let options: SimulationOptions

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
    let clock = ContinuousClock()
    let start = clock.now
    let draws = GSLDraws(seed: options.seed)
    let layout = TallyLayout(model: model)
    var tallies = model.arms.map { _ in
      ArmTally(layout: layout, paths: options.paths, histograms: options.planQuantiles)
    }
    for path in 0..<options.paths {
      if control.isCancelled { throw .cancelled }
      let outcome = try revenue(path: draws)
      for arm in tallies.indices {
        tallies[arm].record(
          path: path, revenue: outcome.revenueYen, launched: outcome.isLaunched,
          failed: outcome.hasFailed)
      }
      control.advance(by: 1)
    }
    let result = try SimulationResult(model: model, options: options, tallies: tallies)
    return SimulationOutcome(
      result: result, engine: "reference", engineSeconds: (clock.now - start) / .seconds(1),
      instructionSet: "", tablesHash: 0)
  }

  /// Revenue of every plan on the path whose numbers `draws` gives.
  ///
  /// - Throws: ``SimulationError/notFinite(_:)``.
  /// - Complexity: O(plans × years × (years + factors)).
  package func revenue(path draws: some DrawSource) throws(SimulationError) -> PathRevenue {
    let shared = ReferencePath(model: model, draws: draws)
    var path = PathRevenue()
    for plan in model.plans.indices {
      try shared.add(model.plans[plan], to: &path)
    }
    return path
  }
}
