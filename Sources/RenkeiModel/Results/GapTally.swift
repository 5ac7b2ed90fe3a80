// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Sums from which the gap to the goal, its tail and the spread of the total are allocated to plans
/// and groups, each by Euler's rule: what a part adds at the margin, so that the parts sum to the
/// whole.
///
///     gap of part i   = E[(G·wᵢ − Cᵢ)·1{C < G}]
///     tail of part i  = E[(G·wᵢ − Cᵢ)·1{C < G}·b]/0.05, b the path's weight in the worst 5%
///     sd of part i    = Cov(Cᵢ, C)/sd(C)
///
/// with wᵢ the part's share of the promise. They are estimated on some of the run's paths; how far
/// these paths' gap is from the whole run's is known, and each part takes its share of that by
/// regression (the slopes of all parts sum to 1), so the parts sum to the whole run's figures.
///
/// Source: D. Tasche, "Risk contributions and performance measurement" (1999); W. G. Cochran,
/// "Sampling Techniques" (1977), section 7.1, regression estimates.
package struct GapTally: Sendable, Mergeable {
  /// Sums of one part.
  struct Part: Sendable {
    var total = 0.0
    var totalByDeviation = 0.0
    var gap = 0.0
    var gapSquared = 0.0
    var gapByGap = 0.0
    var tail = 0.0
    var tailSquared = 0.0
    var tailByTail = 0.0
  }

  /// By plan, then by group.
  private(set) var parts: [Part]
  private(set) var paths = 0
  // Sums over the paths of C − E[C], of the gap, and of the gap in the tail.
  private var deviation = 0.0
  private var deviationSquared = 0.0
  private var gap = 0.0
  private var gapSquared = 0.0
  private var tail = 0.0
  private var tailSquared = 0.0
  private var tailWeight = 0.0

  package init(partCount: Int) {
    parts = [Part](repeating: Part(), count: partCount)
  }

  /// Counts the totals of some paths.
  package mutating func add(_ totals: UnsafeBufferPointer<Double>, _ context: GapContext) {
    for total in totals {
      let place = context.position(total: total)
      paths += 1
      deviation += total - context.meanYen
      deviationSquared += (total - context.meanYen) * (total - context.meanYen)
      gap += place.gap
      gapSquared += place.gap * place.gap
      tail += place.weight * place.gap
      tailSquared += place.weight * place.gap * place.gap
      tailWeight += place.weight
    }
  }

  /// Counts a part's totals on the same paths.
  ///
  /// - Parameters:
  ///   - part: index of the plan, or number of plans + index of the group.
  ///   - values: the part's revenue over the horizon by path.
  ///   - share: w, the part's share of the promise.
  package mutating func add(
    part: Int, _ values: UnsafePointer<Double>, share: Double,
    _ totals: UnsafeBufferPointer<Double>, _ context: GapContext
  ) {
    let promised = (context.goalYen ?? 0) * share
    var sums = Part()
    for (path, total) in totals.enumerated() {
      let place = context.position(total: total)
      sums.total += values[path]
      sums.totalByDeviation += values[path] * (total - context.meanYen)
      guard place.isShort else { continue }
      let own = promised - values[path]
      sums.gap += own
      sums.gapSquared += own * own
      sums.gapByGap += own * place.gap
      sums.tail += place.weight * own
      sums.tailSquared += place.weight * own * own
      sums.tailByTail += place.weight * own * place.gap
    }
    parts[part].add(sums)
  }

  /// Takes over what a tile of plans found on the same paths.
  ///
  /// - Parameters:
  ///   - tile: its parts are those of its plans, then of all groups.
  ///   - plans: index of each of its plans.
  ///   - isLast: whether no tile follows, so that its groups are whole.
  package mutating func take(_ tile: GapTally, plans: [Int], isLast: Bool) {
    for (place, plan) in plans.enumerated() { parts[plan] = tile.parts[place] }
    guard isLast else { return }
    let groups = tile.parts[plans.count...]
    var whole = tile
    whole.parts = parts.dropLast(groups.count) + groups
    self = whole
  }

  /// Adds the sums of further paths.
  package mutating func merge(_ other: GapTally) {
    for part in parts.indices { parts[part].add(other.parts[part]) }
    paths += other.paths
    deviation += other.deviation
    deviationSquared += other.deviationSquared
    gap += other.gap
    gapSquared += other.gapSquared
    tail += other.tail
    tailSquared += other.tailSquared
    tailWeight += other.tailWeight
  }

  /// The part's share of the standard deviation of the total.
  func deviation(of part: Int, _ context: GapContext) -> Double {
    let n = Double(paths)
    let spread = deviationSquared - deviation * deviation / n
    guard spread > 0 else { return 0 }
    let common = parts[part].totalByDeviation - parts[part].total * deviation / n
    return common / spread * context.standardDeviationYen
  }

  /// The part's share of the mean gap, with its standard error.
  func gap(of part: Int, share: Double, _ context: GapContext) -> (yen: Double, error: Double) {
    let sums = parts[part]
    return Regression(
      n: Double(paths), run: Double(context.paths), x: gap, xx: gapSquared, y: sums.gap,
      yy: sums.gapSquared, xy: sums.gapByGap, fallback: share
    ).estimate(mean: context.meanGapYen, variance: context.gapVariance)
  }

  /// The part's share of the mean of the worst 5% of the gaps, with its standard error.
  ///
  /// To first order a tail mean is moved by the paths inside it alone, measured from the boundary
  /// t; m, the part's own boundary, is taken as its share of the tail times t.
  func tail(of part: Int, share: Double, _ context: GapContext) -> (yen: Double, error: Double) {
    let sums = parts[part]
    let t = context.thresholdYen
    let m = tail > 0 ? t * (sums.tail / tail) : t * share
    let alpha = GapContext.tailShare
    let regression = Regression(
      n: Double(paths), run: Double(context.paths), x: tail - t * tailWeight,
      xx: tailSquared - 2 * t * tail + t * t * tailWeight, y: sums.tail - m * tailWeight,
      yy: sums.tailSquared - 2 * m * sums.tail + m * m * tailWeight,
      xy: sums.tailByTail - m * tail - t * sums.tail + m * t * tailWeight, fallback: share)
    let found = regression.estimate(mean: alpha * (context.tailGapYen - t), variance: nil)
    return (m + found.yen / alpha, found.error / alpha)
  }
}

