// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiFiles
import RenkeiModel

/// One number of a scenario and the range in which it is looked for.
package struct SolveRange: Sendable, Equatable {
  /// Why an argument states no range.
  package struct Problem: Error, Equatable {
    package let message: String
  }

  /// Values that are looked at before any is searched for.
  package static let gridCount = 9
  /// Ratio of the ends from which steps are even in the logarithm.
  private static let wideRatio = 100.0

  /// Dotted path of the key.
  package let key: String
  package let low: Double
  package let high: Double
  /// Whether the key takes whole numbers only.
  package let isWhole: Bool

  /// Reads `key=low:high`.
  ///
  /// - Throws: ``Problem``.
  package init(_ argument: String) throws(Problem) {
    guard let equals = argument.firstIndex(of: "=") else {
      throw Problem(message: "a dotted key and a range, for example plans.target_scale=0.5:2")
    }
    key = String(argument[..<equals])
    guard ScenarioOverride(key: key, value: "") != nil else {
      throw Problem(message: "'\(key)' is no dotted key such as plans.target_scale")
    }
    let ends = argument[argument.index(after: equals)...]
      .split(separator: ":", omittingEmptySubsequences: false)
      .compactMap { text in
        (try? NumberText.value(of: String(text), unit: .ratio))
          ?? (try? NumberText.value(of: String(text), unit: .yen))
      }
    guard ends.count == 2, ends[0] < ends[1] else {
      throw Problem(message: "the range of \(key) is two numbers, the lower first: low:high")
    }
    (low, high) = (ends[0], ends[1])
    isWhole = ScenarioKeys.takesWholeNumbers(at: key)
    if isWhole, low != low.rounded() || high != high.rounded() {
      throw Problem(message: "\(key) takes whole numbers only")
    }
    // Beyond, neighbouring whole numbers are no longer different.
    if isWhole, max(low.magnitude, high.magnitude) > 0x1p53 {
      throw Problem(message: "\(key) is too large to be looked for")
    }
    if key.hasPrefix("simulation.") {
      throw Problem(message: "\(key) is about the simulation, whose draws all values share")
    }
  }

  /// What is laid over the scenario for the lower end.
  package var lowest: [ScenarioOverride] { [setting(low)] }

  /// What is laid over the scenario for a value.
  func setting(_ value: Double) -> ScenarioOverride {
    guard
      let setting = ScenarioOverride(
        key: key, value: PlainDecimal.text(value) ?? "", option: "--vary")
    else { preconditionFailure("a range has a key of dotted names") }
    return setting
  }

  /// Values that span the range: evenly, or by an even factor where the range is wide; ascending.
  var grid: [Double] {
    let steps = Self.gridCount - 1
    let isWide = low > 0 && high / low >= Self.wideRatio
    // The eighth root by square roots, which every machine rounds alike.
    let factor = (high / max(low, .leastNormalMagnitude)).squareRoot().squareRoot().squareRoot()
    var values: [Double] = []
    var next = low
    for step in 0..<steps {
      let value = isWide ? next : low + (high - low) * Double(step) / Double(steps)
      let admitted = isWhole ? value.rounded() : value
      if values.last.map({ $0 < admitted }) ?? true { values.append(admitted) }
      next *= factor
    }
    return values.filter { $0 < high } + [high]
  }
}
