// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// A source of uncertainty as it is asked about.
package struct SensitivityInput: Sendable, Equatable {
  package let name: String
  package let level: DrawLevel
  /// What is drawn afresh to see its share of the variance; empty for one of several correlated
  /// inputs, which have a share together only.
  package let groups: [DrawGroup]
  /// Where the input is one number of a path, that number.
  package let number: DrawGroup?

  /// Everything that is drawn, in its order. Correlated named inputs are joined before the first of
  /// them.
  ///
  /// - Parameters:
  ///   - groups: what is drawn.
  ///   - numbers: those of them that are one number of a path.
  /// - Complexity: O(groups²).
  package static func all(
    _ groups: [DrawGroup], numbers: [DrawGroup], correlations: ResolvedCorrelations?
  ) -> [SensitivityInput] {
    var inputs: [SensitivityInput] = []
    var joined: Set<DrawGroup> = []
    for group in groups {
      let cluster = cluster(of: group, among: groups, correlations)
      if cluster.count > 1, joined.insert(group).inserted {
        joined.formUnion(cluster)
        inputs.append(
          SensitivityInput(
            name: cluster.map(\.name).joined(separator: "+"), level: group.level, groups: cluster,
            number: nil))
      }
      inputs.append(
        SensitivityInput(
          name: group.name, level: group.level, groups: cluster.count > 1 ? [] : [group],
          number: numbers.contains(group) ? group : nil))
    }
    return inputs
  }

  /// The group and all that is correlated with it, directly or through others, in their order.
  private static func cluster(
    of group: DrawGroup, among groups: [DrawGroup], _ correlations: ResolvedCorrelations?
  ) -> [DrawGroup] {
    guard let correlations else { return [group] }
    var members = [group]
    var next = 0
    while next < members.count {
      for other in groups where !members.contains(other) {
        if let a = members[next].inputName, let b = other.inputName,
          correlations.areCorrelated(a, b)
        {
          members.append(other)
        }
      }
      next += 1
    }
    return groups.filter(members.contains)
  }
}
