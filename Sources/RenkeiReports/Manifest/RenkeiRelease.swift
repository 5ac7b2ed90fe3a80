// SPDX-License-Identifier: GPL-3.0-or-later

/// Which Renkei this is.
public enum RenkeiRelease {
  /// Semantic version; manifests and `renkei --version` state it.
  public static let version = "0.1.0"
}
