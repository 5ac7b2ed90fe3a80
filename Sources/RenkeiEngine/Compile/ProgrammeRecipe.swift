// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// How the columns that all plans share are computed, step by step, once per block.
///
/// Each step writes one column of ``BlockWorkspace/shared`` and reads only earlier ones.
struct ProgrammeRecipe: Sendable {
  enum Step: Sendable {
    /// A fresh draw through a transform.
    case draw(DrawAddress, ScoreTransform)
    /// Fresh normal scores.
    case score(DrawAddress)
    /// Σ weight·column of scores, held to the limit of normal scores.
    case mixedScore([(weight: Double, column: Int)])
    /// A column of scores through a transform, under the key that names the result.
    case transformed(column: Int, ScoreTransform, DrawKey)
    /// constant + Σ weight·column, or its natural logarithm.
    case linear(constant: Double, terms: [(weight: Double, column: Int)], isLogarithm: Bool)
    /// √x of a column.
    case squareRoot(of: Int)
    /// 1 − x of a column.
    case complement(of: Int)
  }

  private(set) var steps: [Step] = []
  private var inputs: [String: SharedValue] = [:]
  /// Columns of correlated inputs' normal scores.
  private var scoreColumns: [String: Int] = [:]
  /// Sums of inputs that are computed already: many plans share a parameter.
  private var linearSteps: [LinearKey: SharedValue] = [:]

  private struct LinearKey: Hashable {
    let constant: Double
    let weights: [Double]
    let columns: [Int]
    let isLogarithm: Bool
  }
  private let address: @Sendable (DrawKey, String) -> DrawAddress

  init(address: @escaping @Sendable (DrawKey, String) -> DrawAddress) {
    self.address = address
  }

  /// Number of shared columns.
  var columnCount: Int { steps.count }

  private mutating func append(_ step: Step) -> SharedValue {
    steps.append(step)
    return .column(steps.count - 1)
  }

  /// Mixes the scores of correlated inputs; it must come before the inputs.
  ///
  /// Each draws from its own stream, and those that no earlier one is correlated with keep their
  /// draws as they are.
  mutating func define(_ correlations: ResolvedCorrelations) {
    let own = correlations.inputs.map { name -> Int in
      steps.append(.score(address(DrawKey(.programme, .inputScore(name)), "")))
      return steps.count - 1
    }
    for (index, weights) in correlations.weights.enumerated() {
      let terms = weights.indices.filter { weights[$0] != 0 }
        .map { (weight: weights[$0], column: own[$0]) }
      let name = correlations.inputs[index]
      if terms.count == 1, terms[0].weight == 1 {
        scoreColumns[name] = terms[0].column
      } else {
        steps.append(.mixedScore(terms))
        scoreColumns[name] = steps.count - 1
      }
    }
  }

  /// Compiles a named input; it must come after the inputs that it reads.
  mutating func define(_ input: ResolvedInput, tables: TableStore) throws {
    let key = DrawKey(.programme, .input(input.name))
    if let column = scoreColumns[input.name] {
      let transform = try transform(of: input.quantity, tables: tables)
      inputs[input.name] = append(.transformed(column: column, transform, key))
    } else {
      inputs[input.name] = try value(of: input.quantity, key: key, tables: tables)
    }
  }

  /// The value of a named input.
  func value(ofInput name: String) -> SharedValue {
    guard let value = inputs[name] else {
      preconditionFailure("input \(name) is read before it is defined")
    }
    return value
  }

  /// A programme-level quantity.
  mutating func value(
    of quantity: Quantity, key: DrawKey, tables: TableStore
  ) throws -> SharedValue {
    switch quantity {
    case .constant(let number): return .constant(number)
    case .input(let name): return value(ofInput: name)
    case .distribution, .modulated:
      let transform = try transform(of: quantity, tables: tables)
      return append(.draw(address(key, ""), transform))
    }
  }

  /// How a random quantity is made from its normal score.
  mutating func transform(of quantity: Quantity, tables: TableStore) throws -> ScoreTransform {
    switch quantity {
    case .constant, .input:
      preconditionFailure("only a distribution has a transform")
    case .distribution(let distribution):
      return try ScoreTransform(distribution, tables: tables)
    case .modulated(let modulated):
      return .modulated(
        standard: try ScoreTransform(modulated.form.standard, tables: tables),
        location: value(of: modulated.form.location, inputs: modulated.inputs),
        scale: value(of: modulated.form.scale, inputs: modulated.inputs),
        isLogarithmic: modulated.form.link == .logarithmic)
    }
  }

  private mutating func value(
    of term: ParameterTerm, inputs: [(parameter: String, input: String)]
  ) -> SharedValue {
    var constant = term.constant
    var columns: [(weight: Double, column: Int)] = []
    for summand in term.summands {
      guard let open = inputs.first(where: { $0.parameter == summand.parameter }) else {
        preconditionFailure("no input stands for parameter \(summand.parameter)")
      }
      switch value(ofInput: open.input) {
      case .constant(let number): constant = constant.addingProduct(summand.weight, number)
      case .column(let column): columns.append((summand.weight, column))
      }
    }
    if columns.isEmpty {
      return .constant(term.isLogarithm ? Reproducible.log(constant) : constant)
    }
    let key = LinearKey(
      constant: constant, weights: columns.map(\.weight), columns: columns.map(\.column),
      isLogarithm: term.isLogarithm)
    if let known = linearSteps[key] { return known }
    let value = append(
      .linear(constant: constant, terms: columns, isLogarithm: term.isLogarithm))
    linearSteps[key] = value
    return value
  }

  /// √x.
  mutating func squareRoot(of value: SharedValue) -> SharedValue {
    switch value {
    case .constant(let number): .constant(number.squareRoot())
    case .column(let column): append(.squareRoot(of: column))
    }
  }

  /// The natural logarithm of x > 0.
  mutating func logarithm(of value: SharedValue) -> SharedValue {
    switch value {
    case .constant(let number): .constant(Reproducible.log(number))
    case .column(let column):
      append(.linear(constant: 0, terms: [(weight: 1, column: column)], isLogarithm: true))
    }
  }

  /// 1 − x.
  mutating func complement(of value: SharedValue) -> SharedValue {
    switch value {
    case .constant(let number): .constant(1 - number)
    case .column(let column): append(.complement(of: column))
    }
  }

  /// A standard normal factor common to all plans.
  mutating func factor(_ variable: DrawKey.Variable) -> SharedValue {
    append(
      .draw(address(DrawKey(.programme, variable), ""), .affine(location: 0, scale: 1)))
  }
}

/// √share·common + √(1 − share)·own: how a plan's normal score depends on a common factor.
struct CommonScore: Sendable {
  /// Column of the common factor.
  let factor: Int
  let commonWeight: SharedValue
  let ownWeight: SharedValue
}

/// One AR(1) series of a year-level factor.
struct FactorSeriesRecipe: Sendable {
  /// Value of the factor's column; empty for a factor of all plans.
  let name: String
  /// One per simulated year.
  let addresses: [DrawAddress]
  /// φ.
  let persistence: Double
  /// √(1 − φ²).
  let innovationScale: Double
}
