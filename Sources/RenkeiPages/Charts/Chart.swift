// SPDX-License-Identifier: GPL-3.0-or-later

/// A picture with the sentence that it proves and the numbers behind it.
struct Chart: Sendable {
  /// As `--chart` and files call it.
  let name: String
  /// What the picture shows, as a finding.
  let title: Phrase
  /// How to read it.
  let caption: Phrase
  let picture: any Picture
  let table: DataTable
}

/// What draws itself into a given width.
protocol Picture: Sendable {
  func drawing(width: Double) -> Drawing
}

/// Elements within `width` × `height`.
struct Drawing: Sendable {
  let width: Double
  let height: Double
  let nodes: [SVGNode]
}

/// The widths that a page draws each chart in; it shows the one that fits.
enum ChartWidth {
  static let wide = 720.0
  static let narrow = 340.0
}

extension Chart {
  /// An `svg` element for the body of a page.
  ///
  /// - Parameter id: distinct within the page.
  func inline(width: Double, id: String, style: String) -> String {
    let drawing = picture.drawing(width: width)
    let size = Self.size(drawing)
    return """
      <svg class="\(style)" viewBox="0 0 \(size)" role="img" aria-labelledby="\(id)-t \(id)-d">\
      <title id="\(id)-t">\(Markup.escaped(title.plain))</title>\
      <desc id="\(id)-d">\(Markup.escaped(caption.plain))</desc>\
      \(drawing.nodes.map(\.markup).joined())</svg>
      """
  }

  /// A file of its own, with its title above the picture, in the light colours.
  func document(language: String) -> String {
    let drawing = picture.drawing(width: ChartWidth.wide)
    let margin = 24.0
    let lines = TextMetrics.lines(title.plain, fitting: drawing.width, size: 19)
    let head = margin + Double(lines.count) * 26 + 8
    let (width, height) = (drawing.width + 2 * margin, head + drawing.height + margin)
    let titles = lines.enumerated().map { index, line in
      SVGNode.text(margin, margin + 16 + Double(index) * 26, Phrase(text: line), "chart-title")
        .markup
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(SVGNode.coordinate(width))" \
      height="\(SVGNode.coordinate(height))" viewBox="0 0 \(SVGNode.coordinate(width)) \
      \(SVGNode.coordinate(height))" xml:lang="\(language)" role="img">
      <title>\(Markup.escaped(title.plain))</title>
      <desc>\(Markup.escaped(caption.plain))</desc>
      <style>\(Palette.light(PageResource.chartStyle))</style>
      \(SVGNode.rect(0, 0, width, height, "paper").markup)
      \(titles.joined(separator: "\n"))
      <g transform="translate(\(SVGNode.coordinate(margin)) \(SVGNode.coordinate(head)))">
      \(drawing.nodes.map(\.markup).joined(separator: "\n"))
      </g>
      </svg>

      """
  }

  private static func size(_ drawing: Drawing) -> String {
    "\(SVGNode.coordinate(drawing.width)) \(SVGNode.coordinate(drawing.height))"
  }
}
