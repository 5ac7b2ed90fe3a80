// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a commented scenario and a plan list to start from.",
    discussion: """
      Writes scenario.yaml, in which a comment explains every key and its unit, plans.csv with ten \
      invented plans, and scenario.schema.json for editors. The scenario runs as it is.

      Existing files are kept, and nothing is written, unless --force is given.

      Exit codes: 0 done, 64 wrong command line, 73 a file exists or the folder cannot be made, \
      74 write failed.

      Examples:
        renkei new my-programme
        renkei run my-programme/scenario.yaml
      """)

  @Argument(help: ArgumentHelp("Folder for the files; made where it is missing.", valueName: "dir"))
  var folder: String

  @Flag(help: "Replace files of these names.")
  var force = false

  func validate() throws {
    if folder.isEmpty || folder == "-" {
      throw ValidationError("new writes several files and needs a folder")
    }
  }

  func run() throws {
    let files = StarterFiles.all.map { file in
      (
        path: URL(fileURLWithPath: folder).appendingPathComponent(file.name).relativePath,
        bytes: file.bytes
      )
    }
    if !force,
      let existing = files.first(where: { FileManager.default.fileExists(atPath: $0.path) })
    {
      throw CommandFailure(
        .cannotCreate,
        "\(DisplayWidth.printable(existing.path)) exists; choose another folder or use --force to "
          + "replace it")
    }
    try ResultFolderWriter.createFolders(folder, shownPath: folder)
    for file in files { try SafeFile.write(file.bytes, to: file.path) }
    let scenario = DisplayWidth.printable(files[0].path)
    let names = files.map { DisplayWidth.printable($0.path) }.joined(separator: ", ")
    try StandardOutput.write("wrote \(names)\nnext: renkei run \(scenario)\n")
  }
}
