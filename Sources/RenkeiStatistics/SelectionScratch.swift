// SPDX-License-Identifier: GPL-3.0-or-later

/// The working memory of `OrderStatistics`: bin counts, and copies of the bins looked into.
///
/// Grows to what the largest call needed: 32 KB a round, of which there are at most six, and 8 bytes
/// for each value in a bin that holds a wanted rank.
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
    let binCount = 1 + (1 << Int(Self.binBits))
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
  static func flip(_ bits: Int64) -> Int64 {
    bits ^ ((bits &>> 63) & Int64.max)
  }

  /// Answers the requests, ascending by rank, among `count` doubles given by their bits.
  func select(
    _ values: UnsafePointer<Int64>, _ count: Int, _ requests: [SelectionRequest], depth: Int,
    into results: inout [Double]
  ) {
    let range = KeyRange(of: values, count)
    precondition(
      range.low >= Self.flip(Int64(bitPattern: (-Double.infinity).bitPattern))
        && range.high <= Int64(bitPattern: Double.infinity.bitPattern), "a value to select is NaN")
    if range.low == range.high {
      let value = Double(bitPattern: UInt64(bitPattern: values[0])) + 0
      for request in requests { results[request.output] = value }
      return
    }
    let bins = prepare(depth: depth)
    let binning = Binning(range, bits: Self.binBits)
    binning.count(values, count, into: bins)

    // After this walk a bin to copy holds the place where its values go, every other bin −1.
    var wanted: [(start: Int, count: Int, requests: [SelectionRequest])] = []
    var next = 0
    var below = 0
    var gathered = 0
    for bin in 0..<binning.binCount {
      let size = bins[bin]
      bins[bin] = -1
      var inside: [SelectionRequest] = []
      while next < requests.count && requests[next].rank < below + size {
        inside.append(
          SelectionRequest(rank: requests[next].rank - below, output: requests[next].output))
        next += 1
      }
      below += size
      if inside.isEmpty { continue }
      if let key = binning.onlyKey(of: bin) {
        let value = Double(bitPattern: UInt64(bitPattern: Self.flip(key))) + 0
        for request in inside { results[request.output] = value }
      } else {
        bins[bin] = gathered
        wanted.append((gathered, size, inside))
        gathered += size
      }
    }
    if wanted.isEmpty { return }
    let copy = gatherSpace(depth: depth, count: gathered)
    binning.gather(values, count, places: bins, into: copy)
    for part in wanted {
      let start = copy + part.start
      if part.count <= Self.sortLimit {
        Self.sort(start, part.count)
        for request in part.requests {
          let bits = UInt64(bitPattern: start[request.rank])
          results[request.output] = Double(bitPattern: bits) + 0
        }
      } else {
        select(start, part.count, part.requests, depth: depth + 1, into: &results)
      }
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

/// The smallest key, the smallest but that, and the largest of some values.
private struct KeyRange {
  var low = Int64.max
  var second = Int64.max
  var high = Int64.min

  init(of values: UnsafePointer<Int64>, _ count: Int) {
    var i = 0
    while i < count {
      let key = SelectionScratch.flip(values[i])
      if key < low {
        second = low
        low = key
      } else if key < second && key != low {
        second = key
      }
      high = key > high ? key : high
      i &+= 1
    }
  }
}

/// Bin 0 for the smallest key alone, then bins of equal width over the rest.
///
/// Without a bin of its own an atom at 0, common in money, would stretch the range over every
/// exponent and leave a quarter of an octave to a bin.
private struct Binning {
  private let low: Int64
  private let second: Int64
  private let shift: UInt64
  let binCount: Int

  init(_ range: KeyRange, bits: Int64) {
    low = range.low
    second = range.second
    // The span of the keys of −∞ ... +∞ fits in 64 unsigned bits.
    let span = range.high > range.low ? UInt64(bitPattern: range.high &- range.second) : 0
    let spanBits = Int64(64 - span.leadingZeroBitCount)
    shift = UInt64(bitPattern: spanBits > bits ? spanBits - bits : 0)
    binCount = range.high > range.low ? 2 + Int(span &>> shift) : 1
  }

  @inline(__always)
  private func bin(_ bits: Int64) -> Int {
    let key = SelectionScratch.flip(bits)
    let above = UInt64(bitPattern: key &- second) &>> shift
    return key == low ? 0 : Int(truncatingIfNeeded: above) &+ 1
  }

  /// The key of a bin that can hold no other; nil for a bin of several.
  func onlyKey(of bin: Int) -> Int64? {
    if bin == 0 { return low }
    return shift == 0 ? second &+ Int64(bin - 1) : nil
  }

  func count(
    _ values: UnsafePointer<Int64>, _ count: Int, into bins: UnsafeMutablePointer<Int>
  ) {
    var i = 0
    while i < count {
      bins[bin(values[i])] &+= 1
      i &+= 1
    }
  }

  func gather(
    _ values: UnsafePointer<Int64>, _ count: Int, places: UnsafeMutablePointer<Int>,
    into copy: UnsafeMutablePointer<Int64>
  ) {
    var i = 0
    while i < count {
      let bits = values[i]
      let bin = bin(bits)
      let place = places[bin]
      if place >= 0 {
        copy[place] = bits
        places[bin] = place &+ 1
      }
      i &+= 1
    }
  }
}