extension GapTally.Part {
  fileprivate mutating func add(_ other: Self) {
    total += other.total
    totalByDeviation += other.totalByDeviation
    gap += other.gap
    gapSquared += other.gapSquared
    gapByGap += other.gapByGap
    tail += other.tail
    tailSquared += other.tailSquared
    tailByTail += other.tailByTail
  }
}

/// The mean of y from n paths, corrected by x, whose mean over the whole run is known.
private struct Regression {
  let n: Double
  /// Paths of the whole run.
  let run: Double
  let x: Double
  let xx: Double
  let y: Double
  let yy: Double
  let xy: Double
  /// The slope where x does not vary.
  let fallback: Double

  /// - Parameter variance: that of x over the whole run; nil: as on the n paths.
  func estimate(mean: Double, variance: Double?) -> (yen: Double, error: Double) {
    let degrees = max(1, n - 1)
    let ofX = max(0, xx - x * x / n) / degrees
    let ofY = max(0, yy - y * y / n) / degrees
    let common = (xy - x * y / n) / degrees
    let slope = ofX > 0 ? common / ofX : fallback
    let rest = max(0, ofY - slope * common)
    let error = rest / n + slope * slope * (variance ?? ofX) / run
    return (y / n + slope * (mean - x / n), error.squareRoot())
  }
}
