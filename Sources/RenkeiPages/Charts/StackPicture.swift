// SPDX-License-Identifier: GPL-3.0-or-later

/// Horizontal bars of parts, one bar below the other: what adds goes right of 0, what is taken off
/// goes left, a diamond marks the net.
struct StackPicture: Picture {
  struct Part: Sendable {
    /// Place in ``StackPicture/names``.
    let index: Int
    /// Signed length.
    let value: Double
    let detail: Phrase
  }

  struct Row: Sendable {
    let label: Phrase
    let parts: [Part]
    let net: Double?
    /// Written above the bar, after the label.
    let note: Phrase
  }

  /// Names of the parts; each has a colour.
  let names: [String]
  let rows: [Row]
  let kind: MetricKind
  let words: PageWords

  /// The largest sum of shares that counts as the whole: bars may reach into the margin by as much.
  private static let wholeShares = 1.02

  func drawing(width: Double) -> Drawing {
    let used = Set(rows.flatMap { $0.parts.filter { $0.value != 0 }.map(\.index) })
    let legend = Legend(
      entries: names.indices.filter(used.contains).map { (names[$0], Palette.fill($0)) })
    let head = legend.drawing(top: 0, width: width)
    func total(_ row: Row, _ isWanted: (Double) -> Bool) -> Double {
      row.parts.map(\.value).filter(isWanted).reduce(0, +)
    }
    let low = rows.map { min(total($0) { $0 < 0 }, $0.net ?? 0) }.min() ?? 0
    let reach = rows.map { max(total($0) { $0 > 0 }, $0.net ?? 0) }.max() ?? 1
    // Shares sum to the whole but for the error of some of them, which is worth no further step.
    let high = kind == .share && (1...Self.wholeShares).contains(reach) ? 1 : reach
    let isNarrow = width < 500
    let scale = LinearScale.rounded(low, high, from: 8, to: width - 16, ticks: isNarrow ? 3 : 7)
    let axis = Axis(
      scale: scale, unit: AxisUnit(kind, reach: max(high, -low), words: words),
      count: isNarrow ? 3 : 7)
    let top = head.height + 2
    let rowHeight = 50.0
    let bottom = top + Double(rows.count) * rowHeight + 6
    var nodes = head.nodes + axis.verticalGrid(top: top, bottom: bottom)
    for (index, row) in rows.enumerated() {
      let y = top + Double(index) * rowHeight
      let labelWidth = TextMetrics.width(row.label.plain, size: 13)
      nodes.append(.text(8, y + 17, row.label, "strong halo"))
      nodes.append(
        .text(
          8 + labelWidth + 16, y + 17,
          row.note.shortened(
            to: TextMetrics.columns(fitting: width - 30 - labelWidth, size: 13)), "note halo"))
      var (right, left) = (0.0, 0.0)
      for part in row.parts where part.value != 0 {
        let from = part.value > 0 ? right : left
        let to = from + part.value
        let (a, b) = (scale(min(from, to)), scale(max(from, to)))
        nodes.append(
          .series(
            names[part.index],
            [.rect(a, y + 24, max(0.8, b - a), 20, Palette.fill(part.index), title: part.detail)]))
        if part.value > 0 { right = to } else { left = to }
      }
      if let net = row.net { nodes.append(diamond(scale(net), y + 34)) }
    }
    return Drawing(width: width, height: bottom + 26, nodes: nodes)
  }

  private func diamond(_ x: Double, _ y: Double) -> SVGNode {
    .polygon([(x, y - 8), (x + 6, y), (x, y + 8), (x - 6, y)], "net")
  }
}
