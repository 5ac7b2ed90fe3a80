// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes single files so that they are old or complete, never in between.
public enum SafeFile {
  /// Writes `bytes` to `path`, replacing a file of that name.
  ///
  /// Goes through a temporary file in the same folder; devices and pipes are written directly.
  ///
  /// - Throws: FileWriteError.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileWriteError) {
    do {
      try write(to: path) { file in try file.append(bytes) }
    } catch let error as FileWriteError {
      throw error
    } catch {
      preconditionFailure("appending bytes threw \(error)")
    }
  }

  /// Writes what `body` appends piece by piece to `path`, replacing a file of that name.
  ///
  /// - Throws: FileWriteError or what `body` throws; the old file is then still there.
  public static func write(
    to path: String, _ body: (inout OpenFile) throws -> Void
  ) throws {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw FileWriteError(kind: .cannotCreate, path: path, operation: "it is a folder")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      var file = try OpenFile(opening: path, flags: O_WRONLY, shownPath: path)
      try body(&file)
      try file.finish()
      return
    }
    try replace(path, mode: exists ? status.st_mode & 0o7777 : nil, body)
  }

  private static func replace(
    _ path: String, mode: mode_t?, _ body: (inout OpenFile) throws -> Void
  ) throws {
    var target = path
    if let resolved = realpath(path, nil) {
      target = String(cString: resolved)
      free(resolved)
    }
    let slash = target.lastIndex(of: "/")
    let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
    guard !name.isEmpty else {
      throw FileWriteError(kind: .cannotCreate, path: path, operation: "it names no file")
    }
    let parent: FolderHandle
    do throws(FileWriteError) {
      parent = try FolderHandle(slash.map { String(target[...$0]) } ?? ".")
    } catch {
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "open folder", errorNumber: error.errorNumber)
    }
    let folder = parent.descriptor
    let temporary = try FolderHandle.temporaryName(for: name, shownPath: path) { candidate in
      let created = openat(
        folder, candidate, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      guard created >= 0 else { return errno }
      if let mode { _ = fchmod(created, mode) }
      _ = close(created)
      return 0
    }
    do {
      var file = try OpenFile(opening: temporary, flags: O_WRONLY, in: folder, shownPath: path)
      try body(&file)
      try file.finish()
      guard renameat(folder, temporary, folder, name) == 0 else {
        throw FileWriteError(
          kind: .cannotCreate, path: path, operation: "rename", errorNumber: errno)
      }
    } catch {
      _ = unlinkat(folder, temporary, 0)
      throw error
    }
    try parent.synchronize()
  }
}

/// Checked writing to standard output.
public enum StandardOutput {
  /// Writes all bytes.
  ///
  /// - Throws: FileWriteError; a reader that has gone away gives `brokenPipe`, provided that
  ///   FileSignals/ignore() was called.
  public static func write(_ bytes: [UInt8]) throws(FileWriteError) {
    try OpenFile.write(bytes, to: STDOUT_FILENO, shownPath: "-")
  }

  /// Writes text as UTF-8.
  public static func write(_ text: String) throws(FileWriteError) {
    try write(Array(text.utf8))
  }
}

/// Signals by which the system would end the program instead of answering a call with an error.
public enum FileSignals {
  /// Ignores SIGPIPE and SIGXFSZ: writing to a closed pipe or past a size limit then throws.
  public static func ignore() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }
}
