// SPDX-License-Identifier: GPL-3.0-or-later

extension ScenarioKeys {
  /// Whether the key of a dotted path takes whole numbers only; false for what no declaration knows,
  /// such as the parameters of a distribution.
  package static func takesWholeNumbers(at path: String) -> Bool {
    let names = path.split(separator: ".").map(String.init)
    // What an arm's `set` changes is named as at the top.
    if names.count > 3, names[0] == arms.name, names[2] == "set" {
      return takesWholeNumbers(at: names.dropFirst(3).joined(separator: "."))
    }
    var kind: ScenarioKey.Kind? = .map(root)
    for name in names { kind = kind?.kind(of: name) }
    switch kind {
    case .whole, .wholeOrWord, .seed: return true
    default: return false
    }
  }
}
