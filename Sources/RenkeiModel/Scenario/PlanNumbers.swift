// SPDX-License-Identifier: GPL-3.0-or-later

/// The numeric inputs that one place states; what is missing is "not set", not zero.
///
/// A few entries side by side: lists of a million plans hold one of these for each plan.
public struct PlanNumbers: Sendable {
  private var entries: [(input: PlanInput, value: Stated<Quantity>)] = []

  public init() {}

  /// What is stated for an input, nil where nothing is.
  ///
  /// Complexity: O(inputs stated).
  public subscript(_ input: PlanInput) -> Stated<Quantity>? {
    get { index(of: input).map { entries[$0].value } }
    set {
      let index = index(of: input)
      if let newValue {
        if let index { entries[index].value = newValue } else { entries.append((input, newValue)) }
      } else if let index {
        entries.remove(at: index)
      }
    }
  }

  /// The inputs that are stated, in the order of reading.
  public var keys: [PlanInput] { entries.map(\.input) }

  public var isEmpty: Bool { entries.isEmpty }

  package mutating func reserveCapacity(_ count: Int) { entries.reserveCapacity(count) }

  func states(_ input: PlanInput) -> Bool { index(of: input) != nil }

  /// The fixed number that is stated for an input; nil where nothing or no fixed number is.
  func fixed(_ input: PlanInput) -> (value: Double, location: SourceLocation)? {
    guard let index = index(of: input), case .constant(let value) = entries[index].value.value
    else { return nil }
    return (value, entries[index].value.location)
  }

  /// Whether only fixed numbers are stated, each as its declaration allows.
  var areFixedAndAdmitted: Bool {
    for index in entries.indices {
      guard case .constant(let value) = entries[index].value.value,
        entries[index].input.admits(value)
      else { return false }
    }
    return true
  }

  private func index(of input: PlanInput) -> Int? {
    for index in entries.indices where entries[index].input == input { return index }
    return nil
  }
}
