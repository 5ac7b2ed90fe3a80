// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Renkei

/// How the program can end: the codes of `sysexits.h` where one fits, 128 + signal number where a
/// signal is the cause.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  /// `compare` found differences beyond the tolerance, or `solve` no value that reaches the target.
  case differences = 1
  /// The command line is wrong.
  case usage = 64
  /// An input file was read and is wrong.
  case badData = 65
  /// An input file cannot be read.
  case unreadable = 66
  /// The run is too large for this machine.
  case tooLarge = 69
  /// A fault of this program.
  case internalFault = 70
  /// A file or folder cannot be created.
  case cannotCreate = 73
  /// Writing failed, for example on a full disk.
  case writeFailed = 74
  /// A person or the system asked the program to stop.
  case interrupted = 130
  /// Nobody reads the output any more.
  case closedPipe = 141
}

/// A failure that a command reports itself.
struct CommandFailure: Error {
  let status: ExitStatus
  /// What went wrong, without `error:`; empty where silence is right.
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}
