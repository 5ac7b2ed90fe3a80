// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiFiles
import RenkeiModel

/// Which value of one number of a scenario makes a figure reach a target.
///
/// The figure is a function of the value on common draws. It is looked at over the range first; where
/// it crosses the target from one value to the next, the crossing is found by Brent's method, or by
/// halving for whole numbers. The 95% interval of the solution holds every value at which a test at
/// 5% would not reject the target: it ends where the estimate lies the test's reach above and below
/// the target.
package struct Solve {
  /// Simulations that most searches need.
  package static let usualSimulations = 25
  private let range: SolveRange
  private let grid: [Double]
  private let load: Sweep.Loading
  /// The scenario at the lower end of the range.
  package let lowest: ProjectionModel

  /// Checks the values that are looked at first.
  ///
  /// - Parameter load: the model of the scenario with values laid over it.
  /// - Throws: `DiagnosticReport` with every problem of these values, each once.
  package init(_ range: SolveRange, load: @escaping Sweep.Loading) throws {
    self.range = range
    self.load = load
    grid = range.grid
    lowest = try CheckedPoints.load(grid) { try load([range.setting($0)]) }[0]
  }

  /// - Parameter arm: the only one that is simulated.
  /// - Throws: what reading and simulating throw; ``SolveError``.
  /// - Complexity: about ``usualSimulations`` simulations.
  package func answer(
    _ target: SolveTarget, arm: String, simulate: @escaping Sweep.Simulation
  ) throws -> SolveAnswer {
    let curve = ResponseCurve(range, target, arm: arm, load: load, simulate: simulate)
    return try SolveSearch(range: range, grid: grid, target: target, curve: curve).answer()
  }
}

/// One search on its way.
private struct SolveSearch {
  /// Share of the reach to which a crossing is found.
  private static let precision = 0.01

  let range: SolveRange
  let grid: [Double]
  let target: SolveTarget
  let curve: ResponseCurve

  func answer() throws -> SolveAnswer {
    let directions = try curve.directions(over: grid)
    let surveyed = curve.responses
    var solutions: [SolveSolution] = []
    for (a, b) in zip(surveyed, surveyed.dropFirst())
    where isBelow(a, shift: 0) != isBelow(b, shift: 0) {
      solutions.append(try solution(between: a, b))
    }
    return SolveAnswer(
      solutions: solutions, surveyed: surveyed, level: target.level,
      isMonotone: !(directions.contains(true) && directions.contains(false)),
      isConstant: surveyed.allSatisfy { $0.estimate == surveyed[0].estimate },
      simulations: curve.simulations)
  }

  /// Whether the estimate, shifted by as many reaches, is below the target.
  private func isBelow(_ response: Response, shift: Double) -> Bool {
    (shift == 0 ? response.estimate : response.estimate + shift * response.reach) < target.level
  }

  private func solution(between a: Response, _ b: Response) throws -> SolveSolution {
    let rises = a.estimate < b.estimate
    let slope = (b.estimate - a.estimate) / (b.value - a.value)
    let response = try reaching(try crossing(between: a, b, shift: 0, slope: slope), between: a, b)
    let value = response.value
    // Where the answer rises, smaller values reach the target only with luck on their side.
    let known = curve.responses
    let low = try end(
      known.filter { $0.value <= value }.reversed(), shift: rises ? 1 : -1, slope: slope
    ) { isBelow in isBelow == rises }
    let high = try end(
      known.filter { $0.value >= value }, shift: rises ? -1 : 1, slope: slope
    ) { isBelow in isBelow != rises }
    return SolveSolution(
      value: value, low: low, high: high, response: response, slope: slope, rises: rises)
  }

  /// The answer at a crossing; where it jumps there, at the nearest value looked at that reaches the
  /// target.
  private func reaching(
    _ value: Double, between a: Response, _ b: Response
  ) throws -> Response {
    let response = try curve.response(at: value)
    guard target.isShare, isBelow(response, shift: 0) else { return response }
    let reaching = curve.responses.filter {
      (a.value...b.value).contains($0.value) && !isBelow($0, shift: 0)
    }
    return reaching.min { abs($0.value - value) < abs($1.value - value) } ?? response
  }

  /// The first value beyond which a test rejects the target; nil where that lies outside the range.
  ///
  /// - Parameters:
  ///   - outward: responses from the solution on.
  ///   - isRejected: whether a shifted response below the target, or one that is not, is too far.
  private func end(
    _ outward: [Response], shift: Double, slope: Double, isRejected: (_ isBelow: Bool) -> Bool
  ) throws -> Double? {
    let rejected = outward.map { isRejected(isBelow($0, shift: shift)) }
    guard let place = rejected.firstIndex(of: true) else { return nil }
    if place == 0 { return outward[0].value }
    let pair = [outward[place - 1], outward[place]].sorted { $0.value < $1.value }
    if range.isWhole {
      // The last that is not rejected, seen from the solution.
      let (low, high) = try wholeBracket(between: pair[0], pair[1], shift: shift)
      return outward[place - 1].value < outward[place].value ? low : high
    }
    return try crossing(between: pair[0], pair[1], shift: shift, slope: slope)
  }

  /// Where the shifted curve crosses the target between two values on different sides of it; for
  /// whole numbers the first that is on the side where the target is reached.
  private func crossing(
    between a: Response, _ b: Response, shift: Double, slope: Double
  ) throws -> Double {
    if range.isWhole {
      let (low, high) = try wholeBracket(between: a, b, shift: shift)
      return isBelow(a, shift: shift) ? high : low
    }
    let widest = max(a.reach, b.reach)
    let reach = (widest.isFinite ? widest : 0) / max(slope.magnitude, .leastNormalMagnitude)
    let tolerance = max((range.high - range.low) * 1e-9, reach * Self.precision)
    var failure: (any Error)?
    let root = RootFinding.root(in: a.value, b.value, tolerance: tolerance) { value in
      guard failure == nil else { return .nan }
      do {
        let response = try curve.response(at: value)
        return (shift == 0 ? 0 : shift * response.reach) + response.estimate - target.level
      } catch {
        failure = error
        return .nan
      }
    }
    if let failure { throw failure }
    guard let root else { preconditionFailure("a crossing lies between values on different sides") }
    return root
  }

  /// The neighbouring whole numbers between which the shifted curve crosses the target.
  private func wholeBracket(
    between a: Response, _ b: Response, shift: Double
  ) throws -> (low: Double, high: Double) {
    let startsBelow = isBelow(a, shift: shift)
    var (low, high) = (a.value, b.value)
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if try isBelow(curve.response(at: middle), shift: shift) == startsBelow {
        low = middle
      } else {
        high = middle
      }
    }
    return (low, high)
  }
}
