// SPDX-License-Identifier: GPL-3.0-or-later

/// Horizontal bars under headings, longest first as the files have them.
struct BarPicture: Picture {
  struct Row: Sendable {
    let label: Phrase
    let value: Double
    /// Written after the bar.
    let end: Phrase
    let style: String
    let detail: Phrase
    /// Whether the bar stands for all that have none of their own: it may be cut short.
    var isRest = false
  }

  struct Section: Sendable {
    /// Empty for none.
    let title: Phrase
    let rows: [Row]
  }

  let sections: [Section]
  let words: PageWords

  func drawing(width: Double) -> Drawing {
    let isNarrow = width < 500
    let rows = sections.flatMap(\.rows)
    let labelRoom =
      isNarrow
      ? 0 : min(250, (rows.map { TextMetrics.width($0.label.plain, size: 13) }.max() ?? 0) + 12)
    let endRoom = (rows.map { TextMetrics.width($0.end.plain, size: 13) }.max() ?? 0) + 10
    let own = rows.filter { !$0.isRest }.map(\.value.magnitude).max() ?? 1
    let rest = rows.filter(\.isRest).map(\.value.magnitude).max() ?? 0
    // A rest that would leave no room for the others is cut, and shows it.
    let reach = rest > 1.6 * own ? 1.6 * own : max(own, rest)
    let scale = LinearScale(0, reach, from: labelRoom, to: max(labelRoom + 60, width - endRoom))
    let (rowHeight, barHeight) = isNarrow ? (40.0, 16.0) : (27.0, 17.0)
    let columns = TextMetrics.columns(
      fitting: isNarrow ? width : labelRoom - 10, size: 13)
    var nodes: [SVGNode] = []
    var y = 0.0
    for section in sections {
      if !section.title.isEmpty {
        nodes.append(.text(0, y + 18, section.title, "strong"))
        y += 28
      }
      for row in section.rows {
        let barTop = isNarrow ? y + 18 : y + (rowHeight - barHeight) / 2
        let label = row.label.shortened(to: columns)
        if isNarrow {
          nodes.append(.text(0, y + 13, label, "label"))
        } else {
          nodes.append(.text(labelRoom - 10, barTop + 13, label, "label", anchor: .end))
        }
        let end = scale(min(max(0, row.value), reach))
        nodes.append(.rect(labelRoom, barTop, end - labelRoom, barHeight, row.style))
        if row.value > reach {
          for offset in [18.0, 26] {
            nodes.append(
              .polygon(
                [
                  (end - offset, barTop + barHeight + 1),
                  (end - offset + 4, barTop + barHeight + 1),
                  (end - offset + 10, barTop - 1), (end - offset + 6, barTop - 1),
                ], "paper"))
          }
        }
        nodes.append(.text(end + 6, barTop + 13, row.end, "label"))
        nodes.append(.hotspot(0, y, width, rowHeight, row.detail))
        y += rowHeight
      }
      y += 12
    }
    return Drawing(width: width, height: max(1, y - 6), nodes: nodes)
  }
}
