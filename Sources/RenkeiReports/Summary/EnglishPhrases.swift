// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

struct EnglishPhrases: SummaryPhrases {
  func amount(_ yen: Double) -> String { AmountText.western(yen) }

  func amountInBothUnits(_ yen: Double) -> String {
    "\(AmountText.western(yen)) (\(AmountText.japanese(yen)))"
  }

  func arm(_ name: String) -> String { "Support package: \(name)" }

  let goal = "Goal"
  func goal(_ yen: Double, firstYear: Int, lastYear: Int) -> String {
    "\(amountInBothUnits(yen)) of revenue \(period(firstYear, lastYear))"
  }

  let promise = "Promised"
  func promise(_ yen: Double, plans: Int) -> String {
    "\(amountInBothUnits(yen)) by \(count(plans, "plan"))"
  }

  let median = "Likely"
  func median(_ yen: Double, firstYear: Int, lastYear: Int) -> String {
    "\(amountInBothUnits(yen)), the median of the total \(period(firstYear, lastYear))"
  }

  let range = "90% range"
  func range(_ low: Double, _ high: Double) -> String { "\(amount(low)) to \(amount(high))" }

  let mean = "Mean"
  func mean(
    _ yen: Double, standardError: Double?, paths: Int, shareOfPromise: Double?
  ) -> String {
    let error =
      standardError.map { "\(amount(yen)) ± \(amount($0)) (standard error)" }
      ?? "\(amount(yen)), without standard error: \(withoutError(paths: paths))"
    guard let shareOfPromise else { return error }
    return error + ", \(DecimalText.percent(shareOfPromise)) of what was promised"
  }

  /// Why there is no error.
  func withoutError(paths: Int) -> String {
    paths == 1 ? "a single path tells none" : "revenue has no finite variance"
  }

  let probability = "Reaches the goal"
  func probability(_ proportion: Proportion, _ ends: Interval) -> String {
    let hits = DecimalText.grouped(proportion.hits)
    let paths = count(proportion.trials, "path")
    let interval =
      "95% interval \(DecimalText.percent(ends.low)) to \(DecimalText.percent(ends.high))"
    if let bound = proportion.upperBoundAtZeroHits {
      return "at most \(DecimalText.percent(bound)) (none of \(paths); 3/n, 95% confidence); "
        + interval
    }
    if let bound = proportion.lowerBoundAtZeroMisses {
      return "at least \(DecimalText.percent(bound)) (all \(paths); 1 - 3/n, 95% confidence); "
        + interval
    }
    guard let estimate = proportion.estimate, !proportion.tooFewForPoint else {
      return "too few paths for a figure: \(hits) of \(paths), \(interval)"
    }
    return "\(DecimalText.percent(estimate)) (\(interval); \(hits) of \(paths))"
  }
  let fewHits = "a rough figure: fewer than 100 paths decide it; raise --paths"

  let gap = "Gap to the goal"
  func gap(mean: Double, worst: Double) -> String {
    "\(amount(mean)) on average, \(amount(worst)) on average in the worst 5% of paths"
  }

  func active(year: Int) -> String { "Selling in \(year)" }
  func active(mean: Double, low: Int, high: Int, plans: Int) -> String {
    "\(DecimalText.fixed(mean, decimals: 1)) of \(count(plans, "plan")) on average, "
      + "90% range \(low) to \(high)"
  }

  func failed(year: Int) -> String { "Failed by \(year)" }
  func failed(mean: Double, forWantOfCash: Double?) -> String {
    let text = "\(DecimalText.fixed(mean, decimals: 1)) businesses on average"
    guard let forWantOfCash else { return text }
    return text + ", and \(DecimalText.fixed(forWantOfCash, decimals: 1)) for want of cash"
  }

  let topPlans = "Plans that matter most (mean total, share of all plans)"
  let topGroups = "Groups that matter most"
  func pictureUnit(reaching yen: Double, isPlain: Bool) -> PictureUnit {
    let sign = isPlain ? "JPY " : "¥"
    return yen >= 1e9
      ? PictureUnit(name: sign + "bn", yen: 1e9) : PictureUnit(name: sign + "M", yen: 1e6)
  }

  func pictureTitle(firstYear: Int, lastYear: Int, unit: String, arm: String?) -> String {
    let name = arm.map { " under \($0)" } ?? ""
    return "Total \(plainPeriod(firstYear, lastYear)) in \(unit)\(name), share of the paths"
  }

  func pictureGoal(_ goal: String, arrow: String) -> String { "  \(arrow) goal \(goal)" }

  func pictureYears(firstYear: Int, lastYear: Int, isMedian: Bool) -> String {
    "Sales by year \(plainPeriod(firstYear, lastYear)), \(isMedian ? "median" : "mean")"
  }

  func pictureEnds(_ first: String, _ last: String) -> String { "\(first) to \(last)" }

  let caveat = """
    Ranges are over simulated paths. Intervals and standard errors are Monte Carlo error only;
    they leave out the error of the model and of its parameters.
    """

  func run(paths: Int, seed: UInt64, engine: String, seconds: Double) -> String {
    "\(count(paths, "path")), seed \(seed), \(engine) engine, "
      + "\(DecimalText.fixed(seconds, decimals: 2)) s"
  }

  func sampling(_ design: String, units: Int, of unit: ErrorUnit) -> String {
    "Sampling \(design): errors are from the means of \(count(units, unit.rawValue))"
  }

  var singlePrecision: String {
    "Single precision: agrees with double precision on the same draws to about six digits"
  }

  func files(in directory: String) -> String { "Results in \(directory)" }

  func stopped(_ record: StoppingRecord, paths: Int) -> String {
    if record.isMet {
      return "Stopped at \(count(paths, "path")): \(record.condition), at look \(record.looks)"
    }
    let needed = record.pathsNeeded.map { "; about \(count($0, "path")) would do: raise --paths" }
    return "Not reached within \(count(record.pathLimit, "path")): \(record.condition)"
      + (needed ?? "")
  }

  func sequence(_ estimate: StoppingRecord.Estimate, fixed: FixedEstimate, arm: String?) -> String {
    let name = estimate.figure == .mean ? "Mean" : "Chance of the goal"
    let answer = estimate.answer.map { $0 ? "yes, " : "no, " } ?? ""
    let place = arm.map { " under \($0)" } ?? ""
    return
      "\(name)\(place): \(answer)95% sequence \(ends(estimate.sequence95, of: estimate.figure)), "
      + "right whenever one stops; 95% interval \(ends(fixed.interval95, of: estimate.figure)), "
      + "right for a fixed number of paths"
  }

  private func ends(_ range: ClosedRange<Double>, of figure: StoppingFigure) -> String {
    let ends = figure == .mean ? amounts(range) : DecimalText.percents(range)
    return ends.joined(separator: " to ")
  }

  private func amounts(_ range: ClosedRange<Double>) -> [String] {
    [range.lowerBound, range.upperBound].map(amount)
  }

  private func period(_ first: Int, _ last: Int) -> String {
    first == last ? "in \(first)" : "in \(first)–\(last)"
  }

  /// In ASCII alone.
  private func plainPeriod(_ first: Int, _ last: Int) -> String {
    first == last ? "in \(first)" : "\(first) to \(last)"
  }

  private func count(_ number: Int, _ noun: String) -> String {
    DecimalText.counted(number, noun)
  }
}
