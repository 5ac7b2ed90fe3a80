// SPDX-License-Identifier: GPL-3.0-or-later

/// What a run keeps path by path when asked to.
package struct KeptPaths: Sendable {
  /// A named input that is drawn, by path.
  package struct Input: Sendable {
    package let name: String
    /// By path, in the input's own unit.
    package let values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// Revenue of the portfolio in yen, one for each arm.
  package let totals: [PathTotals]
  /// In the order of the scenario; those that are constant or never used are left out.
  package let inputs: [Input]

  package init(totals: [PathTotals], inputs: [Input]) {
    self.totals = totals
    self.inputs = inputs
  }
}
