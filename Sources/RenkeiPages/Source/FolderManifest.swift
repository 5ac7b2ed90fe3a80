// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles

/// What a page tells of how a result folder was made.
package struct FolderManifest: Sendable {
  package struct HashedFile: Sendable {
    package let path: String
    package let sha256: String
  }

  package let title: String
  package let scenario: String
  package let version: String
  package let numericContract: String
  package let engine: String
  package let seed: String
  package let paths: Int?
  package let arms: [String]
  package let command: [String]
  package let inputs: [HashedFile]
  package let results: [HashedFile]
  package let tablesHash: String
  package let gslVersion: String
  package let instructionSet: String

  /// Reads `manifest.json`; what it lacks stays empty.
  ///
  /// - Throws: `FileAccessError` where there is none or it is no JSON object.
  static func load(folder: String) throws -> FolderManifest {
    let path = folder + "/" + ResultFolderWriter.manifestName
    let bytes = try InputBytes.contents(of: path, limit: InputBytes.scenarioLimit)
    guard let manifest = FolderManifest(json: bytes) else {
      throw FileAccessError(path: path, reason: .system("it is no manifest of a result folder"))
    }
    return manifest
  }

  package init?(json: [UInt8]) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
    else { return nil }
    func text(_ value: Any?) -> String { value as? String ?? "" }
    func files(_ value: Any?) -> [HashedFile] {
      (value as? [[String: Any]] ?? []).map {
        HashedFile(path: text($0["path"]), sha256: text($0["sha256"]))
      }
    }
    let environment = object["environment"] as? [String: Any] ?? [:]
    title = text(object["title"])
    scenario = text(object["scenario"])
    version = text(object["renkei_version"])
    numericContract = text(object["numeric_contract"])
    engine = text(object["engine"])
    // A seed can have more digits than a signed integer holds.
    seed = (object["seed"] as? NSNumber).map { "\($0.uint64Value)" } ?? ""
    paths = (object["paths"] as? NSNumber)?.intValue
    arms = object["arms"] as? [String] ?? []
    command = object["command"] as? [String] ?? []
    inputs = files(object["inputs"])
    results = files(object["results"])
    tablesHash = text((object["tables"] as? [String: Any])?["fnv1a64"])
    gslVersion = text(environment["gsl_version"])
    instructionSet = text(environment["instruction_set"])
  }
}
