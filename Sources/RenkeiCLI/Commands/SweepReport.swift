// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// A sweep as a file and as a table for people.
struct SweepReport {
  private let grid: SweepGrid
  private let rows: [SweepRow]

  init(_ grid: SweepGrid, _ rows: [SweepRow]) {
    self.grid = grid
    self.rows = rows
  }

  /// Every figure: `sweep.csv`.
  var document: CSVDocument {
    // A column has one type: numbers, or texts as they were stated.
    let columns: [[ResultCell]] = grid.axes.map { axis in
      axis.numbers.map { $0.map { .number($0) } } ?? axis.values.map { .text($0) }
    }
    return CSVDocument(
      fileName: "sweep.csv",
      header: ["point"] + grid.axes.map(\.key)
        + ["arm", "metric", "year", "value", "standard_error", "ci95_low", "ci95_high"],
      rows: rows.map { row in
        let places = grid.points[row.point - 1].places
        let numbers = [
          row.figure.value, row.figure.standardError, row.figure.interval?.lowerBound,
          row.figure.interval?.upperBound,
        ]
        return [.integer(row.point)] + zip(columns, places).map { $0[$1] }
          + [.text(row.arm), .text(row.name), row.year.map { .integer($0) } ?? .empty]
          + numbers.map { number in number.map { .number($0) } ?? .empty }
      })
  }

  /// A line for each point and arm: the goal, the total over the horizon, and what the value changed.
  var text: String {
    let arms = Set(rows.map(\.arm)).count > 1
    let hasGoal = rows.contains { $0.metric == .goalProbability }
    let hasNet = rows.contains { $0.metric == .publicCost(.net) }
    var columns: [(title: String, cell: (Line) -> String)] = []
    for (index, axis) in grid.axes.enumerated() {
      let values = DisplayWidth.elided(axis.values.map(DisplayWidth.printable), to: 40)
      columns.append(
        (
          DisplayWidth.printable(axis.key),
          { line in values[grid.points[line.point - 1].places[index]] }
        ))
    }
    if arms { columns.append(("arm", { DisplayWidth.printable($0.arm) })) }
    if hasGoal {
      columns.append(("P(goal)", { $0.percent(.goalProbability) }))
      columns.append(("95% interval", { $0.percentInterval(.goalProbability) }))
      columns.append(("vs first", { $0.percentChange(.goalProbability) }))
    }
    let mean = SweepMetric.revenue(.cumulative, .mean)
    columns.append(("mean total", { $0.amount(mean) }))
    columns.append(("± 95%", { $0.amountError(mean) }))
    columns.append(("vs first", { $0.amountChange(mean) }))
    columns.append(("5%", { $0.amount(.revenue(.cumulative, .quantile(0.05))) }))
    columns.append(("95%", { $0.amount(.revenue(.cumulative, .quantile(0.95))) }))
    if hasNet { columns.append(("net public cost", { $0.amount(.publicCost(.net)) })) }
    let texts = grid.axes.count + (arms ? 1 : 0)
    var table = TextTable(
      columns.indices.map { index in
        let isNumber = index < grid.axes.count && grid.axes[index].numbers != nil
        return index < texts && !isNumber ? .left : .right
      })
    table.add(columns.map(\.title))
    for line in lines { table.add(columns.map { $0.cell(line) }) }
    return table.lines().joined(separator: "\n")
  }

  /// What the table needs of the rows, by point and arm.
  private var lines: [Line] {
    var lines: [Line] = []
    for row in rows {
      if lines.last?.point != row.point || lines.last?.arm != row.arm {
        lines.append(Line(point: row.point, arm: row.arm))
      }
      lines[lines.count - 1].add(row)
    }
    return lines
  }
}

extension SweepReport {
  /// One line of the table.
  private struct Line {
    let point: Int
    let arm: String
    private var figures: [SweepMetric: SweptFigure] = [:]
    private var changes: [SweepMetric: SweptFigure] = [:]

    init(point: Int, arm: String) {
      self.point = point
      self.arm = arm
    }

    /// The last year of a metric stays.
    mutating func add(_ row: SweepRow) {
      switch row.comparison {
      case .none: figures[row.metric] = row.figure
      case .first: changes[row.metric] = row.figure
      case .baseline: break
      }
    }

    func percent(_ metric: SweepMetric) -> String {
      figures[metric].map { DecimalText.percent($0.value) } ?? ""
    }

    /// Both ends: the interval of a probability is no wider on one side for being ± on the other.
    func percentInterval(_ metric: SweepMetric) -> String {
      figures[metric]?.interval.map { DecimalText.percents($0).joined(separator: " to ") } ?? ""
    }

    func percentChange(_ metric: SweepMetric) -> String {
      changes[metric].map {
        Self.signed($0.value, DecimalText.fixed(100 * $0.value, decimals: 2) + " points")
      } ?? ""
    }

    func amount(_ metric: SweepMetric) -> String {
      figures[metric].map { AmountText.western($0.value) } ?? ""
    }

    func amountError(_ metric: SweepMetric) -> String {
      halfWidth(figures[metric]).map { AmountText.western($0) } ?? ""
    }

    func amountChange(_ metric: SweepMetric) -> String {
      changes[metric].map { Self.signed($0.value, AmountText.western($0.value)) } ?? ""
    }

    private func halfWidth(_ figure: SweptFigure?) -> Double? {
      figure?.interval.map { ($0.upperBound - $0.lowerBound) / 2 }
    }

    private static func signed(_ value: Double, _ text: String) -> String {
      value > 0 ? "+" + text : text
    }
  }
}

extension SweepRow {
  /// The metric as sweep.csv names it.
  fileprivate var name: String {
    switch comparison {
    case .none: metric.name
    case .baseline: "vs_baseline_" + metric.name
    case .first: "vs_first_" + metric.name
    }
  }
}

extension SweepMetric {
  fileprivate var name: String {
    switch self {
    case .goalProbability: "goal_probability"
    case .meanGap: "mean_gap_to_goal_yen"
    case .revenue(let measure, .mean): "\(measure.rawValue)_mean_yen"
    case .revenue(let measure, .standardDeviation): "\(measure.rawValue)_standard_deviation_yen"
    case .revenue(let measure, .quantile(let level)):
      "\(measure.rawValue)_\(DecimalText.quantileColumn(level: level))"
    case .publicCost(let component): "\(component.rawValue)_public_cost_yen"
    case .costPerExtraYen: "cost_per_extra_yen"
    }
  }
}
