// SPDX-License-Identifier: GPL-3.0-or-later

extension PlanList {
  /// Makes the list as long as asked for, with plans like those that it holds.
  ///
  /// A list of N plans is taken as often as it goes into `count`, each copy of a plan with a number
  /// behind its id (`P-1#2`) and so with draws of its own; what then is missing are the plans, or
  /// further copies of them, that come first by a hash of their ids. A larger number thus keeps every
  /// plan of a smaller one, the plans chosen are a cross-section of the list, and the list's order
  /// changes nothing but the order of the rows.
  ///
  /// - Parameter count: at least 1; an empty list stays empty.
  /// - Complexity: O(count + N log N).
  public mutating func resize(to count: Int) {
    precondition(count >= 1, "a list of no plans")
    guard !rows.isEmpty, count != rows.count else { return }
    // A part of distinct plans is distinct; an id that ends like a copy's might be one.
    let isDistinct = hasDistinctIDs && count < rows.count
    let whole = count / rows.count
    let chosen = Set(
      rows.indices.sorted { a, b in
        let (hashA, hashB) = (Self.hash(rows[a].id), Self.hash(rows[b].id))
        return hashA == hashB
          ? rows[a].id.utf8.lexicographicallyPrecedes(rows[b].id.utf8) : hashA < hashB
      }.prefix(count % rows.count))
    var plans: [PlanRow] = []
    plans.reserveCapacity(count)
    for copy in 1...(whole + 1) {
      for (index, row) in rows.enumerated() where copy <= whole || chosen.contains(index) {
        var plan = row
        if copy > 1 { plan.id += "#\(copy)" }
        plans.append(plan)
      }
    }
    rows = plans
    hasDistinctIDs = isDistinct
  }

  /// FNV-1a over the bytes, its bits mixed so that ids that differ in their last digit scatter.
  private static func hash(_ id: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }
}
