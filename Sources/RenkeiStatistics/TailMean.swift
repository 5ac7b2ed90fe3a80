// SPDX-License-Identifier: GPL-3.0-or-later

/// The mean of the worst share of a loss: CVaR, also called expected shortfall.
///
/// With losses sorted downwards L₍₁₎ ≥ L₍₂₎ ≥ …, share a (0.05 for CVaR95) and k = ⌈n·a⌉:
///
///     CVaR = (L₍₁₎ + … + L₍ₖ₋₁₎ + (n·a − k + 1)·L₍ₖ₎)/(n·a)
///
/// so the boundary value enters with the weight that makes up exactly n·a values. Computed as
/// t + Σ max(0, Lᵢ − t)/(n·a) with t = L₍ₖ₎, which is the same number, by selection and one pass.
///
/// Source: R. T. Rockafellar, S. Uryasev, "Conditional value-at-risk for general loss
/// distributions", Journal of Banking & Finance 26 (2002), proposition 8.
public struct TailMean: Sendable, Hashable {
  /// The number of losses, n ≥ 1.
  public let count: Int
  /// The share of the worst, a, such as 0.05.
  public let share: Double
  /// The boundary L₍ₖ₎, value at risk, in the unit of the losses.
  public let threshold: Double
  /// The mean of the worst share, in the unit of the losses.
  public let estimate: Double
  /// Its standard error, the standard deviation of max(0, L − t)/a over √n; nil for n < 2.
  ///
  /// First order in 1/n, of a finite variance only.
  /// Source: L. J. Hong, G. Liu, "Simulating sensitivities of conditional value at risk",
  /// Management Science 55 (2009).
  public let standardError: Double?

  /// The tail mean of `losses`: large is bad.
  ///
  /// - Parameters:
  ///   - losses: At least one; NaN is a programmer mistake. Not changed.
  ///   - share: 0 < share ≤ 1; 0.05 unless told.
  ///   - scratch: Working memory, reused from call to call.
  package init(
    losses: UnsafeBufferPointer<Double>, share: Double = 0.05, scratch: SelectionScratch
  ) {
    precondition(share > 0 && share <= 1, "the share of a tail lies between 0 and 1")
    precondition(!losses.isEmpty, "an empty sample has no tail")
    let n = losses.count
    let fromTop = OrderStatistics.rank(level: share, count: n)
    let t = OrderStatistics.orderStatistics(of: losses, ranks: [n - fromTop + 1], scratch: scratch)[
      0]
    var excess = NeumaierSum()
    var squares = 0.0
    for i in 0..<n {
      let loss = losses[i]
      if loss > t {
        excess.add(loss - t)
        squares += (loss - t) * (loss - t)
      }
    }
    count = n
    self.share = share
    threshold = t
    estimate = t + excess.value / (Double(n) * share)
    let moments = ShiftedMoments(count: n, shift: 0, sum: excess.value, sumOfSquares: squares)
    standardError = moments.standardErrorOfMean.map { $0 / share }
  }

  /// estimate ± z·standard error; nil for n < 2.
  public func interval(_ confidence: ConfidenceLevel = .ninetyFive) -> Interval? {
    standardError.map { Interval(around: estimate, standardError: $0, confidence) }
  }
}
