// SPDX-License-Identifier: GPL-3.0-or-later
import Testing
import Yams

@testable import RenkeiFiles

@Suite struct YAMLScreenTests {
  @Test(arguments: [
    "a: R&D *star !now\n", "a: \"&x *y !z\"\n", "a: '&x''*y'\n", "# &x *y !z\na: 1\n",
    "a: 1 # *x\n", "a: |\n  &x\n  *y\n\n  !z\nb: 1\n", "a: >-\n  ---\n  *y\nb: 1\n",
    "- |\n &x\n- b\n", "{a: b&c, d: 'x'}\n", "---\na: 1\n", "a:\n  - - b\n    - c\n  - d\n",
    "a: 5%\n", "{\n\t\"a\": 1\n}\n",
  ]) func passesWhatIsAllowed(_ text: String) {
    let diagnostics = DiagnosticCollector()
    YAMLScreen.check(text, source: "s.yaml", diagnostics: diagnostics)
    #expect(diagnostics.finished().isEmpty)
  }

  /// Whatever the screen lets through must hold no anchor for the parser and no deep nesting.
  ///
  /// Random texts of the characters that mean something to YAML.
  @Test func neverMissesAnAnchor() {
    let palette = [
      "&a ", "&b x", "*a", "!t", "\"", "'", "#", " ", " ", "\n", "\n", "  ", ":", ": ", "- ", "-",
      "[", "]",
      "{", "}", ", ", "|", ">", "|-\n ", "? ", "x", "\\", "\n---\n", "\t", "\r", "y: ",
    ]
    var state: UInt64 = 42
    var anchored = 0
    var screened = 0
    for _ in 0..<15_000 {
      var text = ""
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += palette[Int(state >> 33) % palette.count]
      }
      guard let parser = try? Parser(yaml: text, encoding: .utf8),
        let root = try? parser.singleRoot(), Self.holdsAnchor(root)
      else { continue }
      anchored += 1
      let diagnostics = DiagnosticCollector()
      YAMLScreen.check(text, source: "s.yaml", diagnostics: diagnostics)
      if diagnostics.hasErrors {
        screened += 1
      } else {
        Issue.record("missed an anchor in \(text.debugDescription)")
      }
      withExtendedLifetime(parser) {}
    }
    #expect(screened == anchored)
    #expect(anchored > 250)
  }

  private static func holdsAnchor(_ node: Node) -> Bool {
    switch node {
    case .scalar(let scalar): scalar.anchor != nil
    case .sequence(let list): list.anchor != nil || list.contains { holdsAnchor($0) }
    case .mapping(let map):
      map.anchor != nil || map.contains { holdsAnchor($0.key) || holdsAnchor($0.value) }
    case .alias: true
    }
  }
}
