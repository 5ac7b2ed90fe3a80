// SPDX-License-Identifier: GPL-3.0-or-later

/// A distribution that cannot be made: which constraint its description breaks.
public struct DistributionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Family as the caller named it.
  public let family: String

  /// Parameter at fault, nil where the fault lies between several.
  public let parameter: String?

  /// Value at fault.
  public let value: Double?

  /// The broken constraint as a phrase, such as "sd must be greater than 0".
  public let constraint: String

  /// What to write instead, as a phrase.
  public let suggestion: String?

  public init(
    family: String, parameter: String? = nil, value: Double? = nil, constraint: String,
    suggestion: String? = nil
  ) {
    self.family = family
    self.parameter = parameter
    self.value = value
    self.constraint = constraint
    self.suggestion = suggestion
  }

  public var description: String {
    let given = value.map { ", not \(plain($0))" } ?? ""
    let hint = suggestion.map { " (\($0))" } ?? ""
    return "\(family): \(constraint)\(given)\(hint)"
  }
}

extension DistributionError {
  /// "did you mean 'x'?" for the closest of `known`, nil when nothing is close.
  package static func didYouMean(_ name: String, among known: [String]) -> String? {
    var best: (name: String, distance: Int)?
    for candidate in known {
      let distance = editDistance(Array(name.lowercased().utf8), Array(candidate.utf8))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(2, name.utf8.count / 3) else { return nil }
    return "did you mean '\(best.name)'?"
  }

  /// Fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast = [Int]()
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
