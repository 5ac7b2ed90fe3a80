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

  /// Links everything in the old folder that is not of its run into the new one, except where that
  /// has an entry of the same name.
  ///
  /// - Parameters:
  ///   - own: names of what the run wrote.
  ///   - link: whether an entry, with all that is in it, now has a second name.
  /// - Throws: FileWriteError where the old folder cannot be read.
  init(
    of name: String, in parent: Int32, own: Set<String>, to new: borrowing FolderHandle,
    link: (_ entry: FolderEntry, _ source: Int32, _ target: Int32) -> Bool = Self.link
  ) throws(FileWriteError) {
    let old = try FolderHandle(name, in: parent)
    let (source, target) = (old.descriptor, new.descriptor)
    let entries = try old.entries()
    self.old = old
    kept = entries.filter { entry in
      !own.contains(entry.text) && !FolderHandle.isTemporary(entry.text)
        && faccessat(target, entry.name, F_OK, AT_SYMLINK_NOFOLLOW) != 0
    }
    unlinked = kept.filter { entry in
      if link(entry, source, target) { return false }
      // Half a folder would be in the way of the whole one.
      FolderHandle.removeTree(entry, in: target)
      return true
    }
  }

  /// Moves what could not be linked, as far as that goes.
  ///
  /// - Parameter oldName: name of the old folder now.
  /// - Throws: FileWriteError; what could not be moved either is still in the old folder.
  func moveRest(to new: borrowing FolderHandle, oldName: String) throws(FileWriteError) {
    let left = unlinked.filter {
      renameat(old.descriptor, $0.name, new.descriptor, $0.name) != 0
    }
    if !unlinked.isEmpty { try new.synchronize() }
    guard left.isEmpty else {
      throw FileWriteError(
        kind: .writeFailed, path: left.map(\.text).sorted().joined(separator: ", "),
        operation: "it cannot be moved to the new results and stays in \(oldName)")
    }
  }

  private static func link(_ entry: FolderEntry, from source: Int32, to target: Int32) -> Bool {
    if linkat(source, entry.name, target, entry.name, 0) == 0 { return true }
    var status = stat()
    guard fstatat(source, entry.name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      status.st_mode & S_IFMT == S_IFDIR, mkdirat(target, entry.name, 0o700) == 0,
      let below = try? FolderHandle(entry, in: source),
      let copy = try? FolderHandle(entry, in: target), let entries = try? below.entries()
    else { return false }
    let (from, to) = (below.descriptor, copy.descriptor)
    return entries.allSatisfy { link($0, from: from, to: to) }
      && fchmod(to, status.st_mode & 0o7777) == 0 && fsync(to) == 0
  }
}
