// SPDX-License-Identifier: GPL-3.0-or-later

/// Lines over a numeric axis, with error bands where there are any, and a marked place.
struct CurvePicture: Picture {
  struct Point: Sendable {
    let x: Double
    let y: Double
    var low: Double? = nil
    var high: Double? = nil
    let detail: Phrase
  }

  struct Curve: Sendable {
    let label: String
    let points: [Point]
    /// Decides the colour.
    let index: Int
    /// Whether each point gets a dot.
    var hasDots = false
    /// Written at the end of the line; nil: the label stands in a legend.
    var end: Phrase? = nil
  }

  let curves: [Curve]
  let xKind: MetricKind
  let yKind: MetricKind
  let xTitle: Phrase
  let yTitle: Phrase
  /// A place on the horizontal axis that matters, with its name.
  var mark: (value: Double, phrase: Phrase)? = nil
  /// What lies beyond the right end, where the axis stops short.
  var beyond: Phrase? = nil
  /// Names of the places 1, 2, … along the horizontal axis; empty where it is numeric.
  var categories: [String] = []
  /// Fixed ends of the axes; nil: round numbers around the points.
  var xRange: ClosedRange<Double>? = nil
  var yRange: ClosedRange<Double>? = nil
  let words: PageWords

  func drawing(width: Double) -> Drawing {
    let isNarrow = width < 500
    let legend = Legend(
      entries: curves.count > 1 && endLabels.isEmpty
        ? curves.map { ($0.label, Palette.fill($0.index)) } : [])
    let head = legend.drawing(top: 0, width: width)
    let top = head.height + 34
    let bottom = top + (isNarrow ? 220 : 280)
    let all = curves.flatMap(\.points)
    let heights = all.flatMap { [$0.y, $0.low, $0.high].compactMap { $0 } }
    let y =
      yRange.map { LinearScale($0.lowerBound, $0.upperBound, from: bottom, to: top) }
      ?? .rounded(
        min(0, heights.min() ?? 0), heights.max() ?? 1, from: bottom, to: top)
    let yAxis = Axis(
      scale: y,
      unit: AxisUnit(yKind, reach: heights.map(\.magnitude).max() ?? 1, words: words))
    let left = yAxis.labelWidth + 10
    let places = all.map(\.x)
    let (low, high) = (
      xRange?.lowerBound ?? places.min() ?? 0, xRange?.upperBound ?? places.max() ?? 1
    )
    let right = endLabels.isEmpty ? width - 14 : width - EndLabel.room(endLabels)
    let inset = categories.isEmpty ? 0.0 : 16.0
    let x = LinearScale(low, high, from: left + inset, to: right - (endLabels.isEmpty ? inset : 0))
    let xAxis = Axis(
      scale: x, unit: AxisUnit(xKind, reach: max(high.magnitude, low.magnitude), words: words),
      count: isNarrow ? 3 : 7)
    var nodes = head.nodes
    nodes += yAxis.horizontalGrid(left: left, right: right, namesUnit: false)
    if categories.isEmpty { nodes += xAxis.verticalGrid(top: bottom, bottom: bottom + 3) }
    for (index, name) in categories.enumerated() {
      nodes.append(
        .text(x(Double(index + 1)), bottom + 18, Phrase(text: name), "tick", anchor: .middle))
    }
    let unit = yAxis.unit.name
    nodes.append(
      .text(0, top - 14, unit.isEmpty ? yTitle : "\(yTitle) (\(unit))", "axis-title"))
    nodes.append(.text(width - 14, bottom + 36, xTitle, "axis-title", anchor: .end))
    for curve in curves { nodes.append(.series(curve.label, lines(curve, x, y))) }
    nodes += EndLabel.nodes(endLabels, x: right, scale: y, within: (top + 2)...(bottom - 2))
    if let mark, mark.value >= low, mark.value <= high {
      let place = x(mark.value)
      let isRight = place > (left + width) / 2
      nodes.append(.line(place, top - 4, place, bottom, "goal"))
      nodes.append(
        .text(
          place + (isRight ? -7 : 7), top + 12, mark.phrase, "goal-text",
          anchor: isRight ? .end : .start))
    }
    if let beyond {
      nodes.append(.text(width - 14, bottom - 26, beyond, "note halo", anchor: .end))
    }
    nodes += hotspots(x, top: top, bottom: bottom)
    return Drawing(width: width, height: bottom + 44, nodes: nodes)
  }

  private var endLabels: [EndLabel] {
    curves.compactMap { curve in
      guard let phrase = curve.end, let last = curve.points.last else { return nil }
      return EndLabel(
        value: last.y, phrase: phrase, style: "label", mark: Palette.fill(curve.index),
        series: curve.label)
    }
  }

  private func lines(_ curve: Curve, _ x: LinearScale, _ y: LinearScale) -> [SVGNode] {
    let shown = curve.points.filter { $0.x >= x.low && $0.x <= x.high }
    var nodes: [SVGNode] = []
    let band = shown.compactMap { point in
      point.low.flatMap { low in point.high.map { (x(point.x), y(low), y($0)) } }
    }
    if band.count == shown.count, !band.isEmpty {
      nodes.append(
        .polygon(
          band.map { (x: $0.0, y: $0.1) } + band.reversed().map { (x: $0.0, y: $0.2) },
          "band \(Palette.fill(curve.index))"))
    }
    nodes.append(
      .polyline(
        shown.map { (x: x($0.x), y: y($0.y)) }, "line \(Palette.stroke(curve.index))"))
    if curve.hasDots {
      nodes += shown.map { .circle(x($0.x), y($0.y), 3.5, "dot-ring \(Palette.fill(curve.index))") }
    }
    return nodes
  }

  /// One for each place that the first curve knows, with what every curve says there.
  private func hotspots(_ x: LinearScale, top: Double, bottom: Double) -> [SVGNode] {
    let shown = (curves.first?.points ?? []).filter { $0.x >= x.low && $0.x <= x.high }
    return shown.indices.map { index in
      let place = x(shown[index].x)
      let from = index == 0 ? x.start : (x(shown[index - 1].x) + place) / 2
      let to = index == shown.count - 1 ? x.end : (place + x(shown[index + 1].x)) / 2
      let detail = curves.reduce(Phrase.empty) { text, curve in
        guard let point = curve.points.first(where: { $0.x == shown[index].x }) else { return text }
        return text.isEmpty ? point.detail : "\(text)\n\(point.detail)"
      }
      return .hotspot(from, top, to - from, bottom - top, crossX: place, detail)
    }
  }
}
