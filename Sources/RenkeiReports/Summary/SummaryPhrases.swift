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
  func probability(_ proportion: Proportion) -> String
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
  /// The unit beside a picture whose amounts go up to `yen`.
  func pictureUnit(reaching yen: Double, isPlain: Bool) -> PictureUnit
  func pictureTitle(firstYear: Int, lastYear: Int, unit: String, arm: String?) -> String
  /// What stands after the bar that holds the goal.
  func pictureGoal(_ goal: String, arrow: String) -> String
  func pictureYears(firstYear: Int, lastYear: Int, isMedian: Bool) -> String
  func pictureEnds(_ first: String, _ last: String) -> String
  var caveat: String { get }
  func run(paths: Int, seed: UInt64, engine: String, seconds: Double) -> String
  func files(in directory: String) -> String
}

extension ReportLanguage {
  var phrases: any SummaryPhrases {
    switch self {
    case .english: EnglishPhrases()
    case .japanese: JapanesePhrases()
    }
  }
}
