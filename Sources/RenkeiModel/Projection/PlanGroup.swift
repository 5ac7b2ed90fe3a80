// SPDX-License-Identifier: GPL-3.0-or-later

/// What holds for all plans that meet the conditions of the same segments, apart from what their
/// own rows state: resolved for the first of them, found again by the others.
final class PlanGroup {
  struct Known {
    /// Nil where the input has no usable value, which has been reported.
    let quantity: ResolvedQuantity?
  }

  /// Indices of the segments.
  let matches: [Int]
  /// Money of plans that state none of it themselves.
  var finance: PlanFinance?
  /// Failure probabilities by plan year, by the number of years that are simulated.
  var failureByYears: [Int: [Quantity]] = [:]
  private var inputs = [Known?](repeating: nil, count: PlanInput.allCases.count)

  init(matches: [Int]) {
    self.matches = matches
  }

  /// An input; nil where it has not been resolved yet.
  func known(_ input: PlanInput) -> Known? { inputs[input.ordinal] }

  /// Keeps what was resolved for an input.
  func note(_ quantity: ResolvedQuantity?, for input: PlanInput) {
    inputs[input.ordinal] = Known(quantity: quantity)
  }
}

/// The groups of one plan list.
struct PlanGroups {
  private var groups: [[Int]: PlanGroup] = [:]
  /// The group asked for last: neighbours in a list often are of one group.
  private var last: PlanGroup?

  mutating func group(of matches: [Int]) -> PlanGroup {
    if let last, last.matches == matches { return last }
    let group = groups[matches] ?? PlanGroup(matches: matches)
    groups[matches] = group
    last = group
    return group
  }
}
