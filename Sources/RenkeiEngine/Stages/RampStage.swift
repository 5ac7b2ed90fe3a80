// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// The promised level at each year's end: ramp(t − start − delay), then growth after the plan.
struct RampStage {
  /// Makes the entry a column where the ramp must read it, and draws the growth.
  func prepare(_ plan: CompiledPlan, entry: EntryStage.Entry, in workspace: BlockWorkspace) {
    if case .fixed = plan.ramp { return }
    if case .fixed(let years) = entry { workspace.kernels.pointee.fill(years, workspace.entry) }
    guard let growth = plan.growth, !growth.isConstant else { return }
    workspace.fill(workspace.growth, with: growth, spare: workspace.scratch)
    workspace.kernels.pointee.affine(1, workspace.growth, 1, workspace.growth)
    workspace.kernels.pointee.log2(workspace.growth, workspace.growth)
  }

  /// The level of a ramp that is the same on all paths, else 1.
  func fixedLevel(_ plan: CompiledPlan, year: Int) -> Double {
    if case .fixed(let levels) = plan.ramp { return levels[year] }
    return 1
  }

  /// Multiplies the workspace's level by a ramp that differs from path to path.
  func run(_ plan: CompiledPlan, year: Int, in workspace: BlockWorkspace) {
    let kernels = workspace.kernels
    switch plan.ramp {
    case .fixed:
      return
    case .linear:
      kernels.pointee.times_linear_ramp(
        workspace.entry, plan.elapsed[year], plan.inversePeriod, workspace.level)
    case .table(let table):
      fill(workspace.scratch, with: table, plan, year: year, in: workspace)
      kernels.pointee.multiply(workspace.level, workspace.scratch, workspace.level)
    }
    if fillGrowth(plan, year: year, in: workspace) {
      kernels.pointee.multiply(workspace.level, workspace.scratch, workspace.level)
    }
  }

  /// The columns that `run` multiplies by, in its order: the ramp's share in the workspace's level,
  /// then the growth in its scratch.
  func factors(
    _ plan: CompiledPlan, year: Int, in workspace: BlockWorkspace
  ) -> [ColumnPointer] {
    let kernels = workspace.kernels
    switch plan.ramp {
    case .fixed:
      return []
    case .linear:
      kernels.pointee.fill(1, workspace.level)
      kernels.pointee.times_linear_ramp(
        workspace.entry, plan.elapsed[year], plan.inversePeriod, workspace.level)
    case .table(let table):
      fill(workspace.level, with: table, plan, year: year, in: workspace)
    }
    let grows = fillGrowth(plan, year: year, in: workspace)
    return grows ? [workspace.level, workspace.scratch] : [workspace.level]
  }

  /// y = the curve at (elapsed − entry) / period.
  private func fill(
    _ y: ColumnPointer, with table: PreparedTable, _ plan: CompiledPlan, year: Int,
    in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels
    kernels.pointee.affine(
      -plan.inversePeriod, workspace.entry, plan.elapsed[year] * plan.inversePeriod, y)
    kernels.pointee.cubic_table(table.coefficients, table.pieces, table.pieceCount, y, y)
  }

  /// Fills the workspace's scratch with the growth after the plan; false where there is none yet.
  private func fillGrowth(
    _ plan: CompiledPlan, year: Int, in workspace: BlockWorkspace
  ) -> Bool {
    let kernels = workspace.kernels
    let elapsed = plan.elapsed[year]
    guard let growth = plan.growth, elapsed > plan.period else { return false }
    // (1 + growth)^max(0, elapsed − entry − period); an entry of +∞ gives the power 0.
    kernels.pointee.affine(-1, workspace.entry, elapsed - plan.period, workspace.scratch)
    kernels.pointee.maximum(workspace.scratch, 0, workspace.scratch)
    if growth.isConstant {
      let rate = Reproducible.log(1 + growth.constant) * ScoreTransform.log2e
      kernels.pointee.affine(rate, workspace.scratch, 0, workspace.scratch)
    } else {
      kernels.pointee.multiply(workspace.growth, workspace.scratch, workspace.scratch)
    }
    kernels.pointee.exp2(workspace.scratch, workspace.scratch)
    return true
  }
}
