// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDraws

/// xoshiro256++, the generator of plan lists (Blackman and Vigna, "Scrambled linear pseudorandom
/// number generators", 2018).
///
/// Runs draw from its sister xoshiro256+, which is quicker; lists keep the one they had, so that a
/// specification goes on making the list it has always made.
struct ListGenerator {
  private var s: (UInt64, UInt64, UInt64, UInt64)

  /// A generator with a given state, which must not be all zero.
  init(state: (UInt64, UInt64, UInt64, UInt64)) { s = state }

  mutating func next() -> UInt64 {
    func rotated(_ x: UInt64, _ k: UInt64) -> UInt64 { x << k | x >> (64 - k) }
    let result = rotated(s.0 &+ s.3, 23) &+ s.0
    let t = s.1 << 17
    s.2 ^= s.0
    s.3 ^= s.1
    s.1 ^= s.2
    s.0 ^= s.3
    s.2 ^= t
    s.3 = rotated(s.3, 45)
    return result
  }

  /// The column of 512 uniforms at (seed, stream, block), laid out and seeded as draw columns are.
  static func uniforms(seed: UInt64, stream: UInt64, block: UInt32) -> [Double] {
    var u = [Double](repeating: 0, count: ColumnBuffer.width)
    for lane in 0..<ScalarTwin.laneCount {
      var generator = ListGenerator(
        state: ScalarTwin.laneState(seed: seed, stream: stream, block: block, lane: lane))
      for i in stride(from: lane, to: u.count, by: ScalarTwin.laneCount) {
        u[i] = ScalarTwin.uniform(generator.next())
      }
    }
    return u
  }
}
