// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiEngine
import RenkeiModel
import RenkeiStatistics

/// Watches a run until a condition holds, and remembers how it ended.
package final class StoppingWatch: StoppingRule {
  private let condition: StoppingCondition
  private let pathLimit: Int
  /// Arms that are watched: place in the model, name, and what was seen.
  private var arms: [(place: Int, name: String, sight: PathSight)]
  /// Paths that were seen.
  private var seen = 0
  private var looks = 0
  private var history: [StoppingRecord.Look] = []

  /// - Throws: ``StoppingRefusal``.
  package init(
    _ condition: StoppingCondition, model: ProjectionModel, options: SimulationOptions
  ) throws(StoppingRefusal) {
    self.condition = condition
    pathLimit = options.paths
    arms = try condition.places(in: model, options.sampling).map { place in
      (
        place, model.arms[place].name,
        PathSight(goalYen: model.goalYen, unit: options.sampling.errorUnit)
      )
    }
  }

  /// - Complexity: O(new paths × years) for each arm that is watched.
  package func isEnough(_ totals: [PathTotals], paths: Int) -> Bool {
    for index in arms.indices {
      arms[index].sight.add(totals[arms[index].place], seen..<paths)
    }
    seen = paths
    looks += 1
    let views = arms.map { $0.sight.view(condition.figure) }
    history += zip(arms, views).map { arm, view in
      StoppingRecord.Look(
        paths: paths, arm: arm.name, figure: condition.figure, value: view.estimate,
        standardError: view.standardError, sequence95: view.sequence95)
    }
    return views.allSatisfy(holds)
  }

  private func holds(_ view: PathSight.View) -> Bool { progress(view) < 1 }

  /// How large what must shrink is, as a multiple of what it must be below; below 1 the condition
  /// holds.
  private func progress(_ view: PathSight.View) -> Double {
    let half = (view.sequence95.upperBound - view.sequence95.lowerBound) / 2
    switch condition.test {
    case .standardError(let bound): return view.standardError / bound.size(at: view.estimate)
    case .halfWidth(let bound): return half / bound.size(at: view.estimate)
    case .decided(_, let threshold):
      if !view.sequence95.contains(threshold) { return 0 }
      let distance = (view.estimate - threshold).magnitude
      // A figure at the threshold itself is on no side of it, however many the paths.
      return distance > 0 ? max(1, half / distance) : .infinity
    }
  }

  private func answer(_ view: PathSight.View) -> Bool? {
    guard case .decided(let isAbove, let threshold) = condition.test, holds(view) else {
      return nil
    }
    return (view.estimate > threshold) == isAbove
  }

  /// How the run ended; after its last look.
  package var record: StoppingRecord {
    let views = arms.map { $0.sight.view(condition.figure) }
    let worst = views.map(progress).reduce(0) { $1 > $0 ? $1 : $0 }
    return StoppingRecord(
      condition: condition.text, pathLimit: pathLimit, looks: looks,
      estimates: zip(arms, views).map { arm, view in
        StoppingRecord.Estimate(
          arm: arm.name, figure: condition.figure, sequence95: view.sequence95,
          holds: holds(view), answer: answer(view))
      }, history: history,
      pathsNeeded: Self.pathsNeeded(Double(seen) * worst * worst, isMet: worst < 1))
  }

  /// Two digits, rounded up: errors shrink with the square root of the number of paths.
  private static func pathsNeeded(_ paths: Double, isMet: Bool) -> Int? {
    guard !isMet, paths < 1e12 else { return nil }
    var step = 1
    while Double(step) * 100 < paths { step *= 10 }
    return Int((paths / Double(step)).rounded(.up)) * step
  }
}

/// What the paths so far say of the total of one arm over the horizon.
struct PathSight {
  /// A figure with its errors, in the unit of the figure.
  struct View {
    let estimate: Double
    let standardError: Double
    let sequence95: ClosedRange<Double>
  }

  private let goalYen: Double?
  private let unit: ErrorUnit
  /// About the total of the first path.
  private var moments: ShiftedMoments?
  private var reached = Proportion(hits: 0, trials: 0)
  /// Of the total less the shift, and of reaching the goal; nil where paths are independent.
  private var units: UnitSums?

