// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles
import RenkeiModel

/// What is known of the run behind a result; nil and empty where nothing tells.
package struct RunFacts: Sendable, Equatable {
  package var seed: UInt64?
  package var paths: Int?
  package var sampling: String?
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

  /// Whether the paths are independent of each other, so that counts of them are binomial.
  var hasIndependentPaths: Bool { sampling == nil || sampling == "random" }
}

/// The manifest of a result folder, read back.
package struct ManifestFile: @unchecked Sendable {
  /// Members by name. JSON values only, never changed.
  package let content: [String: Any]
  /// Exact, where a number of JSON would go through a double.
  package let seed: UInt64?

  /// A file and the hash that the manifest states for it.
  package struct HashedFile: Sendable, Equatable {
    package let path: String
    package let sha256: String
  }

  /// - Returns: nil where there is no such file.
  /// - Throws: `FileAccessError` where it cannot be read.
  package static func load(path: String) throws -> ManifestFile? {
    let bytes: [UInt8]
    do throws(FileAccessError) {
      bytes = try InputBytes.contents(of: path, limit: InputBytes.scenarioLimit)
    } catch {
      if error.reason == .notFound { return nil }
      throw error
    }
    guard
      let content = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else { throw FileAccessError(path: path, reason: .system("it is no JSON object")) }
    return ManifestFile(content: content, seed: (content["seed"] as? NSNumber)?.uint64Value)
  }

  package func integer(_ name: String) -> Int? { (content[name] as? NSNumber)?.intValue }
  package func number(_ name: String) -> Double? { (content[name] as? NSNumber)?.doubleValue }
  package func text(_ name: String) -> String? { content[name] as? String }

  package func hashes(_ name: String) -> [HashedFile] {
    (content[name] as? [[String: Any]] ?? []).compactMap { entry in
      guard let path = entry["path"] as? String, let hash = entry["sha256"] as? String else {
        return nil
      }
      return HashedFile(path: path, sha256: hash)
    }
  }
}
