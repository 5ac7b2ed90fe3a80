// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles

/// What a page tells of how a result folder was made.
package struct FolderManifest: Sendable {
  package let title: String
  package let scenario: String
  /// Values that were laid over the scenario, `key=value`.
  package let settings: [String]
  package let version: String
  package let numericContract: String
  package let engine: String
  package let seed: String
  package let paths: Int?
  package let precision: String
  package let sampling: String
  /// The condition that was to end the run, empty without one; and whether it did.
  package let until: String
  package let isUntilMet: Bool
  package let arms: [String]
  package let command: [String]
  package let inputs: [ManifestFile.HashedFile]
  package let results: [ManifestFile.HashedFile]
  package let tablesHash: String
  package let gslVersion: String
  package let instructionSet: String

  /// Reads `manifest.json`; what it lacks stays empty.
  ///
  /// - Throws: `FileAccessError` where there is none or it is no JSON object.
  static func load(folder: String) throws -> FolderManifest {
    let path = folder + "/" + ResultFolderWriter.manifestName
    guard let manifest = try ManifestFile.load(path: path) else {
      throw FileAccessError(path: path, reason: .notFound)
    }
    return FolderManifest(manifest)
  }

  package init(_ manifest: ManifestFile) {
    func text(_ name: String) -> String { manifest.text(name) ?? "" }
    let tables = manifest.content["tables"] as? [String: Any] ?? [:]
    let environment = manifest.content["environment"] as? [String: Any] ?? [:]
    title = text("title")
    scenario = text("scenario")
    settings = manifest.content["settings"] as? [String] ?? []
    version = text("renkei_version")
    numericContract = text("numeric_contract")
    engine = text("engine")
    seed = manifest.seed.map { "\($0)" } ?? ""
    paths = manifest.integer("paths")
    precision = text("precision")
    sampling = text("sampling")
    let stopping = manifest.content["until"] as? [String: Any] ?? [:]
    until = stopping["condition"] as? String ?? ""
    isUntilMet = (stopping["met"] as? NSNumber)?.boolValue ?? false
    arms = manifest.content["arms"] as? [String] ?? []
    command = manifest.content["command"] as? [String] ?? []
    inputs = manifest.hashes("inputs")
    results = manifest.hashes("results")
    tablesHash = tables["fnv1a64"] as? String ?? ""
    gslVersion = environment["gsl_version"] as? String ?? ""
    instructionSet = environment["instruction_set"] as? String ?? ""
  }
}
