// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiStatistics

/// The goal and the total: what is likely, and what is missing.
extension Findings {
  var quantiles: QuantileColumns {
    QuantileColumns(header: main.folder.table("portfolio")?.header ?? [])
  }

  /// The middle of the total's distribution; the mean where no median was asked for.
  func middle(_ item: ReportCase) -> Figure? {
    item.total?.figure(quantiles.median ?? "mean_yen")
  }

  /// The chance of reaching the goal, as bold as the counts allow.
  func chance(_ goal: PageRow) -> Phrase {
    guard let probability = goal.figure("probability"), let low = goal.figure("ci95_low"),
      let high = goal.figure("ci95_high")
    else { return words("unknown", "不明") }
    guard let hits = goal.integer("hits"), let paths = goal.integer("paths"), hits <= paths,
      hits >= 0, Proportion(hits: hits, trials: paths).tooFewForPoint
    else { return Phrase(words.percent(probability)) }
    if hits == 0 { return words("below \(words.percent(high))", "\(words.percent(high))未満") }
    if hits == paths { return words("above \(words.percent(low))", "\(words.percent(low))超") }
    return words.range(words.percent(low), words.percent(high))
  }

  /// What will happen to the goal, in one sentence.
  var answer: Phrase {
    guard let goal = main.goal, let aim = goal.figure("goal_yen") else {
      guard let middle = middle(main) else { return "" }
      return words(
        "The plans will most likely sell \(strong: Phrase(words.amount(middle))) in \(period).",
        "\(period)の累計売上は\(strong: Phrase(words.amount(middle)))となる見込みです。")
    }
    let chance = chance(goal)
    let target = words.amount(aim)
    let verdict = GoalVerdict(goal.figure("probability")?.value ?? 0)
    let error: Phrase =
      interval(goal, .share).map { words("(95% interval \($0))", "（95%信頼区間 \($0)）") } ?? ""
    return words(
      "The goal of \(target) will \(verdict.english): the chance of reaching it is "
        + "\(strong: chance) \(aside: error).",
      "目標の\(target)は\(verdict.japanese)。達成の確率は\(strong: chance)\(aside: error)です。")
  }

  /// What is likely, and what is missing.
  var answerDetail: Phrase {
    guard let middle = middle(main) else { return "" }
    var text = words(
      "In the middle case the \(words.count(main.planCount)) plans sell \(words.amount(middle)) in "
        + "\(period)",
      "中央値では、\(words.count(main.planCount))計画の\(period)の累計売上は\(words.amount(middle))")
    if let range = rangePhrase(main) {
      text =
        text
        + words(
          "; \(quantiles.outerShare) of the futures lie between \(range).",
          "、試行の\(quantiles.outerShare)は\(range)に入ります。")
    } else {
      text = text + words(".", "です。")
    }
    if let gap = main.goal?.figure("mean_gap_to_goal_yen") {
      text =
        text
        + words(
          " On average \(words.amount(gap)) is missing.", "目標には平均で\(words.amount(gap))足りません。")
    }
    return text
  }

  /// `¥9.18bn and ¥154bn`, the ends of the wide range.
  private func rangePhrase(_ item: ReportCase) -> Phrase? {
    guard let columns = quantiles.outer, let low = item.total?.figure(columns.low),
      let high = item.total?.figure(columns.high)
    else { return nil }
    return words(
      "\(words.amount(low)) and \(words.amount(high))", "\(words.amount(low))〜\(words.amount(high))"
    )
  }

  /// The years of the page.
  var period: Phrase { words.period(main.firstYear, main.lastYear) }

  /// Four numbers to take home.
  var cards: [PageCard] {
    var cards: [PageCard] = []
    if let goal = main.goal {
      cards.append(
        PageCard(
          label: words("Chance of the goal", "目標達成の確率"), value: chance(goal),
          note: interval(goal, .share).map { words("95% interval \($0)", "95%信頼区間 \($0)") }
            ?? ""))
    }
    if let middle = middle(main) {
      let range =
        quantiles.outer.flatMap { columns -> Phrase? in
          guard let low = main.total?.figure(columns.low),
            let high = main.total?.figure(columns.high)
          else { return nil }
          return words.range(words.amount(low), words.amount(high))
        }
      cards.append(
        PageCard(
          label: words("Likely total (median)", "見込み（中央値）"),
          value: Phrase(words.amount(middle)),
          note: range.map {
            words("\(quantiles.outerShare) range \($0)", "\(quantiles.outerShare)の範囲 \($0)")
          } ?? ""))
    }
    if let goal = main.goal, let gap = goal.figure("mean_gap_to_goal_yen") {
      cards.append(
        PageCard(
          label: words("Missing on average", "目標との差（平均）"), value: Phrase(words.amount(gap)),
          note: goal.figure("cvar95_gap_to_goal_yen").map {
            words(
              "\(words.amount($0)) in the worst 5% of cases", "差の大きい5%の試行では\(words.amount($0))")
          } ?? ""))
    }
    if let goal = main.goal, let promised = goal.figure("promised_yen") {
      cards.append(
        PageCard(
          label: words("Promised", "計画額の合計"),
          value: Phrase(words.amount(promised)),
          note: goal.figure("attainment_ratio_mean").map {
            words("\(words.share($0)) of it is sold on average", "平均でその\(words.share($0))を実現")
          } ?? ""))
    }
    return cards
  }
}

/// What a probability means for a goal, in words.
private enum GoalVerdict {
  case almostCertainlyMissed
  case probablyMissed
  case open
  case probablyReached
  case almostCertainlyReached

  init(_ probability: Double) {
    switch probability {
    case ..<0.05: self = .almostCertainlyMissed
    case ..<0.4: self = .probablyMissed
    case ...0.6: self = .open
    case ...0.95: self = .probablyReached
    default: self = .almostCertainlyReached
    }
  }

  var english: Phrase {
    switch self {
    case .almostCertainlyMissed: "almost certainly be missed"
    case .probablyMissed: "probably be missed"
    case .open: "be reached or missed, at about even odds"
    case .probablyReached: "probably be reached"
    case .almostCertainlyReached: "almost certainly be reached"
    }
  }

  var japanese: Phrase {
    switch self {
    case .almostCertainlyMissed: "ほぼ確実に達成できません"
    case .probablyMissed: "達成できない見込みです"
    case .open: "達成できるかどうか五分五分です"
    case .probablyReached: "達成できる見込みです"
    case .almostCertainlyReached: "ほぼ確実に達成できます"
    }
  }
}
