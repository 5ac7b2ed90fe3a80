// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiReports

/// The language of a page: picks sentences, writes numbers.
struct PageWords: Sendable {
  let language: ReportLanguage

  /// The phrase in the page's language.
  func callAsFunction(
    _ english: @autoclosure () -> Phrase, _ japanese: @autoclosure () -> Phrase
  ) -> Phrase {
    language == .english ? english() : japanese()
  }

  /// Yen as people say them.
  func amount(_ figure: Figure) -> FigureText {
    FigureText(figure: figure, text: amount(figure.value))
  }

  func amount(_ yen: Double) -> String {
    language == .english ? AmountText.western(yen) : AmountText.japanese(yen)
  }

  /// Yen with a sign in front, also of what is above 0.
  func change(_ figure: Figure) -> FigureText {
    FigureText(figure: figure, text: (figure.value > 0 ? "+" : "") + amount(figure.value))
  }

  func percent(_ figure: Figure) -> FigureText {
    FigureText(figure: figure, text: DecimalText.percent(figure.value))
  }

  /// A share with one decimal at most, for where room is short.
  func share(_ figure: Figure) -> FigureText {
    FigureText(figure: figure, text: DecimalText.percent(figure.value, decimals: 1))
  }

  func number(_ figure: Figure, decimals: Int = 1) -> FigureText {
    FigureText(figure: figure, text: DecimalText.fixed(figure.value, decimals: decimals))
  }

  func count(_ count: Int) -> FigureText {
    FigureText(figure: .count(count), text: DecimalText.grouped(count))
  }

  /// A number of a kind: yen, a share, or neither.
  func value(_ figure: Figure, _ kind: MetricKind) -> FigureText {
    switch kind {
    case .yen: amount(figure)
    case .share: percent(figure)
    case .year: FigureText(figure: figure, text: figure.cell)
    case .number:
      FigureText(figure: figure, text: DecimalText.fixed(figure.value, decimals: decimals(figure)))
    }
  }

  private func decimals(_ figure: Figure) -> Int {
    let size = figure.value.magnitude
    return size >= 1_000 || size == size.rounded() ? 0 : size >= 10 ? 1 : size >= 0.1 ? 3 : 4
  }

  /// `2005–2009`.
  func period(_ first: String, _ last: String) -> Phrase {
    first == last ? "\(first)" : self("\(first)–\(last)", "\(first)〜\(last)")
  }

  /// `low to high`.
  func range(_ low: FigureText, _ high: FigureText) -> Phrase {
    self("\(low) to \(high)", "\(low)〜\(high)")
  }
}

/// What kind of number a metric is.
enum MetricKind: Sendable {
  case yen
  case share
  case number
  /// Of the calendar: a label that is no amount.
  case year

  /// By the name of the metric and, where a file states it, its unit.
  init(_ name: String, unit: String = "") {
    let amounts = ["cumulative_revenue", "investment", "private_loans", "total", "revenue"]
    if unit == "yen" || name.hasSuffix("_yen") && !name.hasPrefix("cost_per")
      || amounts.contains(name)
    {
      self = .yen
    } else if unit == "probability" || name.contains("probability") || name.hasSuffix("_share")
      || name.hasSuffix("_rate")
    {
      self = .share
    } else if name.split(separator: ".").last?.hasSuffix("_year") ?? false {
      self = .year
    } else {
      self = .number
    }
  }
}
