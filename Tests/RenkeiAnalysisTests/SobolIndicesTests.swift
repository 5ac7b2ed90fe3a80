// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiAnalysis
import Testing

@Suite("Sobol indices")
struct SobolIndicesTests {
  /// sin x + 7 sin² y + z⁴ sin(x) / 10, each uniform on −π…π; indices in closed form.
  ///
  /// T. Ishigami, T. Homma, "An importance quantification technique in uncertainty analysis for
  /// computer models" (1990); V₁ = ½(1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = 8b²π⁸/225.
  private static func ishigami(_ x: [Double]) -> Double {
    let z = x[2] * x[2]
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * z * z * sin(x[0])
  }

  private static let exact: [(first: Double, total: Double)] = {
    let p4 = pow(Double.pi, 4)
    let v1 = 0.5 * (1 + 0.1 * p4 / 5) * (1 + 0.1 * p4 / 5)
    let (v2, v13) = (49.0 / 8, 8 * 0.01 * p4 * p4 / 225)
    let v = v1 + v2 + v13
    return [(v1 / v, (v1 + v13) / v), (v2 / v, v2 / v), (0, v13 / v)]
  }()

  /// Indices of the three inputs from `paths` paths.
  private static func estimate(
    paths: Int, seed: UInt64
  ) throws -> [(first: SobolIndices.Index, total: SobolIndices.Index)] {
    var generator = SplitMix(state: seed)
    func sample() -> [[Double]] {
      (0..<paths).map { _ in (0..<3).map { _ in (2 * generator.uniform() - 1) * .pi } }
    }
    let (a, b) = (sample(), sample())
    let indices = try #require(SobolIndices(a: a.map(ishigami), b: b.map(ishigami)))
    return (0..<3).map { input in
      let mixed = zip(a, b).map { own, other in
        var x = own
        x[input] = other[input]
        return ishigami(x)
      }
      return (indices.firstOrder(mixed), indices.total(mixed))
    }
  }

  @Test("the Ishigami function has its known indices")
  func ishigami() throws {
    let known = [(0.3139, 0.5576), (0.4424, 0.4424), (0, 0.2437)]
    let found = try Self.estimate(paths: 20_000, seed: 1)
    for (input, index) in found.enumerated() {
      let (first, total) = Self.exact[input]
      #expect(abs(first - known[input].0) < 5e-5 && abs(total - known[input].1) < 5e-5)
      #expect(abs(index.first.value - first) < 5 * index.first.standardError)
      #expect(abs(index.total.value - total) < 5 * index.total.standardError)
      #expect(index.first.standardError < 0.02 && index.total.standardError < 0.02)
    }
  }

  @Test("95% intervals hold the truth 95 times in a hundred")
  func coverage() throws {
    var held = 0
    let seeds = 150
    for seed in 0..<seeds {
      for (found, exact) in zip(
        try Self.estimate(paths: 600, seed: 1_000 + UInt64(seed)), Self.exact)
      {
        if found.first.interval95.contains(exact.first) { held += 1 }
        if found.total.interval95.contains(exact.total) { held += 1 }
      }
    }
    // Six indices of a seed go together in part: 900 intervals are worth 150 to 900.
    let share = Double(held) / Double(6 * seeds)
    #expect(share > 0.93 && share < 0.97)
  }

  @Test("an input that does nothing has no share, exactly; one that does all has the whole")
  func extremes() throws {
    var generator = SplitMix(state: 5)
    let a = (0..<500).map { _ in generator.uniform() }
    let b = (0..<500).map { _ in generator.uniform() }
    let indices = try #require(SobolIndices(a: a, b: b))
    for index in [indices.firstOrder(a), indices.total(a)] {
      #expect(index.value == 0 && index.standardError == 0)
    }
    for index in [indices.firstOrder(b), indices.total(b)] {
      #expect(abs(index.value - 1) < 5 * index.standardError)
    }
  }

  @Test("figures that never vary have no shares, however large they are")
  func constant() {
    #expect(SobolIndices(a: [1e9 + 0.1, 1e9 + 0.1], b: [1e9 + 0.1, 1e9 + 0.1]) == nil)
    #expect(SobolIndices(a: [0, 0], b: [0, 0]) == nil)
  }
}

/// A small generator for samples of tests.
///
/// G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix {
  var state: UInt64

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53
  }

  /// Box and Muller's first.
  mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}
