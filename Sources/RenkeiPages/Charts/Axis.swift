// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiReports

/// What the numbers along an axis are, and in which unit they are written.
struct AxisUnit: Sendable {
  private let divisor: Double
  /// For example `¥bn` or `億円`; empty for a pure number.
  let name: String
  private let suffix: String
  private let isYear: Bool

  /// - Parameter reach: the largest size on the axis; decides the unit of an amount.
  init(_ kind: MetricKind, reach: Double, words: PageWords) {
    isYear = kind == .year
    switch (kind, words.language) {
    case (.yen, .english):
      let isLarge = reach >= 1e9
      (divisor, name, suffix) = isLarge ? (1e9, "¥bn", "") : (1e6, "¥M", "")
    case (.yen, .japanese):
      let isLarge = reach >= 1e8
      (divisor, name, suffix) = isLarge ? (1e8, "億円", "") : (1e4, "万円", "")
    case (.share, _):
      (divisor, name, suffix) = (0.01, "", "%")
    case (.number, _), (.year, _):
      (divisor, name, suffix) = (1, "", "")
    }
  }

  /// The label of a tick; all ticks of a scale have as many decimals as its step needs. Parts of a
  /// year have none.
  func label(_ value: Double, step: Double) -> String {
    if isYear { return value == value.rounded() ? DecimalText.shortest(value) : "" }
    if value == 0 { return "0" + suffix }
    var decimals = 0
    var size = (step / divisor).magnitude
    while decimals < 6, (size - size.rounded()).magnitude > 1e-6 {
      (size, decimals) = (size * 10, decimals + 1)
    }
    return DecimalText.fixed(value / divisor, decimals: decimals) + suffix
  }
}

/// Grid lines with their numbers along one side of a plot.
struct Axis: Sendable {
  let scale: LinearScale
  let unit: AxisUnit
  var count = 5

  private var ticks: [Double] { scale.ticks(count) }
  private var step: Double { ticks.count > 1 ? ticks[1] - ticks[0] : scale.high - scale.low }

  /// Room that the numbers take.
  var labelWidth: Double {
    ticks.map { TextMetrics.width(unit.label($0, step: step), size: 12) }.max() ?? 0
  }

  /// Lines across from `left` to `right`, numbers left of them, the unit above unless a title says it.
  func horizontalGrid(left: Double, right: Double, namesUnit: Bool = true) -> [SVGNode] {
    var nodes: [SVGNode] = []
    for tick in ticks {
      let y = scale(tick)
      nodes.append(.line(left, y, right, y, tick == 0 ? "zero" : "grid"))
      nodes.append(
        .text(left - 6, y + 4, Phrase(text: unit.label(tick, step: step)), "tick", anchor: .end))
    }
    if namesUnit, !unit.name.isEmpty {
      nodes.append(.text(0, min(scale.start, scale.end) - 12, Phrase(text: unit.name), "tick"))
    }
    return nodes
  }

  /// Lines down from `top` to `bottom`, numbers below them, the unit after the last.
  func verticalGrid(top: Double, bottom: Double) -> [SVGNode] {
    var nodes: [SVGNode] = []
    for (index, tick) in ticks.enumerated() {
      let x = scale(tick)
      nodes.append(.line(x, top, x, bottom, tick == 0 ? "zero" : "grid"))
      let isLast = index == ticks.count - 1
      let label =
        unit.label(tick, step: step) + (isLast && !unit.name.isEmpty ? " " + unit.name : "")
      let isWide = TextMetrics.width(label, size: 12) / 2 > scale.end - x
      nodes.append(
        .text(
          isWide ? max(x, scale.end) : x, bottom + 17, Phrase(text: label), "tick",
          anchor: isWide ? .end : .middle))
    }
    return nodes
  }
}

/// Names of series set in rows above a plot, each with its colour.
struct Legend: Sendable {
  let entries: [(label: String, style: String)]

  private static let rowHeight = 20.0

  /// - Returns: the elements and the room that they take.
  func drawing(top: Double, width: Double) -> (nodes: [SVGNode], height: Double) {
    var nodes: [SVGNode] = []
    var (x, y) = (0.0, top)
    for entry in entries {
      let room = TextMetrics.width(entry.label, size: 13) + 32
      if x > 0, x + room - 14 > width { (x, y) = (0, y + Self.rowHeight) }
      nodes.append(
        .key(
          entry.label,
          [
            .rect(x, y + 2, 12, 12, entry.style),
            .text(x + 17, y + 12.5, Phrase(text: entry.label), "label"),
          ]))
      x += room
    }
    return (nodes, entries.isEmpty ? 0 : y - top + Self.rowHeight + 6)
  }
}

/// A text beside the end of a line, led to it where several would overlap.
struct EndLabel: Sendable {
  let value: Double
  let phrase: Phrase
  let style: String
  /// Class of the dot before the text; nil for none.
  let mark: String?
  /// The series that the line belongs to.
  let series: String

  static let gap = 17.0

  static func room(_ labels: [EndLabel]) -> Double {
    (labels.map { TextMetrics.width($0.phrase.plain, size: 13) }.max() ?? 0) + 22
  }

  /// - Parameter x: where the lines end.
  static func nodes(
    _ labels: [EndLabel], x: Double, scale: LinearScale, within range: ClosedRange<Double>
  ) -> [SVGNode] {
    let wanted = labels.map { scale($0.value) }
    let places = LabelStack.spread(wanted, gap: gap, within: range)
    return labels.indices.flatMap { index -> [SVGNode] in
      let (from, to) = (wanted[index], places[index])
      var nodes: [SVGNode] = [
        .polyline([(x + 2, from), (x + 12, to)], "lead"),
        .key(
          labels[index].series,
          [.text(x + 16, to + 4.5, labels[index].phrase, labels[index].style)]),
      ]
      if let mark = labels[index].mark { nodes.append(.circle(x, from, 3.5, mark)) }
      return nodes
    }
  }
}
