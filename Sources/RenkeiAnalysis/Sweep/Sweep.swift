// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel
import RenkeiStatistics

/// One scenario at many points, all on common draws.
package struct Sweep: Sendable {
  /// The model of the scenario with values laid over it.
  package typealias Loading = ([ScenarioOverride]) throws -> ProjectionModel
  package typealias Simulation = (ProjectionModel) throws -> PortfolioPaths

  package let grid: SweepGrid
  package let runs: [SweepRun]

  /// Checks every point.
  ///
  /// - Throws: `DiagnosticReport` with every problem of every point, each once; other errors of
  ///   `load` at once.
  /// - Complexity: one reading of the scenario for each point.
  package init(_ grid: SweepGrid, load: Loading) throws {
    let points = try CheckedPoints.load(grid.points) { SweptPoint($0, try load($0.settings)) }
    self.grid = grid
    runs = SweepRun.runs(of: points, axes: grid.axes)
  }

  /// Simulates and reads every point; rows by point, arm and metric.
  ///
  /// - Throws: what `load` and `simulate` throw.
  /// - Complexity: one simulation for each of ``runs``; memory for two of them.
  package func rows(load: Loading, simulate: Simulation) throws -> [SweepRow] {
    var rows = [[SweepRow]](repeating: [], count: grid.points.count)
    var first: [ArmFigures] = []
    let scratch = SelectionScratch()
    for run in runs {
      let model = try load(run.members[0].point.point.settings).replacingArms(run.arms)
      var reading = SweepReading(paths: try simulate(model), scratch: scratch)
      for member in run.members {
        let figures = reading.figures(of: member)
        if first.isEmpty { first = figures }
        rows[member.point.point.number - 1] = reading.rows(of: member, figures, first: first)
      }
    }
    return rows.flatMap { $0 }
  }
}

extension SweptPoint {
  fileprivate init(_ point: SweepGrid.Point, _ model: ProjectionModel) {
    self.init(
      point: point, goalYen: model.goalYen, quantileLevels: model.quantileLevels, arms: model.arms,
      baselineArm: model.support?.baselineArmName, calibratedArm: model.support?.calibratedArm.name,
      sampling: model.simulation.sampling)
  }
}

/// Reads points out of one simulation; what several of them have in common is computed once.
private struct SweepReading {
  /// What the figures of an arm depend on beside the simulation.
  private struct Question: Hashable {
    let arm: Int
    let goalYen: Double?
    let quantileLevels: [Double]
  }

  private let paths: PortfolioPaths
  private let scratch: SelectionScratch
  /// Revenue over the horizon by arm and path.
  private let totals: [[Double]]
  private var answers: [Question: [ArmFigures.Entry]] = [:]

  init(paths: PortfolioPaths, scratch: SelectionScratch) {
    self.paths = paths
    self.scratch = scratch
    totals = paths.arms.map(\.totals.cumulative)
  }

  /// Of the point's arms, in their order.
  func figures(of member: SweepRun.Member) -> [ArmFigures] {
    zip(member.point.arms, member.arms).map { stated, arm in
      ArmFigures(
        name: stated.name, paths: paths, arm: arm, goalYen: member.point.goalYen,
        quantileLevels: member.point.quantileLevels, totals: totals[arm], scratch: scratch)
    }
  }

  /// - Parameter first: figures of the first point.
  mutating func rows(
    of member: SweepRun.Member, _ figures: [ArmFigures], first: [ArmFigures]
  ) -> [SweepRow] {
    let number = member.point.point.number
    let baseline = figures.first { $0.name == member.point.baselineArm }
    var rows: [SweepRow] = []
    for own in figures {
      func add(_ entries: [ArmFigures.Entry], _ comparison: SweepComparison) {
        rows += entries.map {
          SweepRow(
            point: number, arm: own.name, metric: $0.metric, comparison: comparison,
            year: $0.year, figure: $0.figure)
        }
      }
      add(entries(of: own), .none)
      if let baseline, own.name != baseline.name {
        add(own.differences(from: baseline), .baseline)
      }
      let start = first.first { $0.name == own.name }
      if let start, number > 1, own.isComparable(with: start) {
        add(own.differences(from: start), .first)
      }
    }
    return rows
  }

  private mutating func entries(of figures: ArmFigures) -> [ArmFigures.Entry] {
    let question = Question(
      arm: figures.arm, goalYen: figures.goalYen, quantileLevels: figures.quantileLevels)
    if let known = answers[question] { return known }
    let entries = figures.entries()
    answers[question] = entries
    return entries
  }
}
