// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the known name nearest to one that is not known.
public enum Suggestion {
  /// The candidate with the least edit distance to `name`, if it is near enough to be a slip.
  ///
  /// Optimal string alignment distance (Damerau–Levenshtein without repeated edits), at most a
  /// third of the longer length; ties go to the earlier candidate.
  /// Complexity: O(candidates × length²).
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = editDistance(
        Array(name.lowercased().utf8.prefix(100)), Array(candidate.lowercased().utf8))
      let limit = max(1, max(name.utf8.count, candidate.utf8.count) / 3)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// `did you mean 'x'?`, or nil where nothing is near.
  public static func phrase(for name: String, among candidates: some Sequence<String>) -> String? {
    nearest(to: name, among: candidates).map { "did you mean '\($0)'?" }
  }

  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var twoBack = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in a.indices {
      var current = [i + 1]
      current.reserveCapacity(b.count + 1)
      for j in b.indices {
        let substitution = previous[j] + (a[i] == b[j] ? 0 : 1)
        var least = min(substitution, previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          least = min(least, twoBack[j - 1] + 1)
        }
        current.append(least)
      }
      twoBack = previous
      previous = current
    }
    return previous[b.count]
  }
}
