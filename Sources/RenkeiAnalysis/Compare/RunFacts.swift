// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel
import RenkeiStatistics

/// What is known of the run behind a result; nil and empty where nothing tells.
package struct RunFacts: Sendable, Equatable {
  package var seed: UInt64?
  package var paths: Int?
  package var sampling: String?
  /// What plan-years were computed in; nil: in double precision.
  package var precision: String?
  /// Contract under which draws are addressed.
  package var numericContract: String?
  package var horizonYears: Int?
  package var currency: String?
  package var goalYen: Double?
  /// Hash over the bits of every quantile table.
  package var tablesHash: String?
  package var gslVersion: String?
  /// SHA-256 of the scenario and every file that it reads.
  package var inputs: [String] = []
  /// Values laid over the scenario.
  package var settings: [String] = []
  package var arms: [String] = []
  /// Names of the result files.
  package var files: [String] = []
  package var hasPathTotals = false

  package init() {}

  /// What a manifest states; nil where there is none.
  ///
  /// - Throws: `FileAccessError` for a manifest that is there and cannot be read.
  package static func load(manifest path: String) throws -> RunFacts? {
    try ManifestFile.load(path: path).map { RunFacts($0) }
  }

  /// What a manifest states.
  package init(_ manifest: ManifestFile) {
    seed = manifest.seed
    paths = manifest.integer("paths")
    sampling = manifest.text("sampling")
    precision = manifest.text("precision")
    numericContract = manifest.text("numeric_contract")
    horizonYears = manifest.integer("horizon_years")
    currency = manifest.text("currency")
    goalYen = manifest.number("goal_yen")
    tablesHash = (manifest.content["tables"] as? [String: Any])?["fnv1a64"] as? String
    gslVersion = (manifest.content["environment"] as? [String: Any])?["gsl_version"] as? String
    inputs = manifest.hashes("inputs").map(\.sha256)
    settings = manifest.content["settings"] as? [String] ?? []
    arms = manifest.content["arms"] as? [String] ?? []
    files = manifest.hashes("results").map(\.path)
    hasPathTotals = manifest.content["path_totals"] is [String: Any]
  }

  /// Whether path i of both runs has the same draws.
  func sharesDraws(with other: RunFacts) -> Bool {
    guard let seed, let paths, let numericContract else { return false }
    return seed == other.seed && paths == other.paths && sampling == other.sampling
      && numericContract == other.numericContract
  }

  /// Whether both runs round alike.
  func sharesPrecision(with other: RunFacts) -> Bool {
    let double = ArithmeticPrecision.double.rawValue
    return (precision ?? double) == (other.precision ?? double)
  }

  /// Whether the paths are independent of each other, so that counts of them are binomial.
  var hasIndependentPaths: Bool { sampling == nil || sampling == "random" }

  /// Degrees of freedom of standard errors that come from the means of few units; nil where they
  /// come from paths.
  var degreesOfFreedom: Int? {
    guard let paths, let unit = sampling.flatMap(SamplingDesign.init)?.errorUnit, unit != .path
    else { return nil }
    return max(1, unit.count(paths: paths) - 1)
  }
}
