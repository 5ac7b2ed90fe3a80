// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

extension Quantity {
  /// The quantity as a person would say it: `0.45`, `$launch`, `lognormal(median 0.3, log_sd 1.2)`.
  var words: String {
    switch self {
    case .constant(let value): plain(value)
    case .input(let name): "$" + name
    case .distribution(let distribution): distribution.words
    case .modulated(let modulated): modulated.words
    }
  }
}

extension ModulatedDistribution {
  /// Such as `normal(mean $level, sd 0.1)`, open parameters first.
  var words: String {
    let open = inputs.map { "\($0.parameter) $\($0.input)" }
    let others = fixed.map { "\($0.parameter) \(ExplanationWords.number($0.value))" }
    return "\(familyName)(\((open + others).joined(separator: ", ")))"
  }
}

extension UnivariateDistribution {
  /// The family with its parameters, whatever form they were stated in, to six digits; of long
  /// lists only the beginning.
  var words: String {
    let given = parameters.prefix(12).map { "\($0.name) \(ExplanationWords.number($0.value))" }
    let more = parameters.count > given.count ? ", …" : ""
    return "\(familyName)(\(given.joined(separator: ", "))\(more))"
  }
}

extension RampCurve {
  var words: String {
    func text(_ name: String, _ coefficients: [(String, Double)]) -> String {
      let inner = coefficients.map { "\($0.0) \(ExplanationWords.number($0.1))" }
      return "\(name)(\(inner.joined(separator: ", ")))"
    }
    return switch self {
    case .linear: "linear"
    case .sCurve(let midpoint, let steepness):
      text("s_curve", [("midpoint", midpoint), ("steepness", steepness)])
    case .gompertz(let displacement, let rate):
      text("gompertz", [("displacement", displacement), ("rate", rate)])
    case .bass(let innovation, let imitation): text("bass", [("p", innovation), ("q", imitation)])
    case .exponential(let rate): text("exponential", [("rate", rate)])
    case .custom(let points):
      "custom(" + points.map(ExplanationWords.number).joined(separator: ", ") + ")"
    }
  }
}

extension ShockFamily {
  var words: String {
    switch self {
    case .normal: "normal, standardised"
    case .standardised(let distribution, _, _): distribution.words + ", standardised"
    }
  }
}

extension Condition {
  var words: String {
    switch test {
    case .oneOf(let values): "\(column) is \(values.joined(separator: " or "))"
    case .noneOf(let values): "\(column) is not \(values.joined(separator: " or "))"
    case .atMost(let limit): "\(column) at most \(plain(limit))"
    case .atLeast(let limit): "\(column) at least \(plain(limit))"
    }
  }
}

extension Grouping {
  var words: String {
    edges.isEmpty ? column : "\(column) (up to \(edges.map(plain).joined(separator: ", ")))"
  }
}

enum ExplanationWords {
  /// A number as it is where that is short, else to six significant digits.
  static func number(_ value: Double) -> String {
    let exact = plain(value)
    guard exact.utf8.count > 9, value.isFinite, value != 0 else { return exact }
    var (scaled, exponent) = (value.magnitude, 0)
    while scaled >= 1e6, exponent < 300 { (scaled, exponent) = (scaled / 10, exponent + 1) }
    while scaled < 1e5, exponent > -300 { (scaled, exponent) = (scaled * 10, exponent - 1) }
    // Through text, so that the decimal is the shortest one.
    let rounded = Double("\(Int(scaled.rounded()))e\(exponent)") ?? value
    return plain(value < 0 ? -rounded : rounded)
  }
}
