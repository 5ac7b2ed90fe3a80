// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A scenario file and the files that it extends, read and laid over each other.
struct ScenarioChain {
  /// Files that may extend each other.
  static let lengthLimit = 16

  let diagnostics: DiagnosticCollector
  /// Every file that was read, the scenario first.
  private(set) var files: [InputFile] = []

  init(diagnostics: DiagnosticCollector) {
    self.diagnostics = diagnostics
  }

  /// The merged document, nil where a file could not be parsed; problems are reported.
  ///
  /// - Throws: FileAccessError where an extended file cannot be read and nothing else is wrong.
  mutating func root(
    of bytes: [UInt8], source: String
  ) throws(FileAccessError) -> YAMLValue? {
    var layers: [YAMLValue] = []
    var chain: [(path: String, identity: String)] = []
    var (bytes, path) = (bytes, source)
    while true {
      files.append(InputFile(path: path, sha256: SHA256.hexadecimal(of: bytes)))
      chain.append((path, Self.identity(of: path)))
      guard var layer = YAMLDocument.read(bytes, source: path, diagnostics: diagnostics) else {
        return nil
      }
      let extended = takeExtended(from: &layer)
      // The scenario's own version is checked with everything else.
      if chain.count > 1 { checkVersion(&layer) }
      layers.append(layer)
      guard let extended else { break }
      let next = StatedPath.resolved(extended.value, statedAt: extended.location)
      guard isAllowed(next, extended, chain) else { return nil }
      do {
        bytes = try InputBytes.contents(
          of: next, limit: InputBytes.scenarioLimit, statedAt: extended.location)
      } catch {
        guard diagnostics.hasErrors else { throw error }
        diagnostics.error(
          "unreadable-file", at: extended.location, key: ScenarioKeys.extends.name,
          value: extended.value, "the extended file cannot be read: \(error.explanation)")
        return nil
      }
      path = next
    }
    let merging = ScenarioMerging(diagnostics: diagnostics)
    var merged = layers.removeLast()
    for layer in layers.reversed() {
      merged = merging.merged(layer, over: merged, kind: .map(ScenarioKeys.root))
    }
    return merged
  }

  /// Takes `extends` out of a document; anything but text is left for the reader to refuse.
  private func takeExtended(from layer: inout YAMLValue) -> Stated<String>? {
    guard case .mapping(var entries) = layer.content,
      let index = entries.firstIndex(where: { $0.name == ScenarioKeys.extends.name }),
      let text = entries[index].value.text, !entries[index].value.isNull, !text.isEmpty
    else { return nil }
    let location = entries[index].value.location
    entries.remove(at: index)
    layer = YAMLValue(content: .mapping(entries), location: layer.location)
    return Stated(text, at: location)
  }

  /// Checks the format version of an extended file and takes it out: the scenario states its own.
  private func checkVersion(_ layer: inout YAMLValue) {
    guard case .mapping(let entries) = layer.content else {
      _ = MappingReader(layer, path: "", keys: ScenarioKeys.root, diagnostics: diagnostics)
      return
    }
    let key = ScenarioKeys.format
    let version = YAMLValue(
      content: .mapping(entries.filter { $0.name == key.name }), location: layer.location)
    MappingReader(version, path: "", keys: [key], diagnostics: diagnostics)?.checkFormatVersion()
    layer = YAMLValue(
      content: .mapping(entries.filter { $0.name != key.name }), location: layer.location)
  }

  private func isAllowed(
    _ next: String, _ extended: Stated<String>, _ chain: [(path: String, identity: String)]
  ) -> Bool {
    let identity = Self.identity(of: next)
    if let first = chain.firstIndex(where: { $0.identity == identity }) {
      let circle = (chain[first...].map(\.path) + [next]).joined(separator: " → ")
      diagnostics.error(
        "extends-cycle", at: extended.location, key: ScenarioKeys.extends.name,
        value: extended.value, "the files extend each other in a circle: \(circle)",
        suggestion: "remove one 'extends'")
      return false
    }
    guard chain.count < Self.lengthLimit else {
      diagnostics.error(
        "extends-depth", at: extended.location, key: ScenarioKeys.extends.name,
        value: extended.value, "too many files extend each other",
        allowed: "at most \(Self.lengthLimit)")
      return false
    }
    return true
  }

  /// What two paths of one file have in common.
  private static func identity(of path: String) -> String {
    guard path != "-", let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

extension MappingReader {
  /// Reports a format version that this program does not know.
  func checkFormatVersion() {
    guard let field = self[ScenarioKeys.format], let version = field.number(),
      version != Double(ScenarioKeys.formatVersion)
    else { return }
    field.report(
      "format-version", "the version of the file format is not known",
      allowed: "\(ScenarioKeys.formatVersion)")
  }
}
