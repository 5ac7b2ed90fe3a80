// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ReferenceEngine {
  /// Every attributed figure of every path under every arm; only with a support block.
  ///
  /// The draws are those of ``run(control:)``.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: that of a run, in memory for arms × paths × metrics.
  package func pathMetrics(
    control: RunControl = RunControl()
  ) throws(SimulationError) -> PathMetrics {
    let draws = GSLDraws(seed: options.seed)
    let layout = TallyLayout(model: model)
    let metrics = PathMetrics(arms: model.arms.count, paths: options.paths)
    for path in 0..<options.paths {
      if control.isCancelled { throw .cancelled }
      for (arm, outcome) in try arms(path: draws).enumerated() {
        metrics.record(
          outcome.figures(layout, goalYen: model.goalYen), arm: arm, path: path)
      }
      control.advance(by: 1)
    }
    return metrics
  }
}
