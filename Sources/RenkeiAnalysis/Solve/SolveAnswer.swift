// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that makes the figure reach its target.
package struct SolveSolution: Sendable {
  /// For whole numbers the last or first that reaches it.
  package let value: Double
  /// Ends of the 95% interval; nil where it goes beyond the range.
  package let low: Double?
  package let high: Double?
  /// The figure at the value.
  package let response: Response
  /// Change of the figure per unit of the value, around the solution.
  package let slope: Double
  /// Whether larger values give more.
  package let rises: Bool

  init(
    value: Double, low: Double?, high: Double?, response: Response, slope: Double, rises: Bool
  ) {
    self.value = value
    self.low = low
    self.high = high
    self.response = response
    self.rises = rises
    // Over the interval the curve climbs twice the reach, which is more than noise.
    if let low, let high, high > low, response.reach > 0 {
      self.slope = (rises ? 2 : -2) * response.reach / (high - low)
    } else {
      self.slope = slope
    }
  }

  /// Standard error of the value, that of the figure over its slope; nil where nobody can tell.
  package var standardError: Double? {
    response.standardError.flatMap { slope == 0 ? nil : $0 / slope.magnitude }
  }
}

/// What a search found.
package struct SolveAnswer: Sendable {
  /// Ascending; empty where no value of the range reaches the target, several where the figure
  /// rises and falls.
  package let solutions: [SolveSolution]
  /// Values that were looked at first, ascending.
  package let surveyed: [Response]
  /// What the figure was to be.
  let level: Double
  /// Whether the figure does not both rise and fall by more than chance.
  package let isMonotone: Bool
  /// Whether the figure is the same at every value.
  package let isConstant: Bool
  /// Runs that were needed.
  package let simulations: Int

  /// The surveyed value at which the figure comes closest to the target.
  package var closest: Response {
    surveyed.min {
      ($0.estimate - level).magnitude < ($1.estimate - level).magnitude
    } ?? surveyed[0]
  }

  /// Whether the figure lies above the target throughout; only without a solution.
  package var isAlwaysAbove: Bool { surveyed.allSatisfy { $0.estimate >= level } }

  /// Whether the target is compatible with the figure at the closest value.
  package var isWithinError: Bool {
    closest.reach.isFinite && (closest.estimate - level).magnitude <= closest.reach
  }
}
