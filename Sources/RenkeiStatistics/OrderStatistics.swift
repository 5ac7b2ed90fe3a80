// SPDX-License-Identifier: GPL-3.0-or-later

/// Exact order statistics and type 1 quantiles of a large array, without sorting it.
///
/// Each value maps to an integer key in the same order (its bits; for negative numbers all but
/// the sign flipped). One pass finds the range of the keys, one counts their leading bits within
/// that range, one copies the few bins that hold a wanted rank; the same then happens inside each
/// of those, until a bin is small enough to sort or holds one value. Range and bins adapt, so a
/// narrow distribution costs no more than a wide one. The result is a function of the values as a
/// set: order and machine do not show.
///
/// About three passes over the data; O(n) at any distribution, since each step narrows the range of
/// keys 4,096-fold.
package enum OrderStatistics {
  /// The rank of the type 1 quantile: the smallest k ≥ 1 with k/n ≥ level.
  ///
  /// ⌈n·level⌉, where a product within four units in the last place above a whole number counts as
  /// that number: 0.07·100 is 7, although the product of the two doubles is larger.
  ///
  /// Source: R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American
  /// Statistician 50 (1996), definition 1.
  ///
  /// - Parameters:
  ///   - level: 0 ≤ level ≤ 1; 0 gives the minimum, 1 the maximum.
  ///   - count: n ≥ 1.
  package static func rank(level: Double, count: Int) -> Int {
    precondition(level >= 0 && level <= 1, "the level of a quantile lies between 0 and 1")
    precondition(count >= 1, "an empty sample has no quantile")
    let product = Double(count) * level
    let rank = Int((product - 4 * Double.ulpOfOne * product).rounded(.up))
    return min(max(rank, 1), count)
  }

  /// The type 1 quantiles of `values` at several levels.
  ///
  /// - Parameters:
  ///   - values: At least one value; ±∞ allowed, NaN is a programmer mistake. Not changed.
  ///   - levels: In any order, each in 0 ... 1.
  ///   - scratch: Working memory, reused from call to call; one caller at a time.
  /// - Returns: One value for each level, in the order of `levels`; −0 is given as 0.
  package static func quantiles(
    of values: UnsafeBufferPointer<Double>, levels: [Double], scratch: SelectionScratch
  ) -> [Double] {
    let ranks = levels.map { rank(level: $0, count: values.count) }
    return orderStatistics(of: values, ranks: ranks, scratch: scratch)
  }

  /// The order statistics of `values` at several ranks.
  ///
  /// - Parameters:
  ///   - values: At least one value; ±∞ allowed, NaN is a programmer mistake. Not changed.
  ///   - ranks: In any order, each in 1 ... values.count.
  ///   - scratch: Working memory, reused from call to call; one caller at a time.
  /// - Returns: One value for each rank, in the order of `ranks`; −0 is given as 0.
  package static func orderStatistics(
    of values: UnsafeBufferPointer<Double>, ranks: [Int], scratch: SelectionScratch
  ) -> [Double] {
    precondition(
      ranks.allSatisfy { $0 >= 1 && $0 <= values.count }, "a rank lies outside 1...count")
    guard let first = values.baseAddress, !ranks.isEmpty else { return [] }
    var requests = ranks.indices.map { SelectionRequest(rank: ranks[$0] - 1, output: $0) }
    requests.sort { ($0.rank, $0.output) < ($1.rank, $1.output) }
    var results = [Double](repeating: 0, count: ranks.count)
    let keys = UnsafeRawPointer(first).assumingMemoryBound(to: Int64.self)
    scratch.select(keys, values.count, requests, depth: 0, into: &results)
    return results
  }
}

/// A wanted place within the values at hand, from 0, and where its value goes.
struct SelectionRequest {
  var rank: Int
  var output: Int
}

