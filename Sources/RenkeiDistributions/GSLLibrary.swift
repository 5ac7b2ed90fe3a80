// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// The GNU Scientific Library that this program was built with.
public enum GSLLibrary {
  /// For example `2.8`.
  public static var version: String { String(cString: cgsl_version()) }
}
