// SPDX-License-Identifier: GPL-3.0-or-later

// What the template reads, by the names of the properties. Texts that the template escapes are
// plain; those named in triple braces are markup that ``Phrase`` and ``SVGNode`` have escaped.

struct PageContext: Sendable {
  let lang: String
  let title: String
  let policy: String
  let style: String
  let script: String
  let answer: String
  let subtitle: String
  let contents: String
  let links: [LinkContext]
  let sections: [SectionContext]
  let footer: String
}

struct LinkContext: Sendable {
  let id: String
  let title: String
}

struct SectionContext: Sendable {
  let id: String
  let heading: String
  let answer: String
  let blocks: [BlockContext]
}

/// One of the kinds of block; the others are nil.
struct BlockContext: Sendable {
  var paragraph: String?
  var cards: CardsContext?
  var charts: [ChartContext] = []
  var more: MoreContext?
  var table: TableContext?
  var fold: TableContext?
  var code: String?
  var list: ListContext?
}

struct CardsContext: Sendable {
  struct Card: Sendable {
    let label: String
    let value: String
    let note: String
  }
  let cards: [Card]
}

struct ListContext: Sendable {
  let points: [String]
}

struct MoreContext: Sendable {
  let title: String
  let charts: [ChartContext]
}

struct TableContext: Sendable {
  let title: String
  /// Class of the table: whether long cells wrap.
  let style: String
  let table: String
}

struct ChartContext: Sendable {
  let id: String
  let title: String
  let caption: String
  let wide: String
  let narrow: String
  let numbers: String
  let table: String
}

/// Turns blocks into what the template reads, with an id for each chart.
struct BlockBuilder {
  private let words: PageWords
  private var ids: [String: Int] = [:]

  init(words: PageWords) { self.words = words }

  mutating func context(_ block: PageBlock) -> BlockContext {
    var context = BlockContext()
    switch block {
    case .paragraph(let phrase): context.paragraph = phrase.html
    case .cards(let cards):
      context.cards = CardsContext(
        cards: cards.map { .init(label: $0.label.html, value: $0.value.html, note: $0.note.html) })
    case .chart(let chart): context.charts = [self.chart(chart)]
    case .more(let title, let charts):
      context.more = MoreContext(title: title.html, charts: charts.map { self.chart($0) })
    case .table(let title, let table):
      context.table = TableContext(
        title: title.html, style: table.wraps ? "wrap" : "", table: table.html)
    case .fold(let title, let table):
      context.fold = TableContext(
        title: title.html, style: table.wraps ? "wrap" : "", table: table.html)
    case .code(let text): context.code = text
    case .list(let points): context.list = ListContext(points: points.map(\.html))
    }
    return context
  }

  private mutating func chart(_ chart: Chart) -> ChartContext {
    let number = ids[chart.name, default: 0] + 1
    ids[chart.name] = number
    let id = number == 1 ? "chart-\(chart.name)" : "chart-\(chart.name)-\(number)"
    return ChartContext(
      id: id, title: chart.title.html, caption: chart.caption.html,
      wide: chart.inline(width: ChartWidth.wide, id: id + "-w", style: "wide"),
      narrow: chart.inline(width: ChartWidth.narrow, id: id + "-n", style: "narrow"),
      numbers: words("The numbers", "数値を見る").html, table: chart.table.html)
  }
}
