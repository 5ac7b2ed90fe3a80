// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics
import Testing

@Suite struct MergeTreeTests {
  /// Keeps the shape of the reduction: a merge of a and b reads (ab).
  private struct Shape: Mergeable, Equatable {
    var text: String
    mutating func merge(_ other: Shape) { text = "(" + text + other.text + ")" }
  }

  private func permutations(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return permutations(count - 1).flatMap { shorter in
      (0...shorter.count).map { place in
        var longer = shorter
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }

  private func shape(_ order: [Int]) -> String? {
    var tree = MergeTree<Shape>()
    for index in order { tree.insert(Shape(text: String(index)), at: index) }
    return tree.finish(count: order.count)?.text
  }

  @Test(arguments: [
    (1, "0"), (2, "(01)"), (3, "((01)2)"), (5, "(((01)(23))4)"), (6, "(((01)(23))(45))"),
    (7, "((((01)(23))(45))6)"),
  ])
  func everyOrderOfArrivalGivesTheSameShape(count: Int, expected: String) {
    for order in permutations(count) {
      #expect(shape(order) == expected)
    }
  }

  @Test func everyOrderOfArrivalGivesTheSameBits() throws {
    var generator = SeededGenerator(seed: 1)
    let values = (0..<29).map { _ in generator.nearlyNormal() * Double(generator.next() >> 40) }
    func total(_ order: [Int]) throws -> (UInt64, UInt64) {
      var tree = MergeTree<ShiftedMoments>()
      for index in order {
        var moments = ShiftedMoments(shift: values[0])
        moments.add(values[index])
        tree.insert(moments, at: index)
      }
      let node = try #require(tree.finish(count: values.count))
      #expect(node.count == values.count)
      return (node.sum.bitPattern, node.sumOfSquares.bitPattern)
    }
    let expected = try total(Array(values.indices))
    for _ in 0..<200 {
      #expect(try total(values.indices.shuffled(using: &generator)) == expected)
    }
    // The data can tell: another shape of reduction gives other bits.
    #expect(values.reduce(0) { $0 + ($1 - values[0]) }.bitPattern != expected.0)
  }

  @Test(arguments: [1, 2, 3, 5, 8])
  func shardsMergeToTheSameShape(shardCount: Int) throws {
    let count = 21
    let expected = shape(Array(0..<count))
    var shards = (0..<shardCount).map { shard in
      var tree = MergeTree<Shape>()
      for index in 0..<count where index * shardCount / count == shard {
        tree.insert(Shape(text: String(index)), at: index)
      }
      return tree.subtrees
    }
    shards.reverse()
    var whole = MergeTree<Shape>()
    for (position, node) in shards.flatMap({ $0 }) { whole.insert(node, at: position) }
    #expect(whole.isComplete(count: count))
    #expect(!whole.isComplete(count: count + 1))
    #expect(whole.finish(count: count)?.text == expected)
  }

  @Test func fewNodesWaitWhenLeavesComeInOrder() {
    var tree = MergeTree<Int> { $0 += $1 }
    for index in 0..<1_000 {
      tree.insert(index, at: index)
      #expect(tree.waitingCount == (index + 1).nonzeroBitCount)
    }
    #expect(tree.finish(count: 1_000) == 499_500)
  }

  @Test func decompositionCoversTheChunksInOrder() {
    for count in 0..<200 {
      var next = 0
      for position in MergeTree<Int>.decomposition(count: count) {
        #expect(position.leaves.lowerBound == next)
        next = position.leaves.upperBound
      }
      #expect(next == count)
    }
  }

  @Test func noChunksGiveNoNode() {
    #expect(MergeTree<Shape>().finish(count: 0) == nil)
  }

  @Test func missingAndRepeatedChunksAreRefused() async {
    await #expect(processExitsWith: .failure) {
      var tree = MergeTree<Int> { $0 += $1 }
      tree.insert(1, at: 1)
      _ = tree.finish(count: 1)
    }
    await #expect(processExitsWith: .failure) {
      var tree = MergeTree<Int> { $0 += $1 }
      tree.insert(1, at: 4)
      tree.insert(1, at: 4)
    }
  }
}
