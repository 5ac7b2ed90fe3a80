// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Spearman's rank correlation of two columns: the correlation of their ranks, equal values having
/// the mean of theirs.
///
///     r = C / √(U·V),  C = mean of ũṽ,  U = mean of ũ²,  V = mean of ṽ²
///
/// with ũ = (rank − ½)/n − ½ in the first column and ṽ likewise in the second. The standard error
/// is that of the mean of the influence function of r, in which a pair counts by itself and by where
/// it puts all others: it holds for any dependence, and for columns with few distinct values.
///
/// Source: W. Hoeffding, "A class of statistics with asymptotically normal distribution", Annals of
/// Mathematical Statistics 19 (1948), section 9.
package struct RankCorrelation: Sendable, Equatable {
  package let value: Double
  package let standardError: Double

  /// value ± 1.96 standard errors, within −1…1.
  package var interval95: ClosedRange<Double> {
    let own = Interval(around: value, standardError: standardError)
    return max(-1, own.low)...min(1, own.high)
  }

  /// - Parameters:
  ///   - x: by path.
  ///   - y: as long.
  /// - Returns: nil where one of the two does not vary.
  /// - Complexity: O(paths).
  package init?(_ x: RankedColumn, _ y: RankedColumn) {
    precondition(x.ranks.count == y.ranks.count, "two columns of the same length")
    guard x.variance > 0, y.variance > 0 else { return nil }
    let n = Double(x.ranks.count)
    var products = NeumaierSum()
    for path in x.ranks.indices { products.add(x.ranks[path] * y.ranks[path]) }
    let covariance = products.value / n
    let scale = (x.variance * y.variance).squareRoot()
    let r = max(-1, min(1, covariance / scale))
    let (aboveX, aboveY) = (x.meanAbove(y.ranks), y.meanAbove(x.ranks))
    let (ownX, ownY) = (x.varianceInfluence, y.varianceInfluence)
    var squares = NeumaierSum()
    for path in x.ranks.indices {
      let pair = x.ranks[path] * y.ranks[path] + aboveX[path] + aboveY[path] - 3 * covariance
      let part = pair / scale - r / 2 * (ownX[path] / x.variance + ownY[path] / y.variance)
      squares.add(part * part)
    }
    value = r
    standardError = squares.value.squareRoot() / n
  }
}

/// A column by the order of its values.
package struct RankedColumn: Sendable {
  /// (mean rank − ½)/n − ½ by path: from −½ to ½, with mean 0.
  let ranks: [Double]
  /// Mean square of the ranks.
  let variance: Double
  /// Paths by ascending value.
  private let order: [Int]
  /// Ends of runs of equal values in `order`, ascending.
  private let ends: [Int]

  /// - Parameter values: finite, at least one.
  /// - Complexity: O(n log n).
  package init(_ values: [Double]) {
    precondition(values.allSatisfy(\.isFinite), "only finite values have ranks")
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let n = Double(values.count)
    var ranks = [Double](repeating: 0, count: values.count)
    var ends: [Int] = []
    var first = 0
    for place in order.indices {
      let next = place + 1
      if next < order.count, values[order[next]] == values[order[place]] { continue }
      let rank = Double(first + next) / (2 * n) - 0.5
      for equal in first..<next { ranks[order[equal]] = rank }
      ends.append(next)
      first = next
    }
    (self.ranks, self.order, self.ends) = (ranks, order, ends)
    var squares = NeumaierSum()
    for rank in ranks { squares.add(rank * rank) }
    variance = squares.value / n
  }

  /// By path: the sum of another column over all paths whose value is larger, and half of it over
  /// those whose value is the same, divided by n.
  ///
  /// - Complexity: O(n).
  func meanAbove(_ other: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: other.count)
    var above = NeumaierSum()
    for index in ends.indices.reversed() {
      let run = (index == 0 ? 0 : ends[index - 1])..<ends[index]
      var equal = NeumaierSum()
      for place in run { equal.add(other[order[place]]) }
      let mean = (above.value + equal.value / 2) / Double(other.count)
      for place in run { result[order[place]] = mean }
      above.add(equal.value)
    }
    return result
  }

  /// How each path moves the variance of the ranks: nothing where all values differ, but for
  /// terms of the order of 1/n.
  var varianceInfluence: [Double] {
    let above = meanAbove(ranks)
    return ranks.indices.map { ranks[$0] * ranks[$0] + 2 * above[$0] - 3 * variance }
  }
}
