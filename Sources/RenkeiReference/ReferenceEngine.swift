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

  /// Revenue of every plan on the path whose numbers `draws` gives.
  ///
  /// - Throws: ``SimulationError/notFinite(_:)``.
  /// - Complexity: O(plans × years × (years + factors)).
  package func revenue(path draws: some DrawSource) throws(SimulationError) -> PathRevenue {
    let shared = ReferencePath(model: model, draws: draws)
    var path = PathRevenue()
    for plan in model.plans {
      try shared.add(plan, to: &path)
    }
    return path
  }
}
