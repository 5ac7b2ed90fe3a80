// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution's quantile function of the normal score, x(z) = F⁻¹(Φ(z)), as piecewise cubics
/// on |z| ≤ 8.3, split at the distribution's breakpoints.
///
/// Accuracy: |F(x(z)) − Φ(z)| ≤ 1e-9 everywhere and relative to the smaller tail at most 1e-6 for
/// |z| ≤ 8, up to the rounding of x itself; monotone. A table depends on its distribution only.
public struct QuantileTable: Sendable, Equatable {
  /// The table's polynomials, with the rule of evaluation.
  public let cubic: PiecewiseCubic

  /// Four per segment, constant first.
  public var coefficients: [Double] { cubic.coefficients }

  /// Grids between breakpoints.
  public var pieces: [PiecewiseCubic.Piece] { cubic.pieces }

  /// FNV-1a of the table's bits: tables with equal hashes sample equal bits.
  public var hash: UInt64 { cubic.hash }

  /// The value at normal score `z`, clamped to ±8.3.
  public func value(at z: Double) -> Double { cubic.value(at: z) }

  /// Tabulates a continuous distribution.
  ///
  /// - Throws: `TableError` when 16,384 segments in a piece do not reach the accuracy.
  /// - Complexity: about two evaluations of tail and density per node, at twice as many nodes as
  ///   the table keeps.
  public init(_ distribution: some UnivariateDistribution) throws(TableError) {
    if case .discrete = distribution.sampling {
      preconditionFailure("a discrete distribution is sampled by thresholds, not by a table")
    }
    let limit = Reproducible.largestNormalScore
    var edges = [-limit]
    for breakpoint in distribution.breakpoints
    where breakpoint > (edges.last ?? 0) + 1e-6 && breakpoint < limit - 1e-6 {
      edges.append(breakpoint)
    }
    edges.append(limit)
    var grids = [CubicGrid]()
    for (start, end) in zip(edges, edges.dropFirst()) {
      grids.append(try Self.grid(of: distribution, from: start, to: end))
    }
    cubic = PiecewiseCubic(joining: grids)
  }

  private static func grid(
    of distribution: some UnivariateDistribution, from start: Double, to end: Double
  ) throws(TableError) -> CubicGrid {
    let count = 64
    let scores = (0...count).map {
      $0 == count ? end : start + (end - start) / Double(count) * Double($0)
    }
    let values = scores.map { distribution.quantile(normalScore: $0) }
    var slopes = zip(scores, values).map { slope(of: distribution, score: $0, value: $1) }
    let limit = Reproducible.largestNormalScore
    if start > -limit {
      slopes[0] = edgeSlope(of: distribution, score: start, value: values[0], toward: values[1])
    }
    if end < limit {
      slopes[count] = edgeSlope(
        of: distribution, score: end, value: values[count], toward: values[count - 1])
    }
    var grid = CubicGrid(start: start, end: end, values: values, slopes: slopes)
    while true {
      let (middle, excess) = middles(of: distribution, grid)
      if excess <= 1 { return grid }
      if grid.segments >= TableError.largestSegmentCount || !excess.isFinite {
        throw TableError(subject: distribution.label, segments: grid.segments, excess: excess)
      }
      let half = 0.5 * grid.step
      let middleSlopes = middle.indices.map {
        slope(of: distribution, score: grid.position($0) + half, value: middle[$0])
      }
      grid = grid.refined(values: middle, slopes: middleSlopes)
    }
  }

  /// dx/dz = φ(z)/f(x).
  private static func slope(
    of distribution: some UnivariateDistribution, score: Double, value: Double
  ) -> Double {
    Reproducible.normalDensity(score) / distribution.density(value)
  }

  /// dx/dz at a breakpoint; where the density jumps there, the limit from inside the piece.
  private static func edgeSlope(
    of distribution: some UnivariateDistribution, score: Double, value: Double,
    toward neighbour: Double
  ) -> Double {
    let inside = distribution.density(value.addingProduct(0x1p-30, neighbour - value))
    let jump = (inside - distribution.density(value)).magnitude
    return jump > 1e-6 * inside
      ? Reproducible.normalDensity(score) / inside
      : slope(of: distribution, score: score, value: value)
  }

  /// Exact values in the middle of every segment, found from the interpolated ones, and the largest
  /// error of those as a multiple of what is allowed.
  private static func middles(
    of distribution: some UnivariateDistribution, _ grid: CubicGrid
  ) -> (values: [Double], excess: Double) {
    var values = [Double]()
    values.reserveCapacity(grid.segments)
    var worst = 0.0
    let half = 0.5 * grid.step
    for k in 0..<grid.segments {
      let z = grid.position(k) + half
      let target = TailTarget.score(z)
      let guess = grid.middle(k)
      let (low, high) = (grid.values[k], grid.values[k + 1])
      let exact =
        low < high && high - low > 4 * max(low.magnitude, high.magnitude).ulp
        ? QuantileSolver.solve(target, for: distribution, start: guess, low: low, high: high)
        : guess
      values.append(exact)
      // The density turns the distance in x into the distance in probability.
      let distance = (guess - exact).magnitude
      if distance <= 8 * max(low.magnitude, high.magnitude).ulp { continue }
      let error = (target.tail(of: distribution, at: guess) - target.probability).magnitude
      let ratio = error / allowed(z, target)
      worst = max(worst, ratio.isNaN ? .infinity : ratio)
      if worst <= 1 && !grid.isMonotone(k) { worst = 2 }
    }
    return (values, worst)
  }

  /// Half of the promised accuracy, because errors peak slightly beside the middle.
  private static func allowed(_ z: Double, _ target: TailTarget) -> Double {
    z.magnitude <= 8.1 ? min(5e-10, 5e-7 * target.probability) : 5e-10
  }
}
