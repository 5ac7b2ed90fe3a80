// SPDX-License-Identifier: GPL-3.0-or-later
import Renkei

/// Sizes of memory and files for people.
enum ByteText {
  static func size(_ bytes: Int) -> String { size(Double(bytes)) }

  static func size(_ bytes: Double) -> String {
    if bytes < 1e6 { return "\(DecimalText.fixed(max(1, (bytes / 1e3).rounded(.up)))) kB" }
    let gigabytes = bytes / 1e9
    return gigabytes < 1
      ? "\(DecimalText.fixed(gigabytes * 1_000)) MB"
      : "\(DecimalText.fixed(gigabytes, decimals: 1)) GB"
  }
}

extension RunEstimate {
  /// Whether a person would want to know: what is over in a moment needs no announcement.
  var isWorthTelling: Bool { (seconds ?? 0) >= 1 || max(memoryBytes, diskBytes) >= 1e9 }

  /// One line: what the run will take.
  ///
  /// - Parameter isLimit: whether it may end earlier.
  func line(isLimit: Bool = false) -> String {
    "renkei: the run takes \(isLimit ? "at most" : "about") \(ByteText.size(memoryBytes)) of memory, "
      + (diskBytes > 0 ? "\(ByteText.size(diskBytes)) on disk, " : "") + time
  }

  private var time: String {
    guard let seconds, seconds >= 1 else { return "less than a second" }
    if seconds < 10 { return "\(DecimalText.fixed(seconds, decimals: 1)) s" }
    if seconds < 120 { return "\(DecimalText.fixed(seconds.rounded(.up))) s" }
    let minutes = seconds / 60
    return minutes < 120
      ? "\(DecimalText.fixed(minutes)) min" : "\(DecimalText.fixed(minutes / 60, decimals: 1)) h"
  }
}
