// SPDX-License-Identifier: GPL-3.0-or-later

/// A function held as cubic polynomials on uniform grids, one grid per piece.
///
/// Evaluation, exactly, so that a vector kernel can return the same bits: clamp x to
/// [pieces.first.start, pieces.last.end]; the piece is the last one with start ≤ x;
/// s = (x − start)·inverseStep; k = min(floor(s), lastSegment); t = s − k; with c the four
/// coefficients from 4·(firstSegment + k), y = fma(fma(fma(c₃, t, c₂), t, c₁), t, c₀).
public struct PiecewiseCubic: Sendable, Equatable {
  /// One uniform grid.
  public struct Piece: Sendable, Equatable {
    /// Where the piece begins and ends.
    public let start: Double
    public let end: Double
    /// Segments per unit of x.
    public let inverseStep: Double
    /// Index of the piece's last segment, counted within the piece.
    public let lastSegment: Int
    /// Index into `coefficients` of the piece's first segment.
    public let firstCoefficient: Int
  }

  /// Four per segment, constant first, of the local variable t in [0, 1].
  public let coefficients: [Double]

  /// Pieces in ascending order, each beginning where the one before ends.
  public let pieces: [Piece]

  package init(pieces: [Piece], coefficients: [Double]) {
    precondition(!pieces.isEmpty, "a piecewise cubic has at least one piece")
    self.pieces = pieces
    self.coefficients = coefficients
  }

  /// One piece on a uniform grid: four coefficients for each of its segments.
  package init(on range: ClosedRange<Double>, coefficients: [Double]) {
    let segments = coefficients.count / 4
    self.init(
      pieces: [
        Piece(
          start: range.lowerBound, end: range.upperBound,
          inverseStep: Double(segments) / (range.upperBound - range.lowerBound),
          lastSegment: segments - 1, firstCoefficient: 0)
      ], coefficients: coefficients)
  }

  /// The number of segments of all pieces.
  public var segmentCount: Int { coefficients.count / 4 }

  /// The function's value at `x`; beyond the ends the value at the end. NaN is not allowed.
  public func value(at x: Double) -> Double {
    let clamped = min(max(x, pieces[0].start), pieces[pieces.count - 1].end)
    var index = pieces.count - 1
    while index > 0 && pieces[index].start > clamped { index -= 1 }
    let piece = pieces[index]
    let s = (clamped - piece.start) * piece.inverseStep
    let k = min(s.rounded(.down), Double(piece.lastSegment))
    let t = s - k
    let first = piece.firstCoefficient + 4 * Int(k)
    return coefficients.withUnsafeBufferPointer { c in
      c[first].addingProduct(
        c[first + 1].addingProduct(c[first + 2].addingProduct(c[first + 3], t), t), t)
    }
  }

  /// FNV-1a, 64 bits, over the bits of the pieces and coefficients in order.
  public var hash: UInt64 {
    var hash = StableHash()
    for piece in pieces {
      hash.add(piece.start)
      hash.add(piece.end)
      hash.add(piece.inverseStep)
      hash.add(UInt64(piece.lastSegment))
    }
    for coefficient in coefficients { hash.add(coefficient) }
    return hash.value
  }
}

/// FNV-1a over 64-bit words, least significant byte first: the same on every machine.
package struct StableHash: Sendable {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func add(_ word: UInt64) {
    var rest = word
    for _ in 0..<8 {
      value = (value ^ (rest & 0xff)) &* 0x100_0000_01b3
      rest >>= 8
    }
  }

  package mutating func add(_ number: Double) { add(number.bitPattern) }

  package mutating func add(_ text: String) {
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    add(UInt64(text.utf8.count))
  }
}

extension PiecewiseCubic {
  /// factor·y + offset, coefficient by coefficient.
  package func scaled(by factor: Double, offset: Double) -> PiecewiseCubic {
    PiecewiseCubic(
      pieces: pieces,
      coefficients: coefficients.enumerated().map { index, coefficient in
        index % 4 == 0 ? offset.addingProduct(factor, coefficient) : factor * coefficient
      })
  }
}
