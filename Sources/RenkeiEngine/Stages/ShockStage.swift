// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels

/// The step of the walk in one year: σ·y[t] − (c[t] − c[t−1]) with y = Σ b·F + √(1−Σb²)·ε, in walk
/// units.
struct ShockStage {
  let years: Int

  /// Computes what all years of a plan need.
  func prepare(_ plan: CompiledPlan, in workspace: BlockWorkspace) {
    switch plan.shock {
    case .none: break
    case .fixed(let shock): prepareDrift(shock, plan, in: workspace)
    case .drawn(let shock): prepareScales(shock, in: workspace)
    }
  }

  /// Moves the walk by one year and sets the level to scale · 2^walk, the walk in powers of two.
  func step(
    _ plan: CompiledPlan, year: Int, scale: Double, in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels
    switch plan.shock {
    case .none:
      kernels.pointee.walk(
        0, workspace.zero, workspace.zero, scale, workspace.walk, workspace.level)
    case .fixed(let shock):
      drawShock(plan, year: year, in: workspace)
      kernels.pointee.walk(
        shock.ownScale, workspace.score, workspace.drift[year], scale, workspace.walk,
        workspace.level)
    case .drawn(let shock):
      drawShock(plan, year: year, in: workspace)
      drawnStep(shock, planYear: year - plan.firstYear, year: year, in: workspace)
      kernels.pointee.walk(
        ScoreTransform.walkUnitsPerNat, workspace.scratch, workspace.zero, scale, workspace.walk,
        workspace.level)
    }
  }

  /// Draws the shock of one year and tells how it moves the walk, for a kernel that does so.
  func drawStep(
    _ shock: FixedShock, _ plan: CompiledPlan, year: Int, scale: Double,
    in workspace: BlockWorkspace
  ) -> rk_step {
    drawShock(plan, year: year, in: workspace)
    return rk_step(
      s: shock.ownScale, z: workspace.score, drift: workspace.drift[year], walk: workspace.walk,
      scale: scale, factors: nil, factor_count: 0)
  }

  /// Draws what moves the walk in one year where it is not a fixed multiple of a normal, and returns
  /// the column.
  func drawScore(_ plan: CompiledPlan, year: Int, in workspace: BlockWorkspace) -> ColumnPointer {
    drawShock(plan, year: year, in: workspace)
    guard case .drawn(let shock) = plan.shock else { return workspace.score }
    drawnStep(shock, planYear: year - plan.firstYear, year: year, in: workspace)
    return workspace.scratch
  }

  /// ε, standardised.
  private func drawShock(_ plan: CompiledPlan, year: Int, in workspace: BlockWorkspace) {
    workspace.drawNormals(plan.shockAddresses[year], into: workspace.score)
    if let transform = plan.shockTransform { workspace.apply(transform, to: workspace.score) }
    workspace.recorder?(plan.shockAddresses[year].key, workspace.score)
  }

  /// Drift columns depend on the recipe alone, so plans that follow one another with the same
  /// recipe share them.
  private func prepareDrift(
    _ shock: FixedShock, _ plan: CompiledPlan, in workspace: BlockWorkspace
  ) {
    if workspace.driftRecipe == plan.driftRecipe { return }
    workspace.driftRecipe = plan.driftRecipe
    for year in plan.firstYear..<max(years, plan.firstYear) {
      let drift = workspace.drift[year]
      workspace.kernels.pointee.fill(shock.drift[year - plan.firstYear], drift)
      for loading in shock.loadings {
        workspace.kernels.pointee.add_scaled(
          loading.scale, workspace.factorLevels[loading.firstColumn + year], drift)
      }
    }
  }

  /// σ and √(1−Σb²) by path.
  private func prepareScales(_ shock: DrawnShock, in workspace: BlockWorkspace) {
    let kernels = workspace.kernels
    workspace.fill(workspace.sigma, with: shock.standardDeviation, spare: workspace.scratch)
    kernels.pointee.fill(1, workspace.own)
    for loading in shock.loadings {
      kernels.pointee.fill(1, workspace.scratch)
      workspace.multiply(workspace.scratch, by: loading.loading)
      kernels.pointee.multiply(workspace.scratch, workspace.scratch, workspace.scratch)
      kernels.pointee.add_scaled(-1, workspace.scratch, workspace.own)
    }
    kernels.pointee.maximum(workspace.own, 0, workspace.own)
    kernels.pointee.square_root(workspace.own, workspace.own)
  }

  /// scratch = σ·(Σ b·F + own·ε) − ½σ²·Σ b²·ΔV − log E[exp(σ·own·ε)].
  private func drawnStep(
    _ shock: DrawnShock, planYear: Int, year: Int, in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels
    let step = workspace.scratch
    let variance = workspace.scratch2
    let weighted = workspace.level
    kernels.pointee.multiply(workspace.own, workspace.score, step)
    kernels.pointee.fill(0, variance)
    for loading in shock.loadings {
      let factor = workspace.factorLevels[loading.firstColumn + year]
      kernels.pointee.fill(1, weighted)
      workspace.multiply(weighted, by: loading.loading)
      kernels.pointee.multiply_add(weighted, factor, step, step)
      kernels.pointee.multiply(weighted, weighted, weighted)
      kernels.pointee.add_scaled(loading.varianceStep[planYear], weighted, variance)
    }
    kernels.pointee.multiply(workspace.sigma, step, step)
    if let table = shock.cumulantTable {
      kernels.pointee.multiply(workspace.sigma, workspace.own, weighted)
      kernels.pointee.cubic_table(
        table.coefficients, table.pieces, table.pieceCount, weighted, weighted)
      kernels.pointee.add_scaled(-1, weighted, step)
    } else {
      // The normal family's cumulant is ½(σ·own)²: it joins the factors' variance.
      kernels.pointee.multiply_add(workspace.own, workspace.own, variance, variance)
    }
    kernels.pointee.multiply(workspace.sigma, variance, variance)
    kernels.pointee.multiply(workspace.sigma, variance, variance)
    kernels.pointee.add_scaled(-0.5, variance, step)
  }
}
