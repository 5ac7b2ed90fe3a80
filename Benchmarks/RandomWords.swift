// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import Foundation
import RenkeiDraws
import Testing

/// The 64-bit words that draw columns are made of, for batteries of random number tests.
///
/// `make random-test` feeds them to one, such as dieharder.
struct RandomWords {
  /// Neighbours in the stream of words.
  enum Order: String, CaseIterable {
    /// As a run draws: block by block, the columns of a block one after another.
    case sequential
    /// All numbers of a path, then those of the next.
    case paths
    /// A column on all its blocks, then the next column.
    case columns
  }

  let seed: UInt64
  /// Those of plans in five years.
  private let streams: [UInt64]
  /// Blocks before the columns change, in the order ``Order/columns``.
  private static let blocksOfColumn = 64

  init(seed: UInt64, plans: Int = 101) {
    self.seed = seed
    streams = (0..<plans).flatMap { plan in
      (1...5).map { StreamID(entity: "plan/p\(plan)", variable: "shock", year: $0).rawValue }
    }
  }

  /// Hands the words over, some thousands at a time, until `take` returns false.
  func write(_ order: Order, take: ([UInt64]) -> Bool) {
    let width = ColumnBuffer.width
    var step: UInt32 = 0
    while true {
      defer { step += 1 }
      let words: [UInt64]
      switch order {
      case .sequential: words = streams.flatMap { column(stream: $0, block: step) }
      case .paths:
        let columns = streams.map { column(stream: $0, block: step) }
        words = (0..<width).flatMap { path in columns.map { $0[path] } }
      case .columns:
        // Every turn of all columns goes on where their blocks ended.
        let (turn, place) = Int(step).quotientAndRemainder(dividingBy: streams.count)
        let first = turn * Self.blocksOfColumn
        words = (first..<first + Self.blocksOfColumn).flatMap {
          column(stream: streams[place], block: UInt32($0))
        }
      }
      guard take(words) else { return }
    }
  }

  /// The words of one draw column, from which uniforms take the upper 52 bits.
  func column(stream: UInt64, block: UInt32) -> [UInt64] {
    let lanes = Int(RK_LOGICAL_LANES)
    var states = [UInt64](repeating: 0, count: 4 * lanes)
    let key = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
    for j in 0..<2 * lanes {
      let counter = [
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32), block,
        UInt32(j),
      ]
      var output: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
      withUnsafeMutableBytes(of: &output) {
        guard let words = $0.bindMemory(to: UInt32.self).baseAddress else { return }
        rk_philox4x32_10(counter, key, words)
      }
      let place = 4 * (j % lanes) + 2 * (j / lanes)
      states[place] = UInt64(output.0) | UInt64(output.1) << 32
      states[place + 1] = UInt64(output.2) | UInt64(output.3) << 32
    }
    return states.withUnsafeMutableBufferPointer { states in
      guard let first = states.baseAddress else { return [] }
      return (0..<ColumnBuffer.width).map { rk_xoshiro256plus(first + 4 * ($0 % lanes)) }
    }
  }
}

struct RandomWordTests {
  @Test func wordsAreThoseOfTheKernels() {
    let buffer = ColumnBuffer(count: 1)
    for (seed, stream, block) in [(1, 2, 3), (.max, 1 << 40, .max)] as [(UInt64, UInt64, UInt32)] {
      ColumnKernels(.best).table.pointee.uniforms(seed, stream, block, buffer[0])
      let words = RandomWords(seed: seed).column(stream: stream, block: block)
      #expect(words.map(ScalarTwin.uniform) == buffer.values(0))
    }
  }

  /// Every order begins with the words of the first columns, in its own way.
  @Test func ordersHoldTheSameWords() {
    func first(_ order: RandomWords.Order) -> [UInt64] {
      var all: [UInt64] = []
      RandomWords(seed: 1, plans: 2).write(order) {
        all = $0
        return false
      }
      return all
    }
    let (sequential, paths) = (first(.sequential), first(.paths))
    #expect(sequential.count == 10 * 512 && sequential.sorted() == paths.sorted())
    #expect(sequential != paths)
    #expect(first(.columns).prefix(512) == sequential.prefix(512))
  }

  /// Writes to the pipe RENKEI_RANDOM_WORDS until nobody reads it any more.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["RENKEI_RANDOM_WORDS"] != nil))
  func writesToAPipe() throws {
    let environment = ProcessInfo.processInfo.environment
    let path = try #require(environment["RENKEI_RANDOM_WORDS"])
    let name = environment["RENKEI_RANDOM_ORDER"] ?? "sequential"
    let order = try #require(RandomWords.Order(rawValue: name), "no order \(name)")
    signal(SIGPIPE, SIG_IGN)
    let pipe = try FileHandle(forWritingTo: URL(filePath: path))
    var count = 0
    RandomWords(seed: 20_051_003).write(order) { words in
      let bytes = words.withUnsafeBytes { Data($0) }
      guard (try? pipe.write(contentsOf: bytes)) != nil else { return false }
      count += words.count
      return true
    }
    print("\(count) words of 64 bits in the order \(name)")
    #expect(count > 0)
  }
}
