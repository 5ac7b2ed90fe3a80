// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import Testing

/// Neighbours in every part of an address are uncorrelated: 10,000 pairs of columns of 2,048 normals,
/// the largest |r| below 6/√n, which chance exceeds once in 50,000 runs of the whole.
@Suite("Adjacent streams")
struct AdjacentStreamTests {
  enum Neighbour: CaseIterable {
    case seeds, blocks, plans, years
  }

  @Test(arguments: Neighbour.allCases)
  func uncorrelated(_ neighbour: Neighbour) {
    let (pairs, blocks) = (2_500, 4)
    let kernels = ColumnKernels(.best).table
    let buffer = ColumnBuffer(count: 2)
    let width = ColumnBuffer.width
    var largest = 0.0
    for pair in 0..<pairs {
      let (seed, plan) = (UInt64(20_051_003), "plan/p\(pair)")
      let stream = StreamID(entity: plan, variable: "shock", year: 1).rawValue
      let other: (seed: UInt64, stream: UInt64, firstBlock: Int) =
        switch neighbour {
        case .seeds: (seed + 1, stream, 0)
        case .blocks: (seed, stream, 1)
        case .plans:
          (seed, StreamID(entity: "plan/p\(pair + 1)", variable: "shock", year: 1).rawValue, 0)
        case .years: (seed, StreamID(entity: plan, variable: "shock", year: 2).rawValue, 0)
        }
      var sums = (xx: 0.0, yy: 0.0, xy: 0.0)
      for block in 0..<blocks {
        kernels.pointee.normals(seed, stream, UInt32(2 * block), buffer[0])
        kernels.pointee.normals(
          other.seed, other.stream, UInt32(2 * block + other.firstBlock), buffer[1])
        let (x, y) = (buffer[0], buffer[1])
        for i in 0..<width {
          sums.xx += x[i] * x[i]
          sums.yy += y[i] * y[i]
          sums.xy += x[i] * y[i]
        }
      }
      largest = max(largest, abs(sums.xy) / (sums.xx * sums.yy).squareRoot())
    }
    #expect(largest < 6 / Double(blocks * width).squareRoot())
    // Chance alone makes some pair exceed 2.5/√n: the test looked at something.
    #expect(largest > 2.5 / Double(blocks * width).squareRoot())
  }
}
