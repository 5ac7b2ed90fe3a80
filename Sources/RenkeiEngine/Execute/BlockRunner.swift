// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// Computes one block of 512 paths: shared columns, then plan by plan, then the block's totals.
struct BlockRunner {
  /// Paths in a block.
  static let width = Int(RK_WIDTH)

  let portfolio: CompiledPortfolio
  /// By arm.
  let shifts: [ArmShifts]
  let histograms: [ArmHistograms]
  let programmeStage: ProgrammeStage
  var revenueStage: RevenueStage
  let supportStage: SupportStage?
  private let place: TilePlace
  /// Nil where every year is asked for: by histograms, or by support.
  private let planStage: PlanStage?
  /// Nil in double precision.
  private let singleStage: SinglePlanStage?

  init(
    portfolio: CompiledPortfolio, shifts: [ArmShifts], histograms: [ArmHistograms],
    place: TilePlace = TilePlace()
  ) {
    self.place = place
    self.portfolio = portfolio
    self.shifts = shifts
    self.histograms = histograms
    programmeStage = ProgrammeStage(portfolio: portfolio)
    let accounts = shifts.indices.map {
      AccountStage(
        layout: portfolio.layout, shifts: shifts[$0].tally, histograms: histograms[$0].plans)
    }
    revenueStage = RevenueStage(portfolio: portfolio, accountStage: accounts[0])
    supportStage = SupportStage(
      portfolio, revenueStage: revenueStage, accountStages: accounts, histograms: histograms)
    planStage =
      supportStage == nil && histograms[0].plans == nil && portfolio.precision == .double
      ? PlanStage(portfolio: portfolio, revenueStage: revenueStage, shifts: shifts[0].tally) : nil
    singleStage =
      portfolio.precision == .single
      ? SinglePlanStage(
        portfolio: portfolio, revenueStage: revenueStage, accountStage: accounts[0]) : nil
  }

  /// Computes a block and adds it to `sums`; the workspace then holds the block's columns.
  func run(block: Int, paths: Int, in workspace: BlockWorkspace, into sums: inout RunSums) {
    workspace.begin(block: block, paths: paths)
    if !place.isFirst { place.carried?.load(block, into: workspace) }
    programmeStage.run(in: workspace)
    revenueStage.eventStage.run(in: workspace)
    supportStage?.begin(in: workspace)
    planStage?.begin(in: workspace)
    if let supportStage {
      // By address, for taking a plan out of its array copies it.
      portfolio.plans.withUnsafeBufferPointer { plans in
        for index in plans.indices {
          supportStage.run(plans[index], at: index, in: workspace, into: &sums)
        }
      }
    } else {
      runPlans(in: workspace, into: &sums.arms[0].tally)
    }
    for (index, arm) in workspace.arms.enumerated() where portfolio.earns(index) {
      workspace.arm = arm
      arm.finishCounts()
      guard place.isLast else { continue }
      addTotals(
        of: workspace, shifts[index].tally, histograms[index], into: &sums.arms[index].tally)
      addCounts(of: workspace, into: &sums.arms[index].tally)
    }
    if place.isLast { supportStage?.end(shifts: shifts, in: workspace, into: &sums) }
    sums.endBlock(block, paths: paths)
  }

  /// Computes all plans where nothing but revenue is asked for.
  private func runPlans(in workspace: BlockWorkspace, into tally: inout TallySums) {
    portfolio.plans.withUnsafeBufferPointer { plans in
      for index in plans.indices {
        if let singleStage {
          singleStage.run(at: index, in: workspace, into: &tally)
        } else if revenueStage.usesFusedYears, let planStage,
          planStage.run(at: index, in: workspace, into: &tally)
        {
          continue
        } else {
          revenueStage.run(plans[index], in: workspace, into: &tally)
        }
      }
    }
  }

  private func addCounts(of workspace: BlockWorkspace, into tally: inout TallySums) {
    for series in tally.countFrequencies.indices {
      tally.countFrequencies[series].add(
        column: workspace.arm.counts + series * Self.width, count: Int(workspace.paths))
    }
  }

  private func addTotals(
    of workspace: BlockWorkspace, _ shifts: TallyShifts, _ histograms: ArmHistograms,
    into tally: inout TallySums
  ) {
    let layout = portfolio.layout
    for group in 0..<layout.groupCount {
      addSeries(
        workspace.groups, first: group * layout.years, in: workspace,
        shift: { shifts.groups[layout.cell(group, $0, $1)] },
        add: { measure, year, column, sum, square in
          let cell = layout.cell(group, measure, year)
          tally.groupMoments[cell].add(
            count: Int(workspace.paths), sum: sum, sumOfSquares: square)
          histograms.groups?.add(column, cell: cell)
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
