// SPDX-License-Identifier: GPL-3.0-or-later

/// On how many paths a number of plans was counted, for every number that occurs.
///
/// Only the numbers between the least and the greatest take memory: among a million plans the counts
/// of all paths lie close together.
package struct CountFrequencies: Sendable {
  /// The number of plans that `paths[0]` belongs to.
  private var first = 0
  private var paths: [Int] = []
  /// Room for further numbers on either side, so that a range seldom grows.
  private static let margin = 16

  /// No paths yet.
  package init() {}

  /// Numbers of plans that occur, ascending, each with its paths.
  package var entries: some Sequence<(plans: Int, paths: Int)> {
    paths.indices.lazy.filter { paths[$0] > 0 }.map { (first + $0, paths[$0]) }
  }

  /// Σ plans · paths.
  package var sum: Int { entries.reduce(0) { $0 + $1.plans * $1.paths } }

  /// Counts a number of plans on some paths.
  package mutating func add(_ plans: Int, paths more: Int = 1) {
    cover(plans...plans)
    paths[plans - first] += more
  }

  /// Counts a column: the number of plans on each of `count` paths. O(count), and O(greatest −
  /// least number) where the range grows.
  package mutating func add(column: UnsafePointer<Int32>, count: Int) {
    guard count > 0 else { return }
    var (least, greatest) = (column[0], column[0])
    for path in 0..<count {
      least = min(least, column[path])
      greatest = max(greatest, column[path])
    }
    // A number that is the same on all paths, which is common, would wait for each addition.
    if least == greatest { return add(Int(least), paths: count) }
    cover(Int(least)...Int(greatest))
    let range = Int(least)...Int(greatest)
    if range.count > Self.widestApart {
      for path in 0..<count { paths[Int(column[path]) - first] += 1 }
    } else {
      addApart(column, count, range)
    }
  }

  /// Numbers farther apart than this are seldom the same on neighbouring paths.
  private static let widestApart = 256

  /// Neighbouring paths are counted apart from each other: where their number is the same, which is
  /// common, the second addition would wait for the first.
  private mutating func addApart(
    _ column: UnsafePointer<Int32>, _ count: Int, _ range: ClosedRange<Int>
  ) {
    let width = range.count
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 4 * width) { room in
      guard let part = room.baseAddress else { return }
      part.initialize(repeating: 0, count: 4 * width)
      let start = part - range.lowerBound
      var path = 0
      while path &+ 4 <= count {
        start[Int(column[path])] &+= 1
        (start + width)[Int(column[path &+ 1])] &+= 1
        (start + 2 &* width)[Int(column[path &+ 2])] &+= 1
        (start + 3 &* width)[Int(column[path &+ 3])] &+= 1
        path &+= 4
      }
      while path < count {
        start[Int(column[path])] &+= 1
        path &+= 1
      }
      for place in 0..<width {
        let found = part[place] &+ part[place + width] &+ part[place + 2 * width]
        paths[range.lowerBound - first + place] += Int(found &+ part[place + 3 * width])
      }
    }
  }

  /// Adds the counts of further paths. O(range).
  package mutating func merge(_ other: CountFrequencies) {
    if other.paths.isEmpty { return }
    if paths.isEmpty {
      self = other
      return
    }
    cover(other.first...other.first + other.paths.count - 1)
    for place in other.paths.indices {
      paths[other.first - first + place] += other.paths[place]
    }
  }

  /// Makes room for a range of numbers.
  private mutating func cover(_ range: ClosedRange<Int>) {
    let end = first + paths.count
    if !paths.isEmpty, range.lowerBound >= first, range.upperBound < end { return }
    let wanted =
      paths.isEmpty ? range : min(first, range.lowerBound)...max(end - 1, range.upperBound)
    let least =
      wanted.lowerBound < first || paths.isEmpty
      ? max(0, wanted.lowerBound - Self.margin) : first
    let greatest =
      wanted.upperBound >= end || paths.isEmpty
      ? wanted.upperBound + Self.margin : end - 1
    var wider = [Int](repeating: 0, count: greatest - least + 1)
    for place in paths.indices { wider[first + place - least] = paths[place] }
    (first, paths) = (least, wider)
  }
}

extension CountFrequencies: Equatable {
  package static func == (a: Self, b: Self) -> Bool {
    a.entries.elementsEqual(b.entries) { $0 == $1 }
  }
}
