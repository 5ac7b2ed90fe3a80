// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// When a plan begins to sell: its entry, years after its start; +∞ where it never launches.
struct EntryStage {
  /// Whether selling in a year is decided path by path or for all paths alike.
  enum Entry {
    /// The same on all paths, in years.
    case fixed(Double)
    case column(UnsafePointer<Double>)
  }

  /// entry = u < p′ ? delay : +∞ with p′ = p·OR / (1 − p + p·OR).
  func run(_ plan: CompiledPlan, in workspace: BlockWorkspace) -> Entry {
    let kernels = workspace.kernels.pointee
    let delay = workspace.evaluate(plan.delay, into: workspace.entry, spare: workspace.scratch)
    guard let (probability, address) = launch(plan, in: workspace) else {
      switch delay {
      case .constant(let years): return .fixed(years)
      case .column(let column): return .column(column)
      }
    }
    if case .constant(let probability) = probability {
      kernels.fill(probability, workspace.survival)
    }
    if case .constant(let years) = delay { kernels.fill(years, workspace.entry) }
    workspace.drawUniforms(address, into: workspace.uniform)
    kernels.select_below(
      workspace.uniform, workspace.survival, workspace.entry, workspace.entry)
    return .column(UnsafePointer(workspace.entry))
  }

  /// p′, in `survival` where it is drawn, and the address of u; nil where every path launches.
  func launch(
    _ plan: CompiledPlan, in workspace: BlockWorkspace
  ) -> (probability: ColumnValue, address: DrawAddress)? {
    let kernels = workspace.kernels.pointee
    switch plan.launch {
    case .certain:
      return nil
    case .fixed(let probability, let address):
      return (.constant(probability), address)
    case .drawn(let probability, let oddsRatio, let address):
      workspace.fill(workspace.scratch, with: probability, spare: workspace.scratch2)
      workspace.fill(workspace.sigma, with: oddsRatio, spare: workspace.scratch2)
      kernels.multiply(workspace.scratch, workspace.sigma, workspace.survival)
      kernels.affine(-1, workspace.scratch, 1, workspace.scratch)
      kernels.add(workspace.scratch, workspace.survival, workspace.scratch)
      kernels.divide(workspace.survival, workspace.scratch, workspace.survival)
      return (.column(UnsafePointer(workspace.survival)), address)
    }
  }
}

/// How long the business lives: Φ(x) with x = √ρ·G + √(1−ρ)·e, compared year by year with the
/// probability Π(1 − f) of having survived.
struct ClockStage {
  let credit: CommonScore?
  /// Φ; not nil where ρ > 0 and a failure probability is drawn.
  let normalCDF: PreparedTable?

  /// Draws the clock. It holds x where ρ > 0 and the limits are fixed, else Φ(x).
  func run(_ plan: CompiledPlan, in workspace: BlockWorkspace) {
    if case .never = plan.clock { return }
    let kernels = workspace.kernels.pointee
    kernels.uniforms(
      workspace.seed(of: plan.clockAddress), plan.clockAddress.stream, workspace.block,
      workspace.clock)
    if let recorder = workspace.recorder {
      kernels.normal_quantile(workspace.clock, workspace.scratch)
      recorder(plan.clockAddress.key, workspace.scratch)
    }
    if let credit {
      kernels.normal_quantile(workspace.clock, workspace.clock)
      workspace.correlate(workspace.clock, with: credit)
      if case .drawn = plan.clock, let normalCDF {
        kernels.cubic_table(
          normalCDF.coefficients, normalCDF.pieces, normalCDF.pieceCount, workspace.clock,
          workspace.clock)
      }
    }
    kernels.fill(1, workspace.survival)
  }

  /// The column and the limit below which a path is alive in plan year `planYear`, from 0.
  ///
  /// Must be called for every plan year in order: a drawn probability accumulates.
  func limit(
    _ plan: CompiledPlan, planYear: Int, in workspace: BlockWorkspace
  ) -> (clock: UnsafePointer<Double>, limit: Double) {
    switch plan.clock {
    case .never:
      return (workspace.zero, .infinity)
    case .fixed(let limits):
      return (UnsafePointer(workspace.clock), limits[planYear])
    case .drawn(let probabilities):
      let kernels = workspace.kernels.pointee
      workspace.fill(
        workspace.scratch, with: probabilities[planYear], spare: workspace.scratch2)
      kernels.affine(-1, workspace.scratch, 1, workspace.scratch)
      kernels.multiply(workspace.survival, workspace.scratch, workspace.survival)
      // Alive ⇔ Φ(x) < Π(1 − f) ⇔ Φ(x) − Π(1 − f) < 0.
      kernels.scaled_sum(-1, workspace.survival, 1, workspace.clock, workspace.scratch)
      return (UnsafePointer(workspace.scratch), 0)
    }
  }
}
