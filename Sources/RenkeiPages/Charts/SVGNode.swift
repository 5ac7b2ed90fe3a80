// SPDX-License-Identifier: GPL-3.0-or-later

/// An element of a drawing. Colours and fonts come from classes, places from attributes.
struct SVGNode: Sendable {
  private let name: String
  private let attributes: [(name: String, value: String)]
  private let content: Phrase
  private let children: [SVGNode]

  private init(
    _ name: String, _ attributes: [(String, String)], content: Phrase = .empty,
    children: [SVGNode] = []
  ) {
    self.name = name
    self.attributes = attributes.map { (name: $0.0, value: $0.1) }
    self.content = content
    self.children = children
  }

  /// Where a text begins, is centred or ends.
  enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }

  static func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String,
    title: Phrase? = nil
  ) -> SVGNode {
    SVGNode(
      "rect",
      [
        ("x", coordinate(x)), ("y", coordinate(y)), ("width", coordinate(max(0, width))),
        ("height", coordinate(max(0, height))), ("class", style),
      ], children: title.map { [.title($0)] } ?? [])
  }

  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
  ) -> SVGNode {
    SVGNode(
      "line",
      [
        ("x1", coordinate(x1)), ("y1", coordinate(y1)), ("x2", coordinate(x2)),
        ("y2", coordinate(y2)), ("class", style),
      ])
  }

  static func circle(_ x: Double, _ y: Double, _ radius: Double, _ style: String) -> SVGNode {
    SVGNode(
      "circle",
      [
        ("cx", coordinate(x)), ("cy", coordinate(y)), ("r", coordinate(radius)), ("class", style),
      ])
  }

  /// A line through points.
  static func polyline(_ points: [(x: Double, y: Double)], _ style: String) -> SVGNode {
    SVGNode("polyline", [("points", list(points)), ("class", style)])
  }

  /// A filled area.
  static func polygon(_ points: [(x: Double, y: Double)], _ style: String) -> SVGNode {
    SVGNode("polygon", [("points", list(points)), ("class", style)])
  }

  static func text(
    _ x: Double, _ y: Double, _ phrase: Phrase, _ style: String, anchor: Anchor = .start
  ) -> SVGNode {
    var attributes = [("x", coordinate(x)), ("y", coordinate(y)), ("class", style)]
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    return SVGNode("text", attributes, content: phrase)
  }

  /// Elements that belong to one series, which a reader may switch off.
  static func series(_ label: String, _ children: [SVGNode]) -> SVGNode {
    SVGNode("g", [("data-series", label)], children: children)
  }

  /// The name of a series, by which a reader switches it.
  static func key(_ label: String, _ children: [SVGNode]) -> SVGNode {
    SVGNode("g", [("data-key", label)], children: children)
  }

  /// A column or row of a chart that answers to the pointer; the place is the middle of the cross.
  static func hotspot(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, crossX: Double? = nil,
    _ title: Phrase
  ) -> SVGNode {
    var attributes = [
      ("x", coordinate(x)), ("y", coordinate(y)), ("width", coordinate(max(0, width))),
      ("height", coordinate(max(0, height))), ("class", "hit"),
    ]
    if let crossX { attributes.append(("data-x", coordinate(crossX))) }
    return SVGNode("rect", attributes, children: [.title(title)])
  }

  private static func title(_ phrase: Phrase) -> SVGNode {
    SVGNode("title", [], content: Phrase(text: phrase.plain))
  }

  /// The element and what it holds, as text.
  var markup: String {
    var text = "<" + name
    for attribute in attributes {
      text += " \(attribute.name)=\"\(Markup.escaped(attribute.value))\""
    }
    if content.isEmpty && children.isEmpty { return text + "/>" }
    return text + ">" + content.svg + children.map(\.markup).joined() + "</\(name)>"
  }

  /// A place with one decimal, without one where it is whole.
  static func coordinate(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  private static func list(_ points: [(x: Double, y: Double)]) -> String {
    points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " ")
  }
}
