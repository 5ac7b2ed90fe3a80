// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes a result folder so that, whenever the program is killed, the folder is absent, old or
/// complete.
///
/// Files go to a temporary folder beside the final one; `commit()` makes them durable there, all
/// together, for a disk takes hardly longer for many files than for one, and then puts the folder in
/// the place of the old folder, in one step where the system can exchange names. What the old folder
/// holds that is not of its run stays, see ``ForeignEntries``, unless the folder is replaced by force.
/// Without `commit()` the temporary folder is removed.
public struct ResultFolderWriter: ~Copyable {
  /// The file by which a result folder is recognised.
  public static let manifestName = "manifest.json"
  /// Text that a manifest of Renkei holds within its first 64 KiB.
  static let manifestMark = "renkei"

  /// Path as the person gave it.
  public let path: String
  private let parent: FolderHandle
  private let name: String
  private let temporaryName: String
  private let folder: FolderHandle
  private let replacesAll: Bool
  private let pending = PendingFiles()

  /// Files that are written and not yet durable.
  private final class PendingFiles {
    var files: [WrittenFile] = []
    /// Whether what bears the temporary name at the end is to go.
    var isTemporaryRemoved = true
  }

  /// Checks that `path` may become a result folder, creating nothing.
  ///
  /// - Throws: FileWriteError, exit code 73: a file or an unrelated folder is in the way.
  public static func check(path: String, force: Bool) throws(FileWriteError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return }
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "look up", errorNumber: errno)
    }
    if status.st_mode & S_IFMT == S_IFLNK, stat(path, &status) != 0 {
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "it is a link that leads nowhere")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "it exists and is not a folder")
    }
    if !force, !holdsManifest(path) {
      throw FileWriteError(kind: .notAResultFolder, path: path, operation: "check")
    }
  }

  /// Begins a result folder: creates missing parents and the temporary folder.
  ///
  /// - Parameters:
  ///   - path: the folder that `commit()` creates or replaces.
  ///   - force: whether a folder is replaced with all that is in it, also one without Renkei's
  ///     manifest.
  /// - Throws: FileWriteError, exit code 73.
  public init(path: String, force: Bool) throws(FileWriteError) {
    try Self.check(path: path, force: force)
    let (parentPath, name) = try Self.split(path)
    try Self.createFolders(parentPath, shownPath: path)
    let parent = try FolderHandle(parentPath)
    let descriptor = parent.descriptor
    let temporary = try FolderHandle.temporaryName(for: name, shownPath: path) { candidate in
      mkdirat(descriptor, candidate, 0o777) == 0 ? 0 : errno
    }
    do throws(FileWriteError) {
      folder = try FolderHandle(temporary, in: descriptor)
    } catch {
      FolderHandle.removeTree(temporary, in: descriptor)
      throw error
    }
    self.path = path
    self.parent = parent
    self.name = name
    temporaryName = temporary
    replacesAll = force
  }

  deinit {
    if pending.isTemporaryRemoved { FolderHandle.removeTree(temporaryName, in: parent.descriptor) }
  }

  /// Writes one file of the folder.
  ///
  /// - Parameters:
  ///   - name: plain file name.
  ///   - body: appends the content piece by piece.
  /// - Throws: FileWriteError or what `body` throws.
  public func write(
    _ name: String, _ body: (inout OpenFile) throws -> Void
  ) throws {
    precondition(
      !name.isEmpty && !name.contains("/") && name != "." && name != "..",
      "a result file needs a plain name")
    var file = try OpenFile(
      creating: name, in: folder.descriptor, shownPath: "\(path)/\(name)")
    try body(&file)
    let written = try file.written()
    pending.files.append(written)
  }

  /// Writes one file of the folder from bytes at hand.
  public func write(_ name: String, bytes: [UInt8]) throws(FileWriteError) {
    do {
      try write(name) { file in try file.append(bytes) }
    } catch let error as FileWriteError {
      throw error
    } catch {
      preconditionFailure("appending bytes threw \(error)")
    }
  }

  /// Puts the finished folder in its place.
  ///
  /// - Returns: names of what the old folder held that is not of its run, and which the new folder
  ///   has kept.
  /// - Throws: FileWriteError; what the old folder held is then still there.
  @discardableResult
  public consuming func commit() throws(FileWriteError) -> [String] {
    for file in pending.files { try file.finish() }
    let descriptor = parent.descriptor
    guard faccessat(descriptor, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0 else {
      try folder.synchronize()
      try rename(temporaryName, to: name)
      try parent.synchronize()
      return []
    }
    let foreign: ForeignEntries? =
      replacesAll ? nil : try ForeignEntries(of: name, in: descriptor, own: ownNames, to: folder)
    try folder.synchronize()
    if !FolderHandle.exchange(temporaryName, name, in: descriptor) { try replaceByRenaming() }
    try parent.synchronize()
    // What now bears the temporary name is the old folder: deinit removes it.
    guard let foreign else { return [] }
    do throws(FileWriteError) {
      try foreign.moveRest(to: folder, oldName: temporaryName)
    } catch {
      pending.isTemporaryRemoved = false
      throw error
    }
    return foreign.names
  }

  /// The manifest of the old folder and the files that it says its run wrote.
  private var ownNames: Set<String> {
    let manifest = try? ManifestFile.load(path: "\(path)/\(Self.manifestName)")
    return Set([Self.manifestName] + (manifest?.hashes("results").map(\.path) ?? []))
  }

  /// The old folder aside, the new one in, the old one under the new one's temporary name: between
  /// the first two the folder is absent.
  private func replaceByRenaming() throws(FileWriteError) {
    let aside = temporaryName + "-old"
    try rename(name, to: aside)
    do throws(FileWriteError) {
      try rename(temporaryName, to: name)
    } catch {
      _ = renameat(parent.descriptor, aside, parent.descriptor, name)
      throw error
    }
    try rename(aside, to: temporaryName)
  }

  private func rename(_ old: String, to new: String) throws(FileWriteError) {
    guard renameat(parent.descriptor, old, parent.descriptor, new) == 0 else {
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "rename", errorNumber: errno)
    }
  }

  private static func holdsManifest(_ path: String) -> Bool {
    guard
      let bytes = try? InputBytes.contents(
        of: "\(path)/\(manifestName)", limit: InputBytes.scenarioLimit)
    else { return false }
    return String(decoding: bytes.prefix(1 << 16), as: UTF8.self).contains(manifestMark)
  }

  /// Folder and last name of a path, links resolved so that the folder itself is replaced.
  private static func split(_ path: String) throws(FileWriteError) -> (String, String) {
    var text = path
    if let resolved = realpath(path, nil) {
      text = String(cString: resolved)
      free(resolved)
    }
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    let parts = text.split(separator: "/", omittingEmptySubsequences: true)
    guard let name = parts.last, name != ".", name != ".." else {
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "it cannot be replaced as a whole")
    }
    let parent = String(text.dropLast(name.count))
    return (parent.isEmpty ? "." : parent, String(name))
  }

  /// Makes a folder and those above it where they are missing.
  ///
  /// - Throws: FileWriteError, exit code 73.
  package static func createFolders(
    _ path: String, shownPath: String
  ) throws(FileWriteError) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? String(part) : "/\(part)"
      guard mkdir(prefix, 0o777) != 0, errno != EEXIST else { continue }
      let code = errno
      var status = stat()
      // Some systems answer EROFS or EACCES for folders that are there.
      if stat(prefix, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
      throw FileWriteError(
        kind: .cannotCreate, path: shownPath, operation: "create folder", errorNumber: code)
    }
  }
}
