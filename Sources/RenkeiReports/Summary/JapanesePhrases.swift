// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

struct JapanesePhrases: SummaryPhrases {
  func amount(_ yen: Double) -> String { AmountText.japanese(yen) }

  func amountInBothUnits(_ yen: Double) -> String {
    "\(AmountText.japanese(yen))（\(AmountText.western(yen))）"
  }

  func arm(_ name: String) -> String { "支援策の組合せ：\(name)" }

  let goal = "売上目標"
  func goal(_ yen: Double, firstYear: Int, lastYear: Int) -> String {
    "\(amountInBothUnits(yen))、\(period(firstYear, lastYear))の累計"
  }

  let promise = "計画額の合計"
  func promise(_ yen: Double, plans: Int) -> String {
    "\(amountInBothUnits(yen))、\(count(plans))計画"
  }

  let median = "見込み（中央値）"
  func median(_ yen: Double, firstYear: Int, lastYear: Int) -> String {
    "\(amountInBothUnits(yen))、\(period(firstYear, lastYear))の累計売上"
  }

  let range = "90%の範囲"
  func range(_ low: Double, _ high: Double) -> String { "\(amount(low)) 〜 \(amount(high))" }

  let mean = "平均"
  func mean(
    _ yen: Double, standardError: Double?, paths: Int, shareOfPromise: Double?
  ) -> String {
    let error =
      standardError.map { "\(amount(yen)) ± \(amount($0))（標準誤差）" }
      ?? "\(amount(yen))（\(withoutError(paths: paths))標準誤差なし）"
    guard let shareOfPromise else { return error }
    return error + "、計画額の\(DecimalText.percent(shareOfPromise))"
  }

  /// Why there is no error.
  func withoutError(paths: Int) -> String {
    paths == 1 ? "試行1回のため" : "売上の分散が有限でないため"
  }

  let probability = "目標達成の確率"
  func probability(_ proportion: Proportion, _ ends: Interval) -> String {
    let hits = count(proportion.hits)
    let paths = count(proportion.trials)
    let interval =
      "95%信頼区間 \(DecimalText.percent(ends.low)) 〜 \(DecimalText.percent(ends.high))"
    if let bound = proportion.upperBoundAtZeroHits {
      return "\(DecimalText.percent(bound))以下（試行\(paths)回のうち達成なし、3/n、信頼度95%）、"
        + interval
    }
    if let bound = proportion.lowerBoundAtZeroMisses {
      return "\(DecimalText.percent(bound))以上（試行\(paths)回すべてで達成、1−3/n、信頼度95%）、"
        + interval
    }
    guard let estimate = proportion.estimate, !proportion.tooFewForPoint else {
      return "数値で示すには試行が不足：\(paths)回のうち\(hits)回、\(interval)"
    }
    return "\(DecimalText.percent(estimate))（\(interval)、\(paths)回のうち\(hits)回）"
  }
  let fewHits = "概数です：根拠となる試行が100回未満。--paths を増やしてください"

  let gap = "目標との差"
  func gap(mean: Double, worst: Double) -> String {
    "平均\(amount(mean))、差の大きい5%の試行では平均\(amount(worst))"
  }

  func active(year: Int) -> String { "\(year)年に売上のある計画" }
  func active(mean: Double, low: Int, high: Int, plans: Int) -> String {
    "平均\(DecimalText.fixed(mean, decimals: 1))件（\(count(plans))件中）、"
      + "90%の範囲 \(low) 〜 \(high)件"
  }

  func failed(year: Int) -> String { "\(year)年末までの廃業・倒産" }
  func failed(mean: Double, forWantOfCash: Double?) -> String {
    let text = "平均\(DecimalText.fixed(mean, decimals: 1))件"
    guard let forWantOfCash else { return text }
    return text + "、ほかに資金不足による\(DecimalText.fixed(forWantOfCash, decimals: 1))件"
  }

  let topPlans = "影響の大きい計画（累計売上の平均、全体に占める割合）"
  let topGroups = "影響の大きいグループ"
  func pictureUnit(reaching yen: Double, isPlain: Bool) -> PictureUnit {
    yen >= 1e8 ? PictureUnit(name: "億円", yen: 1e8) : PictureUnit(name: "万円", yen: 1e4)
  }

  func pictureTitle(firstYear: Int, lastYear: Int, unit: String, arm: String?) -> String {
    let name = arm.map { "、\($0)" } ?? ""
    return "\(period(firstYear, lastYear))の累計売上（\(unit)\(name)）、試行の割合"
  }

  func pictureGoal(_ goal: String, arrow: String) -> String { "  \(arrow) 目標 \(goal)" }

  func pictureYears(firstYear: Int, lastYear: Int, isMedian: Bool) -> String {
    "\(period(firstYear, lastYear))の年間売上（\(isMedian ? "中央値" : "平均")）"
  }

  func pictureEnds(_ first: String, _ last: String) -> String { "\(first) 〜 \(last)" }

  let caveat = """
    「範囲」は試行結果のばらつきです。信頼区間と標準誤差はモンテカルロ誤差だけを示し、
    モデルや前提となる数値の誤りは含みません。
    """

  func run(paths: Int, seed: UInt64, engine: String, seconds: Double) -> String {
    "試行\(count(paths))回、乱数シード \(seed)、計算方式 \(engine)、"
      + "\(DecimalText.fixed(seconds, decimals: 2))秒"
  }

  func sampling(_ design: String, units: Int, of unit: ErrorUnit) -> String {
    let name =
      switch unit {
      case .path: "試行"
      case .block: "ブロック"
      case .randomisation: "ランダム化"
      }
    return "標本抽出 \(design)：誤差は独立な\(name)\(count(units))個の平均から計算"
  }

  var singlePrecision: String { "単精度：同じ乱数による倍精度の結果と約6桁まで一致" }

  func files(in directory: String) -> String { "結果の保存先：\(directory)" }

  func stopped(_ record: StoppingRecord, paths: Int) -> String {
    if record.isMet {
      return "試行\(count(paths))回で停止：\(record.condition) を\(record.looks)回目の確認で達成"
    }
    let needed = record.pathsNeeded.map { "。およそ\(count($0))回で足ります（--paths を増やしてください）" }
    return "上限の試行\(count(record.pathLimit))回では未達：\(record.condition)" + (needed ?? "")
  }

  func sequence(_ estimate: StoppingRecord.Estimate, fixed: FixedEstimate, arm: String?) -> String {
    let name = estimate.figure == .mean ? "平均" : "目標達成の確率"
    let answer = estimate.answer.map { $0 ? "はい、" : "いいえ、" } ?? ""
    let place = arm.map { "（\($0)）" } ?? ""
    return "\(name)\(place)：\(answer)95%信頼列 \(ends(estimate.sequence95, of: estimate.figure))"
      + "（いつ止めても有効）、95%信頼区間 \(ends(fixed.interval95, of: estimate.figure))"
      + "（試行回数を先に決めた場合に有効）"
  }

  private func ends(_ range: ClosedRange<Double>, of figure: StoppingFigure) -> String {
    let ends = figure == .mean ? amounts(range) : DecimalText.percents(range)
    return ends.joined(separator: " 〜 ")
  }

  private func amounts(_ range: ClosedRange<Double>) -> [String] {
    [range.lowerBound, range.upperBound].map(amount)
  }

  private func period(_ first: Int, _ last: Int) -> String {
    first == last ? "\(first)年" : "\(first)〜\(last)年"
  }

  private func count(_ number: Int) -> String { DecimalText.grouped(number) }
}
