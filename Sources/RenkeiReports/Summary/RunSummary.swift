// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// What a run says to a person when it is done.
package struct RunSummary: Sendable {
  private let outcome: SimulationOutcome
  private let planNames: [String: String]
  private let destination: String?

  private static let topPlanCount = 5
  private static let longestName = 44

  /// - Parameters:
  ///   - outcome: the finished run.
  ///   - planNames: names of plans by their id; an id that is missing stands for itself.
  ///   - destination: where the files are; nil where none were written.
  package init(
    outcome: SimulationOutcome, planNames: [String: String] = [:], destination: String? = nil
  ) {
    self.outcome = outcome
    self.planNames = planNames
    self.destination = destination
  }

  /// The summary as lines, without a line break at the end.
  ///
  /// - Parameter picture: the characters of the picture before the notes.
  /// Complexity: O(plans · years).
  package func text(
    language: ReportLanguage, style: TextStyle = .plain, picture: PictureCharacters = .blocks
  ) -> String {
    let phrases = language.phrases
    let result = outcome.result
    var lines = [style.bold(DisplayWidth.printable(result.title))]
    for (index, arm) in result.arms.enumerated() {
      lines.append("")
      if result.arms.count > 1 {
        lines.append(style.bold(phrases.arm(DisplayWidth.printable(arm.arm))))
      }
      lines += figures(arm, phrases)
      // Arms of a scenario with support differ by a little: one list of leaders says it all.
      guard index == 0 || arm.finance == nil else { continue }
      lines += topPlans(arm, phrases)
      lines += topGroups(arm, phrases)
    }
    lines += SupportSummary(result: result, phrases: phrases, style: style).lines
    let drawn = RunPicture(result: result, phrases: phrases, characters: picture).lines
    if !drawn.isEmpty { lines += [""] + drawn }
    lines += ["", phrases.caveat, ""]
    lines.append(
      phrases.run(
        paths: result.paths, seed: result.seed, engine: outcome.engine,
        seconds: outcome.engineSeconds))
    if result.sampling != .random {
      lines.append(
        phrases.sampling(
          result.sampling.rawValue, units: result.errorUnitCount, of: result.errorUnit))
    }
    if result.precision == .single { lines.append(phrases.singlePrecision) }
    lines += stopping(phrases)
    if let destination {
      lines.append(phrases.files(in: DisplayWidth.printable(destination)))
    }
    return lines.joined(separator: "\n")
  }

  /// What ended the run, and what holds although its end was not fixed.
  private func stopping(_ phrases: any SummaryPhrases) -> [String] {
    guard let record = outcome.stopping else { return [] }
    let result = outcome.result
    return [Self.ending(record, result, phrases)]
      + record.estimates.compactMap { estimate in
        result.estimate(estimate.figure, arm: estimate.arm).map {
          let arm = result.arms.count > 1 ? DisplayWidth.printable(estimate.arm) : nil
          return "  " + phrases.sequence(estimate, fixed: $0, arm: arm)
        }
      }
  }

  /// The line on what ended the run; nil where nothing could end it early.
  package func ending(language: ReportLanguage) -> String? {
    outcome.stopping.map { Self.ending($0, outcome.result, language.phrases) }
  }

  private static func ending(
    _ record: StoppingRecord, _ result: SimulationResult, _ phrases: any SummaryPhrases
  ) -> String {
    DisplayWidth.printable(phrases.stopped(record, paths: result.paths))
  }

  private func figures(_ arm: ArmResult, _ phrases: any SummaryPhrases) -> [String] {
    let result = outcome.result
    let firstYear = result.startYear
    let lastYear = result.startYear + result.horizonYears - 1
    let planCount = arm.plans.count / (2 * result.horizonYears)
    var table = TextTable([.left, .left])
    if let goal = arm.goal {
      table.add([
        phrases.goal, phrases.goal(goal.goalYen, firstYear: firstYear, lastYear: lastYear),
      ])
      table.add([phrases.promise, phrases.promise(goal.promisedYen, plans: planCount)])
    }
    if let total = arm.portfolio.last(where: { $0.measure == .cumulative })?.amount {
      if let median = quantile(total, 0.5) {
        table.add([
          phrases.median, phrases.median(median, firstYear: firstYear, lastYear: lastYear),
        ])
      }
      if let low = quantile(total, 0.05), let high = quantile(total, 0.95) {
        table.add([phrases.range, phrases.range(low, high)])
      }
      table.add([
        phrases.mean,
        phrases.mean(
          total.mean, standardError: total.standardError, paths: result.paths,
          shareOfPromise: arm.goal?.attainmentRatioMean),
      ])
    }
    if let goal = arm.goal {
      let proportion = Proportion(hits: goal.hits, trials: goal.paths)
      let ends = Interval(low: goal.interval95.lowerBound, high: goal.interval95.upperBound)
      table.add([phrases.probability, phrases.probability(proportion, ends)])
      if proportion.isFewHits && !proportion.tooFewForPoint { table.add(["", phrases.fewHits]) }
      table.add([phrases.gap, phrases.gap(mean: goal.meanGapYen, worst: goal.cvar95GapYen)])
    }
    let lastCounts = arm.counts.filter { $0.year == result.horizonYears }
    if let active = lastCounts.first(where: { $0.metric == .active }) {
      table.add([
        phrases.active(year: lastYear),
        phrases.active(mean: active.mean, low: active.p05, high: active.p95, plans: planCount),
      ])
    }
    if let failed = lastCounts.first(where: { $0.metric == .failedHazard }) {
      let cash = lastCounts.first { $0.metric == .failedCash && $0.mean > 0 }
      table.add([
        phrases.failed(year: lastYear),
        phrases.failed(mean: failed.mean, forWantOfCash: cash?.mean),
      ])
    }
    return table.lines()
  }

  private func topPlans(_ arm: ArmResult, _ phrases: any SummaryPhrases) -> [String] {
    let plans = arm.contributions.filter { $0.groupBy == "plan" }.prefix(Self.topPlanCount)
    guard !plans.isEmpty else { return [] }
    var table = TextTable([.right, .left, .left, .right, .right])
    for plan in plans {
      let name = planNames[plan.group].flatMap { $0 == plan.group ? nil : $0 } ?? ""
      table.add(
        ["\(plan.rank)", shown(plan.group), shown(name)] + amountAndShare(plan, phrases))
    }
    return ["", phrases.topPlans] + table.lines(indent: "  ")
  }

  private func topGroups(_ arm: ArmResult, _ phrases: any SummaryPhrases) -> [String] {
    let leaders = arm.contributions.filter { $0.groupBy != "plan" && $0.rank == 1 }
    var table = TextTable([.left, .left, .right, .right])
    var seen: Set<String> = []
    for group in leaders where seen.insert(group.groupBy).inserted {
      table.add([shown(group.groupBy), shown(group.group)] + amountAndShare(group, phrases))
    }
    return table.rows.isEmpty ? [] : ["", phrases.topGroups] + table.lines(indent: "  ")
  }

  private func amountAndShare(
    _ row: ContributionRow, _ phrases: any SummaryPhrases
  ) -> [String] {
    [phrases.amount(row.meanYen), row.share.map { DecimalText.percent($0, decimals: 1) } ?? ""]
  }

  private func quantile(_ amount: AmountSummary, _ level: Double) -> Double? {
    guard let index = outcome.result.quantileLevels.firstIndex(of: level),
      index < amount.quantiles.count
    else { return nil }
    return amount.quantiles[index]
  }

  private func shown(_ text: String) -> String {
    DisplayWidth.shortened(DisplayWidth.printable(text), to: Self.longestName)
  }
}
