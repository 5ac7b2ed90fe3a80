// SPDX-License-Identifier: GPL-3.0-or-later

/// Ranges of a quantity that widen over the years, against what was promised and what is wanted.
struct FanPicture: Picture {
  /// A shaded range between two quantiles.
  struct Band: Sendable {
    let low: [Double]
    let high: [Double]
    let style: String
  }

  /// Labels of the years.
  let years: [String]
  /// From the widest to the narrowest.
  let bands: [Band]
  let median: [Double]
  /// Likewise by year; empty where only the last is known or nothing is promised.
  let promise: [Double]
  let goal: Double?
  let labels: [EndLabel]
  /// What a reader sees at a year.
  let details: [Phrase]
  let words: PageWords

  func drawing(width: Double) -> Drawing {
    let isNarrow = width < 500
    let (top, bottom) = (30.0, isNarrow ? 290.0 : 360.0)
    let high =
      (bands.flatMap(\.high) + promise + [goal].compactMap { $0 } + median).max() ?? 1
    let scale = LinearScale.rounded(0, high, from: bottom, to: top)
    let axis = Axis(scale: scale, unit: AxisUnit(.yen, reach: high, words: words))
    let left = axis.labelWidth + 10
    let right = width - EndLabel.room(labels)
    let x = LinearScale(0, Double(max(1, years.count)), from: left, to: right)
    // The sum to date is 0 when the first year begins.
    func points(_ values: [Double]) -> [(x: Double, y: Double)] {
      [(x(0), scale(0))]
        + values.enumerated().map { (x: x(Double($0.offset + 1)), y: scale($0.element)) }
    }
    var nodes = axis.horizontalGrid(left: left, right: right)
    for (index, year) in years.enumerated() {
      let label = isNarrow && year.count == 4 ? "’" + year.suffix(2) : year
      nodes.append(
        .text(x(Double(index + 1)), bottom + 18, Phrase(text: label), "tick", anchor: .middle))
    }
    nodes.append(
      .series(
        Self.simulated(words),
        bands.map { band in
          .polygon(
            points(band.low) + points(band.high).reversed(), "\(Palette.fill(0)) \(band.style)")
        } + [.polyline(points(median), "line \(Palette.stroke(0))")]))
    if !promise.isEmpty {
      nodes.append(
        .series(Self.promised(words), [.polyline(points(promise), "promise")]))
    }
    if let goal {
      nodes.append(
        .series(
          Self.goal(words), [.line(left, scale(goal), right, scale(goal), "goal")]))
    }
    nodes += EndLabel.nodes(labels, x: right, scale: scale, within: (top + 2)...(bottom - 2))
    let half = (x(1) - x(0)) / 2
    for (index, detail) in details.enumerated() {
      let middle = x(Double(index + 1))
      nodes.append(
        .hotspot(
          middle - half, top, index == details.count - 1 ? half : 2 * half, bottom - top,
          crossX: middle, detail))
    }
    return Drawing(width: width, height: bottom + 28, nodes: nodes)
  }

  // Names of the series.
  static func simulated(_ words: PageWords) -> String { words("Simulated", "試算").plain }
  static func promised(_ words: PageWords) -> String { words("Promised", "計画額").plain }
  static func goal(_ words: PageWords) -> String { words("Goal", "目標").plain }
}
