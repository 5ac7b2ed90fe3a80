// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Every key of the specification of a plan list.
package enum SpecificationKeys {
  /// The only version of the file format so far.
  package static let formatVersion = 1

  /// The keys at the top of the file, in the order of the reference page.
  package static let root: [ScenarioKey] = [
    format, ScenarioKeys.extends, seed, count, planID, named, columns, promise, checks, clamp,
  ]

  static let format = ScenarioKey(
    "renkei_plans", .whole(formatVersion...formatVersion), "version of the file format",
    isRequired: true)
  static let seed = ScenarioKey(
    "seed", .seed, "number from which all draws follow", standard: "1")
  static let count = ScenarioKey(
    "count", .whole(1...1_000_000), "number of plans", isRequired: true)

  static let planID = ScenarioKey("plan_id", .map([prefix, digits]), "form of the ids")
  static let prefix = ScenarioKey("prefix", .text, "what stands before the number")
  static let digits = ScenarioKey(
    "digits", .whole(1...12), "least number of digits", standard: "those of the last number")

  static let named = ScenarioKey(
    "named", .rows, "plans with known cells, the first of the list; the other cells are drawn")

  static let columns = ScenarioKey(
    "columns", .named(.map(column)), "columns in the order of the list", isRequired: true)
  /// What gives the cells of a column or of a case.
  static let sources: [ScenarioKey] = [value, weights, shares, bands, number, phrases]
  static let column = sources + [roundTo, cases]
  static let columnCase = [conditions] + sources + [roundTo]

  static let value = ScenarioKey("value", .text, "the same text for every plan")
  static let weights = ScenarioKey(
    "weights", .named(.number(weightRange, unit: "share")),
    "texts, drawn plan by plan in proportion to their weights")
  static let shares = ScenarioKey(
    "shares", .named(.number(weightRange, unit: "share")),
    "texts, each for as many plans as its share says, in random order")
  static let bands = ScenarioKey(
    "bands", .rows, "ranges of whole numbers with weights: {from, through, weight}")
  static let number = ScenarioKey(
    "number", .quantity(ScenarioKeys.anyNumber, unit: "", level: .plan),
    "a number or distribution, or {mixture: [{weight, of}]}")
  static let phrases = ScenarioKey(
    "phrases", .rows, "lists of words: one of each makes a name that comes only once")
  static let roundTo = ScenarioKey(
    "round_to", .number(ValueRange(above: 0, through: 1e15), unit: ""),
    "unit to whose multiples 'number' is rounded")
  static let cases = ScenarioKey(
    "cases", .rows, "one of the other keys each, the first whose 'where' is met counts")
  static let conditions = ScenarioKey("where", .conditions, "conditions on other columns")

  static let band: [ScenarioKey] = [bandFrom, bandThrough, weight]
  static let bandFrom = ScenarioKey("from", .whole(bandRange), "least number", isRequired: true)
  static let bandThrough = ScenarioKey(
    "through", .whole(bandRange), "greatest number", isRequired: true)
  static let weight = ScenarioKey(
    "weight", .number(weightRange, unit: "share"), "probability, up to a common factor",
    isRequired: true)
  static let mixtureName = "mixture"
  static let component: [ScenarioKey] = [weight, componentOf]
  static let componentOf = ScenarioKey(
    "of", .quantity(ScenarioKeys.anyNumber, unit: "", level: .plan), "a distribution",
    isRequired: true)

  static let promise = ScenarioKey(
    "promise", .map([totalYen, horizonYears, ramp, within, scaleAboveYen, tolerance]),
    "what all plans promise together")
  static let totalYen = ScenarioKey(
    "total_yen", .number(ValueRange(above: 0, through: 1e18), unit: "yen"),
    "sum over plans and years of end target times ramp", isRequired: true)
  static let horizonYears = ScenarioKey(
    "horizon_years", .whole(1...50), "years that count", standard: "5")
  static let ramp = ScenarioKey(
    "ramp", .ramp, "how promised revenue grows; flat after the period", standard: "linear")
  static let within = ScenarioKey(
    "within", .number(ValueRange(above: 0, through: 1e6), unit: "share"),
    "end targets are drawn anew until the total is this near", standard: "10%")
  static let scaleAboveYen = ScenarioKey(
    "scale_above_yen", .number(ValueRange(from: 0, through: 1e18), unit: "yen"),
    "end targets above it are multiplied by one factor to meet the total", standard: "0")
  static let tolerance = ScenarioKey(
    "tolerance", .number(ValueRange(above: 0, through: 1), unit: "share"),
    "largest error that rounding may leave", standard: "0.05%")

  static let checks = ScenarioKey(
    "checks", .named(.map([checkConditions, atLeast, atMost])), "shares that the list must have")
  static let checkConditions = ScenarioKey(
    "where", .conditions, "which plans are counted", isRequired: true)
  static let atLeast = ScenarioKey(
    "at_least", .number(ValueRange(from: 0, through: 1), unit: "share"), "least share of the plans",
    standard: "0")
  static let atMost = ScenarioKey(
    "at_most", .number(ValueRange(from: 0, through: 1), unit: "share"),
    "greatest share of the plans",
    standard: "100%")

  static let clamp = ScenarioKey(
    "clamp", .map([clampFrom, clampThrough, redraw]),
    "a last step: end targets outside the range are replaced")
  static let clampFrom = ScenarioKey(
    "from_yen", .number(ValueRange(from: 0, through: 1e18), unit: "yen"), "least end target",
    isRequired: true)
  static let clampThrough = ScenarioKey(
    "through_yen", .number(ValueRange(from: 0, through: 1e18), unit: "yen"),
    "greatest end target", isRequired: true)
  static let redraw = ScenarioKey(
    "redraw", .quantity(ScenarioKeys.anyNumber, unit: "yen", level: .plan),
    "what replaces them, inside the range", isRequired: true)

  static let weightRange = ValueRange(from: 0, through: 1e15)
  static let bandRange = 0...1_000_000_000
}
