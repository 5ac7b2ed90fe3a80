// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// An explanation as a table for people and as one for programs.
package struct ExplanationReport: Sendable {
  private let rows: [Explanation.Row]

  package init(_ explanation: Explanation) {
    rows = explanation.rows
  }

  /// One row a value; numbers in full. `source` is `file:line:column`, `standard value` where
  /// nothing was stated, or `computed`.
  package var document: CSVDocument { document { $0.description } }

  /// The same with files by their name alone, so that where a scenario lies changes no byte.
  package var documentOfNames: CSVDocument {
    document { place in
      let name = place.file.split(separator: "/").last.map(String.init) ?? place.file
      return SourceLocation(file: name, line: place.line, column: place.column).description
    }
  }

  private func document(_ place: (SourceLocation) -> String) -> CSVDocument {
    CSVDocument(
      fileName: AssumptionFile.assumptions.fileName,
      header: [
        "key", "value", "mean", "p05", "p95", "unit", "level", "origin", "source", "multiplied_by",
      ],
      rows: rows.map { row in
        [
          .text(row.key), .text(row.value), number(row.mean), number(row.range90?.lowerBound),
          number(row.range90?.upperBound), text(row.unit), .text(row.levelText),
          .text(row.source.origin), .text(row.source.place(place)),
          text(row.factors.map { $0.text(place) }.joined(separator: "; ")),
        ]
      })
  }

  /// Lines for a terminal; factors of segments stand below the value that they multiply.
  package func text(style: TextStyle = .plain) -> String {
    var table = TextTable([.left, .left, .right, .left, .left, .left, .left])
    table.add(["key", "value", "mean", "90% range", "unit", "level", "from"])
    for row in rows {
      table.add([
        printable(row.key), printable(row.value), row.meanText, row.rangeText, row.unit,
        row.levelText, printable(row.source.text),
      ])
      for factor in row.factors {
        table.add(["", printable("× " + factor.value), "", "", "", "", printable(factor.origin())])
      }
    }
    var lines = table.lines()
    lines[0] = style.bold(lines[0])
    return lines.joined(separator: "\n")
  }

  private func number(_ value: Double?) -> ResultCell { value.map { .number($0) } ?? .empty }
  private func text(_ value: String) -> ResultCell { value.isEmpty ? .empty : .text(value) }

  private func printable(_ text: String) -> String {
    DisplayWidth.shortened(DisplayWidth.printable(text), to: 72)
  }
}

extension Explanation.Source {
  /// `standard`, `scenario`, `defaults`, `segment small_core`, `plan` or `computed`.
  fileprivate var origin: String {
    switch self {
    case .standard, .plan(.standard, _): "standard"
    case .scenario: "scenario"
    case .plan(.defaults, _): "defaults"
    case .plan(.segment(let name), _): "segment \(name)"
    case .plan(.arm(let name), _): "arm \(name)"
    case .plan(.plan, _): "plan"
    case .computed: "computed"
    }
  }

  /// `file:line:column`, or why there is none.
  fileprivate func place(_ text: (SourceLocation) -> String = { $0.description }) -> String {
    location.map(text) ?? (self == .computed ? "computed" : "standard value")
  }

  fileprivate var text: String {
    switch self {
    case .plan(.segment, _): "\(place()) (\(origin))"
    default: place()
    }
  }
}

extension Explanation.Factor {
  /// The segment, or the key of a factor on all plans, and where the factor is stated.
  fileprivate func origin(_ place: (SourceLocation) -> String = { $0.description }) -> String {
    (location.map { place($0) + " " } ?? "")
      + (segment.hasPrefix("plans.") ? "(\(segment))" : "(segment \(segment))")
  }

  fileprivate func text(_ place: (SourceLocation) -> String) -> String {
    "\(value) \(origin(place))"
  }
}

extension Explanation.Row {
  fileprivate var levelText: String { level?.rawValue ?? "fixed" }

  /// Empty where it would only repeat the value.
  fileprivate var meanText: String {
    guard let mean, range90 != nil || !factors.isEmpty || isYen else { return "" }
    return amount(mean)
  }

  fileprivate var rangeText: String {
    range90.map { "\(amount($0.lowerBound)) to \(amount($0.upperBound))" } ?? ""
  }

  private var isYen: Bool { unit.hasPrefix("yen") }

  private func amount(_ value: Double) -> String {
    if isYen { return AmountText.western(value) }
    var decimals = 0
    var size = value.magnitude
    while size < 1_000, decimals < 6 { (size, decimals) = (size * 10, decimals + 1) }
    if size < 1, value != 0 { return DecimalText.shortest(value) }
    var text = DecimalText.fixed(value, decimals: decimals)
    while decimals > 0, text.last == "0" || text.last == "." {
      if text.removeLast() == "." { break }
    }
    return text
  }
}
