// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension VectorEngine {
  /// What every path adds up to over all plans, without answers about single plans.
  ///
  /// The draws are those of ``run(control:)``, and so are the bits.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: that of a run without plan quantiles; memory for arms × years × paths.
  package func portfolioPaths(control: RunControl = RunControl()) throws -> PortfolioPaths {
    let engine = withoutPlanQuantiles()
    try engine.checkOptions()
    // Public cost, totals over the horizon, and a few columns of whoever reads them.
    let columns = Double(model.arms.count) * (model.support == nil ? 1 : 3) + 6
    try Machine.checkMemory(engine.footprint.runBytes + 8 * Double(options.paths) * columns)
    try Machine.checkDisk(engine.footprint.temporaryBytes, in: temporaryFolder)
    let costs = model.support.map { _ in CostPaths(arms: model.arms.count, paths: options.paths) }
    let (tallies, finances) = try engine.simulate(control: control, costs: costs)
    return try PortfolioPaths(
      model: model, options: options,
      // Without support nothing sets arms apart.
      tallies: portfolio.support == nil ? model.arms.map { _ in tallies[0] } : tallies,
      finances: finances, costs: costs)
  }
}

extension ChunkWorker {
  /// Keeps the public cost of every path from now on.
  func record(_ costs: CostPaths) {
    let cells = CostPaths.components.map { ($0, FinanceLayout.costCell(.life, $0)) }
    workspace.money?.figureRecorder = { [unowned self] arm, kind, cell, column in
      guard case .cost = kind, let component = cells.first(where: { $0.1 == cell })?.0,
        let target = costs.column(component, arm: arm)?.baseAddress
      else { return }
      (target + firstPath).update(from: column, count: min(BlockRunner.width, paths - firstPath))
    }
  }
}
