// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import Testing

@Suite struct QuantileTableTests {
  /// The promised accuracy at scores that the builder has never seen.
  @Test(arguments: DistributionCase.continuous) func staysWithinBounds(
    of: DistributionCase
  ) throws {
    let distribution = try of.make()
    let table = try QuantileTable(distribution)
    var random = TestRandom(seed: 20_051_003)
    let draws = distribution is TruncatedDistribution ? 1000 : 10_000
    var worst = 0.0
    for _ in 0..<draws {
      let z = random.uniform(-8.3...8.3)
      let x = table.value(at: z)
      let target = TailTarget.score(z)
      let allowed = z.magnitude <= 8 ? min(1e-9, 1e-6 * target.probability) : 1e-9
      let error = (target.tail(of: distribution, at: x) - target.probability).magnitude
      if error > allowed {
        #expect(hits(target, distribution, at: x, precision: 0), "z = \(z), \(error / allowed)")
      } else {
        worst = max(worst, error / allowed)
      }
    }
    #expect(worst <= 1)
  }

  @Test(arguments: DistributionCase.continuous) func rises(of: DistributionCase) throws {
    let distribution = try of.make()
    let table = try QuantileTable(distribution)
    var last = table.value(at: -8.3)
    for step in 1...16_600 {
      let x = table.value(at: -8.3 + Double(step) * 0.001)
      // Where the quantile is flat to rounding, evaluation may wobble by an ulp or two.
      #expect(x >= last - 8 * last.ulp, "at step \(step)")
      last = x
    }
    let (low, high) = (distribution.support.lowerBound, distribution.support.upperBound)
    #expect(table.value(at: -8.3) >= low && table.value(at: 8.3) <= high)
    #expect(table.value(at: -100) == table.value(at: -8.3))
    #expect(table.value(at: .infinity) == table.value(at: 8.3))
  }

  /// The written rule of evaluation, step by step.
  @Test func evaluatesAsDocumented() throws {
    let table = try QuantileTable(TriangularDistribution(min: -0.3, mode: 0.4, max: 1.5))
    #expect(table.pieces.count == 2)
    #expect(table.pieces[0].end == table.pieces[1].start)
    var random = TestRandom(seed: 3)
    for _ in 0..<1000 {
      let z = random.uniform(-8.3...8.3)
      let piece = z < table.pieces[1].start ? table.pieces[0] : table.pieces[1]
      let s = (z - piece.start) * piece.inverseStep
      let k = min(Int(s), piece.lastSegment)
      let t = s - Double(k)
      let c = table.coefficients[(piece.firstCoefficient + 4 * k)...].prefix(4).map { $0 }
      let y = c[0].addingProduct(c[1].addingProduct(c[2].addingProduct(c[3], t), t), t)
      #expect(table.value(at: z) == y)
    }
    #expect(table.coefficients.count == 4 * table.cubic.segmentCount)
    #expect(
      table.pieces[1].firstCoefficient + 4 * (table.pieces[1].lastSegment + 1)
        == table.coefficients.count)
  }

  @Test func refusesWhatItCannotHold() {
    // Below z = −8 its values fall under the smallest positive number.
    #expect(throws: TableError.self) {
      try QuantileTable(GammaDistribution(shape: 0.002, scale: 1))
    }
  }

  @Test func hashesBits() throws {
    let table = try QuantileTable(BetaDistribution(a: 14, b: 6))
    #expect(table.hash == (try QuantileTable(BetaDistribution(a: 14, b: 6))).hash)
    #expect(table.hash != (try QuantileTable(BetaDistribution(a: 14.000001, b: 6))).hash)
    var hash = StableHash()
    hash.add(UInt64(0x6f6f_6261_7266))
    // FNV-1a of "fraboo" followed by two zero bytes, computed apart from this code.
    #expect(hash.value == fnv1a([0x66, 0x72, 0x61, 0x62, 0x6f, 0x6f, 0, 0]))
    #expect(fnv1a(Array("foobar".utf8)) == 0x8594_4171_f739_67e8)
  }

  private func fnv1a(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }

  @Test func sharesEqualTables() async throws {
    let cache = QuantileTableCache()
    let hashes = try await withThrowingTaskGroup(of: UInt64.self) { group in
      for index in 0..<12 {
        group.addTask {
          try cache.table(for: GammaDistribution(shape: 2 + Double(index % 3), scale: 1)).hash
        }
      }
      return try await group.reduce(into: Set<UInt64>()) { $0.insert($1) }
    }
    #expect(cache.count == 3)
    #expect(hashes.count == 3)
    let truncated = DistributionCase("gamma", ["shape": 2, "scale": 1], truncate: (0, 3))
    _ = try cache.table(for: truncated.make())
    #expect(cache.count == 4)
  }
}

@Suite struct PiecewiseCubicTests {
  @Test func fitsSmoothCurves() throws {
    let curve = try PiecewiseCubic.fit(
      on: -2...5, relativeTolerance: 1e-11, value: Reproducible.exp, slope: Reproducible.exp)
    var random = TestRandom(seed: 5)
    for _ in 0..<2000 {
      let x = random.uniform(-2...5)
      #expect((curve.value(at: x) / Reproducible.exp(x) - 1).magnitude <= 1e-11)
    }
    #expect(curve.value(at: -2) == Reproducible.exp(-2))
    #expect(curve.value(at: 9) == curve.value(at: 5))
  }

  @Test func fitsCurvesWithAZero() throws {
    let curve = try PiecewiseCubic.fit(
      on: 0...1, relativeTolerance: 1e-12, absoluteTolerance: 1e-14,
      value: { $0 * $0 * (3 - 2 * $0) - 0.25 }, slope: { 6 * $0 * (1 - $0) })
    #expect(curve.segmentCount == 8, "a cubic is its own Hermite interpolant")
    #expect((curve.value(at: 0.5) - 0.25).magnitude < 1e-15)
  }

  @Test func saysWhenACurveIsTooSharp() {
    #expect {
      try PiecewiseCubic.fit(
        on: 0...1, relativeTolerance: 1e-12, value: { $0.squareRoot() + 1e-9 },
        slope: { 0.5 / max($0, 1e-30).squareRoot() })
    } throws: {
      guard let error = $0 as? TableError else { return false }
      return error.segments == 16_384 && error.excess > 1
        && error.description.hasPrefix("a curve on [0, 1] cannot be tabulated")
    }
  }
}
