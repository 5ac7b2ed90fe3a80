// SPDX-License-Identifier: GPL-3.0-or-later

/// Columns of stacked parts, year by year.
struct ColumnPicture: Picture {
  struct Series: Sendable {
    let label: String
    /// One for each year, 0 or more.
    let values: [Double]
    /// Decides the colour.
    let index: Int
  }

  let years: [String]
  let series: [Series]
  /// Written above each column.
  let totals: [Phrase]
  /// What a reader sees at a year.
  let details: [Phrase]
  let kind: MetricKind
  let words: PageWords

  func drawing(width: Double) -> Drawing {
    let isNarrow = width < 500
    let legend = Legend(entries: series.map { ($0.label, Palette.fill($0.index)) })
    let head = legend.drawing(top: 0, width: width)
    let top = head.height + 34
    let bottom = top + (isNarrow ? 190 : 230)
    let heights = years.indices.map { year in series.reduce(0) { $0 + $1.values[year] } }
    let high = heights.max() ?? 1
    let scale = LinearScale.rounded(0, high, from: bottom, to: top)
    let axis = Axis(scale: scale, unit: AxisUnit(kind, reach: high, words: words))
    let left = axis.labelWidth + 10
    let x = LinearScale(0, Double(max(1, years.count)), from: left, to: width)
    let columnWidth = min(72, (x(1) - x(0)) * 0.62)
    var nodes = head.nodes + axis.horizontalGrid(left: left, right: width)
    for year in years.indices {
      let middle = x(Double(year) + 0.5)
      nodes.append(.text(middle, bottom + 18, Phrase(text: years[year]), "tick", anchor: .middle))
      var base = 0.0
      for part in series {
        let value = part.values[year]
        nodes.append(
          .series(
            part.label,
            [
              .rect(
                middle - columnWidth / 2, scale(base + value), columnWidth,
                scale(base) - scale(base + value), Palette.fill(part.index))
            ]))
        base += value
      }
      if year < totals.count {
        nodes.append(
          .text(middle, scale(base) - 6, totals[year], isNarrow ? "tick" : "label", anchor: .middle)
        )
      }
      nodes.append(
        .hotspot(x(Double(year)), top, x(1) - x(0), bottom - top, crossX: middle, details[year]))
    }
    return Drawing(width: width, height: bottom + 26, nodes: nodes)
  }
}
