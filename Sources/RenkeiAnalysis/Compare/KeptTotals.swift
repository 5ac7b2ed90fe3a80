// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles
import RenkeiModel

/// The portfolio's annual revenue on every path, arm by arm, as a run kept it.
package struct KeptTotals: Sendable {
  private enum Source: Sendable {
    case memory([PathTotals])
    case file(String)
  }

  package let arms: [String]
  package let years: Int
  package let paths: Int
  private let source: Source

  /// The totals of a run that has just ended; one for each arm.
  package init(arms: [String], totals: [PathTotals]) {
    precondition(!totals.isEmpty && arms.count == totals.count, "totals of each arm")
    self.init(
      arms: arms, years: totals[0].years, paths: totals[0].paths, source: .memory(totals))
  }

  private init(arms: [String], years: Int, paths: Int, source: Source) {
    self.arms = arms
    self.years = years
    self.paths = paths
    self.source = source
  }

  /// What a result folder keeps; nil where it keeps nothing.
  ///
  /// - Throws: `FileAccessError` where the file is missing or of another size than stated.
  package static func load(folder: String, facts: RunFacts) throws -> KeptTotals? {
    guard facts.hasPathTotals, let years = facts.horizonYears, let paths = facts.paths else {
      return nil
    }
    let path = folder + "/" + fileName
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard let size else { throw FileAccessError(path: path, reason: .notFound) }
    guard size == facts.arms.count * years * paths * 8 else {
      throw FileAccessError(
        path: path, reason: .system("its size is not that of the path totals of the manifest"))
    }
    return KeptTotals(arms: facts.arms, years: years, paths: paths, source: .file(path))
  }

  /// Binary64 numbers in little-endian byte order without a header: yen of each year, arm outermost,
  /// then year, then path.
  package static let fileName = "paths.f64"

  /// Yen by path in one year, year from 0.
  ///
  /// - Throws: `FileAccessError`.
  /// - Complexity: O(paths).
  package func annual(arm: Int, year: Int) throws -> [Double] {
    switch source {
    case .memory(let totals): return Array(totals[arm].annual(year: year))
    case .file(let path):
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw FileAccessError(path: path, reason: .permissionDenied)
      }
      defer { try? handle.close() }
      let data: Data?
      do {
        try handle.seek(toOffset: UInt64((arm * years + year) * paths) * 8)
        data = try handle.read(upToCount: paths * 8)
      } catch {
        throw FileAccessError(path: path, reason: .system(error.localizedDescription))
      }
      guard let data, data.count == paths * 8 else {
        throw FileAccessError(path: path, reason: .changed)
      }
      return data.withUnsafeBytes { bytes in
        (0..<paths).map { index in
          let bits = bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
          return Double(bitPattern: UInt64(littleEndian: bits))
        }
      }
    }
  }

  /// Yen by path from year 1 to `year`, year from 0, added up in order.
  func cumulative(arm: Int, year: Int) throws -> [Double] {
    var total = try annual(arm: arm, year: 0)
    for later in 0..<year {
      let next = try annual(arm: arm, year: later + 1)
      for path in total.indices { total[path] += next[path] }
    }
    return total
  }
}
