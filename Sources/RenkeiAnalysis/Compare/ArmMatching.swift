// SPDX-License-Identifier: GPL-3.0-or-later

/// Which arm of the first result is compared with which of the second.
package struct ArmMatching: Sendable, Equatable {
  package struct Pair: Sendable, Equatable {
    package let a: String
    package let b: String

    package init(a: String, b: String) {
      self.a = a
      self.b = b
    }
  }

  package let pairs: [Pair]
  /// Whether a person stated the pairs; arms outside them are then left out in silence.
  package let isStated: Bool

  /// Stated pairs.
  package init(stated pairs: [Pair]) {
    self.pairs = pairs
    isStated = true
  }

  /// Arms of the same name; two single arms whatever their names.
  package init(_ a: [String], _ b: [String]) {
    if a.count == 1, b.count == 1 {
      pairs = [Pair(a: a[0], b: b[0])]
    } else {
      pairs = a.filter(b.contains).map { Pair(a: $0, b: $0) }
    }
    isStated = false
  }

  /// The pairs in groups within which the second result has its arms in the order of the first, so
  /// that rows can be matched in one reading of both files.
  func passes(armsA: [String], armsB: [String]) -> [[Pair]] {
    let ordered = pairs.sorted {
      (armsA.firstIndex(of: $0.a) ?? 0) < (armsA.firstIndex(of: $1.a) ?? 0)
    }
    let places = ordered.map { armsB.firstIndex(of: $0.b) ?? 0 }
    let isOneToOne =
      zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
      && Set(ordered.map(\.a)).count == ordered.count
    return isOneToOne || ordered.isEmpty ? [ordered] : ordered.map { [$0] }
  }
}
