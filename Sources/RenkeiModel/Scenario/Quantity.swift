// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// A number of the scenario as stated: fixed, named, or uncertain.
///
/// Where it stands in the scenario fixes how often it is drawn (see ``DrawLevel``).
public enum Quantity: Sendable {
  /// A fixed number.
  case constant(Double)
  /// `$name`: the programme-level named input of that name.
  case input(String)
  /// A draw from a distribution whose parameters are all fixed.
  indirect case distribution(any UnivariateDistribution)
  /// A draw from a distribution some of whose location or scale parameters are named inputs.
  indirect case modulated(ModulatedDistribution)

  /// The names of the inputs that this quantity reads, in the order of its parameters.
  public var inputNames: [String] {
    switch self {
    case .constant, .distribution: []
    case .input(let name): [name]
    case .modulated(let distribution): distribution.inputs.map(\.input)
    }
  }
}

/// location + scale · standard (or its exponential), with location and scale read from inputs.
public struct ModulatedDistribution: Sendable {
  public let familyName: String
  public let form: LocationScaleForm
  /// Which input stands for which open parameter, in the order written.
  public let inputs: [(parameter: String, input: String)]
  /// The other parameters that were stated, in the order written: only words are made of them.
  public let fixed: [(parameter: String, value: Double)]

  public init(
    familyName: String, form: LocationScaleForm, inputs: [(parameter: String, input: String)],
    fixed: [(parameter: String, value: Double)] = []
  ) {
    self.familyName = familyName
    self.form = form
    self.inputs = inputs
    self.fixed = fixed
  }
}

/// How often an uncertain number is drawn.
public enum DrawLevel: String, Sendable {
  /// Once per path.
  case programme
  /// Once per path and year.
  case year
  /// Once per path and plan.
  case plan
  /// Once per path, plan and year.
  case planYear = "plan-year"
}

/// A value together with the place where it was written.
public struct Stated<Value: Sendable>: Sendable {
  public var value: Value
  public var location: SourceLocation

  public init(_ value: Value, at location: SourceLocation) {
    self.value = value
    self.location = location
  }
}