/// The working memory of `OrderStatistics`: bin counts, and copies of the bins looked into.
///
/// Grows to what the largest call needed: 64 KB, and 8 bytes for each value in a bin that holds a
/// wanted rank.
package final class SelectionScratch {
  private static let binBits: Int64 = 12
  /// Below this many values insertion sort is quicker than another round.
  private static let sortLimit = 24

  /// The values of the wanted bins of one round, one bin after the other.
  private struct Level {
    var bins: UnsafeMutablePointer<Int>
    var gathered: UnsafeMutablePointer<Int64>
    var capacity: Int
  }
  private var levels: [Level] = []

  package init() {}

  deinit {
    for level in levels {
      level.bins.deallocate()
      level.gathered.deallocate()
    }
  }

  private func prepare(depth: Int) -> UnsafeMutablePointer<Int> {
    let binCount = 1 << Int(Self.binBits)
    if depth == levels.count {
      levels.append(
        Level(
          bins: .allocate(capacity: binCount), gathered: .allocate(capacity: 1), capacity: 1))
    }
    let bins = levels[depth].bins
    bins.initialize(repeating: 0, count: binCount)
    return bins
  }

  private func gatherSpace(depth: Int, count: Int) -> UnsafeMutablePointer<Int64> {
    if levels[depth].capacity < count {
      levels[depth].gathered.deallocate()
      levels[depth].gathered = .allocate(capacity: count)
      levels[depth].capacity = count
    }
    return levels[depth].gathered
  }

  /// Bits of a double to a key in numeric order; its own inverse.
  @inline(__always)
  private static func flip(_ bits: Int64) -> Int64 {
    bits ^ ((bits &>> 63) & Int64.max)
  }

  private static func value(ofBits bits: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: bits)) + 0
  }

  /// Answers the requests, ascending by rank, among `count` doubles given by their bits.
  func select(
    _ values: UnsafePointer<Int64>, _ count: Int, _ requests: [SelectionRequest], depth: Int,
    into results: inout [Double]
  ) {
    let (low, high) = Self.keyRange(values, count)
    precondition(
      low >= Self.flip(Int64(bitPattern: (-Double.infinity).bitPattern))
        && high <= Int64(bitPattern: Double.infinity.bitPattern), "a value to select is NaN")
    if low == high {
      let value = Self.value(ofBits: values[0])
      for request in requests { results[request.output] = value }
      return
    }
    let bins = prepare(depth: depth)
    // The span of the keys of −∞ ... +∞ fits in 64 unsigned bits.
    let span = UInt64(bitPattern: high &- low)
    let spanBits = Int64(64 - span.leadingZeroBitCount)
    let shift = UInt64(bitPattern: spanBits > Self.binBits ? spanBits - Self.binBits : 0)
    Self.countBins(values, count, low, shift, bins)

    // After this walk a wanted bin holds the place where its values go, every other bin −1.
    var wanted: [(start: Int, count: Int, requests: [SelectionRequest])] = []
    var next = 0
    var below = 0
    var gathered = 0
    for bin in 0...Int(span &>> shift) {
      let size = bins[bin]
      var inside: [SelectionRequest] = []
      while next < requests.count && requests[next].rank < below + size {
        inside.append(
          SelectionRequest(rank: requests[next].rank - below, output: requests[next].output))
        next += 1
      }
      below += size
      bins[bin] = -1
      if !inside.isEmpty {
        bins[bin] = gathered
        wanted.append((gathered, size, inside))
        gathered += size
      }
    }
    let copy = gatherSpace(depth: depth, count: gathered)
    Self.gather(values, count, low, shift, bins, copy)
    for part in wanted {
      let start = copy + part.start
      if part.count <= Self.sortLimit {
        Self.sort(start, part.count)
        for request in part.requests {
          results[request.output] = Self.value(ofBits: start[request.rank])
        }
      } else {
        select(start, part.count, part.requests, depth: depth + 1, into: &results)
      }
    }
  }

  private static func keyRange(_ values: UnsafePointer<Int64>, _ count: Int) -> (Int64, Int64) {
    var low = Int64.max
    var high = Int64.min
    var i = 0
    while i < count {
      let key = flip(values[i])
      low = key < low ? key : low
      high = key > high ? key : high
      i &+= 1
    }
    return (low, high)
  }

  private static func countBins(
    _ values: UnsafePointer<Int64>, _ count: Int, _ low: Int64, _ shift: UInt64,
    _ bins: UnsafeMutablePointer<Int>
  ) {
    var i = 0
    while i < count {
      let offset = UInt64(bitPattern: flip(values[i]) &- low)
      bins[Int(truncatingIfNeeded: offset &>> shift)] &+= 1
      i &+= 1
    }
  }

  private static func gather(
    _ values: UnsafePointer<Int64>, _ count: Int, _ low: Int64, _ shift: UInt64,
    _ places: UnsafeMutablePointer<Int>, _ copy: UnsafeMutablePointer<Int64>
  ) {
    var i = 0
    while i < count {
      let bits = values[i]
      let bin = Int(truncatingIfNeeded: UInt64(bitPattern: flip(bits) &- low) &>> shift)
      let place = places[bin]
      if place >= 0 {
        copy[place] = bits
        places[bin] = place &+ 1
      }
      i &+= 1
    }
  }

  private static func sort(_ values: UnsafeMutablePointer<Int64>, _ count: Int) {
    var i = 1
    while i < count {
      let bits = values[i]
      let key = flip(bits)
      var j = i
      while j > 0 && flip(values[j &- 1]) > key {
        values[j] = values[j &- 1]
        j &-= 1
      }
      values[j] = bits
      i &+= 1
    }
  }
}
