// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel
import RenkeiStatistics

/// What the scenario answers at one value.
package struct Response: Sendable, Equatable {
  /// Of the key that varies.
  package let value: Double
  /// The figure that is to reach its target, a probability or yen.
  package let estimate: Double
  /// Nil where nobody can tell.
  package let standardError: Double?
  /// 95%: Wilson's for a share, as in every result file; nil without an error.
  package let interval95: ClosedRange<Double>?
  /// Half the width of the test of the target at 5%: the target is compatible with this value where
  /// it lies no further from the estimate. 0 where there is no error, ∞ where nobody can tell it.
  package let reach: Double
}

/// The answer as a function of one number, on common draws; every value is simulated once.
final class ResponseCurve {
  private let range: SolveRange
  private let target: SolveTarget
  private let arm: String
  private let load: Sweep.Loading
  private let simulate: Sweep.Simulation
  private let scratch = SelectionScratch()
  private var known: [Double: Response] = [:]
  /// The only run, where the goal alone varies.
  private var common: PortfolioPaths?
  private(set) var simulations = 0

  init(
    _ range: SolveRange, _ target: SolveTarget, arm: String, load: @escaping Sweep.Loading,
    simulate: @escaping Sweep.Simulation
  ) {
    self.range = range
    self.target = target
    self.arm = arm
    self.load = load
    self.simulate = simulate
  }

  /// Values that have been simulated, ascending.
  var responses: [Response] { known.values.sorted { $0.value < $1.value } }

  /// - Throws: what reading and simulating throw; ``SolveError``.
  func response(at value: Double) throws -> Response {
    if let response = known[value] { return response }
    return try evaluate(value).response
  }

  /// Looks at values in turn: whether the answer rises or falls from each to the next beyond three
  /// standard errors, path by path; nil where it does neither.
  ///
  /// - Throws: as ``response(at:)``.
  func directions(over values: [Double]) throws -> [Bool?] {
    var directions: [Bool?] = []
    var previous: (response: Response, influence: [Double])?
    for value in values {
      let next = try evaluate(value)
      if let previous {
        directions.append(Self.direction(from: previous, to: next))
      }
      previous = next
    }
    return directions
  }

  private static func direction(
    from a: (response: Response, influence: [Double]),
    to b: (response: Response, influence: [Double])
  ) -> Bool? {
    let change = b.response.estimate - a.response.estimate
    guard change != 0, a.influence.count == b.influence.count else { return nil }
    let error = PathMean.standardError(b.influence, minus: a.influence, unit: .path) ?? 0
    return change.magnitude > 3 * error ? change > 0 : nil
  }

  private func evaluate(_ value: Double) throws -> (response: Response, influence: [Double]) {
    let model = try load([range.setting(value)])
    guard let figure = target.figure(goalYen: model.goalYen) else { throw SolveError.noGoal }
    let paths = try paths(of: model)
    let column = paths.arms[0].totals.cumulative
    let estimate = figure.estimate(column, scratch: scratch)
    let influence = figure.influence(column, estimate: estimate, scratch: scratch) ?? column
    let response = judged(value, figure, column, estimate, influence, paths)
    known[value] = response
    return (response, influence)
  }

  private func paths(of model: ProjectionModel) throws -> PortfolioPaths {
    if let common { return common }
    simulations += 1
    let paths = try simulate(model.keepingArms(named: [arm]))
    if range.key.hasPrefix("goal.") { common = paths }
    return paths
  }

  private func judged(
    _ value: Double, _ figure: PathFigure, _ column: [Double], _ estimate: Double,
    _ influence: [Double], _ paths: PortfolioPaths
  ) -> Response {
    let unit = paths.sampling.errorUnit
    let confidence = unit.ninetyFive(paths: paths.paths).normalQuantile
    guard case .share(let bound) = figure else {
      guard paths.hasVariance, let error = PathMean.standardError(influence, unit: unit) else {
        return Response(
          value: value, estimate: estimate, standardError: nil, interval95: nil, reach: .infinity)
      }
      let half = confidence * error
      return Response(
        value: value, estimate: estimate, standardError: error,
        interval95: estimate - half...estimate + half, reach: half)
    }
    let share = column.withUnsafeBufferPointer { GoalProbability($0, goal: bound, unit: unit) }
    // The score test: the error of a share if the target were true. Where paths depend on each other
    // their units tell the error.
    let tested = (target.level * (1 - target.level) / Double(paths.paths)).squareRoot()
    return Response(
      value: value, estimate: estimate, standardError: share.standardError,
      interval95: share.interval,
      reach: confidence * (unit == .path ? tested : share.standardError))
  }
}

/// Why nothing can be solved.
package enum SolveError: Error, Sendable, Equatable, CustomStringConvertible {
  case noGoal

  package var description: String {
    "the scenario states no goal, so that it has no probability: set goal.cumulative_revenue_yen,"
      + " or ask for a mean or quantile"
  }
}
