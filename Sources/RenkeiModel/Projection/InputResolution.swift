// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions

/// Orders the named inputs and finds their possible values and means.
struct InputResolution {
  private let inputs: [NamedInput]
  private var indexByName: [String: Int] = [:]
  private var marks: [Mark]
  private var trail: [Int] = []
  private var order: [Int] = []

  private enum Mark {
    case unseen
    case open
    case done
  }

  private init(_ inputs: [NamedInput]) {
    self.inputs = inputs
    marks = inputs.map { _ in .unseen }
    for (index, input) in inputs.enumerated().reversed() { indexByName[input.name] = index }
  }

  /// The table of all inputs without problems; those on or behind a cycle are left out.
  ///
  /// Complexity: O(inputs + references).
  static func resolve(
    _ inputs: [NamedInput], _ correlations: ResolvedCorrelations?, _ problems: inout ProblemList
  ) -> InputTable {
    var resolution = InputResolution(inputs)
    for (index, input) in inputs.enumerated() where resolution.indexByName[input.name] != index {
      problems.error(
        "duplicate-name", at: input.quantity.location, key: "inputs.\(input.name)",
        "an input of this name is stated twice")
    }
    for index in inputs.indices { resolution.visit(index, &problems) }
    var table = InputTable(correlations: correlations)
    for index in resolution.order where resolution.indexByName[inputs[index].name] == index {
      let input = inputs[index]
      let quantity = input.quantity.value
      do {
        let bounds = try table.bounds(of: quantity)
        table.append(
          ResolvedInput(
            name: input.name, quantity: quantity, bounds: bounds,
            mean: table.mean(ofInput: input.name, quantity)))
        if !bounds.lowerBound.isFinite || !bounds.upperBound.isFinite {
          problems.error(
            "not-finite", at: input.quantity.location, key: "inputs.\(input.name)",
            "can be infinite or undefined", allowed: "a distribution with finite draws",
            suggestion: "limit it with truncate: [low, high]")
        }
      } catch {
        problems.report(error, key: "inputs.\(input.name)", at: input.quantity.location)
      }
    }
    return table
  }

  private mutating func visit(_ index: Int, _ problems: inout ProblemList) {
    switch marks[index] {
    case .done: return
    case .open:
      let start = trail.firstIndex(of: index) ?? 0
      let names = (trail[start...] + [index]).map { "$" + inputs[$0].name }
      problems.error(
        "input-cycle", at: inputs[index].quantity.location, key: "inputs.\(inputs[index].name)",
        "inputs read each other in a circle: " + names.joined(separator: " → "))
    case .unseen:
      marks[index] = .open
      trail.append(index)
      for name in inputs[index].quantity.value.inputNames {
        if let next = indexByName[name] { visit(next, &problems) }
      }
      trail.removeLast()
      marks[index] = .done
      order.append(index)
    }
  }
}

extension ProblemList {
  /// Reports why possible values cannot be told; an unknown input is reported where it is read.
  mutating func report(
    _ problem: InputTable.BoundsProblem, key: String?, at location: SourceLocation
  ) {
    guard case .notPositive(let part, let parameters, let inputs, let low) = problem else { return }
    error(
      "not-positive", at: location, key: key,
      "the \(part) (\(parameters.joined(separator: ", "))), read from \(Phrase.inputs(inputs)),"
        + " can fall to \(Phrase.number(low))",
      allowed: "above 0 on every draw",
      suggestion: "limit the distribution of \(Phrase.inputs(inputs)) with truncate: [low, high]")
  }
}
