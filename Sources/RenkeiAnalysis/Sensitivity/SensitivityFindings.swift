// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import RenkeiStatistics

/// Collects the rows of a sensitivity analysis while its runs come in.
struct SensitivityFindings {
  private let model: ProjectionModel
  private let figures: [SensitivityFigure]
  private let a: [[Double]]
  private let b: [[Double]]
  /// By figure.
  private let indices: [SobolIndices?]
  /// Totals of the first sample by arm.
  private let ranks: [RankedColumn]
  /// By figure, in the order of the inputs.
  private var rows: [[SensitivityRow]]
  private var swings: [[SensitivitySwing]]

  /// - Parameters:
  ///   - a: totals of the first sample by arm, then path.
  ///   - b: those of the second.
  init(model: ProjectionModel, a: [[Double]], b: [[Double]]) {
    self.model = model
    (self.a, self.b) = (a, b)
    let hasVariance = model.plans.allSatisfy(\.hasFiniteVariance)
    figures = model.arms.indices.flatMap { arm -> [SensitivityFigure] in
      let total = SensitivityFigure(
        arm: arm, metric: .cumulativeRevenue, goalYen: nil, hasVariance: hasVariance)
      guard let goal = model.goalYen else { return [total] }
      return [
        total,
        SensitivityFigure(
          arm: arm, metric: .goalProbability, goalYen: goal, hasVariance: true),
      ]
    }
    indices = figures.map { $0.indices(a, b) }
    ranks = a.map { RankedColumn($0) }
    rows = figures.map { _ in [] }
    swings = figures.map { _ in [] }
  }

  /// Arms with nothing changed, from both samples.
  var arms: [SensitivityResult.Arm] {
    model.arms.indices.map { arm in
      let totals = a[arm] + b[arm]
      let total = figures.first { $0.arm == arm && $0.metric == .cumulativeRevenue }
      let mean = total?.mean(totals)
      return SensitivityResult.Arm(
        name: model.arms[arm].name, meanYen: mean?.value ?? 0,
        standardErrorYen: mean?.standardError,
        goal: model.goalYen.map { goal in
          Proportion(hits: totals.count { $0 >= goal }, trials: totals.count)
        })
    }
  }

  /// Adds the shares of the variance.
  ///
  /// - Parameter totals: of the first sample with the input of the second.
  mutating func addShares(of input: SensitivityInput, _ totals: [[Double]]) {
    for (place, figure) in figures.enumerated() {
      let column = figure.column(totals)
      let shares = [
        (SensitivityMethod.sobolFirst, indices[place]?.firstOrder(column)),
        (.sobolTotal, indices[place]?.total(column)),
      ]
      for (method, index) in shares {
        let interval = index?.interval95
        add(
          place, input, method, value: index?.value, standardError: index?.standardError,
          interval95: interval.map { $0.low...$0.high })
      }
    }
  }

  /// Adds the rank correlation of a number with the total.
  ///
  /// - Parameter values: of the number, by path of the first sample.
  mutating func addCorrelation(of input: SensitivityInput, _ values: [Double]) {
    let own = RankedColumn(values)
    for (place, figure) in figures.enumerated() where figure.metric == .cumulativeRevenue {
      let correlation = RankCorrelation(own, ranks[figure.arm])
      add(
        place, input, .spearman, value: correlation?.value,
        standardError: correlation?.standardError, interval95: correlation?.interval95)
    }
  }

  /// Adds what comes out with a number held.
  ///
  /// - Parameters:
  ///   - values: the low and the high one.
  ///   - totals: with each of them.
  mutating func addEnds(of input: SensitivityInput, values: [Double], totals: [[[Double]]]) {
    for (place, figure) in figures.enumerated() {
      let columns = totals.map { figure.column($0) }
      for (method, end) in zip([SensitivityMethod.tornadoLow, .tornadoHigh], values.indices) {
        let mean = figure.mean(columns[end])
        add(
          place, input, method, inputValue: values[end], value: mean.value,
          standardError: mean.standardError, interval95: mean.interval95)
      }
      let difference = figure.difference(columns[1], columns[0])
      swings[place].append(
        SensitivitySwing(
          arm: model.arms[figure.arm].name, metric: figure.metric, input: input.name,
          difference: difference.value, standardError: difference.standardError))
    }
  }

  private mutating func add(
    _ place: Int, _ input: SensitivityInput, _ method: SensitivityMethod,
    inputValue: Double? = nil, value: Double?, standardError: Double?,
    interval95: ClosedRange<Double>?
  ) {
    rows[place].append(
      SensitivityRow(
        arm: model.arms[figures[place].arm].name, metric: figures[place].metric,
        input: input.name, level: input.level, method: method, inputValue: inputValue,
        value: value, standardError: standardError, interval95: interval95))
  }

  var orderedSwings: [SensitivitySwing] { swings.flatMap { $0 } }

  /// The rows by arm, metric, input and method, each with its rank.
  var rankedRows: [SensitivityRow] {
    figures.indices.flatMap { place -> [SensitivityRow] in
      var ranked = rows[place]
      for methods: [SensitivityMethod] in [
        [.tornadoLow, .tornadoHigh], [.spearman], [.sobolFirst], [.sobolTotal],
      ] {
        let names = order(place, methods)
        for row in ranked.indices where methods.contains(ranked[row].method) {
          ranked[row].rank = names.firstIndex(of: ranked[row].input).map { $0 + 1 }
        }
      }
      return ranked
    }
  }

  /// Inputs by falling importance; those that are equally important in their own order.
  private func order(_ place: Int, _ methods: [SensitivityMethod]) -> [String] {
    let sizes: [(name: String, size: Double)] =
      methods.contains(.tornadoLow)
      ? swings[place].map { ($0.input, $0.difference.magnitude) }
      : rows[place].filter { methods.contains($0.method) }.compactMap { row in
        row.value.map { (row.input, row.method == .spearman ? $0.magnitude : $0) }
      }
    return sizes.enumerated().sorted { a, b in
      a.element.size == b.element.size
        ? a.offset < b.offset : a.element.size > b.element.size
    }.map(\.element.name)
  }
}
