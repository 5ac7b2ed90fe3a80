// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// Reads what gives the cells of a column or of one of its cases.
struct CellSourceReader {
  private typealias Keys = SpecificationKeys

  let reader: MappingReader
  /// Name of the column, which says what units its numbers may bear.
  let column: String

  /// The one source that is stated; anything else is reported.
  func source() -> CellSource? {
    let stated = reader.stated.filter { field in
      Keys.sources.contains { $0.name == field.name }
    }
    guard let field = stated.first, stated.count == 1 else {
      reader.diagnostics.error(
        stated.isEmpty ? "missing-key" : "conflict",
        at: stated.dropFirst().first?.value.location ?? reader.location, key: reader.path,
        stated.isEmpty
          ? "nothing says where the cells come from"
          : "the cells come from two places: \(stated.map(\.name).joined(separator: ", "))",
        allowed: "one of " + Keys.sources.map(\.name).joined(separator: ", "))
      return nil
    }
    if field.name != Keys.number.name, let unit = reader[Keys.roundTo] {
      unit.report("conflict", "only 'number' can be rounded")
    }
    switch field.name {
    case Keys.value.name: return reader.text(Keys.value).map { .constant($0.value) }
    case Keys.weights.name: return field.weights().map { .weights($0) }
    case Keys.shares.name: return field.weights().map { .shares($0) }
    case Keys.bands.name: return field.bands().map { .bands($0) }
    case Keys.phrases.name: return field.phrases().map { .phrases($0) }
    default:
      let unit = reader.number(Keys.roundTo)
      return field.mixture(unit: NumberUnit(column: column)).map {
        .number($0, roundTo: unit?.value)
      }
    }
  }
}

extension ScenarioField {
  /// {text: weight}, not all weights 0.
  fileprivate func weights() -> [(text: String, weight: Double)]? {
    guard case .mapping(let entries) = value.content, !entries.isEmpty else {
      reportWrongKind("expected texts with weights")
      return nil
    }
    let items = entries.map { entry in
      (text: entry.name, weight: child(entry).number(in: SpecificationKeys.weightRange))
    }
    guard !items.contains(where: { $0.weight == nil }) else { return nil }
    let weights = items.map { (text: $0.text, weight: $0.weight ?? 0) }
    return accept(weights.map(\.weight)) ? weights : nil
  }

  /// [{from, through, weight}], not all weights 0.
  fileprivate func bands() -> [(range: ClosedRange<Int>, weight: Double)]? {
    guard case .list(let values) = value.content, !values.isEmpty else {
      reportWrongKind("expected a list of bands")
      return nil
    }
    let bands = items().map { item -> (range: ClosedRange<Int>, weight: Double)? in
      guard
        let reader = MappingReader(
          item.value, path: item.path, keys: SpecificationKeys.band, diagnostics: diagnostics),
        let low = reader.whole(SpecificationKeys.bandFrom),
        let high = reader.whole(SpecificationKeys.bandThrough),
        let weight = reader.number(SpecificationKeys.weight)
      else { return nil }
      guard low.value <= high.value else {
        item.report("out-of-range", "through lies below from")
        return nil
      }
      return (low.value...high.value, weight.value)
    }
    guard !bands.contains(where: { $0 == nil }) else { return nil }
    let complete = bands.compactMap { $0 }
    return accept(complete.map(\.weight)) ? complete : nil
  }

  /// A list of lists of words.
  fileprivate func phrases() -> [[String]]? {
    guard case .list(let values) = value.content, !values.isEmpty, values.count <= 4 else {
      reportWrongKind("expected one to four lists of words")
      return nil
    }
    let lists = items().map { $0.words() }
    guard !lists.contains(where: { $0 == nil }) else { return nil }
    let complete = lists.compactMap { $0 }
    guard complete.reduce(1.0, { $0 * Double($1.count) }) <= 1e6 else {
      report("out-of-range", "there are too many combinations", allowed: "up to 1,000,000")
      return nil
    }
    return complete
  }

  /// A number, a distribution, or {mixture: [{weight, of}]}.
  ///
  /// - Parameter unit: units that may stand behind the numbers.
  func mixture(unit: NumberUnit) -> NumberMixture? {
    guard case .mapping(let entries) = value.content,
      let entry = entries.first(where: { $0.name == SpecificationKeys.mixtureName })
    else { return fixedDistribution(unit).map { NumberMixture(components: [(1, $0)]) } }
    if let other = entries.first(where: { $0.name != entry.name }) {
      child(other).report("conflict", "nothing can stand beside 'mixture'")
      return nil
    }
    let field = child(entry)
    guard case .list(let values) = entry.value.content, !values.isEmpty else {
      field.reportWrongKind("expected a list of components")
      return nil
    }
    let components = field.items().map { item -> (Double, any UnivariateDistribution)? in
      guard
        let reader = MappingReader(
          item.value, path: item.path, keys: SpecificationKeys.component,
          diagnostics: diagnostics),
        let weight = reader.number(SpecificationKeys.weight),
        let distribution = reader[SpecificationKeys.componentOf]?.fixedDistribution(unit)
      else { return nil }
      return (weight.value, distribution)
    }
    guard !components.contains(where: { $0 == nil }) else { return nil }
    let complete = components.compactMap { $0 }
    guard field.accept(complete.map(\.0)) else { return nil }
    return NumberMixture(components: complete.map { (weight: $0.0, distribution: $0.1) })
  }

  /// A distribution none of whose parameters is a named input.
  private func fixedDistribution(_ unit: NumberUnit) -> (any UnivariateDistribution)? {
    guard let quantity = measured(in: unit).quantity(in: ScenarioKeys.anyNumber) else {
      return nil
    }
    if case .distribution(let distribution) = quantity { return distribution }
    report(
      "wrong-kind", "expected a distribution of plain numbers",
      suggestion: "write 'value' for a fixed number")
    return nil
  }

  /// Whether a weight is above 0; if not, that is reported.
  private func accept(_ weights: [Double]) -> Bool {
    if weights.contains(where: { $0 > 0 }) { return true }
    report("out-of-range", "all weights are 0", allowed: "at least one weight above 0")
    return false
  }
}
