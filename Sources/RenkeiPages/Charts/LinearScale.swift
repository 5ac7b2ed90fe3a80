// SPDX-License-Identifier: GPL-3.0-or-later

/// Maps numbers to places along an axis: start + (value − low) / (high − low) · (end − start).
struct LinearScale: Sendable {
  let low: Double
  let high: Double
  /// Place of `low` and of `high`; may run either way.
  let start: Double
  let end: Double

  init(_ low: Double, _ high: Double, from start: Double, to end: Double) {
    self.low = low
    self.high = high > low ? high : low + 1
    self.start = start
    self.end = end
  }

  /// A scale whose ends are round numbers around `low` and `high`.
  static func rounded(
    _ low: Double, _ high: Double, from start: Double, to end: Double, ticks: Int = 5
  ) -> LinearScale {
    let top = high > low ? high : low + 1
    let step = roundStep((top - low) / Double(max(1, ticks)))
    return LinearScale(
      (low / step).rounded(.down) * step, (top / step).rounded(.up) * step, from: start, to: end)
  }

  func callAsFunction(_ value: Double) -> Double {
    start + (value - low) / (high - low) * (end - start)
  }

  /// Round numbers within the scale, about `count` of them.
  func ticks(_ count: Int = 5) -> [Double] {
    let step = Self.roundStep((high - low) / Double(max(1, count)))
    let first = Int((low / step - 1e-9).rounded(.up))
    let last = Int((high / step + 1e-9).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  /// The smallest of 1, 2, 5 · 10ᵏ that is not below `size`.
  private static func roundStep(_ size: Double) -> Double {
    var power = 1.0
    while power * 10 <= size, power < 1e300 { power *= 10 }
    while power > size, power > 1e-300 { power /= 10 }
    for factor in [1.0, 2, 5, 10] where power * factor >= size * (1 - 1e-9) {
      return power * factor
    }
    return power * 10
  }
}

/// Spreads labels that would overlap along one axis.
enum LabelStack {
  /// Places at least `gap` apart and within `range` where that is possible, in the order of
  /// `wanted`, each near its wanted place.
  ///
  /// Complexity: O(n²).
  static func spread(
    _ wanted: [Double], gap: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var places = order.map { min(max(wanted[$0], range.lowerBound), range.upperBound) }
    // Down and up in turn: each pass halves what overlaps.
    for _ in 0..<60 {
      for index in places.indices.dropFirst() {
        let overlap = gap - (places[index] - places[index - 1])
        guard overlap > 1e-6 else { continue }
        places[index - 1] -= overlap / 2
        places[index] += overlap / 2
      }
      if let first = places.first, first < range.lowerBound { places[0] = range.lowerBound }
      if let last = places.last, last > range.upperBound {
        places[places.count - 1] = range.upperBound
      }
    }
    var result = wanted
    for (index, place) in zip(order, places) { result[index] = place }
    return result
  }
}
