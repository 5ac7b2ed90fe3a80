// SPDX-License-Identifier: GPL-3.0-or-later

/// Values and slopes at the nodes of one uniform grid, from which cubic Hermite segments follow.
struct CubicGrid {
  let start: Double
  let end: Double
  var values: [Double]
  var slopes: [Double]

  var segments: Int { values.count - 1 }
  var step: Double { (end - start) / Double(segments) }

  func position(_ index: Int) -> Double {
    index == segments ? end : start + step * Double(index)
  }

  /// The four coefficients of segment k in t ∈ [0, 1], constant first.
  ///
  /// Where rounding is as large as the rise of the segment, a straight line takes its place.
  func coefficients(_ k: Int) -> (Double, Double, Double, Double) {
    let (y0, y1) = (values[k], values[k + 1])
    let rise = y1 - y0
    let (left, right) = (slopes[k] * step, slopes[k + 1] * step)
    let noise = 256 * max(y0.magnitude, y1.magnitude).ulp
    if rise.magnitude <= noise || !left.isFinite || !right.isFinite { return (y0, rise, 0, 0) }
    return (y0, left, 3 * rise - 2 * left - right, left + right - 2 * rise)
  }

  /// Value of segment k at its middle.
  func middle(_ k: Int) -> Double {
    let (c0, c1, c2, c3) = coefficients(k)
    return c0.addingProduct(0.5, c1.addingProduct(0.5, c2.addingProduct(0.5, c3)))
  }

  /// Whether segment k neither turns nor runs against the sign of its rise.
  func isMonotone(_ k: Int) -> Bool {
    let (_, c1, c2, c3) = coefficients(k)
    let rise = values[k + 1] - values[k]
    let sign = rise < 0 ? -1.0 : 1.0
    let atEnd = sign * (c1 + 2 * c2 + 3 * c3)
    if sign * c1 < 0 || atEnd < -1e-12 * rise.magnitude { return false }
    let turn = -c2 / (3 * c3)
    if !(turn > 0 && turn < 1) { return true }
    return sign * (c1 + turn * c2) >= -1e-12 * rise.magnitude
  }

  /// The same grid with a new node in the middle of every segment.
  func refined(values middle: [Double], slopes middleSlopes: [Double]) -> CubicGrid {
    var (newValues, newSlopes) = ([values[0]], [slopes[0]])
    for k in 0..<segments {
      newValues += [middle[k], values[k + 1]]
      newSlopes += [middleSlopes[k], slopes[k + 1]]
    }
    return CubicGrid(start: start, end: end, values: newValues, slopes: newSlopes)
  }
}

extension PiecewiseCubic {
  /// Joins grids into one function.
  init(joining grids: [CubicGrid]) {
    var pieces = [Piece]()
    var coefficients = [Double]()
    for grid in grids {
      pieces.append(
        Piece(
          start: grid.start, end: grid.end,
          inverseStep: Double(grid.segments) / (grid.end - grid.start),
          lastSegment: grid.segments - 1, firstCoefficient: coefficients.count))
      for k in 0..<grid.segments {
        let (c0, c1, c2, c3) = grid.coefficients(k)
        coefficients += [c0, c1, c2, c3]
      }
    }
    self.init(pieces: pieces, coefficients: coefficients)
  }

  /// Fits a smooth function on an interval, doubling the segments until it is met.
  ///
  /// The check compares the middle of each segment, where cubic Hermite interpolation errs most,
  /// with the function and asks for half of the tolerance there, for the places beside it.
  ///
  /// - Parameters:
  ///   - interval: finite, not empty.
  ///   - relativeTolerance: largest |fit − f|/|f|.
  ///   - absoluteTolerance: errors up to this size pass as well, for functions with a zero.
  ///   - value: the function.
  ///   - slope: its derivative.
  /// - Throws: `TableError` when 16,384 segments do not reach the tolerance.
  public static func fit(
    on interval: ClosedRange<Double>, relativeTolerance: Double, absoluteTolerance: Double = 0,
    value: (Double) -> Double, slope: (Double) -> Double
  ) throws(TableError) -> PiecewiseCubic {
    precondition(interval.lowerBound < interval.upperBound, "the interval must not be empty")
    let (low, high) = (interval.lowerBound, interval.upperBound)
    let first = (0...8).map { low + (high - low) * Double($0) / 8 }
    var grid = CubicGrid(
      start: low, end: high, values: first.map(value), slopes: first.map(slope))
    while true {
      let places = (0..<grid.segments).map { grid.start + (Double($0) + 0.5) * grid.step }
      let exact = places.map(value)
      let worst = grid.largestExcess(exact, relativeTolerance, absoluteTolerance)
      if worst <= 1 { return PiecewiseCubic(joining: [grid]) }
      if grid.segments >= TableError.largestSegmentCount || !worst.isFinite {
        throw TableError(
          subject: "a curve on [\(plain(low)), \(plain(high))]", segments: grid.segments,
          excess: worst)
      }
      grid = grid.refined(values: exact, slopes: places.map(slope))
    }
  }
}

extension CubicGrid {
  /// Largest ratio of the middle's error to what is allowed.
  fileprivate func largestExcess(
    _ exact: [Double], _ relative: Double, _ absolute: Double
  ) -> Double {
    var worst = 0.0
    for k in 0..<segments {
      let error = (middle(k) - exact[k]).magnitude
      let allowed = max(0.5 * max(relative * exact[k].magnitude, absolute), 4 * exact[k].ulp)
      let ratio = error / allowed
      worst = max(worst, ratio.isNaN ? .infinity : ratio)
    }
    return worst
  }
}

/// A function that cannot be tabulated to the promised accuracy.
public struct TableError: Error, Sendable, Equatable, CustomStringConvertible {
  static let largestSegmentCount = 16_384

  /// What was to be tabulated.
  public let subject: String
  /// Segments per piece at the last attempt.
  public let segments: Int
  /// Largest error there as a multiple of the tolerance.
  public let excess: Double

  public var description: String {
    "\(subject) cannot be tabulated: with \(segments) segments the error is still "
      + "\(excess) times the tolerance"
  }
}
