// SPDX-License-Identifier: GPL-3.0-or-later

/// Parameters matched to one form of a family, checked one by one, defaults filled in.
package struct ResolvedParameters: Sendable {
  package let family: String
  package let form: [DistributionParameter]
  package let numbers: [String: Double]
  package let lists: [String: [Double]]
  package let components: [MixtureComponent]
  package let open: Set<String>

  /// The value of a parameter that the form holds.
  package subscript(_ name: String) -> Double {
    guard let value = numbers[name] else {
      preconditionFailure("\(family) reads parameter \(name), which this form does not fix")
    }
    return value
  }

  package func list(_ name: String) -> [Double] { lists[name] ?? [] }

  /// Whether the form that was chosen holds the parameter.
  package func has(_ name: String) -> Bool { form.contains { $0.name == name } }

  /// The parameter as a term: itself where open, its value where fixed.
  package func term(_ name: String) -> ParameterTerm {
    if open.contains(name) {
      return ParameterTerm(constant: 0, summands: [.init(parameter: name, weight: 1)])
    }
    return .constant(self[name])
  }

  package func error(
    _ parameter: String?, _ value: Double?, _ constraint: String, _ suggestion: String? = nil
  ) -> DistributionError {
    DistributionError(
      family: family, parameter: parameter, value: value, constraint: constraint,
      suggestion: suggestion)
  }

  /// Throws unless low < high, suggesting the plain number where they are equal.
  package func requireOrder(_ low: String, _ high: String) throws(DistributionError) {
    if self[low] == self[high] {
      throw error(
        high, self[high], "\(high) must be greater than \(low)",
        "write the plain number \(plain(self[low])) if the value is certain")
    }
    if self[low] > self[high] {
      throw error(high, self[high], "\(high) must be greater than \(low)")
    }
  }
}

extension DistributionFamily {
  /// Chooses the form that the given names fit and checks every value by itself.
  package func resolve(
    _ given: DistributionParameters, open: Set<String>, replaced: [String] = []
  ) throws(DistributionError) -> ResolvedParameters {
    var names = (Set(given.numbers.keys).union(given.lists.keys).union(open)).sorted()
      .filter { QuantilePoint.probability(key: $0) == nil }
    if !given.components.isEmpty { names.append(DistributionParameter.components.name) }
    let known = parameterForms.flatMap { $0.map(\.name) }
    if let stranger = names.first(where: { !known.contains($0) }) {
      throw error(
        stranger, nil, "\(name) has no parameter '\(stranger)'",
        DistributionError.didYouMean(stranger, among: known)
          ?? "its parameters are \(formsInWords)")
    }
    let forms = parameterForms.map { form in form.filter { !replaced.contains($0.name) } }
    guard
      let form = forms.first(where: { form in
        names.allSatisfy { name in form.contains { $0.name == name } }
          && form.allSatisfy { isGiven($0, in: names) }
      })
    else { throw formError(names, forms) }
    var numbers = given.numbers
    for parameter in form where !open.contains(parameter.name) {
      if [.list, .file, .components].contains(parameter.role) { continue }
      guard let value = numbers[parameter.name] else {
        if given.lists[parameter.name] != nil {
          throw error(parameter.name, nil, "\(parameter.name) must be one number, not a list")
        }
        numbers[parameter.name] = parameter.defaultValue
        continue
      }
      if !parameter.range.contains(value) { throw rangeError(parameter, value, numbers, form) }
    }
    return ResolvedParameters(
      family: name, form: form, numbers: numbers, lists: given.lists,
      components: given.components, open: open)
  }

  private func isGiven(_ parameter: DistributionParameter, in names: [String]) -> Bool {
    parameter.defaultValue != nil || names.contains(parameter.name)
  }

  private func formError(
    _ names: [String], _ forms: [[DistributionParameter]]
  ) -> DistributionError {
    let fitting = forms.first { form in
      names.allSatisfy { name in form.contains { $0.name == name } }
    }
    guard let fitting else {
      return error(
        nil, nil, "\(names.joined(separator: " and ")) do not go together",
        "its parameters are \(formsInWords)")
    }
    let missing = fitting.filter { !isGiven($0, in: names) }.map(\.name)
    return error(
      missing.first, nil, "\(missing.joined(separator: " and ")) must be given",
      forms.count > 1 ? "its parameters are \(formsInWords)" : nil)
  }

  private func rangeError(
    _ parameter: DistributionParameter, _ value: Double, _ numbers: [String: Double],
    _ form: [DistributionParameter]
  ) -> DistributionError {
    let text =
      parameter.range == .positiveShape && !(value > 0)
      ? ParameterRange.positive.text : parameter.range.text
    let constraint = "\(parameter.name) must be \(text)"
    guard value == 0, parameter.role == .scale,
      let center = form.first(where: { $0.role == .location && $0.name != parameter.name }),
      let number = numbers[center.name] ?? center.defaultValue
    else { return error(parameter.name, value, constraint) }
    let plainNumber = center.name.hasPrefix("log_") ? Reproducible.exp(number) : number
    return error(
      parameter.name, value, constraint,
      "write the plain number \(plain(plainNumber)) if the value is certain")
  }

  /// "median, log_sd or mean, sd": every form, optional parameters in brackets.
  package var formsInWords: String {
    parameterForms.map { form in
      form.map { $0.defaultValue == nil ? $0.name : "[\($0.name)]" }.joined(separator: ", ")
    }.joined(separator: " or ")
  }
}
