// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Finds what holds for each plan: standard values, then `plans.defaults`, then segments in file
/// order, then the plan's own cell. The later wins.
///
/// A segment's `set` replaces what stood before, earlier factors included. Its `multiply` multiplies
/// whatever stands then, its own `set` included. A plan's own cell is final: it discards every
/// factor.
struct PlanInputResolution {
  let defaults: PlanSettings
  let segments: [Segment]
  let table: InputTable
  /// Factor on every end target, the plans' own included; nil: 1.
  private let targetScale: Stated<Double>?
  /// Everything that does not come from a plan's own cell is resolved once for each combination.
  private var shared: [Composition: Resolved] = [:]

  /// Which statement gives the base, and which segments multiply it.
  private struct Composition: Hashable {
    let input: PlanInput
    let origin: Source
    let multipliers: [Int]
  }

  /// Where a value stands.
  enum Source: Hashable {
    case standard
    case defaults
    case segment(Int)
    case plan
  }

  struct Resolved {
    let quantity: ResolvedQuantity
    let isUsable: Bool
  }

  init(
    defaults: PlanSettings, segments: [Segment], table: InputTable,
    targetScale: Stated<Double>? = nil
  ) {
    self.targetScale = targetScale
    self.defaults = defaults
    self.segments = segments
    self.table = table
  }

  /// The input of one plan, the end target to scale, or nil where it is missing or its problems have
  /// been reported.
  ///
  /// - Parameters:
  ///   - own: what the plan's own cell states.
  ///   - matches: segments whose conditions the plan meets.
  mutating func resolve(
    _ input: PlanInput, own: Stated<Quantity>?, matches: [Int], _ problems: inout ProblemList
  ) -> ResolvedQuantity? {
    let quantity = unscaled(input, own: own, matches: matches, &problems)
    guard input == .endTargetYen, let targetScale, let scaled = quantity?.scaled(by: targetScale)
    else { return quantity }
    let range = input.declaration.range
    guard Phrase.excess(of: scaled.bounds, over: range) == nil else {
      problems.error(
        "out-of-range", at: targetScale.location, key: Self.targetScaleKey,
        value: Phrase.number(targetScale.value),
        "an end target times this factor is out of range", allowed: range.description)
      return nil
    }
    return scaled
  }

  /// The key of the factor on every end target.
  static let targetScaleKey = "plans.target_scale"

  private mutating func unscaled(
    _ input: PlanInput, own: Stated<Quantity>?, matches: [Int], _ problems: inout ProblemList
  ) -> ResolvedQuantity? {
    if let own {
      if case .constant(let value) = own.value {
        return ResolvedQuantity(ownValue: value, at: own.location)
      }
      return make(input, .plan, own, [], &problems).map(\.quantity)
    }
    var source = Source.standard
    var stated: Stated<Quantity>?
    if let value = defaults.numbers[input] { (source, stated) = (.defaults, value) }
    var multipliers: [Int] = []
    for index in matches {
      if let value = segments[index].settings.numbers[input] {
        (source, stated) = (.segment(index), value)
        multipliers = []
      }
      if segments[index].multipliers.contains(where: { $0.input == input }) {
        multipliers.append(index)
      }
    }
    let composition = Composition(input: input, origin: source, multipliers: multipliers)
    if let known = shared[composition] { return known.isUsable ? known.quantity : nil }
    guard let resolved = make(input, source, stated, multipliers, &problems) else { return nil }
    shared[composition] = resolved
    return resolved.isUsable ? resolved.quantity : nil
  }

