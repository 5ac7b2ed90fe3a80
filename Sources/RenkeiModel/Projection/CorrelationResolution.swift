// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Correlations between named inputs as the engines compute them.
///
/// A Gaussian copula: input i has the value F⁻¹(Φ(z)) with z = Σ weights·independent scores, where
/// each input keeps the score stream it would have without correlations. For an input whose
/// parameters are inputs, z is the score of its own draw given those parameters.
public struct ResolvedCorrelations: Sendable {
  /// Names of the correlated inputs, by their bytes.
  public let inputs: [String]
  /// Row i holds the weights of the independent scores 0…i in the score of input i; unit rows.
  public let weights: [[Double]]
  /// Correlations of the normal scores.
  package let matrix: CorrelationMatrix

  init(inputs: [String], matrix: CorrelationMatrix) {
    self.inputs = inputs
    self.matrix = matrix
    weights = matrix.choleskyFactor
  }

  /// Place of an input among the correlated ones.
  func index(of name: String) -> Int? { inputs.firstIndex(of: name) }

  /// Whether two inputs' own scores depend on each other.
  package func areCorrelated(_ a: String, _ b: String) -> Bool {
    guard let i = index(of: a), let j = index(of: b) else { return false }
    return i != j && matrix[i, j] != 0
  }
}

/// Checks the stated pairs and makes one positive semi-definite matrix of them.
struct CorrelationResolution {
  private let inputs: [NamedInput]

  /// The correlations, nil where none are stated, all are zero, or an error was reported.
  ///
  /// Complexity: O(pairs · inputs + correlated inputs³).
  static func resolve(
    _ settings: CorrelationSettings?, inputs: [NamedInput], _ problems: inout ProblemList
  ) -> ResolvedCorrelations? {
    guard let settings else { return nil }
    let resolution = CorrelationResolution(inputs: inputs)
    let areSound = settings.pairs.map { resolution.check($0, &problems) }
    let areDistinct = checkDuplicates(settings.pairs, &problems)
    guard areDistinct, areSound.allSatisfy({ $0 }) else { return nil }

    let names = Set(settings.pairs.flatMap { [$0.first.value, $0.second.value] })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var matrix = CorrelationMatrix(order: names.count)
    for pair in settings.pairs {
      guard let i = names.firstIndex(of: pair.first.value),
        let j = names.firstIndex(of: pair.second.value)
      else { continue }
      matrix[i, j] =
        pair.measure == .rank
        ? CorrelationMatrix.normalScoreCorrelation(rank: pair.coefficient.value)
        : pair.coefficient.value
    }
    if matrix == CorrelationMatrix(order: names.count) { return nil }
    let smallest = matrix.smallestEigenvalue
    if smallest < CorrelationMatrix.eigenvalueTolerance {
      guard settings.repairsToNearest else {
        problems.error(
          "not-positive-semidefinite", at: settings.location, key: "correlations",
          "the correlations contradict each other: the smallest eigenvalue of their matrix is "
            + Phrase.number(smallest),
          allowed: "a matrix without negative eigenvalues",
          suggestion: "lower the coefficients, or state repair: nearest")
        return nil
      }
      let nearest = matrix.nearest
      warn(of: nearest, insteadOf: matrix, smallest, names, at: settings.location, &problems)
      matrix = nearest
    }
    return ResolvedCorrelations(inputs: names, matrix: matrix)
  }

  private func check(_ pair: CorrelationSettings.Pair, _ problems: inout ProblemList) -> Bool {
    let key = "correlations.\(pair.measure.rawValue)"
    var isSound = [pair.first, pair.second].map { check($0, pair, key, &problems) }
      .allSatisfy { $0 }
    if pair.first.value == pair.second.value {
      problems.error(
        "self-correlation", at: pair.second.location, key: key, value: pair.second.value,
        "the pair names one input twice", allowed: "two different inputs")
      isSound = false
    }
    let range = ValueRange(from: -1, through: 1)
    if !range.contains(pair.coefficient.value) {
      problems.error(
        "out-of-range", at: pair.coefficient.location, key: key,
        value: Phrase.number(pair.coefficient.value), "is out of range",
        allowed: range.description)
      isSound = false
    }
    return isSound
  }

  /// Whether the input exists and has a draw of its own.
  private func check(
    _ name: Stated<String>, _ pair: CorrelationSettings.Pair, _ key: String,
    _ problems: inout ProblemList
  ) -> Bool {
    guard let input = inputs.first(where: { $0.name == name.value }) else {
      let names = inputs.map(\.name)
      problems.error(
        "unknown-input", at: name.location, key: key, value: name.value,
        names.isEmpty
          ? "names an input, but the scenario has none" : "no input has this name",
        allowed: names.isEmpty ? nil : names.joined(separator: ", "),
        suggestion: Suggestion.phrase(for: name.value, among: names))
      return false
    }
    switch input.quantity.value {
    case .constant:
      problems.error(
        "not-uncertain", at: name.location, key: key, value: name.value,
        "the input is a plain number and cannot be correlated", allowed: "uncertain inputs")
      return false
    case .input(let other):
      problems.error(
        "not-uncertain", at: name.location, key: key, value: name.value,
        "the input only repeats $\(other)", suggestion: "correlate '\(other)' instead")
      return false
    case .distribution(let distribution):
      if case .discrete = distribution.sampling, pair.measure == .rank {
        problems.warn(
          "discrete-rank", at: name.location, key: key, value: name.value,
          "the input takes few values, so that the rank correlation comes out weaker than stated",
          suggestion: "state the correlation of the scores under 'normal_score'")
      }
      return true
    case .modulated:
      return true
    }
  }

  private static func checkDuplicates(
    _ pairs: [CorrelationSettings.Pair], _ problems: inout ProblemList
  ) -> Bool {
    var first: [Set<String>: CorrelationSettings.Pair] = [:]
    var areDistinct = true
    for pair in pairs {
      let names: Set = [pair.first.value, pair.second.value]
      guard let earlier = first[names] else {
        first[names] = pair
        continue
      }
      areDistinct = false
      let isSame =
        earlier.measure == pair.measure && earlier.coefficient.value == pair.coefficient.value
      problems.error(
        isSame ? "duplicate-pair" : "contradictory-pair", at: pair.location,
        key: "correlations.\(pair.measure.rawValue)",
        "the correlation of \(pair.first.value) and \(pair.second.value) is stated twice"
          + (isSame ? "" : ", differently") + "; first at \(earlier.location)",
        suggestion: "keep one of them")
    }
    return areDistinct
  }

  private static func warn(
    of nearest: CorrelationMatrix, insteadOf stated: CorrelationMatrix, _ smallest: Double,
    _ names: [String], at location: SourceLocation, _ problems: inout ProblemList
  ) {
    var largest = (i: 0, j: 0, change: 0.0)
    for i in names.indices {
      for j in 0..<i {
        let change = (nearest[i, j] - stated[i, j]).magnitude
        if change > largest.change { largest = (i, j, change) }
      }
    }
    let (i, j) = (largest.i, largest.j)
    problems.warn(
      "correlations-repaired", at: location, key: "correlations",
      "the correlations contradict each other (smallest eigenvalue \(Phrase.number(smallest))), so "
        + "that the nearest ones are used: that of the normal scores of \(names[j]) and "
        + "\(names[i]) changes most, from \(Phrase.number(stated[i, j])) to "
        + Phrase.number(nearest[i, j]))
  }
}
