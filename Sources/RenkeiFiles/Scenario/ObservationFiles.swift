// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiDistributions
import RenkeiModel

/// Puts the numbers of a file in the place of its path, wherever a distribution states one:
/// `{empirical: {file: path}}`.
///
/// All further reading meets a list whose items know their place in the file. A file holds one
/// number a line, with or without a name above them; its path is relative to the folder of the file
/// that states it. Each file is read once.
struct ObservationFiles {
  /// Most numbers that one file may hold.
  static let valueLimit = 100_000

  /// Files that were read, in the order of the scenario.
  private(set) var inputFiles: [InputFile] = []
  /// Files that could not be read, with the key and the path as stated.
  private(set) var failures: [(error: FileAccessError, key: String, stated: Stated<String>)] = []
  private let diagnostics: DiagnosticCollector
  private var known: [String: [YAMLValue]] = [:]

  init(diagnostics: DiagnosticCollector) {
    self.diagnostics = diagnostics
  }

  /// The document with its observations in place.
  ///
  /// Complexity: O(document + files).
  mutating func filled(_ root: YAMLValue) -> YAMLValue {
    replacement(of: root, path: "") ?? root
  }

  /// Nil where the value holds no path of observations.
  private mutating func replacement(of value: YAMLValue, path: String) -> YAMLValue? {
    var isChanged = false
    switch value.content {
    case .text:
      return nil
    case .list(var items):
      for index in items.indices {
        if let item = replacement(of: items[index], path: "\(path)[\(index + 1)]") {
          items[index] = item
          isChanged = true
        }
      }
      return isChanged ? YAMLValue(content: .list(items), location: value.location) : nil
    case .mapping(var entries):
      for index in entries.indices {
        let entry = entries[index]
        let key = path.isEmpty ? entry.name : "\(path).\(entry.name)"
        let new =
          Self.fileKeys[entry.name].flatMap { observations(in: entry.value, $0, path: key) }
          ?? replacement(of: entry.value, path: key)
        if let new {
          entries[index] = YAMLEntry(name: entry.name, location: entry.location, value: new)
          isChanged = true
        }
      }
      return isChanged ? YAMLValue(content: .mapping(entries), location: value.location) : nil
    }
  }

  /// Keys that hold a path, by the name of the family.
  private static let fileKeys: [String: String] = {
    var keys: [String: String] = [:]
    for family in DistributionRegistry.families {
      for form in family.parameterForms {
        for parameter in form where parameter.role == .file { keys[family.name] = parameter.name }
      }
    }
    return keys
  }()

  /// The parameters of a distribution with the list in the place of the path; nil where they state
  /// no path.
  private mutating func observations(
    in parameters: YAMLValue, _ fileKey: String, path: String
  ) -> YAMLValue? {
    guard case .mapping(var entries) = parameters.content,
      let index = entries.firstIndex(where: { $0.name == fileKey }),
      let name = entries[index].value.text, !entries[index].value.isNull
    else { return nil }
    let place = entries[index].value.location
    let values = numbers(in: Stated(name, at: place), key: "\(path).\(fileKey)")
    entries[index] = YAMLEntry(
      name: fileKey, location: entries[index].location,
      value: YAMLValue(content: .list(values), location: place))
    return YAMLValue(content: .mapping(entries), location: parameters.location)
  }

  private mutating func numbers(in stated: Stated<String>, key: String) -> [YAMLValue] {
    let path = StatedPath.resolved(stated.value, statedAt: stated.location)
    if let values = known[path] { return values }
    // Two numbers stand in for those of a file with problems, so that nothing more is reported.
    var values = ["0", "1"].map {
      YAMLValue(content: .text($0, isPlain: true), location: stated.location)
    }
    do throws(FileAccessError) {
      let bytes = try InputBytes.table(of: path, statedAt: stated.location)
      inputFiles.append(InputFile(path: path, bytes: bytes))
      if let found = lines(of: bytes, source: path) { values = found }
    } catch {
      failures.append((error, key, stated))
    }
    known[path] = values
    return values
  }

  /// One text for each line that is not empty; nil, and reported, where the file is no list.
  private func lines(of bytes: [UInt8], source: String) -> [YAMLValue]? {
    guard
      let start = EncodedText.contentStart(of: bytes, source: source, diagnostics: diagnostics)
    else { return nil }
    var scanner = CSVScanner(bytes, from: start, source: source, diagnostics: diagnostics)
    var (values, cells, isFirst, isGood) = ([YAMLValue](), [CSVCell](), true, true)
    while scanner.next(into: &cells) {
      defer { isFirst = false }
      let text = scanner.text(of: cells[0])
      if scanner.rowIsBroken {
        isGood = false
      } else if cells.count > 1 {
        isGood = false
        diagnostics.error(
          "csv-width", at: scanner.location(of: cells[1]),
          "expected one number on each line, found \(cells.count) cells",
          suggestion: "keep the column of the observations only")
      } else if !(isFirst && Self.isHeading(text)) {
        values.append(
          YAMLValue(content: .text(text, isPlain: true), location: scanner.location(of: cells[0])))
      }
      if !isGood && diagnostics.isFull { break }
      if values.count > Self.valueLimit {
        diagnostics.error(
          "too-many-values", at: scanner.location(of: cells[0]),
          "the file holds too many numbers", allowed: "at most \(Self.valueLimit)",
          suggestion: "keep a random part of them")
        return nil
      }
    }
    if isGood, values.isEmpty {
      diagnostics.error(
        "no-rows", at: SourceLocation(file: source), "the file holds no numbers",
        allowed: "one number on each line")
      return nil
    }
    return isGood ? values : nil
  }

  /// Whether the first line names the column: words for missing numbers are no name.
  private static func isHeading(_ text: String) -> Bool {
    ScenarioField.isName(text)
      && !["nan", "inf", "infinity", "null", "na"].contains(text.lowercased())
  }
}
