// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiFiles

/// The texts that are built into the program.
enum PageResource {
  static let pageTemplate = text(PackageResources.page_mustache)
  static let chartTemplate = text(PackageResources.chart_mustache)
  static let pageStyle = text(PackageResources.page_css)
  static let chartStyle = text(PackageResources.chart_css)
  static let script = text(PackageResources.page_js)

  /// `sha256-…`, by which a Content-Security-Policy names an inline text.
  static func policyHash(_ text: String) -> String {
    let digits = Array(SHA256.hexadecimal(of: Array(text.utf8)))
    let bytes = stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(digits[index...index + 1]), radix: 16) ?? 0
    }
    return "sha256-" + Data(bytes).base64EncodedString()
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
