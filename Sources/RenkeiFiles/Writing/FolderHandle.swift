// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The name of something in a folder, byte by byte: names need not be UTF-8.
struct FolderEntry {
  /// Ends with 0.
  let name: [CChar]

  init(_ name: UnsafePointer<CChar>) {
    self.name = Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
  }

  /// The name for people.
  var text: String {
    String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// An open folder, to which names inside it are relative: nobody can exchange it meanwhile.
struct FolderHandle: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Opens an existing folder.
  init(_ path: String, in folder: Int32 = AT_FDCWD) throws(FileWriteError) {
    var opened: Int32
    repeat {
      opened = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    } while opened < 0 && errno == EINTR
    guard opened >= 0 else {
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "open", errorNumber: errno)
    }
    descriptor = opened
    self.path = path
  }

  /// Opens a folder inside another; follows no symbolic link.
  init(_ entry: FolderEntry, in folder: Int32) throws(FileWriteError) {
    descriptor = openat(folder, entry.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    path = entry.text
    guard descriptor >= 0 else {
      throw FileWriteError(
        kind: .cannotCreate, path: path, operation: "open", errorNumber: errno)
    }
  }

  deinit { _ = close(descriptor) }

  /// Makes the names in the folder durable.
  func synchronize() throws(FileWriteError) {
    try OpenFile.synchronize(descriptor, shownPath: path)
  }

  /// Its entries, in no order.
  ///
  /// - Throws: FileWriteError where they cannot all be read.
  func entries() throws(FileWriteError) -> [FolderEntry] {
    // Reading moves the place in the folder that a descriptor has, so it takes one of its own.
    let opened = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0, let stream = fdopendir(opened) else {
      let code = errno
      if opened >= 0 { _ = close(opened) }
      throw FileWriteError(kind: .cannotCreate, path: path, operation: "read", errorNumber: code)
    }
    defer { _ = closedir(stream) }
    var entries: [FolderEntry] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { FolderEntry($0) }
      }
      if name.text != ".", name.text != ".." { entries.append(name) }
      errno = 0
    }
    guard errno == 0 else {
      throw FileWriteError(kind: .cannotCreate, path: path, operation: "read", errorNumber: errno)
    }
    return entries
  }

  private static let temporaryMark = ".renkei-"

  /// Whether a name is one of ``temporaryName(for:shownPath:make:)``, which a killed program leaves.
  static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") && name.contains(temporaryMark)
  }

  /// Creates a folder or file name of the form `.<name>.renkei-xxxxxxxx` that `make` accepts:
  /// `make` returns 0 or the error number.
  static func temporaryName(
    for name: String, shownPath: String, make: (String) -> Int32
  ) throws(FileWriteError) -> String {
    var code: Int32 = EEXIST
    for _ in 0..<100 {
      let digits = String(UInt32.random(in: 0 ... .max), radix: 36)
      let candidate = ".\(name.prefix(100))\(temporaryMark)\(digits)"
      code = make(candidate)
      if code == 0 { return candidate }
      if code != EEXIST { break }
    }
    throw FileWriteError(
      kind: .cannotCreate, path: shownPath, operation: "create", errorNumber: code)
  }

  /// Deletes an entry and, if it is a folder, everything in it; follows no symbolic link.
  ///
  /// Failures are passed over: what cannot be deleted stays.
  static func removeTree(_ name: String, in folder: Int32) {
    name.withCString { removeTree(FolderEntry($0), in: folder) }
  }

  static func removeTree(_ entry: FolderEntry, in folder: Int32) {
    if unlinkat(folder, entry.name, 0) == 0 || errno == ENOENT { return }
    removeContents(entry, in: folder)
    _ = unlinkat(folder, entry.name, AT_REMOVEDIR)
  }

  private static func removeContents(_ entry: FolderEntry, in folder: Int32) {
    guard let opened = try? FolderHandle(entry, in: folder), let entries = try? opened.entries()
    else { return }
    for entry in entries { removeTree(entry, in: opened.descriptor) }
  }

  /// Exchanges two entries of one folder in one step; false where the system cannot.
  static func exchange(_ first: String, _ second: String, in folder: Int32) -> Bool {
    #if canImport(Darwin)
      return renameatx_np(folder, first, folder, second, UInt32(RENAME_SWAP)) == 0
    #else
      // Not every C library declares renameat2, so it is looked up where the program runs.
      guard let symbol = dlsym(nil, "renameat2") else { return false }
      typealias RenameAt2 =
        @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
      let exchangeFlag: UInt32 = 2
      return unsafeBitCast(symbol, to: RenameAt2.self)(folder, first, folder, second, exchangeFlag)
        == 0
    #endif
  }
}