  private func make(
    _ input: PlanInput, _ source: Source, _ stated: Stated<Quantity>?, _ multiplying: [Int],
    _ problems: inout ProblemList
  ) -> Resolved? {
    let standard = input.declaration.standardValue.map(Quantity.constant)
    guard let base = stated?.value ?? standard else { return nil }
    var factors: [(segment: String, factor: Quantity)] = []
    var lastFactor: (key: String, location: SourceLocation)?
    for index in multiplying {
      for (target, factor) in segments[index].multipliers where target == input {
        factors.append((segments[index].name, factor.value))
        let key = "plans.segments.\(segments[index].name).multiply.\(input.rawValue)"
        lastFactor = (key, factor.location)
      }
    }
    let quantities = [base] + factors.map(\.factor)
    var bounds: ClosedRange<Double>?
    // A quantity without bounds has a problem that its own statement reports.
    for quantity in quantities {
      guard let next = try? table.bounds(of: quantity) else {
        bounds = nil
        break
      }
      bounds = bounds.map { InputTable.product($0, next) } ?? next
    }
    if let bounds, let lastFactor {
      let range = input.range(basis(input, source))
      check(input, range, bounds, quantities, at: lastFactor, &problems)
    }
    let quantity = ResolvedQuantity(
      base: base, multipliers: factors,
      provenance: Provenance(
        origin: origin(source), location: stated?.location, multipliedBy: factors.map(\.segment)),
      mean: table.mean(ofProduct: quantities), bounds: bounds ?? 0...0,
      hasFiniteVariance: quantities.allSatisfy { table.hasFiniteVariance($0) })
    return Resolved(quantity: quantity, isUsable: bounds != nil)
  }

  /// Whether base times factors stays in the input's range.
  private func check(
    _ input: PlanInput, _ range: ValueRange, _ bounds: ClosedRange<Double>,
    _ quantities: [Quantity],
    at place: (key: String, location: SourceLocation), _ problems: inout ProblemList
  ) {
    let declaration = input.declaration
    if let excess = Phrase.excess(of: bounds, over: range) {
      let isFixed = bounds.lowerBound == bounds.upperBound
      problems.error(
        "out-of-range", at: place.location, key: place.key,
        "\(input.rawValue) times its factors "
          + (isFixed ? "is \(Phrase.number(bounds.lowerBound))" : excess),
        allowed: range.description,
        suggestion: isFixed ? nil : table.truncationAdvice(for: quantities))
    } else if declaration.isWhole, bounds.lowerBound != bounds.lowerBound.rounded() {
      problems.error(
        "not-whole", at: place.location, key: place.key,
        "\(input.rawValue) times its factors is \(Phrase.number(bounds.lowerBound))",
        allowed: "a whole number " + declaration.range.description)
    }
  }

  /// What a stated share is a share of.
  private func basis(_ input: PlanInput, _ source: Source) -> AmountBasis {
    switch source {
    case .standard, .plan: .stated
    case .defaults: defaults.bases[input] ?? .stated
    case .segment(let index): segments[index].settings.bases[input] ?? .stated
    }
  }

  /// What the number that ``resolve(_:row:matches:_:)`` finds is measured in.
  func basis(_ input: PlanInput, row: PlanRow, matches: [Int]) -> AmountBasis {
    if row.settings.numbers[input] != nil { return row.settings.bases[input] ?? .stated }
    let segment = matches.last { segments[$0].settings.numbers[input] != nil }
    return basis(input, segment.map { .segment($0) } ?? .defaults)
  }

  /// The provenance's word for a source.
  func origin(_ source: Source) -> Provenance.Origin {
    switch source {
    case .standard: .standard
    case .defaults: .defaults
    case .segment(let index): .segment(segments[index].name)
    case .plan: .plan
    }
  }

  /// A setting that is no number, by the same precedence; nil where nothing is stated.
  func resolve<Value>(
    _ part: (PlanSettings) -> Stated<Value>?, row: PlanRow, matches: [Int]
  ) -> (stated: Stated<Value>, source: Source)? {
    if let own = part(row.settings) { return (own, .plan) }
    for index in matches.reversed() {
      if let stated = part(segments[index].settings) { return (stated, .segment(index)) }
    }
    return part(defaults).map { ($0, .defaults) }
  }
}
