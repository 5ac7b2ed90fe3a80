// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDistributions
import RenkeiDraws
import RenkeiModel
import RenkeiStatistics

/// Runs of the same paths with some of their numbers drawn afresh or held, for asking what the
/// answer depends on.
extension VectorEngine {
  /// What is drawn at all: named inputs in the order of ``ProjectionModel/inputs``, what else is
  /// drawn once per path, factors, events, and then what plans draw for themselves. What is common
  /// to draws that no plan makes is left out.
  ///
  /// - Complexity: that of one block of paths.
  package func drawnGroups() -> [DrawGroup] {
    var drawn: Set<DrawGroup> = []
    for places in footprint.tiles {
      let tile = portfolio.tile(places, of: model)
      let shifts = (0..<(tile.support?.arms.count ?? 1)).map { _ in ArmShifts(tile) }
      let workspace = BlockWorkspace(tile, kernels: ColumnKernels(instructionSet).table)
      let runner = BlockRunner(
        portfolio: tile, shifts: shifts, histograms: shifts.map { _ in ArmHistograms.none })
      workspace.recorder = { key, _ in drawn.insert(key.group) }
      var sums = RunSums(layout: tile.layout, shifts: shifts)
      runner.run(block: 0, paths: BlockRunner.width, in: workspace, into: &sums)
      workspace.recorder = nil
    }
    var groups = model.inputs.map { DrawGroup.programme(.input($0.name)) }
    for key in portfolio.programme.compactMap(\.valueKey) where !groups.contains(key.group) {
      groups.append(key.group)
    }
    groups += model.factors.map { .factor($0.name) }
    // Scopes of one name are one event.
    for event in model.events where !groups.contains(.event(event.name)) {
      groups.append(.event(event.name))
    }
    groups += DrawGroup.PlanDraws.allCases.map { .plan($0) }
    return groups.filter { drawn.contains($0) && ($0.sharedDraws.map(drawn.contains) ?? true) }
  }

  /// Groups that are one number of a path; a term that several arms state differently is not.
  package func singleNumberGroups() -> [DrawGroup] { singleNumberKeys.map(\.group) }

  /// The values of ``singleNumberGroups()`` by path.
  ///
  /// - Complexity: O(paths × shared columns).
  package func singleNumbers() -> [(group: DrawGroup, values: [Double])] {
    let keys = singleNumberKeys
    return programmeValues { keys.contains($0) }.map { (group: $0.key.group, values: $0.values) }
  }

  private var singleNumberKeys: [DrawKey] {
    let keys = portfolio.programme.compactMap(\.valueKey)
    return keys.filter { key in keys.count { $0.group == key.group } == 1 }
  }

  /// The value of a group of one number at a standard normal score; nil where it depends on other
  /// numbers of the path.
  package func value(of group: DrawGroup, normalScore score: Double) -> Double? {
    guard case .programme(let variable) = group else { return nil }
    switch variable {
    case .optimismFactor, .creditFactor: return score
    default: break
    }
    guard case .distribution(let distribution)? = model.quantity(of: variable) else { return nil }
    return distribution.quantile(normalScore: score)
  }

  /// Revenue over the horizon by arm, then path, with fresh numbers for some draws.
  ///
  /// - Throws: ``SimulationError``.
  /// - Complexity: that of a run without quantiles of plans.
  package func horizonTotals(
    redrawing draws: DrawSelection = .none, control: RunControl = RunControl()
  ) throws -> [[Double]] {
    let engine = redrawing(draws, paths: options.paths)
    let tallies = try engine.simulate(control: control).tallies
    let totals = tallies.map(\.totals.cumulative)
    guard totals.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw SimulationError.notFinite(
        "the revenue of the portfolio is too large for a number; look at the targets and the"
          + " distributions that multiply them")
    }
    return model.arms.indices.map { totals[portfolio.support == nil ? 0 : $0] }
  }
}

extension DrawGroup {
  /// The draws of plans that the group is a common part of; nil where it means something by itself.
  fileprivate var sharedDraws: DrawGroup? {
    switch self {
    case .programme(.optimismCommonShare), .programme(.optimismFactor): .plan(.attainment)
    case .programme(.creditCorrelation), .programme(.creditFactor): .plan(.failure)
    case .programme(.factorLoading), .factor: .plan(.shock)
    case .programme, .event, .plan: nil
    }
  }
}
