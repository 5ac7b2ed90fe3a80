// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Paths that scenario files state.
package enum StatedPath {
  /// `path` as seen from the folder of the file that states it.
  ///
  /// A path on the command line, which has no line, counts from the working folder.
  package static func resolved(_ path: String, statedAt location: SourceLocation) -> String {
    // "-" is a file of that name here: standard input belongs to the scenario.
    if path == "-" { return "./-" }
    guard location.line > 0, !path.hasPrefix("/"), let slash = location.file.lastIndex(of: "/")
    else { return path }
    return String(location.file[...slash]) + path
  }
}

extension SourceLocation {
  /// `in line 3`, or the whole place for a reader who is in another file.
  func phrase(seenFrom other: SourceLocation) -> String {
    file == other.file && line > 0 ? "in line \(line)" : "at \(self)"
  }
}
