// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// What every declaration of a key owes to messages and reference pages.
@Suite struct ScenarioKeysTests {
  /// Every declared key with its dotted path.
  static var all: [(path: String, key: ScenarioKey)] {
    func below(_ keys: [ScenarioKey], _ prefix: String) -> [(String, ScenarioKey)] {
      keys.flatMap { key in
        [(prefix + key.name, key)] + below(key.children, prefix + key.name + ".")
      }
    }
    return below(ScenarioKeys.root, "").map { (path: $0.0, key: $0.1) }
  }

  @Test func pathsAreDistinctAndDescribed() {
    let all = Self.all
    #expect(Set(all.map(\.path)).count == all.count)
    for (path, key) in all {
      #expect(!key.summary.isEmpty && !key.summary.hasSuffix("."), "\(path)")
      #expect(
        key.name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }, "\(path)")
    }
  }

  @Test func everyPlanInputHasAKeyAndAColumn() {
    let paths = Self.all.map(\.path)
    for input in PlanInput.allCases {
      let place = input.supportPath.map { "support." + $0 } ?? "plans.defaults.\(input.rawValue)"
      #expect(paths.contains(place))
      #expect(paths.contains("plans.segments.set.\(input.rawValue)"))
      #expect(paths.contains("plans.segments.multiply.\(input.rawValue)"))
      #expect(PlanColumns.known.contains(input.rawValue))
      #expect(PlanColumns.role(of: input.rawValue) == .input(input))
    }
  }

  @Test func everySupportTermHasAKey() {
    let paths = Self.all.map(\.path)
    for path in SupportTerm.allCases.map(\.path) + SupportChoice.allCases.map(\.path) {
      #expect(paths.filter { $0 == "support." + path }.count == 1, "\(path)")
    }
  }

  /// A slip in any key is reported with the key that was meant.
  @Test func everyRootKeyIsSuggestedForASlip() {
    for key in ScenarioKeys.root where !key.isRequired {
      let slip = key.name + "s_"
      let lines = problems(BadInput.valid + "\(slip): 1\n")
      #expect(
        lines == ["s.yaml:3:1: error: \(slip): the key is not known (did you mean '\(key.name)'?)"])
    }
  }
}
