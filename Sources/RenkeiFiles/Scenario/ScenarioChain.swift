// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A scenario file, or a specification, and the files that it extends, read and laid over each other.
struct ScenarioChain {
  /// Files that may extend each other.
  static let lengthLimit = 16

  /// What may stand at the top of each file.
  let keys: [ScenarioKey]
  /// The key of the format's version, one of `keys`.
  let format: ScenarioKey
  let diagnostics: DiagnosticCollector
  /// Every file that was read, the scenario first.
  private(set) var files: [InputFile] = []

  init(
    keys: [ScenarioKey] = ScenarioKeys.root, format: ScenarioKey = ScenarioKeys.format,
    diagnostics: DiagnosticCollector
  ) {
    self.keys = keys
    self.format = format
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
      files.append(InputFile(path: path, bytes: bytes))
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
      merged = merging.merged(layer, over: merged, kind: .map(keys))
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
      _ = MappingReader(layer, path: "", keys: keys, diagnostics: diagnostics)
      return
    }
    let key = format
    let version = YAMLValue(
      content: .mapping(entries.filter { $0.name == key.name }), location: layer.location)
    MappingReader(version, path: "", keys: [key], diagnostics: diagnostics)?.checkVersion(key)
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
  ///
  /// - Parameter key: the key of the version, whose range holds the only one known.
  func checkVersion(_ key: ScenarioKey) {
    guard case .whole(let known, _) = key.kind, let field = self[key], let version = field.number(),
      version != Double(known.upperBound)
    else { return }
    field.report(
      "format-version", "the version of the file format is not known",
      allowed: "\(known.upperBound)")
  }
}
