// SPDX-License-Identifier: GPL-3.0-or-later

/// The questions about the goal and about the plans.
extension Findings {
  /// Will the goal be met, and what is missing?
  var goalSection: PageSection {
    var blocks: [PageBlock] = [.cards(cards)]
    if let arms { blocks.append(.chart(arms)) }
    if let exceedance { blocks.append(.chart(exceedance)) }
    return PageSection(
      id: "goal", heading: words("Will the goal be met?", "目標は達成できるか"), answer: answerDetail,
      blocks: blocks)
  }

  /// Promise against what is realised, year by year.
  var gapSection: PageSection? {
    guard let fan = fan(main) else { return nil }
    var blocks: [PageBlock] = [.chart(fan)]
    let others = cases.filter { $0.index != main.index }.compactMap { self.fan($0) }
    if !others.isEmpty {
      blocks.append(.more(words("The same for the other cases", "他のケースの図"), others))
    }
    if let counts = counts(main) { blocks.append(.chart(counts)) }
    return PageSection(
      id: "missing", heading: words("What is missing, and when?", "何がいつ足りないのか"),
      answer: gapAnswer, blocks: blocks)
  }

  private var gapAnswer: Phrase {
    guard let goal = main.goal, let promised = goal.figure("promised_yen"),
      let mean = main.total?.figure("mean_yen")
    else {
      return words(
        "The scenario states no goal; the picture shows what is sold to date.",
        "目標は設定されていません。図は累計売上を示します。")
    }
    var text = words(
      "The plans promise \(words.amount(promised)) in \(period); on average they sell "
        + "\(words.amount(mean))",
      "\(period)の計画額の合計\(words.amount(promised))に対し、平均の累計売上は\(words.amount(mean))")
    if let ratio = goal.figure("attainment_ratio_mean") {
      text = text + words(", \(words.share(ratio)) of it.", "（\(words.share(ratio))）です。")
    } else {
      text = text + words(".", "です。")
    }
    if let gap = goal.figure("mean_gap_to_goal_yen"),
      let worst = goal.figure("cvar95_gap_to_goal_yen")
    {
      text =
        text
        + words(
          " Against the goal \(words.amount(gap)) is missing on average, \(words.amount(worst)) in "
            + "the worst 5% of the simulated futures.",
          "目標には平均で\(words.amount(gap))、差の大きい5%の試行では\(words.amount(worst))足りません。")
    }
    return text
  }

  /// Which plans matter?
  var planSection: PageSection? {
    let charts = [plans(main), groups(main)].compactMap { $0 }
    guard !charts.isEmpty else { return nil }
    var blocks = charts.map { PageBlock.chart($0) }
    let others = cases.filter { $0.index != main.index }.flatMap { item in
      [plans(item), groups(item)].compactMap { $0 }
    }
    if !others.isEmpty {
      blocks.append(.more(words("The same for the other cases", "他のケースの図"), others))
    }
    return PageSection(
      id: "plans", heading: words("Which plans matter?", "どの計画が結果を左右するか"),
      answer: planAnswer, blocks: blocks)
  }

  private var planAnswer: Phrase {
    let rows = main.contributions(by: "plan")
    guard let first = rows.first, let share = first.figure("share") else { return "" }
    let id = first.text("group")
    let name: Phrase = main.folder.planNames[id].map { "\(id) \($0)" } ?? "\(id)"
    let even: Phrase = words(
      "\(strong: name) brings most: \(words.share(share)) of the average total.",
      "最も大きいのは\(strong: name)で、平均累計売上の\(words.share(share))を占めます。")
    let top = Array(rows.prefix(5))
    guard rows.count > 7 else { return even }
    let sum = words.share(.sum(top.compactMap { $0.figure("share") }))
    return even
      + words(
        " The five largest of the \(words.count(rows.count)) plans together bring \(sum): whether "
          + "the goal is met is decided there.",
        "\(words.count(rows.count))計画のうち上位5計画で\(sum)を占め、目標の成否はここで決まります。")
  }
}
