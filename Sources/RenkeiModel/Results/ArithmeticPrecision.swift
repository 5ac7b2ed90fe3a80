// SPDX-License-Identifier: GPL-3.0-or-later

/// What the draws, walks and revenue of plan-years are computed in. Random words, decisions who is
/// alive and sells, and sums are the same either way, so path i is the same path.
public enum ArithmeticPrecision: String, CaseIterable, Sendable {
  /// Float64.
  case double
  /// Float32: faster, with a relative error of revenue of about 10⁻⁶.
  case single
}
