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
    get {
      for entry in entries where entry.input == input { return entry.value }
      return nil
    }
    set {
      let index = entries.firstIndex { $0.input == input }
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

  /// Whether all that is stated meets `condition`.
  func allSatisfy(_ condition: (PlanInput, Stated<Quantity>) -> Bool) -> Bool {
    entries.allSatisfy { condition($0.input, $0.value) }
  }
}