  /// - Parameter unit: paths or blocks.
  init(goalYen: Double?, unit: ErrorUnit) {
    self.goalYen = goalYen
    self.unit = unit
    units = unit == .path ? nil : UnitSums(unit: unit, cellCount: 2)
  }

  /// Adds paths. A range of a run's paths begins with a block.
  mutating func add(_ totals: PathTotals, _ paths: Range<Int>) {
    var chunk = units.map { UnitSums(unit: $0.unit, cellCount: $0.cellCount) }
    let before = (sum: moments?.sum ?? 0, hits: reached.hits)
    for first in stride(from: paths.lowerBound, to: paths.upperBound, by: ErrorUnit.blockPaths) {
      let block = first..<min(paths.upperBound, first + ErrorUnit.blockPaths)
      addBlock(totals, block)
      chunk?.endBlock(
        first / ErrorUnit.blockPaths, paths: block.count,
        sums: [(moments?.sum ?? 0) - before.sum, Double(reached.hits - before.hits)])
    }
    if let chunk { units?.merge(chunk) }
  }

  private mutating func addBlock(_ totals: PathTotals, _ paths: Range<Int>) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: paths.count) { column in
      column.initialize(repeating: 0)
      // Year by year from 0, as the results add them.
      for year in 0..<totals.years {
        let annual = totals.annual(year: year)
        for place in 0..<paths.count { column[place] += annual[paths.lowerBound + place] }
      }
      var hits = 0
      if let goalYen { for total in column where total >= goalYen { hits += 1 } }
      reached.merge(Proportion(hits: hits, trials: paths.count))
      guard let base = column.baseAddress else { return }
      // A shift that is not finite would be a programmer's mistake; the sums tell it instead.
      var moments = moments ?? ShiftedMoments(shift: column[0].isFinite ? column[0] : 0)
      moments.add(column: base, count: paths.count)
      self.moments = moments
    }
  }

  func view(_ figure: StoppingFigure) -> View {
    switch figure {
    case .mean: mean
    case .goalProbability: probability
    }
  }

  private var multiplier: Double {
    guard let units else { return MeanSequence.multiplier(units: reached.trials) }
    return MeanSequence.multiplier(
      units: units.unitCount, pathsPerUnit: ErrorUnit.blockPaths)
  }

  private var mean: View {
    let estimate = moments?.mean ?? 0
    let error =
      units.flatMap { $0.standardErrorOfMean(cell: 0) } ?? moments?.standardErrorOfMean
      ?? .infinity
    // What is not finite is told by the run itself.
    guard estimate.isFinite, error.isFinite else { return Self.nothingKnown }
    let half = multiplier * error
    return View(
      estimate: estimate, standardError: error, sequence95: estimate - half...estimate + half)
  }

  private var probability: View {
    guard let estimate = reached.estimate else { return Self.nothingKnown }
    let exact = ProbabilitySequence.interval(reached)
    // Where hits are too few to spread, the error is taken at the middle of Wilson's interval.
    let wilson = reached.wilsonInterval()
    let middle = (wilson.low + wilson.high) / 2
    let cautious = (middle * (1 - middle) / Double(reached.trials)).squareRoot()
    guard let error = units?.standardErrorOfMean(cell: 1) else {
      return View(
        estimate: estimate,
        standardError: reached.isFewHits
          ? max(cautious, reached.standardError ?? 0) : reached.standardError ?? cautious,
        sequence95: exact)
    }
    let half = multiplier * error
    var (low, high) = (max(0, estimate - half), min(1, estimate + half))
    if reached.isFewHits { (low, high) = (min(low, exact.lowerBound), max(high, exact.upperBound)) }
    return View(
      estimate: estimate, standardError: reached.isFewHits ? max(cautious, error) : error,
      sequence95: low...high)
  }

  private static let nothingKnown = View(
    estimate: 0, standardError: .infinity, sequence95: -.infinity ... .infinity)
}
