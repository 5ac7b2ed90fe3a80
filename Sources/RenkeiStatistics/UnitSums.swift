// SPDX-License-Identifier: GPL-3.0-or-later

/// Sums of many cells by independent unit: standard errors of means where paths depend on each
/// other.
///
/// With U units of n_u paths each, P = Σ n_u, unit sums s_u and the mean m = Σ s_u / P:
///
///     error² = U/(U − 1) · Σ (s_u − n_u·m)² / P²
///
/// which for units of equal size is the variance of the unit means over U. Of blocks only the sums
/// that this needs are kept, of the few randomisations every sum.
///
/// Source: P. Glasserman, "Monte Carlo Methods in Financial Engineering", sections 4.2, 4.4, 5.4.
package struct UnitSums: Sendable, Mergeable {
  package let unit: ErrorUnit
  package let cellCount: Int
  /// Pairs of cells whose means' covariance is wanted.
  private let pairs: [(Int, Int)]
  /// Paths by randomisation; of blocks their number, paths, and squared paths.
  private var sizes: [Double]
  /// Randomisation outermost: Σ s. Of blocks Σ s, then Σ n·s.
  private var sums: [Double]
  /// Of blocks Σ s², then the products of the pairs.
  private var products: [Double]
  /// The sums of this chunk at the end of its last block.
  private var running: [Double] = []

  /// - Parameters:
  ///   - unit: blocks or randomisations.
  ///   - cellCount: number of means.
  ///   - pairs: cells for ``covarianceOfMeans(pair:)``.
  package init(unit: ErrorUnit, cellCount: Int, pairs: [(Int, Int)] = []) {
    precondition(unit != .path, "paths need no sums by unit")
    self.unit = unit
    self.cellCount = cellCount
    self.pairs = pairs
    let rows = unit == .block ? 2 : ErrorUnit.randomisationCount
    sizes = [Double](repeating: 0, count: unit == .block ? 3 : rows)
    sums = [Double](repeating: 0, count: rows * cellCount)
    products = [Double](repeating: 0, count: unit == .block ? cellCount + pairs.count : 0)
  }

  /// Adds the block that has just been computed.
  ///
  /// - Parameters:
  ///   - block: index of the block among all of the run.
  ///   - paths: those of them that exist.
  ///   - now: Σ(x − shift) of each cell over all paths of this chunk so far.
  /// Complexity: O(cells + pairs).
  package mutating func endBlock(_ block: Int, paths: Int, sums now: [Double]) {
    precondition(now.count == cellCount, "one sum for each cell")
    let n = Double(paths)
    let own = running.isEmpty ? now : zip(now, running).map { $0 - $1 }
    running = now
    switch unit {
    case .path: break
    case .randomisation:
      let place = block % ErrorUnit.randomisationCount
      sizes[place] += n
      for cell in 0..<cellCount { sums[place * cellCount + cell] += own[cell] }
    case .block:
      for (place, size) in [1, n, n * n].enumerated() { sizes[place] += size }
      for cell in 0..<cellCount {
        sums[cell] += own[cell]
        sums[cellCount + cell] += n * own[cell]
        products[cell] += own[cell] * own[cell]
      }
      for (place, pair) in pairs.enumerated() {
        products[cellCount + place] += own[pair.0] * own[pair.1]
      }
    }
  }

  /// Adds the sums of further chunks. O(cells).
  package mutating func merge(_ other: UnitSums) {
    precondition(
      unit == other.unit && cellCount == other.cellCount, "sums of other units do not merge")
    running = []
    for place in sizes.indices { sizes[place] += other.sizes[place] }
    for place in sums.indices { sums[place] += other.sums[place] }
    for place in products.indices { products[place] += other.products[place] }
  }

  /// The standard error of a cell's mean, in the unit of the cell; nil for fewer than two units.
  package func standardErrorOfMean(cell: Int) -> Double? {
    covariance(cell, cell, product: cell).map { max(0, $0).squareRoot() }
  }

  /// The covariance of the two means of a pair; nil for fewer than two units.
  package func covarianceOfMeans(pair: Int) -> Double? {
    covariance(pairs[pair].0, pairs[pair].1, product: cellCount + pair)
  }

  /// Number of units that hold a path.
  package var unitCount: Int {
    unit == .block ? Int(sizes[0]) : sizes.count { $0 > 0 }
  }

  private func covariance(_ a: Int, _ b: Int, product: Int) -> Double? {
    let units = Double(unitCount)
    guard units > 1 else { return nil }
    var spread = 0.0
    let paths: Double
    if unit == .block {
      paths = sizes[1]
      let (meanA, meanB) = (sums[a] / paths, sums[b] / paths)
      spread =
        products[product] - meanA * sums[cellCount + b] - meanB * sums[cellCount + a]
        + meanA * meanB * sizes[2]
    } else {
      paths = sizes.reduce(0, +)
      func total(_ cell: Int) -> Double {
        sizes.indices.reduce(0) { $0 + sums[$1 * cellCount + cell] }
      }
      let (meanA, meanB) = (total(a) / paths, total(b) / paths)
      for (place, size) in sizes.enumerated() where size > 0 {
        spread +=
          (sums[place * cellCount + a] - size * meanA)
          * (sums[place * cellCount + b] - size * meanB)
      }
    }
    return units / (units - 1) * spread / (paths * paths)
  }
}
