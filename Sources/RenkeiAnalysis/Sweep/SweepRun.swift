// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// What is known of one point before anything is simulated.
struct SweptPoint: Sendable {
  let point: SweepGrid.Point
  let goalYen: Double?
  let quantileLevels: [Double]
  let arms: [ResolvedArm]
  /// Nil where the scenario describes no support.
  let baselineArm: String?
  let calibratedArm: String?
  let sampling: SamplingDesign
}

/// Points that one simulation answers: those that differ in the goal alone, and those that differ in
/// the terms of some arms, which then run beside each other.
package struct SweepRun: Sendable {
  /// A point of the run.
  struct Member: Sendable {
    let point: SweptPoint
    /// For each arm of the point its place among ``SweepRun/arms``.
    let arms: [Int]
  }

  /// Most arms that run beside each other.
  static let mostArms = 32

  /// Every arm that is simulated, each under a name of its own.
  private(set) var arms: [ResolvedArm] = []
  private(set) var members: [Member] = []
  /// What each arm was stated as, by place.
  private var statements: [[String]] = []

  /// Puts every point into a run, in as few runs as possible.
  static func runs(of points: [SweptPoint], axes: [SweepAxis]) -> [SweepRun] {
    var runs: [SweepRun] = []
    var open: [[String]: Int] = [:]
    for point in points {
      let keys = SweepSharing(point, axes: axes)
      if let index = open[keys.simulation], runs[index].admit(point, keys) { continue }
      var run = SweepRun()
      _ = run.admit(point, keys)
      open[keys.simulation] = runs.count
      runs.append(run)
    }
    return runs
  }

  /// Takes a point in; false where its arms would be too many.
  private mutating func admit(_ point: SweptPoint, _ keys: SweepSharing) -> Bool {
    let stated = point.arms.map { keys.statement(of: $0.name) }
    let added = stated.count { !statements.contains($0) }
    guard arms.isEmpty || arms.count + added <= Self.mostArms else { return false }
    var places: [Int] = []
    for (arm, statement) in zip(point.arms, stated) {
      if let known = statements.firstIndex(of: statement) {
        places.append(known)
        continue
      }
      places.append(arms.count)
      arms.append(arms.contains { $0.name == arm.name } ? arm.renamed(freeName(arm)) : arm)
      statements.append(statement)
    }
    members.append(Member(point: point, arms: places))
    return true
  }

  private func freeName(_ arm: ResolvedArm) -> String {
    var number = 2
    while arms.contains(where: { $0.name == "\(arm.name) (\(number))" }) { number += 1 }
    return "\(arm.name) (\(number))"
  }
}

/// Which of a point's values a simulation depends on.
private struct SweepSharing {
  /// Equal for points that one simulation can answer.
  let simulation: [String]
  private let values: [(names: [Substring], text: String)]

  init(_ point: SweptPoint, axes: [SweepAxis]) {
    let values = zip(axes, point.point.places).map { axis, place in
      (names: axis.key.split(separator: "."), text: axis.values[place])
    }
    self.values = values
    simulation =
      values.map { names, text in
        Self.isOutside(names) || Self.isArm(names, point) ? "" : text
      } + [point.baselineArm ?? "", point.calibratedArm ?? ""]
  }

  /// What an arm is stated as at the point: its name and the values that change it.
  func statement(of arm: String) -> [String] {
    [arm]
      + values.map { names, text in
        names.count > 1 && names[0] == "arms" && names[1] == arm ? text : ""
      }
  }

  /// Keys that say what is read from a simulation.
  private static func isOutside(_ names: [Substring]) -> Bool {
    ["goal", "report", "title"].contains(names[0])
  }

  /// Whether a key concerns one arm that the plans' inputs and the other arms do not depend on. With
  /// a sampling design the numbers that arms draw have dimensions in common, so that arms cannot be
  /// put beside each other without changing each other's draws.
  private static func isArm(_ names: [Substring], _ point: SweptPoint) -> Bool {
    guard names.count > 1, names[0] == "arms", point.sampling == .random else { return false }
    return names[1] != point.baselineArm ?? "" && names[1] != point.calibratedArm ?? ""
      && point.arms.contains { $0.name == names[1] }
  }
}
