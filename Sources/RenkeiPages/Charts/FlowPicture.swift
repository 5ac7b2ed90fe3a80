// SPDX-License-Identifier: GPL-3.0-or-later

/// Floating bars, each from one number to another, with errors: a waterfall or a tornado.
struct FlowPicture: Picture {
  struct Row: Sendable {
    let label: Phrase
    let from: Double
    let to: Double
    let error: ClosedRange<Double>?
    let end: Phrase
    let style: String
    let detail: Phrase
  }

  let rows: [Row]
  let kind: MetricKind
  /// Whether each bar begins where the one before ended.
  let isConnected: Bool
  /// A place that a line goes down from, such as the middle case; nil: none.
  var base: Double? = nil
  let words: PageWords

  func drawing(width: Double) -> Drawing {
    let isNarrow = width < 500
    var values: [Double] = isConnected ? [0] : []
    if let base { values.append(base) }
    for row in rows {
      values += [row.from, row.to]
      if let error = row.error { values += [error.lowerBound, error.upperBound] }
    }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let labelRoom =
      isNarrow
      ? 0 : min(250, (rows.map { TextMetrics.width($0.label.plain, size: 13) }.max() ?? 0) + 14)
    let endRoom = (rows.map { TextMetrics.width($0.end.plain, size: 13) }.max() ?? 0) + 12
    let scale = LinearScale.rounded(
      low, high, from: labelRoom + 6, to: width - endRoom, ticks: isNarrow ? 3 : 5)
    let axis = Axis(
      scale: scale, unit: AxisUnit(kind, reach: max(low.magnitude, high.magnitude), words: words),
      count: isNarrow ? 3 : 5)
    let (rowHeight, barHeight) = isNarrow ? (46.0, 20.0) : (34.0, 20.0)
    let bottom = Double(rows.count) * rowHeight + 6
    var nodes = axis.verticalGrid(top: 2, bottom: bottom)
    if let base { nodes.append(.line(scale(base), 2, scale(base), bottom, "zero")) }
    for (index, row) in rows.enumerated() {
      let y = 4 + Double(index) * rowHeight
      let barTop = isNarrow ? y + 19 : y + (rowHeight - barHeight) / 2
      if isNarrow {
        nodes.append(.text(0, y + 13, row.label, "label halo"))
      } else {
        nodes.append(.text(labelRoom - 6, barTop + 14.5, row.label, "label", anchor: .end))
      }
      let (a, b) = (scale(min(row.from, row.to)), scale(max(row.from, row.to)))
      nodes.append(.rect(a, barTop, max(1, b - a), barHeight, row.style))
      if let error = row.error {
        let middle = barTop + barHeight / 2
        nodes.append(
          .line(scale(error.lowerBound), middle, scale(error.upperBound), middle, "error"))
      }
      if isConnected, index + 1 < rows.count {
        nodes.append(
          .line(
            scale(row.to), barTop + barHeight, scale(row.to), barTop + rowHeight, "lead"))
      }
      let after = max(b, row.error.map { scale($0.upperBound) } ?? b)
      nodes.append(.text(after + 7, barTop + 14.5, row.end, "label halo"))
      nodes.append(.hotspot(0, y, width, rowHeight, row.detail))
    }
    return Drawing(width: width, height: bottom + 26, nodes: nodes)
  }
}
