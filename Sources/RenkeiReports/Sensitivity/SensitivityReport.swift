// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// A sensitivity analysis for people: what matters most, with its errors, and the table behind it.
package struct SensitivityReport: Sendable {
  /// Inputs in a table; the file has all.
  private static let shownInputs = 12

  private let result: SensitivityResult

  package init(_ result: SensitivityResult) {
    self.result = result
  }

  /// Lines for a terminal.
  package func text(style: TextStyle = .plain) -> String {
    let title = DisplayWidth.printable(result.title)
    let years = result.horizonYears == 1 ? "1 year" : "\(result.horizonYears) years"
    let all = DecimalText.grouped(result.paths * result.runs)
    var lines = [
      style.bold((title.isEmpty ? "" : "\(title): ") + "what the total over \(years) depends on"),
      "\(DecimalText.grouped(result.runs)) runs of \(DecimalText.grouped(result.paths)) paths "
        + "(\(all) in all), seed \(result.seed)",
    ]
    guard !result.rows.isEmpty else {
      return (lines + ["", "nothing is uncertain in this scenario"]).joined(separator: "\n")
    }
    for arm in result.arms {
      for metric in [EffectMetric.cumulativeRevenue, .goalProbability] {
        let figure = SensitivityFindingText(result, arm, metric)
        guard let heading = figure.heading else { continue }
        lines += ["", style.bold(heading)] + figure.verdict
        lines += figure.table(atMost: Self.shownInputs)
      }
    }
    return (lines + [""] + Self.notes).joined(separator: "\n")
  }

  private static let notes = [
    "alone: share of the variance that would go if the input were known; in all: share that would"
      + " stay if all others were.",
    "Small shares may come out slightly below 0 within their error: read them as 0. ± is half a 95%"
      + " interval.",
    "change: the input at its 90% quantile less at its 10% quantile, on the same draws; all others"
      + " are drawn as ever.",
  ]
}

/// What is said of one figure of one arm.
struct SensitivityFindingText {
  private let arm: SensitivityResult.Arm
  private let metric: EffectMetric
  private let rows: [SensitivityRow]
  private let swings: [SensitivitySwing]

  init(_ result: SensitivityResult, _ arm: SensitivityResult.Arm, _ metric: EffectMetric) {
    self.arm = arm
    self.metric = metric
    rows = result.rows.filter { $0.arm == arm.name && $0.metric == metric }
    swings = result.swings.filter { $0.arm == arm.name && $0.metric == metric }
  }

  /// The figure with nothing changed; nil where the scenario has none.
  var heading: String? {
    let name = DisplayWidth.printable(arm.name)
    if metric == .cumulativeRevenue {
      return "\(name): total \(AmountText.western(arm.meanYen))"
        + error(arm.standardErrorYen, amount: AmountText.western)
    }
    guard let goal = arm.goal else { return nil }
    let interval = goal.wilsonInterval()
    let point = goal.tooFewForPoint ? "" : " \(DecimalText.percent(goal.estimate ?? 0))"
    return "\(name): chance of the goal\(point) (95% interval \(DecimalText.percent(interval.low)) "
      + "to \(DecimalText.percent(interval.high)))"
  }

  /// What matters most, in a sentence or two.
  var verdict: [String] {
    let ranked = rows.filter { $0.method == .sobolTotal && $0.value != nil }
      .sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
    guard let first = ranked.first else { return [reasonForNothing] }
    var text =
      "\(DisplayWidth.printable(first.input)) matters most: \(share(first.input, .sobolFirst)) of the"
      + " variance alone, \(share(first.input, .sobolTotal)) with what it does together with others."
    guard ranked.count > 1 else { return [text] }
    let second = ranked[1]
    if let low = first.interval95?.lowerBound, let high = second.interval95?.upperBound, high > low
    {
      text +=
        " \(DisplayWidth.printable(second.input)) comes so close that more paths may swap them."
    } else {
      text +=
        " Next: \(DisplayWidth.printable(second.input)), \(share(second.input, .sobolTotal)) in all."
    }
    return [text]
  }

