// SPDX-License-Identifier: GPL-3.0-or-later

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What lies in a result folder and is not of the run that made it: the answer of another command, a
/// page, somebody's notes. It stays when the folder of a new run takes the old one's place.
///
/// Entries get a second name in the new folder before that takes the old one's place, so that they
/// are there whenever the program is killed. What a file system cannot link is moved right after.
struct ForeignEntries: ~Copyable {
  private let old: FolderHandle
  /// Those that the new folder does not have under the same name.
  private let kept: [FolderEntry]
  private let unlinked: [FolderEntry]

  /// For people, in alphabetical order.
  var names: [String] { kept.map(\.text).sorted() }

  /// Links everything in the old folder that is its own into the new one, except where that has an
  /// entry of the same name.
  ///
  /// - Parameter own: names of what the run wrote.
  /// - Throws: FileWriteError where the old folder cannot be opened.
  init(
    of name: String, in parent: Int32, own: Set<String>, to new: borrowing FolderHandle
  ) throws(FileWriteError) {
    old = try FolderHandle(name, in: parent)
    let (source, target) = (old.descriptor, new.descriptor)
    kept = old.entries().filter { entry in
      !own.contains(entry.text) && !FolderHandle.isTemporary(entry.text)
        && faccessat(target, entry.name, F_OK, AT_SYMLINK_NOFOLLOW) != 0
    }
    unlinked = kept.filter { entry in
      if Self.link(entry, from: source, to: target) { return false }
      // Half a folder would be in the way of the whole one.
      FolderHandle.removeTree(entry, in: target)
      return true
    }
  }

  /// Moves what could not be linked.
  ///
  /// - Throws: FileWriteError; what could not be moved either is still in the old folder.
  func moveRest(to new: borrowing FolderHandle) throws(FileWriteError) {
    for entry in unlinked {
      guard renameat(old.descriptor, entry.name, new.descriptor, entry.name) == 0 else {
        throw FileWriteError(
          kind: .writeFailed, path: entry.text, operation: "move", errorNumber: errno)
      }
    }
  }

  /// Whether an entry, with all that is in it, now has a second name in `target`.
  private static func link(_ entry: FolderEntry, from source: Int32, to target: Int32) -> Bool {
    if linkat(source, entry.name, target, entry.name, 0) == 0 { return true }
    var status = stat()
    guard fstatat(source, entry.name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT == S_IFDIR, mkdirat(target, entry.name, 0o700) == 0,
      let below = try? FolderHandle(entry, in: source),
      let copy = try? FolderHandle(entry, in: target)
    else { return false }
    let (from, to) = (below.descriptor, copy.descriptor)
    return below.entries().allSatisfy { link($0, from: from, to: to) }
      && fchmod(to, status.st_mode & 0o7777) == 0 && fsync(to) == 0
  }
}
