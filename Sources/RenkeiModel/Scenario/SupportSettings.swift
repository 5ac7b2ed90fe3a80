// SPDX-License-Identifier: GPL-3.0-or-later

/// The `support` block as stated.
public struct SupportSettings: Sendable {
  /// What plans need, earn and ask for, where neither a segment nor their own cell says otherwise:
  /// ``PlanInput/supportInputs`` and ``PlanSettings/cashFailure``.
  public var plans = PlanSettings()
  /// Terms for the whole programme.
  public var terms: [SupportTerm: Stated<Quantity>] = [:]
  public var choices: [SupportChoice: Stated<String>] = [:]
  public var afterHorizon = AfterHorizon.runOff
  /// The measures that the block describes, each once, with their places.
  public var measures: [SupportMeasure: SourceLocation] = [:]
  public var location: SourceLocation

  public init(location: SourceLocation) {
    self.location = location
  }
}

extension PlanSettings {
  /// What holds for plans that state nothing: these defaults with those of the support block.
  func completed(by support: SupportSettings?) -> PlanSettings {
    guard let support else { return self }
    var settings = self
    for input in support.plans.numbers.keys {
      settings.numbers[input] = support.plans.numbers[input]
      settings.bases[input] = support.plans.bases[input]
    }
    settings.cashFailure = support.plans.cashFailure
    return settings
  }
}

/// One term that an arm changes.
public enum SupportChange: Sendable {
  case number(SupportTerm, Stated<Quantity>)
  case word(SupportChoice, Stated<String>)

  /// Where the changed term stands below `support`.
  public var path: String {
    switch self {
    case .number(let term, _): term.path
    case .word(let choice, _): choice.path
    }
  }

  /// The measure whose term it is; nil for terms of bank loans, which every arm has.
  var measure: SupportMeasure? {
    path.split(separator: ".").first.flatMap { SupportMeasure(rawValue: String($0)) }
  }

  public var location: SourceLocation {
    switch self {
    case .number(_, let stated): stated.location
    case .word(_, let stated): stated.location
    }
  }
}

/// A support package under which the portfolio is projected.
public struct Arm: Sendable {
  public let name: String
  /// The measures it offers; nil for all that the support block describes.
  public let measures: [Stated<SupportMeasure>]?
  /// Terms that differ from the support block, in file order.
  public let changes: [SupportChange]
  public let location: SourceLocation?

  /// The only arm of a scenario that names none: every measure that is described.
  public static let asPlanned = Arm(name: "as_planned", measures: nil)

  /// - Parameters:
  ///   - name: unlike that of every other arm.
  ///   - measures: each once; nil for all that are described.
  ///   - changes: what `set` states.
  ///   - location: where the arm is named.
  public init(
    name: String, measures: [Stated<SupportMeasure>]? = [], changes: [SupportChange] = [],
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.measures = measures
    self.changes = changes
    self.location = location
  }
}
