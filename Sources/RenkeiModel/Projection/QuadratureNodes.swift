// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Values with their probabilities that stand for one draw.
struct QuadratureNodes {
  let values: [Double]
  let weights: [Double]
  /// Whether the node lies beyond |z| = 7.3, where a sum that converges has nothing left.
  let isOutermost: [Bool]

  /// Positive nodes and weights of the 16-point Gauss–Legendre rule on [−1, 1].
  /// (Abramowitz & Stegun, Handbook of Mathematical Functions, table 25.4)
  private static let rule: [(node: Double, weight: Double)] = [
    (0.0950125098376374, 0.1894506104550685), (0.2816035507792589, 0.1826034150449236),
    (0.4580167776572274, 0.1691565193950025), (0.6178762444026438, 0.1495959888165767),
    (0.7554044083550030, 0.1246289712555339), (0.8656312023878318, 0.0951585116824928),
    (0.9445750230732326, 0.0622535239386479), (0.9894009349916499, 0.0271524594117541),
  ]

  private init(values: [Double], weights: [Double], isOutermost: [Bool]) {
    self.values = values
    self.weights = weights
    self.isOutermost = isOutermost
  }

  /// The nodes of `distribution`: its own values where it is discrete, else Gauss–Legendre panels
  /// at most `panelWidth` wide in normal score, split where the quantile function has a kink.
  init(_ distribution: any UnivariateDistribution, panelWidth: Double) {
    if case .discrete(let thresholds, let values) = distribution.sampling {
      let edges = [-Double.infinity] + thresholds + [Double.infinity]
      let weights = values.indices.map { index in
        // Differences of the smaller tail keep their accuracy on both sides.
        edges[index] >= 0
          ? Reproducible.normalUpperTail(edges[index])
            - Reproducible.normalUpperTail(edges[index + 1])
          : Reproducible.normalCDF(edges[index + 1]) - Reproducible.normalCDF(edges[index])
      }
      self.init(
        values: values, weights: weights, isOutermost: values.map { _ in false })
      return
    }
    self.init(breakpoints: distribution.breakpoints, panelWidth: panelWidth) {
      distribution.quantile(normalScore: $0)
    }
  }

  /// Gauss–Legendre nodes of a function of a normal score.
  ///
  /// - Parameters:
  ///   - breakpoints: scores at which the function has kinks or jumps.
  ///   - panelWidth: largest width of a panel in normal score.
  ///   - value: the function.
  init(breakpoints: [Double], panelWidth: Double, value: (Double) -> Double) {
    let limit = Reproducible.largestNormalScore
    var marks = [-limit, -(limit - 1), limit - 1, limit]
    marks += breakpoints.filter { $0.magnitude < limit }
    marks.sort()
    var (values, weights, outermost) = ([Double](), [Double](), [Bool]())
    for (low, high) in zip(marks, marks.dropFirst()) where low < high {
      let panels = Int(((high - low) / panelWidth).rounded(.up))
      let half = (high - low) / Double(2 * panels)
      for panel in 0..<panels {
        let middle = low + half * Double(2 * panel + 1)
        for (node, weight) in Self.rule {
          for z in [middle - half * node, middle + half * node] {
            values.append(value(z))
            weights.append(half * weight * Reproducible.normalDensity(z))
            outermost.append(z.magnitude > limit - 1)
          }
        }
      }
    }
    let total = weights.reduce(0, +)
    self.init(values: values, weights: weights.map { $0 / total }, isOutermost: outermost)
  }
}
