// SPDX-License-Identifier: GPL-3.0-or-later

/// Observed values, each as likely as the others: a discrete distribution, drawn as it is, without
/// smoothing between the values.
package enum EmpiricalFamily {
  package static let family = DistributionFamily(
    name: "empirical", summary: "observed values, each as likely as the others",
    parameterForms: [
      [DistributionParameter("values", .list)], [DistributionParameter("file", .file)],
    ],
    build: { given throws(DistributionError) in
      let name = given.has("file") ? "file" : "values"
      let values = given.list(name)
      let noun = name == "file" ? "the file" : "values"
      if values.isEmpty { throw given.error(name, nil, "\(noun) must hold a list of numbers") }
      if let value = values.first(where: { !$0.isFinite }) {
        throw given.error(name, value, "\(noun) must hold finite numbers")
      }
      let result = DiscreteDistribution(
        familyName: "empirical", merging: values.map { (value: $0, weight: 1) })
      if result.values.count == 1 {
        throw given.error(
          name, nil, "\(noun) must hold at least two different numbers",
          "write the plain number \(plain(values[0]))")
      }
      return result
    })
}