  private var reasonForNothing: String {
    if metric == .goalProbability, let goal = arm.goal, goal.tooFewForPoint {
      let isRare = goal.hits < goal.misses
      let count = DecimalText.grouped(min(goal.hits, goal.misses))
      let paths = DecimalText.grouped(goal.trials)
      return
        "the goal is \(isRare ? "reached" : "missed") on \(count) of \(paths) paths: too few to"
        + " share its variance out"
    }
    return arm.standardErrorYen == nil
      ? "revenue has no finite variance, so there is none to share out"
      : "it is the same on every path"
  }

  /// The inputs by falling share of the variance, then by falling change.
  func table(atMost limit: Int) -> [String] {
    let shares = rows.filter { $0.method == .sobolTotal }
      .sorted { ($0.rank ?? .max) < ($1.rank ?? .max) }.map(\.input)
    let others = rows.filter { $0.method == .tornadoLow && !shares.contains($0.input) }
      .sorted { ($0.rank ?? .max) < ($1.rank ?? .max) }.map(\.input)
    let inputs = shares + others
    let hasCorrelation = metric == .cumulativeRevenue
    var table = TextTable(
      [.left, .left, .right, .right] + (hasCorrelation ? [.right] : [])
        + [.right, .right, .right])
    table.add(
      ["input", "level", "alone", "in all"] + (hasCorrelation ? ["rank correlation"] : [])
        + ["its P10", "its P90", "change"])
    let names = DisplayWidth.elided(inputs.map(DisplayWidth.printable), to: 40)
    for (input, name) in zip(inputs, names).prefix(limit) {
      let level = rows.first { $0.input == input }?.level.rawValue ?? ""
      table.add(
        [
          name, level, share(input, .sobolFirst), share(input, .sobolTotal),
        ] + (hasCorrelation ? [correlation(input)] : []) + [
          inputValue(input, .tornadoLow), inputValue(input, .tornadoHigh), change(input),
        ])
    }
    let more = inputs.count - limit
    return table.lines(indent: "  ")
      + (more > 0 ? ["  … and \(more) more (--format csv: all)"] : [])
  }

  private func row(_ input: String, _ method: SensitivityMethod) -> SensitivityRow? {
    rows.first { $0.input == input && $0.method == method }
  }

  private func share(_ input: String, _ method: SensitivityMethod) -> String {
    guard let row = row(input, method), let value = row.value else { return "" }
    return DecimalText.percent(value, decimals: 1)
      + error(row.standardError) { DecimalText.fixed($0 * 100, decimals: 1) }
  }

  private func correlation(_ input: String) -> String {
    guard let row = row(input, .spearman), let value = row.value else { return "" }
    return DecimalText.fixed(value, decimals: 3)
      + error(row.standardError) { DecimalText.fixed($0, decimals: 3) }
  }

  private func inputValue(_ input: String, _ method: SensitivityMethod) -> String {
    guard let value = row(input, method)?.inputValue else { return "" }
    return value.magnitude >= 1e5
      ? DecimalText.fixed(value)
      : DecimalText.fixed(value, decimals: value.magnitude < 0.1 ? 4 : 3)
  }

  private func change(_ input: String) -> String {
    guard let swing = swings.first(where: { $0.input == input }) else { return "" }
    let sign = swing.difference > 0 ? "+" : ""
    if metric == .cumulativeRevenue {
      return sign + AmountText.western(swing.difference)
        + error(swing.standardError, amount: AmountText.western)
    }
    let points = { (share: Double) in DecimalText.fixed(share * 100, decimals: 2) }
    return sign + points(swing.difference) + error(swing.standardError, amount: points) + " points"
  }

  /// ` ± 1.96 standard errors`; empty where there is no error.
  private func error(_ standardError: Double?, amount: (Double) -> String) -> String {
    standardError.map { " ± " + amount(ConfidenceLevel.ninetyFive.normalQuantile * $0) } ?? ""
  }
}
