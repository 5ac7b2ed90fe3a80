// SPDX-License-Identifier: GPL-3.0-or-later
import Mustache
import RenkeiReports

/// A page for people, made from result folders: one file that asks nothing of the network.
package struct ReportPage: Sendable {
  private let findings: Findings
  private let words: PageWords
  private let title: String

  /// - Parameter folders: at least one, each with at least one arm; the page is about the first,
  ///   the others stand beside it.
  package init(_ folders: [ResultFolder], language: ReportLanguage) {
    precondition(folders.contains { !$0.arms.isEmpty }, "nothing to report")
    words = PageWords(language: language)
    findings = Findings(folders, words: words)
    let title = folders[0].manifest.title
    self.title = title.isEmpty ? folders[0].name : title
  }

  /// Every chart that the folders have the data for, by name; of charts that each case has one of,
  /// the main case's.
  var charts: [Chart] {
    let main = findings.main
    return [
      findings.fan(main), findings.exceedance, findings.plans(main), findings.groups(main),
      findings.counts(main), findings.arms, findings.effects, findings.attribution, findings.cost,
      findings.loans(main), findings.defaults(main), findings.variance, findings.inputShares,
      findings.tornado, findings.sweep, findings.convergence,
    ].compactMap { $0 }
  }

  /// Every name that a chart can have, also where these folders lack the data for it.
  package static let chartNames = [
    "fan", "exceedance", "plans", "groups", "counts", "arms", "effects", "attribution", "cost",
    "loans", "defaults", "variance", "shares", "tornado", "sweep",
    "convergence",
  ]

  /// The names of the charts that these folders have the data for.
  package var availableCharts: [String] { charts.map(\.name) }

  /// One chart as an SVG file; nil where there is none of that name.
  package func svg(chart name: String) -> String? {
    charts.first { $0.name == name }?.document(language: words.language.rawValue)
  }

  /// The page as HTML.
  ///
  /// Complexity: O(cells).
  package func html() throws -> String {
    let style = Palette.variables + PageResource.pageStyle + PageResource.chartStyle
    let script = PageResource.script
    let sections =
      [
        findings.goalSection, findings.gapSection, findings.planSection, findings.supportSection,
        findings.lossSection, findings.certaintySection, findings.assumptionSection,
        findings.rerunSection,
      ] as [PageSection?]
    let shown = sections.compactMap { $0 }
    var builder = BlockBuilder(words: words)
    let context = PageContext(
      lang: words.language.rawValue, title: title,
      policy: "default-src 'none'; style-src '\(PageResource.policyHash(style))'; script-src "
        + "'\(PageResource.policyHash(script))'; base-uri 'none'; form-action 'none'",
      style: style, script: script, answer: findings.answer.html, subtitle: subtitle.html,
      contents: words("On this page", "目次").plain,
      links: shown.map { LinkContext(id: $0.id, title: $0.heading.plain) },
      sections: shown.map { section in
        SectionContext(
          id: section.id, heading: section.heading.html, answer: section.answer.html,
          blocks: section.blocks.map { builder.context($0) })
      },
      footer: words(
        "Made by Renkei \(RenkeiRelease.version) from the result files alone. Intervals are Monte "
          + "Carlo error only.",
        "Renkei \(RenkeiRelease.version)が結果ファイルだけから作成。信頼区間はモンテカルロ誤差のみ。"
      ).html)
    let page = try MustacheTemplate(string: PageResource.pageTemplate)
    let library = MustacheLibrary(templates: [
      "chart": try MustacheTemplate(string: PageResource.chartTemplate)
    ])
    return page.render(context, library: library)
  }

  /// What this is, in a line.
  private var subtitle: Phrase {
    let main = findings.main
    let paths: Phrase =
      main.folder.manifest.paths.map {
        words(", \(words.count($0)) simulated futures", "、試行\(words.count($0))回")
      }
      ?? ""
    let arm: Phrase =
      findings.hasSeveralCases
      ? words(". This page is about “\(main.label)”", "。主に「\(main.label)」について") : ""
    return words(
      "\(words.count(main.planCount)) plans, \(findings.period)\(paths)\(arm).",
      "\(words.count(main.planCount))計画、\(findings.period)\(paths)\(arm)。")
  }
}
