// SPDX-License-Identifier: GPL-3.0-or-later

/// A plan-level number with everything that contributes to it.
///
/// A few words in size: what plans have in common is held once, and a plan's own fixed number is
/// held without anything that follows from it.
public struct ResolvedQuantity: Sendable {
  private enum Content {
    /// A fixed number of the plan's own row.
    case cell(Double, SourceLocation)
    case composed(Composition)
  }

  private final class Composition: Sendable {
    let base: Quantity
    let multipliers: [(segment: String, factor: Quantity)]
    let provenance: Provenance
    let mean: Double?
    let bounds: ClosedRange<Double>
    let hasFiniteVariance: Bool

    init(
      base: Quantity, multipliers: [(segment: String, factor: Quantity)], provenance: Provenance,
      mean: Double?, bounds: ClosedRange<Double>, hasFiniteVariance: Bool
    ) {
      self.base = base
      self.multipliers = multipliers
      self.provenance = provenance
      self.mean = mean
      self.bounds = bounds
      self.hasFiniteVariance = hasFiniteVariance
    }
  }

  private let content: Content

  /// A fixed number that the plan's own row states.
  init(ownValue value: Double, at location: SourceLocation) {
    content = .cell(value, location)
  }

  init(
    base: Quantity, multipliers: [(segment: String, factor: Quantity)], provenance: Provenance,
    mean: Double?, bounds: ClosedRange<Double>, hasFiniteVariance: Bool
  ) {
    content = .composed(
      Composition(
        base: base, multipliers: multipliers, provenance: provenance, mean: mean, bounds: bounds,
        hasFiniteVariance: hasFiniteVariance))
  }

  /// The same quantity with a further factor, named by its key in place of a segment.
  func scaled(by factor: Stated<Double>) -> ResolvedQuantity {
    let (low, high) = (bounds.lowerBound * factor.value, bounds.upperBound * factor.value)
    return ResolvedQuantity(
      base: base,
      multipliers: multipliers + [
        (segment: PlanInputResolution.targetScaleKey, factor: .constant(factor.value))
      ],
      provenance: Provenance(
        origin: provenance.origin, location: provenance.location,
        multipliedBy: provenance.multipliedBy + [PlanInputResolution.targetScaleKey]),
      mean: mean.map { $0 * factor.value }, bounds: low...high,
      hasFiniteVariance: hasFiniteVariance)
  }

  public var base: Quantity {
    switch content {
    case .cell(let value, _): .constant(value)
    case .composed(let whole): whole.base
    }
  }

  /// Factors that segments put on the base, in file order, with the segment's name.
  public var multipliers: [(segment: String, factor: Quantity)] {
    switch content {
    case .cell: []
    case .composed(let whole): whole.multipliers
    }
  }

  public var provenance: Provenance {
    switch content {
    case .cell(_, let location): Provenance(origin: .plan, location: location)
    case .composed(let whole): whole.provenance
    }
  }

  /// Expected value, or nil where it does not exist.
  public var mean: Double? {
    switch content {
    case .cell(let value, _): value
    case .composed(let whole): whole.mean
    }
  }

  /// Bounds of the values that can be drawn, factors included.
  public var bounds: ClosedRange<Double> {
    switch content {
    case .cell(let value, _): value <= value ? value...value : -.infinity ... .infinity
    case .composed(let whole): whole.bounds
    }
  }

  /// Whether base and factors have a variance.
  public var hasFiniteVariance: Bool {
    switch content {
    case .cell: true
    case .composed(let whole): whole.hasFiniteVariance
    }
  }

  /// The number where base and factors are all constant.
  public var constantValue: Double? {
    switch content {
    case .cell(let value, _): return value
    case .composed(let whole):
      guard case .constant(var product) = whole.base else { return nil }
      for (_, factor) in whole.multipliers {
        guard case .constant(let value) = factor else { return nil }
        product *= value
      }
      return product
    }
  }
}
