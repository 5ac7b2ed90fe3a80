// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// Builds every table of a scenario once and remembers them, for sharing and for the manifest's hash.
final class TableStore {
  /// Tables of distributions; safe from any thread.
  let quantiles = QuantileTableCache()
  private var quantileTables: [String: PreparedTable] = [:]
  private var rampTables: [RampCurve: PreparedTable] = [:]
  /// Hashes in the order in which the tables were first asked for.
  private var hashes: [UInt64] = []

  /// F⁻¹(Φ(z)) of a distribution as a table in z.
  func table(for distribution: any UnivariateDistribution) throws -> PreparedTable {
    let key = Self.key(distribution)
    if let known = quantileTables[key] { return known }
    let table = PreparedTable(try quantileTable(distribution).cubic)
    quantileTables[key] = table
    hashes.append(table.hash)
    return table
  }

  /// The standardised shock (F⁻¹(Φ(z)) − mean) / sd as a transform of z.
  func transform(
    standardised distribution: any UnivariateDistribution, mean: Double, standardDeviation: Double
  ) throws -> ScoreTransform {
    if case .discrete(let thresholds, let values) = distribution.sampling {
      return .steps(
        PreparedSteps(
          thresholds: thresholds, values: values.map { ($0 - mean) / standardDeviation }))
    }
    let key = "standardised " + Self.key(distribution)
    if let known = quantileTables[key] { return .table(known) }
    let cubic = try quantileTable(distribution).cubic.scaled(
      by: 1 / standardDeviation, offset: -mean / standardDeviation)
    let table = PreparedTable(cubic)
    quantileTables[key] = table
    hashes.append(table.hash)
    return .table(table)
  }

  /// Share of the end target as a table in elapsed years / period, on 0…1.
  func table(for ramp: RampCurve) throws -> PreparedTable {
    if let known = rampTables[ramp] { return known }
    let table = PreparedTable(try ramp.cubic())
    rampTables[ramp] = table
    hashes.append(table.hash)
    return table
  }

  /// log E[exp(s·ε)] as a table in s on 0…`limit`, absolute error at most 1e-10.
  func table(cumulantGeneratorOf shock: ShockFamily, upTo limit: Double) throws -> PreparedTable {
    let value = { (s: Double) in shock.cumulantGenerator(s) ?? .infinity }
    let step = limit * 1e-5
    // The fit's tolerance is relative; about 1 it bounds the absolute error, and the 1 goes after.
    let cubic = try PiecewiseCubic.fit(
      on: 0...limit, relativeTolerance: 1e-10, value: { 1 + value($0) },
      slope: { s in
        if s == 0 { return 0 }
        let high = value(s + step).isFinite ? s + step : s
        return (value(high) - value(s - step)) / (high - (s - step))
      })
    let table = PreparedTable(cubic.scaled(by: 1, offset: -1))
    hashes.append(table.hash)
    return table
  }

  /// Φ(x) as a table on the range of normal scores.
  func normalCDF() throws -> PreparedTable {
    let table = PreparedTable(
      try PiecewiseCubic.fit(
        on: -8.3...8.3, relativeTolerance: 1e-9, value: { Reproducible.normalCDF($0) },
        slope: { Reproducible.normalDensity($0) }))
    hashes.append(table.hash)
    return table
  }

  /// FNV-1a over the tables' hashes.
  var combinedHash: UInt64 {
    hashes.reduce(0xcbf2_9ce4_8422_2325) { hash, table in
      (0..<8).reduce(hash) { ($0 ^ (table >> ($1 * 8) & 0xff)) &* 0x0000_0100_0000_01b3 }
    }
  }

  private func quantileTable(_ distribution: some UnivariateDistribution) throws -> QuantileTable {
    try quantiles.table(for: distribution)
  }

  static func key(_ distribution: any UnivariateDistribution) -> String {
    let parameters = distribution.parameters.map { "\($0.name)=\($0.value.bitPattern)" }
    let support = distribution.support
    return
      ([distribution.familyName] + parameters
      + ["\(support.lowerBound.bitPattern)", "\(support.upperBound.bitPattern)"])
      .joined(separator: " ")
  }
}
