// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles

/// The points of a sweep: every combination of the values of its axes, the first axis varying
/// slowest.
package struct SweepGrid: Sendable {
  /// One combination.
  package struct Point: Sendable {
    /// From 1.
    package let number: Int
    /// For each axis the place of its value.
    package let places: [Int]
    /// What is laid over the scenario.
    package let settings: [ScenarioOverride]
  }

  /// Most points of a sweep.
  package static let mostPoints = 10_000

  package let axes: [SweepAxis]
  package let points: [Point]

  /// - Throws: ``SweepAxis/Problem`` where a key is varied twice or the points are too many.
  package init(_ axes: [SweepAxis]) throws(SweepAxis.Problem) {
    for (index, axis) in axes.enumerated()
    where axes[..<index].contains(where: { $0.key == axis.key }) {
      throw SweepAxis.Problem(message: "\(axis.key) is varied twice")
    }
    var count = 1
    for axis in axes {
      count *= axis.values.count
      guard count <= Self.mostPoints else {
        throw SweepAxis.Problem(message: "a sweep has at most \(Self.mostPoints) points")
      }
    }
    self.axes = axes
    points = (0..<count).map { index in
      var places: [Int] = []
      var rest = index
      for axis in axes.reversed() {
        places.insert(rest % axis.values.count, at: 0)
        rest /= axis.values.count
      }
      return Point(
        number: index + 1, places: places,
        settings: zip(axes, places).map { $0.setting($1) })
    }
  }
}
