// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// The answer of a run as a picture of characters: the distribution of the total against the goal,
/// and sales by year for each arm.
struct RunPicture: Sendable {
  private static let barWidth = 40

  let result: SimulationResult
  let phrases: any SummaryPhrases
  let characters: PictureCharacters

  /// Lines, those of the distribution first; empty where nothing was simulated.
  var lines: [String] {
    let parts = [distribution, years].filter { !$0.isEmpty }
    return Array(parts.joined(separator: [""]))
  }

  /// The first arm's distribution.
  private var distribution: [String] {
    guard let arm = result.arms.first,
      let histogram = TotalHistogram(arm.exceedance, goal: arm.goal?.goalYen)
    else { return [] }
    let unit = phrases.pictureUnit(
      reaching: histogram.bins.last?.low ?? 0, isPlain: characters == .ascii)
    let highest = histogram.bins.map(\.share).max() ?? 1
    let marked = arm.goal.flatMap { histogram.index(of: $0.goalYen) }
    var table = TextTable([.right, .left])
    for (index, bin) in histogram.bins.enumerated() {
      let bar = TextBar.text(
        highest > 0 ? bin.share / highest : 0, width: Self.barWidth, characters)
      var text = characters == .ascii ? "|" : "│"
      text += bar + " " + DecimalText.percent(bin.share, decimals: 1)
      if index == marked, let goal = arm.goal {
        text += phrases.pictureGoal(
          unit.text(goal.goalYen), arrow: characters == .ascii ? "<-" : "◀")
      }
      table.add([label(bin, unit), text])
    }
    let name =
      result.arms.count > 1 ? DisplayWidth.printable(arm.arm) : nil
    return [
      phrases.pictureTitle(
        firstYear: result.startYear, lastYear: result.startYear + result.horizonYears - 1,
        unit: unit.name, arm: name)
    ] + table.lines(indent: "  ")
  }

  private func label(_ bin: TotalHistogram.Bin, _ unit: PictureUnit) -> String {
    guard let high = bin.high else {
      return (characters == .ascii ? ">= " : "≥ ") + unit.text(bin.low)
    }
    return unit.text(bin.low) + (characters == .ascii ? "-" : "–") + unit.text(high)
  }

  /// Sales by year in the middle case, all arms to the same scale.
  private var years: [String] {
    guard result.horizonYears > 1, !result.arms.isEmpty else { return [] }
    let series = result.arms.map { arm in
      arm.portfolio.filter { $0.measure == .annual }.map { middle($0.amount) }
    }
    let top = series.joined().max() ?? 0
    var table = TextTable([.left, .left, .left])
    for (arm, values) in zip(result.arms, series) {
      guard let first = values.first, let last = values.last else { continue }
      table.add([
        result.arms.count > 1
          ? DisplayWidth.shortened(DisplayWidth.printable(arm.arm), to: 24) : "",
        Sparkline.text(values, top: top, characters),
        phrases.pictureEnds(phrases.amount(first), phrases.amount(last)),
      ])
    }
    let isMedian = result.quantileLevels.contains(0.5)
    return [
      phrases.pictureYears(
        firstYear: result.startYear, lastYear: result.startYear + result.horizonYears - 1,
        isMedian: isMedian)
    ]
      + table.lines(indent: result.arms.count > 1 ? "  " : "")
      .map { characters == .ascii ? $0.replacing("¥", with: "JPY ") : $0 }
  }

  /// The median where it was asked for, else the mean.
  private func middle(_ amount: AmountSummary) -> Double {
    guard let index = result.quantileLevels.firstIndex(of: 0.5), index < amount.quantiles.count
    else { return amount.mean }
    return amount.quantiles[index]
  }
}

/// The unit of the numbers beside a picture.
struct PictureUnit: Sendable {
  /// For example `¥bn`.
  let name: String
  let yen: Double

  /// With one decimal where the number is not whole.
  func text(_ amount: Double) -> String {
    let value = amount / yen
    let isWhole = (value - value.rounded()).magnitude < 1e-6
    return DecimalText.fixed(value, decimals: isWhole ? 0 : 1)
  }
}
