// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Quantile tables by family and parameters, so that equal distributions share one table.
///
/// Safe from any thread. Two threads that ask for the same new table at once may both build it; the
/// tables are equal, and one of them is kept.
public final class QuantileTableCache: Sendable {
  private struct Key: Hashable {
    let family: String
    // A mixture's parameter names tell the families of its components.
    let names: [String]
    let bits: [UInt64]
  }

  private let tables = Mutex<[Key: QuantileTable]>([:])

  public init() {}

  /// The table of a continuous distribution, built on first request.
  ///
  /// - Throws: `TableError` when the distribution cannot be tabulated to the promised accuracy.
  public func table(
    for distribution: some UnivariateDistribution
  ) throws(TableError) -> QuantileTable {
    let parameters = distribution.parameters
    let key = Key(
      family: distribution.familyName, names: parameters.map(\.name),
      bits: parameters.map(\.value.bitPattern))
    if let known = tables.withLock({ $0[key] }) { return known }
    let table = try QuantileTable(distribution)
    tables.withLock { $0[key] = table }
    return table
  }

  /// How many tables are held.
  public var count: Int { tables.withLock { $0.count } }
}
