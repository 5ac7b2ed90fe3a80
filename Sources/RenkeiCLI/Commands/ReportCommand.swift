// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Foundation
import Renkei
import RenkeiPages

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Turn result folders into a page with charts, for people.",
    discussion: """
      sweep.csv and sensitivity.csv are drawn where they lie in the folder and come from its \
      scenario with its settings; others are left out, with a warning.

      One HTML file that needs no network: it opens in any browser, light or dark, and prints on A4. \
      Every figure on it is a cell of the result files. With several folders the page is about the \
      first, the others stand beside it; arms of a folder always do.

      --chart writes one chart in place of the page: as SVG, or as PNG where -o ends in .png, which \
      needs the program rsvg-convert (Debian: librsvg2-bin, Homebrew: librsvg). Charts: \
      \(ReportPage.chartNames.joined(separator: ", ")).

      Exit codes: 0 done, 64 no such chart, 65 damaged file, 66 no result folder, or one without the \
      file that the chart needs, 73 cannot create the file, also for want of rsvg-convert.

      Examples:
        renkei report results/shinrenkei-2005
        renkei report results/shinrenkei-2005 --lang ja -o page.html
        renkei report results/before results/after -o both.html
        renkei report results/shinrenkei-2005 --chart fan -o fan.png
      """)

  @Argument(help: "Result folders.")
  var folders: [String]

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "The file to write; - for standard output. (default: report.html in the folder, for several "
        + "folders in the current one; for a chart <name>.svg)", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Write only this chart.", valueName: "name"))
  var chart: String?

  @Option(help: "Language of the page.")
  var lang: ReportLanguage = .english

  func validate() throws {
    if folders.isEmpty { throw ValidationError("name a result folder") }
    if output == "" { throw ValidationError("-o needs a file, or - for standard output") }
    if output?.hasSuffix(".png") == true, chart == nil {
      throw ValidationError("a PNG holds one chart: name it with --chart")
    }
    if let chart, !ReportPage.chartNames.contains(chart) {
      let hint = Suggestion.phrase(for: chart, among: ReportPage.chartNames).map { "; \($0)" } ?? ""
      throw ValidationError(
        "there is no chart '\(DisplayWidth.printable(chart))', only "
          + ReportPage.chartNames.joined(separator: ", ") + hint)
    }
  }

  func run() throws {
    let results = try folders.map { try ResultFolder.load(path: $0) }
    Terminal.report(zip(folders, results).flatMap(warnings))
    let page = ReportPage(results, language: lang)
    guard let chart else {
      try write(Array(page.html().utf8), to: output ?? defaultPath)
      return
    }
    guard let svg = page.svg(chart: chart) else {
      throw CommandFailure(
        .unreadable,
        "\(DisplayWidth.printable(folders[0])) holds no data for the chart '\(chart)'; there is "
          + page.availableCharts.joined(separator: ", "))
    }
    let path = output ?? chart + ".svg"
    let isPNG = path.lowercased().hasSuffix(".png")
    try write(isPNG ? PictureConversion.png(svg: svg) : Array(svg.utf8), to: path)
  }

  /// What lies in a folder and is not about its run.
  private func warnings(_ path: String, _ folder: ResultFolder) -> [String] {
    folder.foreignFiles.map { name in
      "renkei: \(Terminal.style(STDERR_FILENO).warning("warning:")) \(name) in "
        + "\(DisplayWidth.printable(path)) was made from another scenario, or with other --set "
        + "values, than the run there; it is left out"
    }
  }

  private var defaultPath: String {
    guard folders.count == 1 else { return "report.html" }
    let folder = folders[0]
    return folder.hasSuffix("/") ? folder + "report.html" : folder + "/report.html"
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" {
      try StandardOutput.write(bytes)
      return
    }
    try SafeFile.write(bytes, to: path)
    try StandardOutput.write("\(DisplayWidth.printable(path))\n")
  }
}
