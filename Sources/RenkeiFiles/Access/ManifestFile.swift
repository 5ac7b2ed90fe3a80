// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

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
    guard let manifest = ManifestFile(json: bytes) else {
      throw FileAccessError(path: path, reason: .system("it is no JSON object"))
    }
    return manifest
  }

  /// - Returns: nil for what is no JSON object.
  package init?(json: [UInt8]) {
    guard let content = try? JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
    else { return nil }
    self.content = content
    seed = (content["seed"] as? NSNumber)?.uint64Value
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
