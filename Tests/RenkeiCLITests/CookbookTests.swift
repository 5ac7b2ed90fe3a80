// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// The commands of the cookbook, run as they stand there, on few plans and paths.
@Suite("Cookbook")
struct CookbookTests {
  private static let paths = "128"
  private static let plans = 10
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// One task: its heading, its commands, and the columns of files that its text names.
  private struct Recipe {
    var title: String
    var commands: [[String]] = []
    var columns: [(file: String, names: [String])] = []
  }

  private static func recipes() throws -> [Recipe] {
    let page = root.appending(path: "Sources/Renkei/Renkei.docc/Cookbook.md")
    var recipes: [Recipe] = []
    for line in try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix("## ") { recipes.append(Recipe(title: String(line.dropFirst(3)))) }
      guard !recipes.isEmpty else { continue }
      if line.hasPrefix("$ renkei ") {
        recipes[recipes.count - 1].commands.append(words(String(line.dropFirst(9))))
      } else if line.hasPrefix("- `"), let colon = line.range(of: ".csv`: ") {
        let file = String(line[line.index(line.startIndex, offsetBy: 3)..<colon.lowerBound])
        let names = line[colon.upperBound...].matches(of: /`([a-z0-9_]+)`/).map { String($0.1) }
        recipes[recipes.count - 1].columns.append((file + ".csv", names))
      }
    }
    return recipes
  }

  /// Splits as a shell does, single quotes only.
  private static func words(_ line: String) -> [String] {
    line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
      $0.offset % 2 == 1 ? [String($0.element)] : $0.element.split(separator: " ").map(String.init)
    }
  }

  /// The command with few paths; every command of the page states a number.
  private static func reduced(_ command: [String]) throws -> [String] {
    var command = command
    guard ["run", "solve", "sweep", "sensitivity"].contains(command[0]) else { return command }
    let place = try #require(command.firstIndex(of: "--paths"), "\(command)")
    command[place + 1] = paths
    return command
  }

  /// The scenarios of the page with the first plans of their list.
  private static func copyScenarios(to folder: TemporaryFolder) throws {
    let scenarios = root.appending(path: "Scenarios")
    for name in ["shinrenkei-2005.yaml", "support-options.yaml", "plans/shinrenkei-101.csv"] {
      let text = try String(contentsOf: scenarios.appending(path: name), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let kept = name.hasSuffix(".csv") ? lines.prefix(1 + plans) : lines[...]
      try folder.write(kept.joined(separator: "\n") + "\n", to: "Scenarios/" + name)
    }
  }

  @Test("every command runs, and every column that is named is there")
  func runs() throws {
    let folder = try TemporaryFolder()
    try Self.copyScenarios(to: folder)
    let recipes = try Self.recipes()
    #expect(recipes.count { !$0.commands.isEmpty } >= 5)
    for recipe in recipes where !recipe.commands.isEmpty {
      for command in recipe.commands {
        let ending = try RenkeiProcess.run(Self.reduced(command), in: folder)
        // 1 says that two results differ, or that no value of a range reaches the target.
        let mayBeOne = ["compare", "solve"].contains(command[0])
        #expect(
          ending.status == 0 || mayBeOne && ending.status == 1,
          "\(recipe.title): \(command) \(ending.errors)")
        #expect(!ending.output.isEmpty, "\(command)")
      }
      #expect(!recipe.columns.isEmpty, "\(recipe.title)")
      for (file, names) in recipe.columns {
        let text = try folder.read(file)
        let header = text.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
        #expect(text.split(separator: "\n").count > 1, "\(file)")
        #expect(!names.isEmpty)
        for name in names { #expect(header.contains(name), "\(file): \(name)") }
      }
    }
  }
}
