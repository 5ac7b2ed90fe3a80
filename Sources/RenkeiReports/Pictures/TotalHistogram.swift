// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The distribution of the total over the horizon in a few bins, by the probabilities of reaching
/// each threshold; all that lies beyond the last bin is one bin more.
struct TotalHistogram: Sendable {
  struct Bin: Sendable, Equatable {
    let low: Double
    /// Nil for the last bin, which has no end.
    let high: Double?
    /// Share of the paths.
    let share: Double
  }

  static let wantedBins = 12

  let bins: [Bin]

  /// - Parameters:
  ///   - rows: thresholds in rising order, most of them on an even grid from 0, perhaps with others
  ///     in between and wider steps beyond.
  ///   - goal: lies within the bins where it lies within the grid.
  /// - Returns: nil where the thresholds are no such grid.
  init?(_ rows: [ExceedanceRow], goal: Double?) {
    // Most gaps are steps of the grid: single amounts split one, and the far tail is wider.
    let gaps = zip(rows, rows.dropFirst()).map { $1.thresholdYen - $0.thresholdYen }.sorted()
    guard !gaps.isEmpty, gaps[gaps.count / 2] > 0 else { return nil }
    let step = gaps[gaps.count / 2]
    let grid = rows.reduce(into: [ExceedanceRow]()) { grid, row in
      if (row.thresholdYen / step - Double(grid.count)).magnitude < 1e-6 { grid.append(row) }
    }
    guard grid.count > 1, grid[0].thresholdYen == 0 else { return nil }
    // To where one path in forty is left, and past the goal.
    let quiet = grid.firstIndex { $0.probability < 0.025 } ?? grid.count - 1
    let past = goal.flatMap { goal in grid.firstIndex { $0.thresholdYen > goal } } ?? 0
    let steps = max(1, max(quiet, past))
    let width = Self.multiple(steps: steps)
    let edges = Array(stride(from: 0, through: grid.count - 1, by: width)).prefix {
      $0 < steps + width
    }
    var bins = zip(edges, edges.dropFirst()).map { low, high in
      Bin(
        low: grid[low].thresholdYen, high: grid[high].thresholdYen,
        share: grid[low].probability - grid[high].probability)
    }
    if let last = edges.last {
      bins.append(Bin(low: grid[last].thresholdYen, high: nil, share: grid[last].probability))
    }
    self.bins = bins
  }

  /// The bin that holds the goal.
  func index(of goal: Double) -> Int? {
    bins.firstIndex { bin in
      goal >= bin.low && (bin.high.map { goal < $0 } ?? true)
    }
  }

  /// How many steps of the grid make a bin: 1, 2, 5, 10, 20, …
  private static func multiple(steps: Int) -> Int {
    var decade = 1
    while true {
      for factor in [1, 2, 5] where steps <= factor * decade * wantedBins {
        return factor * decade
      }
      decade *= 10
    }
  }
}
