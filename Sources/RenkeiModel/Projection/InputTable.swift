// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Named inputs in an order in which each reads only earlier ones, with what follows for
/// quantities that read them: possible values and expectations.
struct InputTable: Sendable {
  private(set) var inputs: [ResolvedInput] = []
  private var indexByName: [String: Int] = [:]

  /// How the inputs' own draws depend on each other; nil where they do not.
  let correlations: ResolvedCorrelations?

  init(_ inputs: [ResolvedInput] = [], correlations: ResolvedCorrelations? = nil) {
    self.correlations = correlations
    for input in inputs { append(input) }
  }

  mutating func append(_ input: ResolvedInput) {
    indexByName[input.name] = inputs.count
    inputs.append(input)
  }

  subscript(_ name: String) -> ResolvedInput? {
    indexByName[name].map { inputs[$0] }
  }

  func index(of name: String) -> Int? { indexByName[name] }

  /// Why the possible values of a quantity cannot be told.
  enum BoundsProblem: Error {
    /// A named input is unknown or has a problem of its own, reported elsewhere.
    case unknownInput
    /// A scale parameter, or the argument of a logarithm, can be as low as `low`.
    case notPositive(part: String, parameters: [String], inputs: [String], low: Double)
  }

  /// Smallest and largest value that can be drawn, at normal scores from −8.3 to 8.3.
  ///
  /// Exact for constants, distributions and inputs. Location + scale·standard is monotone in each
  /// of its numbers alone, so its extremes lie at corners of their ranges: exact where the inputs
  /// it reads are independent, too wide (never too narrow) where they depend on each other.
  func bounds(of quantity: Quantity) throws(BoundsProblem) -> ClosedRange<Double> {
    switch quantity {
    case .constant(let value):
      return Self.range(value, value)
    case .input(let name):
      guard let input = self[name] else { throw .unknownInput }
      return input.bounds
    case .distribution(let distribution):
      return Self.bounds(of: distribution)
    case .modulated(let modulated):
      return try bounds(of: modulated)
    }
  }

  /// Interval of products of values of the two intervals.
  static func product(
    _ a: ClosedRange<Double>, _ b: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    let corners = [
      a.lowerBound * b.lowerBound, a.lowerBound * b.upperBound, a.upperBound * b.lowerBound,
      a.upperBound * b.upperBound,
    ]
    return range(corners.reduce(.infinity, min), corners.reduce(-.infinity, max))
  }

  static func bounds(of distribution: any UnivariateDistribution) -> ClosedRange<Double> {
    let limit = Reproducible.largestNormalScore
    return range(
      distribution.quantile(normalScore: -limit), distribution.quantile(normalScore: limit))
  }

  /// A closed range that survives NaN: one with NaN in it becomes everything.
  private static func range(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    low <= high ? low...high : -Double.infinity...Double.infinity
  }

  private func bounds(
    of modulated: ModulatedDistribution
  ) throws(BoundsProblem) -> ClosedRange<Double> {
    let form = modulated.form
    var names: [String] = []
    for (_, name) in modulated.inputs where !names.contains(name) { names.append(name) }
    var ranges: [ClosedRange<Double>] = []
    for name in names {
      guard let input = self[name] else { throw .unknownInput }
      ranges.append(input.bounds)
    }
    let standard = Self.bounds(of: form.standard)
    var (low, high) = (Double.infinity, -Double.infinity)
    var (lowestScale, lowestArgument) = (Double.infinity, Double.infinity)
    for corner in 0..<(1 << names.count) {
      let parameters: (String) -> Double = { parameter in
        guard let name = modulated.inputs.first(where: { $0.parameter == parameter })?.input,
          let index = names.firstIndex(of: name)
        else { return .nan }
        return corner >> index & 1 == 0 ? ranges[index].lowerBound : ranges[index].upperBound
      }
      if form.location.isLogarithm {
        lowestArgument = min(lowestArgument, form.location.argument(parameters))
      }
      let scale = form.scale.value(parameters)
      lowestScale = scale > 0 ? min(lowestScale, scale) : min(lowestScale, scale.isNaN ? 0 : scale)
      let location = form.location.value(parameters)
      for y in [standard.lowerBound, standard.upperBound] {
        let x = location.addingProduct(scale, y)
        low = min(low, x)
        high = max(high, x)
      }
    }
    func check(_ part: String, _ term: ParameterTerm, _ least: Double) throws(BoundsProblem) {
      guard least <= 0 else { return }
      let parameters = term.summands.map(\.parameter)
      let read = modulated.inputs.filter { parameters.contains($0.parameter) }.map(\.input)
      throw .notPositive(part: part, parameters: parameters, inputs: read, low: least)
    }
    try check("scale", form.scale, lowestScale)
    try check("location", form.location, lowestArgument)
    return form.link == .identity
      ? Self.range(low, high) : Self.range(Reproducible.exp(low), Reproducible.exp(high))
  }
}

extension ParameterTerm {
  /// The sum whose logarithm the term may be.
  func argument(_ parameters: (String) -> Double) -> Double {
    var sum = constant
    for summand in summands {
      sum = sum.addingProduct(summand.weight, parameters(summand.parameter))
    }
    return sum
  }
}
