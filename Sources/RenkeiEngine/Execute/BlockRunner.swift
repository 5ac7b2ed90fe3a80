// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// Computes one block of 512 paths: shared columns, then plan by plan, then the block's totals.
struct BlockRunner {
  /// Paths in a block.
  static let width = Int(RK_WIDTH)

  let portfolio: CompiledPortfolio
  let shifts: TallyShifts
  let programmeStage: ProgrammeStage
  var revenueStage: RevenueStage
  /// Histograms by group cell; nil where quantiles are left out.
  let groupHistograms: HistogramBatch?

  init(
    portfolio: CompiledPortfolio, shifts: TallyShifts, planHistograms: HistogramBatch?,
    groupHistograms: HistogramBatch?
  ) {
    self.portfolio = portfolio
    self.shifts = shifts
    self.groupHistograms = groupHistograms
    programmeStage = ProgrammeStage(portfolio: portfolio)
    revenueStage = RevenueStage(
      portfolio: portfolio,
      accountStage: AccountStage(
        layout: portfolio.layout, shifts: shifts, histograms: planHistograms))
  }

  /// Computes a block and adds it to `tally`; the workspace then holds the block's columns.
  func run(block: Int, paths: Int, in workspace: BlockWorkspace, into tally: inout TallySums) {
    workspace.begin(block: block, paths: paths)
    programmeStage.run(in: workspace)
    revenueStage.eventStage.run(in: workspace)
    // By address, for taking a plan out of its array copies it.
    portfolio.plans.withUnsafeBufferPointer { plans in
      for index in plans.indices { revenueStage.run(plans[index], in: workspace, into: &tally) }
    }
    addTotals(of: workspace, into: &tally)
    workspace.counters.flush(paths: paths, into: &tally, layout: portfolio.layout)
    // No business fails for want of cash yet.
    for year in 0..<portfolio.years {
      tally.countFrequencies[portfolio.layout.countIndex(.failedCash, year)][0] += paths
    }
  }

  private func addTotals(of workspace: BlockWorkspace, into tally: inout TallySums) {
    let layout = portfolio.layout
    for group in 0..<layout.groupCount {
      addSeries(
        workspace.groups, first: group * layout.years, in: workspace,
        shift: { shifts.groups[layout.cell(group, $0, $1)] },
        add: { measure, year, column, sum, square in
          let cell = layout.cell(group, measure, year)
          tally.groupMoments[cell].add(
            count: Int(workspace.paths), sum: sum, sumOfSquares: square)
          groupHistograms?.add(column, cell: cell)
          workspace.groupRecorder?(cell, column)
        })
    }
    addSeries(
      workspace.portfolio, first: 0, in: workspace,
      shift: { shifts.portfolio[layout.cell(0, $0, $1)] },
      add: { measure, year, column, sum, square in
        let cell = layout.cell(0, measure, year)
        tally.portfolioMoments[cell].add(
          count: Int(workspace.paths), sum: sum, sumOfSquares: square)
        workspace.portfolioRecorder?(cell, column)
      })
  }

  /// Moments of a series of yearly columns, annual and to date.
  private func addSeries(
    _ columns: ColumnBuffer, first: Int, in workspace: BlockWorkspace,
    shift: (Measure, Int) -> Double,
    add: (Measure, Int, UnsafePointer<Double>, Double, Double) -> Void
  ) {
    let kernels = workspace.kernels
    kernels.pointee.fill(0, workspace.cumulative)
    for year in 0..<portfolio.years {
      let annual = columns[first + year]
      kernels.pointee.add(workspace.cumulative, annual, workspace.cumulative)
      for (measure, column) in [(Measure.annual, annual), (.cumulative, workspace.cumulative)] {
        var sum = 0.0
        var square = 0.0
        kernels.pointee.moments(column, shift(measure, year), workspace.paths, &sum, &square)
        add(measure, year, column, sum, square)
      }
    }
  }
}
