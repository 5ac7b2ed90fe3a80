// SPDX-License-Identifier: GPL-3.0-or-later

/// Ranges set below one another along one axis: a thin and a thick line with a dot, and a marked
/// place.
struct SpanPicture: Picture {
  struct Row: Sendable {
    let label: Phrase
    /// Written above the line, after the label.
    let note: Phrase
    let point: Double?
    /// Ends of the thin line.
    let outer: ClosedRange<Double>?
    /// Ends of the thick one.
    let inner: ClosedRange<Double>?
    /// Decides the colour.
    let index: Int
    let detail: Phrase
  }

  let rows: [Row]
  let kind: MetricKind
  let axisTitle: Phrase
  var mark: (value: Double, phrase: Phrase)? = nil
  /// Whether the axis reaches 0 in any case.
  var includesZero = true
  let words: PageWords

  func drawing(width: Double) -> Drawing {
    let isNarrow = width < 500
    let values =
      rows.flatMap { row in
        [row.point, row.outer?.lowerBound, row.outer?.upperBound, row.inner?.upperBound]
          .compactMap { $0 }
      } + [mark?.value].compactMap { $0 } + (includesZero ? [0] : [])
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let scale = LinearScale.rounded(
      low, high, from: 8, to: width - 20, ticks: isNarrow ? 3 : 7)
    let axis = Axis(
      scale: scale, unit: AxisUnit(kind, reach: max(low.magnitude, high.magnitude), words: words),
      count: isNarrow ? 3 : 7)
    let top = mark == nil ? 4.0 : 26.0
    let rowHeight = 46.0
    let bottom = top + Double(rows.count) * rowHeight + 4
    var nodes = axis.verticalGrid(top: top, bottom: bottom)
    if let mark {
      let place = scale(mark.value)
      let isRight = place > width / 2
      nodes.append(.line(place, top - 8, place, bottom, "goal"))
      nodes.append(
        .text(
          place + (isRight ? -7 : 7), top - 10, mark.phrase, "goal-text",
          anchor: isRight ? .end : .start))
    }
    for (index, row) in rows.enumerated() {
      let y = top + Double(index) * rowHeight
      nodes += content(row, y: y, scale, width: width)
      nodes.append(.hotspot(0, y, width, rowHeight, row.detail))
    }
    nodes.append(.text(width - 14, bottom + 36, axisTitle, "axis-title", anchor: .end))
    return Drawing(width: width, height: bottom + 44, nodes: nodes)
  }

  private func content(
    _ row: Row, y: Double, _ scale: LinearScale, width: Double
  ) -> [SVGNode] {
    let line = y + 32
    var nodes: [SVGNode] = [
      .text(8, y + 17, row.label, "strong halo"),
      .text(
        8 + TextMetrics.width(row.label.plain, size: 13) + 16, y + 17,
        row.note.shortened(
          to: TextMetrics.columns(
            fitting: width - 30 - TextMetrics.width(row.label.plain, size: 13), size: 13)),
        "note halo"),
    ]
    let stroke = Palette.stroke(row.index)
    if let outer = row.outer {
      nodes.append(
        .line(scale(outer.lowerBound), line, scale(outer.upperBound), line, "whisker \(stroke)"))
    }
    if let inner = row.inner {
      nodes.append(
        .line(scale(inner.lowerBound), line, scale(inner.upperBound), line, "thick \(stroke)"))
    }
    if let point = row.point {
      nodes.append(.circle(scale(point), line, 6, "dot-ring \(Palette.fill(row.index))"))
    }
    return nodes
  }
}
