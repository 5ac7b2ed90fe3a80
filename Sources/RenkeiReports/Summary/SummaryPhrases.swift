// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// The words of the summary in one language.
protocol SummaryPhrases: Sendable {
  /// An amount in the language's own unit.
  func amount(_ yen: Double) -> String
  /// An amount in the language's own unit, with the other one beside it.
  func amountInBothUnits(_ yen: Double) -> String

  func arm(_ name: String) -> String
  var goal: String { get }
  func goal(_ yen: Double, firstYear: Int, lastYear: Int) -> String
  var promise: String { get }
  func promise(_ yen: Double, plans: Int) -> String
  var median: String { get }
  func median(_ yen: Double, firstYear: Int, lastYear: Int) -> String
  var range: String { get }
  func range(_ low: Double, _ high: Double) -> String
  var mean: String { get }
  /// The mean with its error; nil where revenue has no finite variance.
  func mean(_ yen: Double, standardError: Double?, shareOfPromise: Double?) -> String
  var probability: String { get }
  /// The probability of reaching the goal, honest about how many paths decide it.
  ///
  /// - Parameter ends: of its 95% interval.
  func probability(_ proportion: Proportion, _ ends: Interval) -> String
  /// What to add where fewer than 100 paths decide a probability.
  var fewHits: String { get }
  var gap: String { get }
  func gap(mean: Double, worst: Double) -> String
  func active(year: Int) -> String
  func active(mean: Double, low: Int, high: Int, plans: Int) -> String
  func failed(year: Int) -> String
  func failed(mean: Double) -> String
  var topPlans: String { get }
  var topGroups: String { get }
  var caveat: String { get }
  func run(paths: Int, seed: UInt64, engine: String, seconds: Double) -> String
  /// How shared numbers were drawn, and what errors were computed from.
  func sampling(_ design: String, units: Int, of unit: ErrorUnit) -> String
  func files(in directory: String) -> String
}

extension SummaryPhrases {
  /// As ``probability(_:_:)``, where paths are independent.
  func probability(_ proportion: Proportion) -> String {
    probability(proportion, proportion.wilsonInterval())
  }
}

extension ReportLanguage {
  var phrases: any SummaryPhrases {
    switch self {
    case .english: EnglishPhrases()
    case .japanese: JapanesePhrases()
    }
  }
}
