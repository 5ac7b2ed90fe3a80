// SPDX-License-Identifier: GPL-3.0-or-later

/// Round amounts at which the exceedance curve is given.
///
/// Where the scenario states a scale (its goal, what its plans promise) the amounts follow from
/// that alone, so that runs with other seeds, numbers of paths or engines have the same rows and
/// can be compared row by row. Only where nothing is promised does the simulated total decide.
enum ExceedanceGrid {
  /// Equal steps up to the scale, and as many beyond it.
  static let wantedSteps = 100.0
  /// The last amount, in multiples of the scale.
  static let reach = 20.0
  /// Leading digits of the amounts beyond twice the scale.
  private static let tailDigits = [1.0, 1.5, 2, 3, 5, 7]

  /// 0, step, 2·step, … to twice the scale, round amounts to 20 times the scale, and the stated
  /// amounts in between; the step is the smallest 1, 2 or 5 times a power of ten that needs at most
  /// a hundred of them to the scale, the largest stated amount.
  ///
  /// - Parameters:
  ///   - stated: amounts that must appear, in yen.
  ///   - highTotal: asked where no stated amount is above 0: what the curve must reach, in yen.
  static func thresholds(including stated: [Double], highTotal: () -> Double) -> [Double] {
    let scale = stated.reduce(0, max)
    let limit = scale > 0 ? scale : highTotal()
    let step = step(for: limit)
    let steps = Int(min((scale > 0 ? 2 : 1) * limit / step, 10 * wantedSteps)) + 1
    var thresholds = (0...steps).map { Double($0) * step }
    if scale > 0 {
      let last = Double(steps) * step
      thresholds += tail.filter { $0 > last && $0 <= reach * scale }
    }
    for amount in stated where !thresholds.contains(amount) { thresholds.append(amount) }
    return thresholds.sorted()
  }

  private static func step(for limit: Double) -> Double {
    for decade in decades {
      for factor in [1.0, 2, 5] where factor * decade * wantedSteps >= limit {
        return factor * decade
      }
    }
    return 5e21
  }

  /// 1, 10, … 10²¹, each exact.
  private static let decades = (0..<21).reduce(into: [1.0]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }

  private static let tail = decades.flatMap { decade in tailDigits.map { $0 * decade } }
}
