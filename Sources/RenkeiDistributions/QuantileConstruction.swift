// SPDX-License-Identifier: GPL-3.0-or-later

/// How the quantiles `p10`, `p90`, … stand for parameters of a family.
package struct QuantileConstruction: Sendable {
  /// Parameters that the quantiles replace.
  package let replaces: [String]

  /// How many quantiles are needed.
  package let count: Int

  /// Makes the member through the points, ascending in probability and in value.
  package let build:
    @Sendable ([QuantilePoint], ResolvedParameters) throws(DistributionError) ->
      any UnivariateDistribution

  package init(
    replaces: [String], count: Int = 2,
    build:
      @escaping @Sendable ([QuantilePoint], ResolvedParameters) throws(DistributionError) ->
      any UnivariateDistribution
  ) {
    self.replaces = replaces
    self.count = count
    self.build = build
  }
}

extension DistributionFamily {
  func makeFromQuantiles(
    _ unsorted: [QuantilePoint], _ parameters: DistributionParameters
  ) throws(DistributionError) -> any UnivariateDistribution {
    guard let quantiles else {
      throw error(
        unsorted[0].name, nil, "\(name) cannot be made from quantiles",
        "its parameters are \(formsInWords)")
    }
    let points = unsorted.sorted { $0.probability < $1.probability }
    for point in points {
      if !(point.probability > 0 && point.probability < 1) {
        throw error(point.name, nil, "\(point.name) must lie between p0 and p100, both excluded")
      }
      if !point.value.isFinite {
        throw error(point.name, point.value, "\(point.name) must be a finite number")
      }
    }
    if let key = quantiles.replaces.first(where: { parameters.numbers[$0] != nil }) {
      throw error(
        key, nil,
        "\(key) may not stand beside quantiles, which replace "
          + quantiles.replaces.joined(separator: " and "))
    }
    let needed = quantiles.count
    guard points.count == needed else {
      throw error(
        nil, nil,
        "\(name) needs exactly \(needed == 1 ? "one quantile" : "two quantiles"), "
          + "not \(points.count)")
    }
    for (low, high) in zip(points, points.dropFirst()) {
      if low.probability == high.probability {
        throw error(high.name, nil, "\(low.name) and \(high.name) are the same quantile")
      }
      if low.value == high.value {
        throw error(
          high.name, high.value, "\(high.name) must be greater than \(low.name)",
          "write the plain number \(plain(low.value)) if the value is certain")
      }
      if low.value > high.value {
        throw error(high.name, high.value, "\(high.name) must be greater than \(low.name)")
      }
    }
    let rest = try resolve(parameters, open: [], replaced: quantiles.replaces)
    return try quantiles.build(points, rest)
  }
}

extension [QuantilePoint] {
  /// Location and scale of the line x = location + scale·y through two points with standard
  /// quantiles y.
  package func line(
    _ standard: (QuantilePoint) -> Double, value: (QuantilePoint) -> Double = { $0.value }
  ) -> (location: Double, scale: Double) {
    let (y1, y2) = (standard(self[0]), standard(self[1]))
    let (x1, x2) = (value(self[0]), value(self[1]))
    let scale = (x2 - x1) / (y2 - y1)
    return (x1.addingProduct(-scale, y1), scale)
  }

  /// Throws unless every value is greater than 0.
  package func requirePositive(_ rest: ResolvedParameters) throws(DistributionError) {
    for point in self where !(point.value > 0) {
      throw rest.error(point.name, point.value, "\(point.name) must be greater than 0")
    }
  }
}
