// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Risk events: in year t the lowest multiplier of the strikes that last until t, else 1.
struct EventStage {
  let events: [EventRecipe]
  let years: Int

  /// Fills the event columns of the workspace's block, one for each event and year.
  func run(in workspace: BlockWorkspace) {
    for (index, event) in events.enumerated() {
      for year in 0..<years { drawStrike(event, year: year, into: index, in: workspace) }
      // From the last year back, so that earlier columns still hold their own year's strikes.
      for year in (0..<years).reversed() {
        let column = workspace.eventMultipliers[index * years + year]
        for earlier in event.years[year].firstLastingYear..<year {
          Self.lower(column, to: workspace.eventMultipliers[index * years + earlier])
        }
        for path in 0..<BlockRunner.width where column[path] == .infinity { column[path] = 1 }
      }
    }
  }

  /// Multiplies the workspace's level by every event that touches the plan.
  func apply(to plan: CompiledPlan, year: Int, in workspace: BlockWorkspace) {
    for event in plan.events {
      workspace.kernels.pointee.multiply(
        workspace.level, workspace.eventMultipliers[event * years + year], workspace.level)
    }
  }

  /// The multiplier of a strike in this very year, +∞ on paths without one.
  private func drawStrike(
    _ event: EventRecipe, year: Int, into index: Int, in workspace: BlockWorkspace
  ) {
    let kernels = workspace.kernels
    let column = workspace.eventMultipliers[index * years + year]
    switch event.multiplier {
    case .shared(let value): workspace.fill(column, with: value)
    case .drawn(let transform):
      workspace.draw(event.years[year].multiplier, transform, into: column)
    }
    workspace.drawUniforms(event.years[year].strike, into: workspace.uniform)
    workspace.fill(workspace.scratch, with: event.probability)
    kernels.pointee.select_below(workspace.uniform, workspace.scratch, column, column)
  }

  /// y = min(y, x). Events cost one pass a block, not a plan, so a plain loop does; comparisons
  /// give the same bits everywhere.
  private static func lower(_ y: ColumnPointer, to x: ColumnPointer) {
    for path in 0..<BlockRunner.width where x[path] < y[path] { y[path] = x[path] }
  }
}
