// SPDX-License-Identifier: GPL-3.0-or-later

/// The kernels one number at a time, written to be read; bit for bit what the vector kernels give.
///
/// `c.addingProduct(a, b)` is a·b + c rounded once; every other operation rounds by itself, in the
/// order written.
package enum ScalarTwin {}

/// xoshiro256+ and xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number
/// generators", 2018): one way of moving on, two ways of turning state into a word.
package struct Xoshiro256: Sendable {
  package enum Scrambler: Sendable {
    /// A sum. The quicker one, for floating-point numbers: runs draw with it.
    case plus
    /// A rotated sum. Plan lists are drawn with it, so that a specification goes on making the list
    /// it has always made.
    case plusPlus
  }

  private let scrambler: Scrambler
  private var s: (UInt64, UInt64, UInt64, UInt64)

  /// A generator with a given state, which must not be all zero.
  package init(_ scrambler: Scrambler = .plus, state: (UInt64, UInt64, UInt64, UInt64)) {
    self.scrambler = scrambler
    s = state
  }

  /// The generator of one lane of the draw column (seed, stream, block).
  ///
  /// Philox4x32-10 turns the address into state: key = (seed low, seed high), counter = (stream low,
  /// stream high, block, j), with j = lane for the first two words and j = lane + 8 for the others.
  package init(
    _ scrambler: Scrambler = .plus, seed: UInt64, stream: UInt64, block: UInt32, lane: Int
  ) {
    func words(_ j: Int) -> (UInt64, UInt64) {
      let out = ScalarTwin.philox4x32(
        counter: [
          UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32), block,
          UInt32(j),
        ],
        key: [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)])
      return (UInt64(out[0]) | UInt64(out[1]) << 32, UInt64(out[2]) | UInt64(out[3]) << 32)
    }
    let (s0, s1) = words(lane)
    let (s2, s3) = words(lane + ScalarTwin.laneCount)
    self.init(scrambler, state: (s0, s1, s2, s3))
  }

  package mutating func next() -> UInt64 {
    func rotated(_ x: UInt64, _ k: UInt64) -> UInt64 { x << k | x >> (64 - k) }
    let sum = s.0 &+ s.3
    let result = scrambler == .plus ? sum : rotated(sum, 23) &+ s.0
    let t = s.1 << 17
    s.2 ^= s.0
    s.3 ^= s.1
    s.1 ^= s.2
    s.0 ^= s.3
    s.2 ^= t
    s.3 = rotated(s.3, 45)
    return result
  }
}

extension ScalarTwin {
  /// Lanes of a draw column: value i comes from the generator of lane i mod 8.
  package static let laneCount = 8

  /// Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
  /// SC11): four words of counter and two of key give four random words.
  package static func philox4x32(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    var x = counter
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let p0 = x[0].multipliedFullWidth(by: 0xD251_1F53)
      let p1 = x[2].multipliedFullWidth(by: 0xCD9E_8D57)
      x = [p1.high ^ x[1] ^ k0, p1.low, p0.high ^ x[3] ^ k1, p0.low]
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return x
  }

  /// ((bits >> 12) + ½)·2⁻⁵², strictly inside (0, 1).
  package static func uniform(_ bits: UInt64) -> Double {
    Double(bitPattern: bits >> 12 | 0x3ff0_0000_0000_0000) - (1 - 0x1p-53)
  }

  /// √(−2 ln u) for u = bits·2⁻⁶⁴, at most the normal limit.
  package static func radius(_ bits: UInt64) -> Double {
    let word = Double(bits)
    let exponent = Double(word.bitPattern >> 52) - 1023
    let m = Double(bitPattern: word.bitPattern & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000)
    let segment = Int(m.bitPattern >> 48 & 15)
    let z = (-1.0).addingProduct(m, Coefficients.radiusReciprocal[segment])
    let whole = Coefficients.radiusCentre[segment]
      .addingProduct(exponent, -Coefficients.radiusTwoLn2)
    let squared = whole.addingProduct(polynomial(Coefficients.radius, at: z), z)
    return minimum(squared, Coefficients.radiusSquaredLimit).squareRoot()
  }

  /// Two independent standard normals by Box–Muller: r cos θ and r sin θ.
  ///
  /// The word's upper bit turns the angle by π, the next one swaps cosine and sine, and the other 62
  /// as a signed number are an angle in ±π/4.
  package static func normalPair(radiusBits: UInt64, angleBits: UInt64) -> (Double, Double) {
    let r = radius(radiusBits)
    let x = Double(Int64(bitPattern: angleBits << 2))
    let turned = angleBits >> 63 == 0 ? r : -r
    let a = turned * polynomial(Coefficients.cosine, at: x * x)
    let b = turned * (polynomial(Coefficients.sine, at: x * x) * x)
    return angleBits >> 62 & 1 == 0 ? (a, b) : (b, a)
  }

  /// The column of 512 standard normals at (seed, stream, block).
  package static func normals(seed: UInt64, stream: UInt64, block: UInt32) -> [Double] {
    var z = [Double](repeating: 0, count: ColumnBuffer.width)
    for lane in 0..<laneCount {
      var generator = Xoshiro256(seed: seed, stream: stream, block: block, lane: lane)
      for i in stride(from: lane, to: z.count, by: 4 * laneCount) {
        let radii = (generator.next(), generator.next())
        let angles = generator.next()
        (z[i], z[i + laneCount]) = normalPair(radiusBits: radii.0, angleBits: angles)
        (z[i + 2 * laneCount], z[i + 3 * laneCount]) = normalPair(
          radiusBits: radii.1, angleBits: angles << 32)
      }
    }
    return z
  }

  /// The column of 512 uniforms at (seed, stream, block).
  package static func uniforms(
    _ scrambler: Xoshiro256.Scrambler = .plus, seed: UInt64, stream: UInt64, block: UInt32
  ) -> [Double] {
    var u = [Double](repeating: 0, count: ColumnBuffer.width)
    for lane in 0..<laneCount {
      var generator = Xoshiro256(scrambler, seed: seed, stream: stream, block: block, lane: lane)
      for i in stride(from: lane, to: u.count, by: laneCount) { u[i] = uniform(generator.next()) }
    }
    return u
  }
}
