// SPDX-License-Identifier: GPL-3.0-or-later

/// A summary that can absorb the summary of the values that follow its own.
package protocol Mergeable: Sendable {
  /// Adds `other`, which stands to the right of `self` in the order of the reduction.
  mutating func merge(_ other: Self)
}

/// Reduces per-chunk nodes in one fixed order, whatever the order in which they arrive.
///
/// Floating-point addition is not associative, so a total that depended on which thread came first
/// would change from run to run. Here chunk i is leaf (0, i) of an aligned binary tree, the nodes
/// (l, 2j) and (l, 2j + 1) merge left to right into (l + 1, j) as soon as both exist, and
/// `finish(count:)` folds the maximal aligned subtrees of 0 ..< count left to right. The shape of
/// the reduction depends on `count` alone, so the result has the same bits for every order of
/// arrival and for every split of the chunks into shards.
///
/// At most ⌈log₂ count⌉ + 1 nodes wait when leaves arrive in order; out of order, one more for each
/// gap. Not safe for concurrent use: the caller holds a lock.
package struct MergeTree<Node> {
  /// Where a node stands: it covers the leaves index·2^level ..< (index + 1)·2^level.
  package struct Position: Hashable, Sendable, Comparable {
    /// The height above the leaves; a leaf has level 0.
    package var level: Int
    /// The place within the level, from 0.
    package var index: Int

    package init(level: Int, index: Int) {
      precondition(level >= 0 && level < 62 && index >= 0, "a tree position is out of range")
      self.level = level
      self.index = index
    }

    /// The leaves under this node.
    package var leaves: Range<Int> { (index << level)..<((index + 1) << level) }

    package static func < (a: Position, b: Position) -> Bool {
      (a.leaves.lowerBound, a.level) < (b.leaves.lowerBound, b.level)
    }
  }

  private let mergeRight: @Sendable (inout Node, Node) -> Void
  private var waiting: [Position: Node] = [:]

  /// An empty tree.
  ///
  /// - Parameter merge: Adds its second argument, the right-hand node, into its first.
  package init(merge: @escaping @Sendable (inout Node, Node) -> Void) {
    mergeRight = merge
  }

  /// The number of nodes that wait for their sibling.
  package var waitingCount: Int { waiting.count }

  /// Inserts the node of chunk `index`. Each chunk goes in once. O(log count) merges at most.
  package mutating func insert(_ node: Node, at index: Int) {
    insert(node, at: Position(level: 0, index: index))
  }

  /// Inserts a whole subtree, such as one read from a shard file.
  ///
  /// Programmer mistake: a subtree that is already there, or that lies inside a waiting one.
  package mutating func insert(_ node: Node, at position: Position) {
    var merged = node
    var place = position
    while true {
      let sibling = Position(level: place.level, index: place.index ^ 1)
      guard let other = waiting.removeValue(forKey: sibling) else { break }
      if place.index & 1 == 0 {
        mergeRight(&merged, other)
      } else {
        var left = other
        mergeRight(&left, merged)
        merged = left
      }
      place = Position(level: place.level + 1, index: place.index >> 1)
    }
    let earlier = waiting.updateValue(merged, forKey: place)
    precondition(earlier == nil, "a chunk was inserted into the merge tree twice")
  }

  /// The maximal aligned subtrees present, by first leaf: what a shard file stores.
  package var subtrees: [(position: Position, node: Node)] {
    waiting.map { (position: $0.key, node: $0.value) }.sorted { $0.position < $1.position }
  }

  /// The positions of the maximal aligned subtrees of 0 ..< `count`, left to right.
  ///
  /// They are the binary digits of `count` from the highest down: 6 = 4 + 2 gives (2, 0), (1, 2).
  package static func decomposition(count: Int) -> [Position] {
    precondition(count >= 0, "a negative number of chunks")
    var positions: [Position] = []
    var start = 0
    var level = Int.bitWidth - 1 - count.leadingZeroBitCount
    while level >= 0 {
      if count & (1 << level) != 0 {
        positions.append(Position(level: level, index: start >> level))
        start += 1 << level
      }
      level -= 1
    }
    return positions
  }

  /// The node of all chunks 0 ..< `count`, or nil when `count` is 0.
  ///
  /// Programmer mistake: a chunk of 0 ..< `count` is missing, or one beyond was inserted.
  package func finish(count: Int) -> Node? {
    let positions = Self.decomposition(count: count)
    precondition(
      positions.count == waiting.count, "the merge tree does not hold exactly the chunks 0..<count")
    var total: Node?
    for position in positions {
      guard let node = waiting[position] else {
        preconditionFailure("the merge tree does not hold exactly the chunks 0..<count")
      }
      if var left = total.take() {
        mergeRight(&left, node)
        total = left
      } else {
        total = node
      }
    }
    return total
  }

  /// Whether the tree holds exactly the chunks 0 ..< `count`, so that `finish(count:)` may be called.
  package func isComplete(count: Int) -> Bool {
    let positions = Self.decomposition(count: count)
    return positions.count == waiting.count && positions.allSatisfy { waiting[$0] != nil }
  }
}

extension MergeTree: Sendable where Node: Sendable {}

extension MergeTree where Node: Mergeable {
  /// An empty tree of nodes that know how to merge.
  package init() {
    self.init { $0.merge($1) }
  }
}
