// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiModel
import RenkeiStatistics

/// What each measure of an arm contributes: Shapley values over the on/off combinations of its
/// measures, all on the same draws.
///
/// Measures act on each other (a loan fills the gap that a subsidy leaves), so what one adds depends
/// on which others are there. The Shapley value averages this over all orders; the parts sum to what
/// the arm does as a whole. Every combination keeps the arm's own terms, and the plans' inputs stay
/// calibrated to the scenario's calibrated arm.
package struct Attribution: Sendable {
  /// Simulates every path under every arm of a model that an attribution made, with so many paths.
  package typealias Simulation = (ProjectionModel, _ paths: Int) throws -> PathMetrics

  /// Paths where nobody says how many.
  package static let standardPaths = 20_000
  /// More would need more than 32 arms.
  package static let mostMeasures = 5
  /// Stands for the baseline where no arm of the scenario is the arm without its measures.
  package static let noMeasuresLabel = "no_measures"

  private let model: ProjectionModel
  private let paths: Int

  /// - Parameters:
  ///   - model: arms without measures are passed over.
  ///   - paths: P ≥ 1.
  /// - Throws: ``AttributionError``, before anything is simulated.
  package init(model: ProjectionModel, paths: Int) throws(AttributionError) {
    precondition(paths >= 1, "an attribution needs paths")
    guard model.support != nil else { throw .noSupport }
    guard model.arms.contains(where: { !$0.measures.isEmpty }) else { throw .noMeasures }
    for arm in model.arms where arm.measures.count > Self.mostMeasures {
      throw .tooManyMeasures(arm: arm.name, count: arm.measures.count)
    }
    self.model = model
    self.paths = paths
  }

  private var attributedArms: [ResolvedArm] { model.arms.filter { !$0.measures.isEmpty } }

  /// Paths of all runs together, for those who watch.
  package var pathsToRun: Int { attributedArms.count * paths }

  /// Paths × arms of all runs together.
  package var armPathsToRun: Double {
    attributedArms.reduce(0) { $0 + Double(1 << $1.measures.count) * Double(paths) }
  }

  /// Numbers that the largest run keeps, in bytes; saturates instead of overflowing.
  package var neededBytes: Int {
    let arms = attributedArms.map { 1 << $0.measures.count }.max() ?? 0
    let perPath = PathMetrics.count(arms: arms, paths: 1) * MemoryLayout<Double>.stride
    let (bytes, overflow) = paths.multipliedReportingOverflow(by: perPath)
    return overflow ? .max : bytes
  }

  /// Arm by arm, metric by metric: the measures in their standard order, then the total.
  ///
  /// - Throws: what `simulate` throws; ``SimulationError``.
  /// - Complexity: one run of 2ᵏ arms for each arm with k measures.
  package func rows(_ simulate: Simulation) throws -> [AttributionRow] {
    try checkMemory()
    var rows: [AttributionRow] = []
    for arm in attributedArms {
      let coalitions = self.coalitions(of: arm)
      let metrics = try simulate(model.replacingArms(coalitions), paths)
      precondition(
        metrics.arms == coalitions.count && metrics.paths == paths, "metrics of another run")
      for metric in AttributionMetric.allCases {
        if metric == .goalProbability, model.goalYen == nil { continue }
        let columns = metrics.columns(metric)
        guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
          throw SimulationError.notFinite(
            "the \(metric.rawValue) of arm '\(arm.name)' is too large for a number; look at the"
              + " amounts and effects of the support block")
        }
        rows += self.rows(arm, metric, columns)
      }
    }
    return rows
  }

  /// The arm with each combination of its measures; bit i of the index stands for measure i.
  private func coalitions(of arm: ResolvedArm) -> [ResolvedArm] {
    (0..<(1 << arm.measures.count)).map { coalition in
      let measures = arm.measures.enumerated().filter { coalition & (1 << $0.offset) != 0 }
        .map(\.element)
      // No scenario has an arm of such a name, which could be taken for the baseline arm.
      let name = arm.name + " with only: " + measures.map(\.rawValue).joined(separator: ", ")
      return ResolvedArm(
        name: name, measures: measures, terms: arm.terms, changedPaths: arm.changedPaths)
    }
  }

  private func rows(
    _ arm: ResolvedArm, _ metric: AttributionMetric,
    _ columns: [UnsafeMutableBufferPointer<Double>]
  ) -> [AttributionRow] {
    let shapley = ShapleyValues(players: arm.measures.count)
    let all = columns.count - 1
    // Differences from no measures: where a measure changes nothing they are exactly 0.
    let means = columns.map { column in
      var sum = NeumaierSum()
      for path in 0..<paths { sum.add(column[path] - columns[0][path]) }
      return sum.value / Double(paths)
    }
    let values = shapley.values(of: means)
    let errors = standardErrors(shapley, columns)
    let total = means[all]
    func row(
      _ measure: SupportMeasure?, _ value: Double, _ error: Double?, _ firstIn: Double?,
      _ lastIn: Double?
    ) -> AttributionRow {
      AttributionRow(
        arm: arm.name, baselineArm: baselineName(arm), metric: metric, measure: measure,
        shapley: value, standardError: error, firstIn: firstIn, lastIn: lastIn,
        share: total == 0 ? nil : value / total, paths: paths)
    }
    return arm.measures.enumerated().map { player, measure in
      row(
        measure, values[player], errors?[player], means[1 << player],
        total - means[all ^ (1 << player)])
    } + [row(nil, total, errors?[arm.measures.count], nil, nil)]
  }

  /// Standard errors of the contributions and then of the total, from the contributions of each
  /// path; nil where there is no variance.
  private func standardErrors(
    _ shapley: ShapleyValues, _ columns: [UnsafeMutableBufferPointer<Double>]
  ) -> [Double]? {
    guard model.plans.allSatisfy(\.hasFiniteVariance), paths > 1 else { return nil }
    func contributions(_ path: Int) -> [Double] {
      shapley.values(of: columns.map { $0[path] }) + [
        columns[columns.count - 1][path] - columns[0][path]
      ]
    }
    var moments = contributions(0).map { ShiftedMoments(shift: $0) }
    for path in 0..<paths {
      for (cell, value) in contributions(path).enumerated() { moments[cell].add(value) }
    }
    return moments.map { $0.standardErrorOfMean ?? 0 }
  }

  /// Name of the baseline arm where it is the arm without its measures: all terms that do not belong
  /// to a measure are the same.
  private func baselineName(_ arm: ResolvedArm) -> String {
    let prefixes = SupportMeasure.allCases.map { $0.rawValue + "." }
    func changesOnlyMeasures(_ arm: ResolvedArm) -> Bool {
      arm.changedPaths.allSatisfy { path in prefixes.contains { path.hasPrefix($0) } }
    }
    guard let name = model.support?.baselineArmName,
      let baseline = model.arms.first(where: { $0.name == name }), baseline.measures.isEmpty,
      changesOnlyMeasures(arm), changesOnlyMeasures(baseline)
    else { return Self.noMeasuresLabel }
    return name
  }

  private func checkMemory() throws(SimulationError) {
    let available = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    if neededBytes > available / 10 * 9 {
      throw .tooLarge(neededBytes: neededBytes, availableBytes: available)
    }
  }
}

/// Why there is nothing to attribute.
public enum AttributionError: Error, Sendable, Equatable, CustomStringConvertible {
  case noSupport
  case noMeasures
  case tooManyMeasures(arm: String, count: Int)

  public var description: String {
    switch self {
    case .noSupport: "the scenario describes no support, so there are no measures to attribute to"
    case .noMeasures: "no arm that runs offers a measure, so there is nothing to attribute"
    case .tooManyMeasures(let arm, let count):
      "arm '\(arm)' offers \(count) measures, more than \(Attribution.mostMeasures)"
    }
  }
}

extension PathMetrics {
  /// By arm, then path.
  fileprivate func columns(_ metric: AttributionMetric) -> [UnsafeMutableBufferPointer<Double>] {
    (0..<arms).map { column(metric, arm: $0) }
  }
}
