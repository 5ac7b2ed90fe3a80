// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// The reference pages in Markdown, made of the same declarations as the reader and the writers.
enum ScenarioReference {
  /// Keys, plan list columns, distributions and ramps.
  static var markdown: String {
    let sections: [(heading: String, text: String, table: MarkdownTable)] = [
      (
        "Keys of the scenario file",
        "Below a key stand the keys of its map. *Drawn* says how often a value is drawn if it is "
          + "uncertain.", keys
      ),
      (
        "Columns of the plan list",
        "An empty cell is not set. Every other column is kept for conditions, factors and groups.",
        columns
      ),
      (
        "Distributions",
        "Written `{family: {parameter: value}}`; `truncate: [low, high]` may stand beside the "
          + "parameters. Quantiles such as `p10` and `p90` may stand for the parameters named. "
          + "Parameters marked `$` may be named inputs.", distributions
      ),
      ("Ramps", "Written `{family: {coefficient: value}}`.", ramps),
    ]
    let lines = sections.flatMap { section in
      ["## " + section.heading, "", section.text, ""] + section.table.lines + [""]
    }
    return (["# Reference of the scenario file", ""] + lines).dropLast().joined(separator: "\n")
      + "\n"
  }

  /// Columns of every result file.
  static var resultMarkdown: String {
    // Rows do not matter: columns follow from the quantile levels alone.
    let result = SimulationResult(
      title: "", startYear: 1, horizonYears: 1, paths: 1, seed: 1,
      quantileLevels: ReportSettings.standardQuantileLevels, hasPlanQuantiles: true, arms: [])
    let files =
      ResultFile.allCases.map { ($0.fileName, $0.summary, $0.columns(result)) }
      + [
        (ConvergenceTable.fileName, ConvergenceTable.summary, ConvergenceTable.descriptions),
        (SensitivityTable.fileName, SensitivityTable.summary, SensitivityTable.descriptions),
      ]
    var lines = ["# Reference of the result files", ""]
    for (fileName, summary, columns) in files {
      var table = MarkdownTable(["column", "unit", "key", "meaning"])
      for column in columns {
        table.add([code(column.name), column.unit, column.isKey ? "yes" : "", column.meaning])
      }
      lines +=
        ["## " + fileName, "", capitalised(summary) + ".", ""] + table.lines + [""]
    }
    return lines.dropLast().joined(separator: "\n") + "\n"
  }

  private static var keys: MarkdownTable {
    var table = MarkdownTable(
      ["key", "kind", "unit", "range", "drawn per", "default", "meaning"])
    for key in KeyReference.all {
      table.add([
        code(key.path), key.kind, key.unit, key.allowed, key.level, key.standard, key.meaning,
      ])
    }
    return table
  }

  private static var columns: MarkdownTable {
    var table = MarkdownTable(["column", "kind", "unit", "range", "default", "meaning"])
    for column in KeyReference.planColumns {
      table.add([
        code(column.path), column.kind, column.unit, column.allowed, column.standard,
        column.meaning,
      ])
    }
    return table
  }

  private static var distributions: MarkdownTable {
    var table = MarkdownTable(["family", "parameters", "quantiles", "meaning"])
    for family in DistributionRegistry.families {
      let forms = family.parameterForms.map { form in
        form.map { text(of: $0, isOpen: family.locationScale != nil) }.joined(separator: ", ")
      }
      let quantiles = family.quantiles.map { quantiles in
        (quantiles.count == 1 ? "one" : "two") + " for "
          + quantiles.replaces.joined(separator: ", ")
      }
      table.add([
        code(family.name), forms.joined(separator: " *or* "), quantiles ?? "", family.summary,
      ])
    }
    return table
  }

  private static func text(of parameter: DistributionParameter, isOpen: Bool) -> String {
    let isUncertain = isOpen && (parameter.role == .location || parameter.role == .scale)
    var notes: [String] = []
    switch parameter.role {
    case .list: notes.append("a list of numbers")
    case .file: notes.append("path of a file with one number a line")
    case .components: notes.append("`[{weight: …, of: {…}}, …]`")
    case .location, .scale, .shape:
      if parameter.range != .anyNumber { notes.append(parameter.range.text) }
    }
    if let standard = parameter.defaultValue { notes.append("default \(plain(standard))") }
    return code(parameter.name) + (isUncertain ? "$" : "")
      + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
  }

  private static var ramps: MarkdownTable {
    var table = MarkdownTable(["ramp", "coefficients", "meaning"])
    table.add([code("linear"), "", "the same growth every year; written as the bare word"])
    for family in RampFamily.all {
      let parameters = family.parameters.map { "\(code($0.name)) (\($0.range))" }
      table.add([code(family.name), parameters.joined(separator: ", "), family.summary])
    }
    table.add([
      code("custom"), "a list of shares",
      "shares at equally spaced points of the period, the last at its end",
    ])
    return table
  }

  private static func code(_ text: String) -> String { "`\(text)`" }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
