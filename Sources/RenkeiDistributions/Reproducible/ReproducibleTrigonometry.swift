// SPDX-License-Identifier: GPL-3.0-or-later

/// The tangent and its inverse with the same bits on every machine, by Taylor series after
/// reduction to a short interval.
extension Reproducible {
  /// Angle in (−π/2, π/2) whose tangent is `x`, within 2 units in the last place.
  public static func arcTangent(_ x: Double) -> Double {
    guard x == x else { return x }
    let size = x.magnitude
    let angle: Double
    if size <= 0.4142135623730951 {
      angle = shortArcTangent(size)
    } else if size <= 2.414213562373095 {
      // atan x = π/4 + atan((x − 1)/(x + 1))
      angle = quarterPi + (quarterPiRest + shortArcTangent((size - 1) / (size + 1)))
    } else {
      angle = 2 * quarterPi + (2 * quarterPiRest - shortArcTangent(1 / size))
    }
    return x < 0 ? -angle : angle
  }

  /// tan(π·x) for |x| ≤ ¼, within 4 units in the last place; NaN beyond.
  package static func tangentOfPi(_ x: Double) -> Double {
    guard x.magnitude <= 0.25 else { return .nan }
    let angle = Double.pi * x
    let square = angle * angle
    return angle * polynomial(sineSeries, at: square) / polynomial(cosineSeries, at: square)
  }

  private static let quarterPi = 0.7853981633974483
  /// What the rounding of π/4 lost.
  private static let quarterPiRest = 3.061616997868383e-17

  /// atan x for |x| ≤ √2 − 1.
  private static func shortArcTangent(_ x: Double) -> Double {
    let square = x * x
    return x.addingProduct(x * square, polynomial(arcTangentSeries, at: square))
  }

  /// −1/3, 1/5, …, −1/43: truncation below 1e-17 for squares up to 0.1716.
  private static let arcTangentSeries: [Double] = (1...21).map { (k: Int) -> Double in
    let size = 1.0 / Double(2 * k + 1)
    return k % 2 == 0 ? size : -size
  }

  /// 1, −1/3!, 1/5!, …, 1/17!.
  private static let sineSeries: [Double] = [
    1, -1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362_880, -1.0 / 39_916_800,
    1.0 / 6_227_020_800, -1.0 / 1_307_674_368_000, 1.0 / 355_687_428_096_000,
  ]

  /// 1, −1/2!, 1/4!, …, 1/16!.
  private static let cosineSeries: [Double] = [
    1, -1.0 / 2, 1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3_628_800, 1.0 / 479_001_600,
    -1.0 / 87_178_291_200, 1.0 / 20_922_789_888_000,
  ]
}
