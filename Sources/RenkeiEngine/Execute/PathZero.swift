// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

extension ChunkWorker {
  /// The value of every cell of a tile on path 0, by arm.
  func pathZero(_ tile: CompiledPortfolio, _ place: TilePlace) -> [ArmShifts] {
    let none = workspace.arms.map { _ in ArmShifts(tile) }
    var shifts = none
    let runner = BlockRunner(
      portfolio: tile, shifts: none, histograms: none.map { _ in ArmHistograms.none },
      place: place)
    let workspace = workspace
    func present() -> Int { workspace.arms.firstIndex { $0 === workspace.arm } ?? 0 }
    workspace.revenueRecorder = { annual, cumulative in
      shifts[present()].tally.plans[annual] = workspace.revenue[0]
      shifts[present()].tally.plans[cumulative] = workspace.cumulative[0]
    }
    workspace.groupRecorder = { cell, column in
      shifts[present()].tally.groups[cell] = column[0]
    }
    workspace.portfolioRecorder = { cell, column in
      shifts[present()].tally.portfolio[cell] = column[0]
    }
    var figures = none.map { _ in FigureCells(years: tile.years) }
    workspace.money?.figureRecorder = { arm, kind, cell, column in
      figures[arm].set(kind, cell, column[0])
    }
    var sums = RunSums(layout: tile.layout, shifts: none)
    runner.run(block: 0, paths: 1, in: workspace, into: &sums)
    workspace.revenueRecorder = nil
    workspace.groupRecorder = nil
    workspace.portfolioRecorder = nil
    workspace.money?.figureRecorder = nil
    if let support = tile.support {
      let baseline = support.baseline.map { figures[$0].figures }
      for arm in shifts.indices {
        shifts[arm].finance = FinanceShifts(figures[arm].figures, baseline: baseline)
      }
    }
    return shifts
  }
}
