// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiReports

/// Whether a table that another command laid in a result folder is about what the folder's run
/// simulated.
enum TableOrigin: Sendable, Equatable {
  /// The same scenario with the same settings and draws.
  case sameDraws
  /// The same scenario with the same settings, simulated apart; as the table states it.
  case otherDraws(seed: String, paths: String)
  /// Another scenario, or other settings.
  case otherScenario
  /// The table or the manifest does not tell.
  case untold

  init(_ table: PageTable, _ manifest: FolderManifest) {
    let rows = table.rows
    guard let first = rows.first, !manifest.inputs.isEmpty,
      rows.allSatisfy({ !$0.text("inputs_sha256").isEmpty })
    else {
      self = .untold
      return
    }
    let hash = SHA256.hexadecimal(ofHashes: manifest.inputs.map(\.sha256))
    let settings = AnswerOrigin.text(settings: manifest.settings)
    let isSame = rows.allSatisfy {
      $0.text("inputs_sha256") == hash && $0.text("settings") == settings
    }
    let (seed, paths) = (first.text("seed"), first.text("paths"))
    if !isSame {
      self = .otherScenario
    } else if seed == manifest.seed, Int(paths) == manifest.paths {
      self = .sameDraws
    } else {
      self = .otherDraws(seed: seed, paths: paths)
    }
  }
}
