// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// Shapley values of a game of k players: the mean, over all orders in which the players may come
/// in, of what each adds to those before it.
///
///     φᵢ = Σ_{S ∌ i} |S|!·(k − |S| − 1)!/k! · (v(S ∪ {i}) − v(S))
///
/// They sum to v(all) − v(none), are equal for players that add the same to everything, and exactly
/// 0 for one that adds nothing.
///
/// Source: Shapley, A value for n-person games, Contributions to the Theory of Games II (1953),
/// equation (13).
package struct ShapleyValues: Sendable {
  /// k.
  package let players: Int
  /// |S|!·(k − |S| − 1)!/k! by |S|.
  private let weights: [Double]

  /// - Parameter players: k, 0…20.
  package init(players: Int) {
    precondition((0...20).contains(players), "a game of at most 20 players")
    self.players = players
    // 1/(k·C(k−1, s)), without factorials.
    var binomial = 1.0
    weights = (0..<players).map { size in
      defer { binomial *= Double(players - 1 - size) / Double(size + 1) }
      return 1 / (Double(players) * binomial.rounded())
    }
  }

  /// Number of coalitions, 2ᵏ.
  package var coalitions: Int { 1 << players }

  /// φ of every player.
  ///
  /// - Parameter game: v by coalition: bit i of the index says whether player i is in.
  /// - Complexity: O(k·2ᵏ).
  package func values(of game: some Collection<Double>) -> [Double] {
    precondition(game.count == coalitions, "a value for each coalition")
    let game = Array(game)
    return (0..<players).map { player in
      var sum = NeumaierSum()
      for coalition in game.indices where coalition & (1 << player) == 0 {
        let added = game[coalition | (1 << player)] - game[coalition]
        sum.add(weights[coalition.nonzeroBitCount] * added)
      }
      return sum.value
    }
  }
}
