// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
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
  func mean(_ yen: Double, standardError: Double?, paths: Int, shareOfPromise: Double?) -> String
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
  /// Failures by hazard, and those for want of cash where there can be any.
  func failed(mean: Double, forWantOfCash: Double?) -> String
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
  /// How shared numbers were drawn, and what errors were computed from.
  func sampling(_ design: String, units: Int, of unit: ErrorUnit) -> String
  /// How close single precision comes to double.
  var singlePrecision: String { get }
  func files(in directory: String) -> String
  /// What ended the run: its condition, or the number of paths that was allowed.
  func stopped(_ record: StoppingRecord, paths: Int) -> String
  /// A figure's two intervals: whenever one looks, and for a fixed number of paths.
  ///
  /// - Parameter arm: nil where there is one alone.
  func sequence(_ estimate: StoppingRecord.Estimate, fixed: FixedEstimate, arm: String?) -> String

  /// The heading of what an arm does; without a baseline arm where nothing is compared.
  func supportTitle(arm: String, baseline: String?) -> String
  func effectLabel(_ metric: EffectMetric) -> String
  /// A paired difference with its interval.
  func effect(_ row: EffectRow, paths: Int) -> String
  var cost: String { get }
  /// Public cost in present value; no net without a baseline arm.
  func cost(gross: Double, net: AmountSummary?) -> String
  var costParts: String { get }
  func costParts(_ parts: [(CostComponent, Double)]) -> String
  var costPerYen: String { get }
  /// Cost per extra yen, plain about an interval without bounds.
  func costPerYen(_ row: CostEffectivenessRow) -> String
  var loans: String { get }
  /// Amounts in yen over the horizon; losses by those who bear them.
  func loan(
    _ book: LoanBook, drawn: Double, defaulted: Double, losses: [(LoanBook, Double)]
  ) -> String
  func survival(year: Int) -> String
  func survival(_ survival: SurvivalCalibration) -> String
  func attribution(paths: Int) -> String
  /// Six column headings.
  var attributionHeader: [String] { get }
  var attributionTotal: String { get }
  var supportCaveat: String { get }
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
