// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// The answer of a search as a file and as a sentence with a table for people.
struct SolveReport {
  private let answer: SolveAnswer
  private let range: SolveRange
  private let target: SolveTarget
  private let arm: String
  private let paths: Int

  init(_ answer: SolveAnswer, _ range: SolveRange, _ target: SolveTarget, arm: String, paths: Int) {
    self.answer = answer
    self.range = range
    self.target = target
    self.arm = arm
    self.paths = paths
  }

  /// A row for each solution, or for the value that comes closest, then one for each value that was
  /// looked at first.
  var document: CSVDocument {
    func row(
      _ role: String, _ response: Response, _ low: Double? = nil, _ high: Double? = nil,
      _ error: Double? = nil, _ slope: Double? = nil
    ) -> [ResultCell] {
      [.text(role), .text(range.key), .number(response.value)]
        + [error, low, high].map(Self.optional)
        + [.text(arm), .text(target.name), .number(target.level), .number(response.estimate)]
        + [
          response.standardError, slope, response.interval95?.lowerBound,
          response.interval95?.upperBound,
        ].map(Self.optional)
    }
    var rows = answer.solutions.map {
      row("solution", $0.response, $0.low, $0.high, $0.standardError, $0.slope)
    }
    if rows.isEmpty { rows.append(row("closest", answer.closest)) }
    return CSVDocument(
      fileName: "solve.csv",
      header: [
        "role", "key", "value", "standard_error", "ci95_low", "ci95_high", "arm", "metric",
        "target", "response", "response_standard_error", "slope", "response_ci95_low",
        "response_ci95_high",
      ],
      rows: rows + answer.surveyed.map { row("looked_at", $0) })
  }

  private static func optional(_ value: Double?) -> ResultCell {
    value.map { .number($0) } ?? .empty
  }

  /// The answer in sentences, then what was looked at.
  var text: String {
    var lines = answer.solutions.map(sentence)
    if answer.solutions.isEmpty { lines += failure }
    if !answer.isMonotone {
      lines.append(
        answer.solutions.count > 1
          ? "The answer rises and falls within the range, so that several values reach the target."
          : "The answer rises and falls within the range; other values between those looked at may "
            + "reach the target too.")
    }
    var table = TextTable([.right, .right, .right])
    table.add([DisplayWidth.printable(range.key), target.title, "95% interval"])
    for response in answer.surveyed {
      table.add([
        number(response.value), figure(response.estimate),
        response.interval95.map(ends) ?? "",
      ])
    }
    lines +=
      [""] + table.lines() + [
        "",
        "\(DecimalText.counted(answer.simulations, "run")) of \(DecimalText.counted(paths, "path")) on "
          + "common draws, arm \(DisplayWidth.printable(arm))",
      ]
    return lines.joined(separator: "\n")
  }

  private func sentence(_ solution: SolveSolution) -> String {
    let interval: String
    switch (solution.low, solution.high) {
    case (let low?, let high?) where low == high:
      interval =
        solution.response.reach == 0
        ? "exact: nothing is left to chance" : "95% interval: this number alone"
    case (let low?, let high?): interval = "95% interval \(number(low)) to \(number(high))"
    case (let low?, nil): interval = "95% interval from \(number(low)) to beyond the range"
    case (nil, let high?): interval = "95% interval from beyond the range to \(number(high))"
    case (nil, nil):
      interval =
        solution.response.reach == .infinity
        ? "no interval: the error is not known" : "95% interval wider than the range"
    }
    let verb =
      range.isWhole ? "is the \(solution.rises ? "smallest" : "largest") that reaches" : "reaches"
    return "\(DisplayWidth.printable(range.key)) = \(number(solution.value)) \(verb) "
      + "\(target.title) = \(goalText) (\(interval)); it gives \(figure(solution.response.estimate))"
  }

  private var failure: [String] {
    let closest = answer.closest
    let key = DisplayWidth.printable(range.key)
    let error = closest.interval95.map { " (95% interval \(ends($0)))" } ?? ""
    if answer.isConstant {
      return [
        "\(target.title) is \(figure(closest.estimate))\(error) at every value of \(key) that was "
          + "looked at: the range does not reach the target, or nothing of arm "
          + "\(DisplayWidth.printable(arm)) reads the key"
      ]
    }
    var lines = [
      "No \(key) from \(number(range.low)) to \(number(range.high)) reaches \(target.title) = "
        + "\(goalText): it stays \(answer.isAlwaysAbove ? "above" : "below") it and comes closest at "
        + "\(number(closest.value)) with \(figure(closest.estimate))\(error)"
    ]
    if answer.isWithinError {
      lines.append("That is within the error of the simulation: more paths may decide otherwise.")
    }
    return lines
  }

  private var goalText: String { figure(target.level) }

  /// A value of the key, to as many digits as its error deserves: four.
  private func number(_ value: Double) -> String {
    if range.key.hasSuffix("_yen") {
      return value.magnitude >= 10_000
        ? AmountText.western(value) : (value < 0 ? "-" : "") + "¥" + plain(value.magnitude)
    }
    // A year is a label: nobody writes 2,005.
    if range.key.hasSuffix("_year") { return DecimalText.shortest(value) }
    return plain(value)
  }

  private func plain(_ value: Double) -> String {
    if range.isWhole { return DecimalText.fixed(value) }
    var (decimals, size) = (0, value.magnitude)
    while size < 1_000, decimals < 6 { (size, decimals) = (size * 10, decimals + 1) }
    return value.magnitude < 1e-3 && value != 0
      ? DecimalText.shortest(value) : DecimalText.fixed(value, decimals: decimals)
  }

  private func ends(_ range: ClosedRange<Double>) -> String {
    "\(figure(range.lowerBound)) to \(figure(range.upperBound))"
  }

  private func figure(_ value: Double) -> String {
    switch target {
    case .mean: AmountText.western(value)
    case .goalProbability, .quantile: DecimalText.percent(value, decimals: 2)
    }
  }
}

extension SolveTarget {
  fileprivate var name: String {
    switch self {
    case .goalProbability: "goal_probability"
    case .mean: "mean_total_yen"
    case .quantile(_, let yen): "probability_of_\(DecimalText.shortest(yen))_yen"
    }
  }

  fileprivate var title: String {
    switch self {
    case .goalProbability: "P(goal)"
    case .mean: "mean total"
    case .quantile(_, let yen): "P(total ≥ \(AmountText.western(yen)))"
    }
  }
}
