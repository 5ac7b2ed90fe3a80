// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiAnalysis
import Testing

/// Shapley values against the definition by orders, and against the axioms.
@Suite("Shapley values")
struct ShapleyTests {
  /// Numbers without pattern from a linear congruence.
  private static func game(players: Int, seed: UInt64) -> [Double] {
    var state = seed
    return (0..<(1 << players)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992 - 0.5
    }
  }

  private static func orders(_ players: [Int]) -> [[Int]] {
    if players.isEmpty { return [[]] }
    return players.flatMap { first in
      orders(players.filter { $0 != first }).map { [first] + $0 }
    }
  }

  /// The mean over all orders of what each player adds to those before it.
  private static func bruteForce(players: Int, _ game: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: players)
    let all = orders(Array(0..<players))
    for order in all {
      var coalition = 0
      for player in order {
        let joined = coalition | (1 << player)
        sums[player] += game[joined] - game[coalition]
        coalition = joined
      }
    }
    return sums.map { $0 / Double(all.count) }
  }

  @Test("are the means over all orders of coming in", arguments: 0...5)
  func definition(players: Int) {
    for seed in 1...5 {
      let game = Self.game(players: players, seed: UInt64(seed))
      let values = ShapleyValues(players: players).values(of: game)
      for (value, expected) in zip(values, Self.bruteForce(players: players, game)) {
        #expect((value - expected).magnitude < 1e-14)
      }
      let total = game[game.count - 1] - game[0]
      let scale = values.reduce(1e-300) { $0 + $1.magnitude }
      #expect((values.reduce(0, +) - total).magnitude <= 1e-12 * scale)
    }
  }

  /// Three players of whom a pair with 0 is needed: 2/3, 1/6, 1/6 (the glove game).
  @Test("divide the glove game as published")
  func gloves() {
    let game = (0..<8).map { $0 & 1 != 0 && $0 & 6 != 0 ? 1.0 : 0.0 }
    let values = ShapleyValues(players: 3).values(of: game)
    for (value, expected) in zip(values, [2.0 / 3, 1.0 / 6, 1.0 / 6]) {
      #expect((value - expected).magnitude < 1e-15)
    }
  }

  @Test("a player that adds nothing gets exactly nothing")
  func nullPlayer() {
    let others = Self.game(players: 3, seed: 9)
    // Player 1 of four is the one that changes no value.
    let game = (0..<16).map { others[($0 & 1) | ($0 >> 1 & 6)] }
    let values = ShapleyValues(players: 4).values(of: game)
    #expect(values[1] == 0)
    for (value, expected) in zip(
      [values[0], values[2], values[3]], ShapleyValues(players: 3).values(of: others))
    {
      #expect((value - expected).magnitude < 1e-15)
    }
  }

  @Test("players that add the same get the same, whatever their names")
  func symmetry() {
    let game = Self.game(players: 4, seed: 3)
    // Players 0 and 2 exchanged.
    let exchanged = game.indices.map { index in
      game[(index & 0b1010) | ((index & 1) << 2) | ((index >> 2) & 1)]
    }
    let values = ShapleyValues(players: 4).values(of: game)
    let other = ShapleyValues(players: 4).values(of: exchanged)
    for (value, expected) in zip(values, [other[2], other[1], other[0], other[3]]) {
      #expect((value - expected).magnitude < 1e-15)
    }
  }

  @Test("add up where games add up")
  func additivity() {
    let (a, b) = (Self.game(players: 5, seed: 1), Self.game(players: 5, seed: 2))
    let shapley = ShapleyValues(players: 5)
    let sum = shapley.values(of: zip(a, b).map { $0 + $1 })
    for (value, parts) in zip(sum, zip(shapley.values(of: a), shapley.values(of: b))) {
      #expect((value - parts.0 - parts.1).magnitude < 1e-15)
    }
  }
}
