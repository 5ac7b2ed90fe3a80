// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Why two results should not be compared, unless a person says that they may differ there.
package struct ComparisonObstacle: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case horizon
    case currency
    case goal
    /// Quantile tables of the same distributions that are not the same bits.
    case tables
  }

  package let kind: Kind
  /// What differs, as a clause.
  package let message: String
}

extension Comparison {
  /// Everything in the way.
  package var obstacles: [ComparisonObstacle] {
    let (a, b) = (a.facts, b.facts)
    func yen(_ value: Double) -> String { PlainDecimal.text(value) ?? "" }
    var found: [ComparisonObstacle] = []
    if let x = a.horizonYears, let y = b.horizonYears, x != y {
      found.append(.init(kind: .horizon, message: "A covers \(x) years and B \(y)"))
    }
    if let x = a.currency, let y = b.currency, x != y {
      found.append(.init(kind: .currency, message: "A is in \(x) and B in \(y)"))
    }
    if let x = a.goalYen, let y = b.goalYen, x != y {
      found.append(
        .init(kind: .goal, message: "the goal of A is \(yen(x)) yen and that of B \(yen(y)) yen"))
    }
    // Other distributions have other tables; only the same ones must have the same bits.
    let isSameModel =
      !a.inputs.isEmpty && a.inputs == b.inputs && a.settings == b.settings && a.arms == b.arms
    let isOtherLibrary = a.gslVersion != nil && b.gslVersion != nil && a.gslVersion != b.gslVersion
    // The reference engine has no tables: its hash is 0.
    let hashes = [a.tablesHash, b.tablesHash].compactMap { $0 }.filter { $0.contains { $0 != "0" } }
    if hashes.count == 2, hashes[0] != hashes[1], isSameModel || isOtherLibrary {
      found.append(
        .init(
          kind: .tables,
          message: "the quantile tables of A and B differ"
            + (isOtherLibrary
              ? " (GSL \(a.gslVersion ?? "") and \(b.gslVersion ?? ""))" : "")))
    }
    return found
  }
}
