// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@testable import RenkeiFiles

/// Broken copies of good files: each gives a scenario or a report, never a trap.
@Suite struct RobustnessTests {
  private struct Generator {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// The bytes with a few spots overwritten, removed, doubled or cut off.
  private func damaged(_ bytes: [UInt8], _ generator: inout Generator) -> [UInt8] {
    let marks = Array("\n\t \"'#:,[]{}&*!|>-%$0e.\\\r~?".utf8) + [0, 0x80, 0xE3, 0xEF, 0xFF]
    var copy = bytes
    for _ in 0...generator.next(below: 4) where !copy.isEmpty {
      let spot = generator.next(below: copy.count)
      switch generator.next(below: 5) {
      case 0: copy[spot] = marks[generator.next(below: marks.count)]
      case 1: copy.insert(marks[generator.next(below: marks.count)], at: spot)
      case 2: copy.remove(at: spot)
      case 3:
        let end = min(copy.count, spot + generator.next(below: 40))
        copy.insert(contentsOf: copy[spot..<end], at: generator.next(below: copy.count))
      default: if generator.next(below: 10) == 0 { copy.removeLast(copy.count - spot) }
      }
    }
    return copy
  }

  @Test func survivesDamagedScenarios() {
    let text = ScenarioReadingTests.headline.replacing(
      "file: plans/list.csv", with: "list: [{plan_id: a, end_target_yen: 1e8, region: Kinki}]")
    var generator = Generator(state: 7)
    var refused = 0
    for _ in 0..<200 {
      let bytes = damaged(Array(text.utf8), &generator)
      do {
        _ = try ScenarioFile.load(bytes, source: "s.yaml")
      } catch let report as DiagnosticReport {
        refused += 1
        #expect(!report.errors.isEmpty)
      } catch {
        #expect(error is FileAccessError)
      }
    }
    #expect(refused > 80)
  }

  @Test func survivesDamagedPlanLists() {
    var generator = Generator(state: 11)
    var refused = 0
    for _ in 0..<1_000 {
      let diagnostics = DiagnosticCollector()
      let bytes = damaged(Array(ScenarioReadingTests.list.utf8), &generator)
      let list = PlanListReader.read(bytes, source: "p.csv", diagnostics: diagnostics)
      if diagnostics.hasErrors { refused += 1 } else { #expect(!list.rows.isEmpty) }
    }
    #expect(refused > 250)
  }
}
