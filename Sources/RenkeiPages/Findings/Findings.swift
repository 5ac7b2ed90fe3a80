// SPDX-License-Identifier: GPL-3.0-or-later

/// What the results say: charts with their findings, and the sentences between them.
///
/// An extension a subject; each gives nil or nothing where the folder has no file for it.
struct Findings: Sendable {
  let cases: [ReportCase]
  /// The case that the page is about.
  let main: ReportCase
  let words: PageWords

  /// - Parameter folders: at least one, each with at least one arm.
  init(_ folders: [ResultFolder], words: PageWords) {
    cases = ReportCase.all(of: folders)
    main = ReportCase.main(of: cases)
    self.words = words
  }

  var hasSeveralCases: Bool { cases.count > 1 }

  /// The label of a case that the page is not about, else nothing.
  func suffix(_ item: ReportCase) -> Phrase {
    item.index != main.index ? words(" (\(item.label))", "（\(item.label)）") : .empty
  }

  /// A span of a metric with what is known of its error: `a (95% interval b to c)`.
  func withInterval(_ row: PageRow, _ column: String, _ kind: MetricKind, signed: Bool = false)
    -> Phrase
  {
    guard let figure = row.figure(column) else { return words("unknown", "不明") }
    let value = signed && kind == .yen ? words.change(figure) : words.value(figure, kind)
    guard let interval = interval(row, kind) else { return Phrase(value) }
    return words(
      "\(value) (95% interval \(interval))", "\(value)（95%信頼区間 \(interval)）")
  }

  /// The row's 95% interval.
  func interval(_ row: PageRow, _ kind: MetricKind) -> Phrase? {
    guard let low = row.figure("ci95_low"), let high = row.figure("ci95_high") else { return nil }
    return words.range(words.value(low, kind), words.value(high, kind))
  }

  /// What a reader must know of a table that another command made: on which draws it rests, where
  /// these are not the run's.
  func originNote(_ table: String) -> Phrase {
    switch main.folder.origin(table) {
    case nil, .sameDraws, .otherScenario: return ""
    case .untold:
      return words(
        " The file does not say which scenario it comes from.",
        "元のシナリオはファイルに書かれていません。")
    case .otherDraws(let seed, let paths):
      let count: Phrase = Int(paths).map { Phrase(words.count($0)) } ?? "?"
      return words(
        " Simulated apart from the run, with seed \(seed) and \(count) paths.",
        "本計算とは別に、乱数シード\(seed)・試行\(count)回で計算。")
    }
  }

  /// A cell of a table: the figure, or a dash.
  func cell(_ figure: Figure?, _ kind: MetricKind = .yen) -> Phrase {
    figure.map { Phrase(words.value($0, kind)) } ?? "–"
  }
}

/// The quantile columns of a table of amounts.
struct QuantileColumns: Sendable {
  let outer: (low: String, high: String)?
  let inner: (low: String, high: String)?
  let median: String?
  /// The share of the paths between the outer ones, as a percentage: `90%`.
  let outerShare: String

  init(header: [String]) {
    func has(_ column: String) -> Bool { header.contains(column) }
    func pair(_ choices: [(String, String, String)]) -> (String, String, String)? {
      choices.first { has("p\($0.0)_yen") && has("p\($0.1)_yen") }
    }
    let wide = pair([
      ("05", "95", "90%"), ("02.5", "97.5", "95%"), ("01", "99", "98%"), ("10", "90", "80%"),
    ])
    outer = wide.map { ("p\($0.0)_yen", "p\($0.1)_yen") }
    outerShare = wide?.2 ?? ""
    inner = pair([("25", "75", "50%"), ("20", "80", "60%")]).map {
      ("p\($0.0)_yen", "p\($0.1)_yen")
    }
    median = has("p50_yen") ? "p50_yen" : nil
  }
}
