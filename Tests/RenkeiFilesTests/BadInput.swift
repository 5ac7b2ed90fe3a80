// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

/// A text that cannot be used, with everything that is reported about it, less the file's name.
struct BadInput: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let problems: [String]

  init(_ name: String, _ text: String, _ problems: [String]) {
    self.name = name
    self.text = text
    self.problems = problems
  }

  var testDescription: String { name }

  /// The shortest scenario.
  static let valid = """
    renkei: 1
    plans: {list: [{plan_id: a, end_target_yen: 1e8}]}

    """

  /// A scenario whose only default is on line 5 from column 5.
  static func defaults(_ line: String) -> String {
    """
    renkei: 1
    plans:
      list: [{plan_id: a, end_target_yen: 1e8}]
      defaults:
        \(line)

    """
  }
}
