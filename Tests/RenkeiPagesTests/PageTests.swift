// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiReports
import Testing

@testable import RenkeiPages

@Suite("Page")
struct PageTests {
  @Test("answers each of a stranger's questions", arguments: ReportLanguage.allCases)
  func questions(language: ReportLanguage) throws {
    let html = try ReportPage([SampleFolder.make()], language: language).html()
    let questions =
      language == .english
      ? [
        "Will the goal be met?", "What is missing, and when?", "Which plans matter?",
        "Does the support pay?", "Who bears the defaults?", "How sure is this?",
        "What was assumed?", "How do I rerun it?",
      ]
      : ["目標は達成できるか", "どの計画が結果を左右するか", "支援は引き合うか", "貸倒れは誰が負担するか", "再計算するには"]
    for question in questions {
      let answers = html.split(separator: question + "</h2>\n<p class=\"answer\">")
      #expect(answers.count == 2, "\(question)")
      #expect((answers.last ?? "").prefix { $0 != "\n" }.count > 40, "\(question)")
    }
  }

  @Test("begins with the answer and its error")
  func answer() throws {
    let html = try ReportPage([SampleFolder.make()], language: .english).html()
    let heading = try #require(html.firstMatch(of: /<h1>(.*?)<\/h1>/)).1
    let text = String(heading).replacing(/<[^>]*>/, with: "")
    #expect(
      text
        == "The goal of ¥197.2bn will almost certainly be missed: the chance of reaching it is 2.7% (95% interval 2.6% to 2.8%)."
    )
    #expect(html.contains("95% interval <data value=\"0.0262"))
  }

  @Test("says so where nothing can be said of support")
  func withoutSupport() throws {
    let page = ReportPage([try SampleFolder.make(arms: ["as_planned"])], language: .english)
    let html = try page.html()
    #expect(html.contains("it compares no support measures"))
    #expect(html.contains("This run models no loans"))
    #expect(page.availableCharts.contains("fan") && !page.availableCharts.contains("arms"))
  }

  @Test("does without any file but portfolio.csv", arguments: ResultFolder.tableNames)
  func withoutFile(name: String) throws {
    guard name != "portfolio" else { return }
    let html = try ReportPage([SampleFolder.make(without: [name])], language: .english).html()
    #expect(html.contains("How do I rerun it?"))
    let alone = try SampleFolder.make(
      without: Set(
        ResultFolder.tableNames.filter {
          $0 != "portfolio" && $0 != name
        }))
    #expect(try ReportPage([alone], language: .japanese).html().contains("再計算するには"))
  }

  @Test("is the same bytes for the same folder")
  func deterministic() throws {
    let pages = try (0..<2).map { _ in
      try ReportPage([SampleFolder.make(), SampleFolder.make(name: "other")], language: .japanese)
        .html()
    }
    #expect(pages[0] == pages[1])
  }

  @Test("sets folders side by side under their names")
  func folders() throws {
    let folders = [
      try SampleFolder.make(name: "before", arms: ["as_planned"]),
      try SampleFolder.make(name: "after", arms: ["as_planned"]),
    ]
    let html = try ReportPage(folders, language: .english).html()
    #expect(html.contains(">before<") && html.contains(">after<"))
    #expect(html.contains("This page is about “before”"))
  }

  @Test("stays below a megabyte for 101 plans and five arms")
  func size() throws {
    let folder = try SampleFolder.make(
      arms: ["certified", "halved", "subsidy_only", "credit_only", "none"], planCount: 101)
    for language in ReportLanguage.allCases {
      let bytes = try ReportPage([folder], language: language).html().utf8.count
      #expect(bytes < 1_000_000, "\(bytes) bytes")
    }
  }

  @Test("shows the largest of 10,000 plans and the rest as one")
  func manyPlans() throws {
    let folder = try SampleFolder.make(arms: ["as_planned"], planCount: 10_000)
    let html = try ReportPage([folder], language: .english).html()
    #expect(html.contains("SR-10 Plan number 10"))
    #expect(!html.contains("SR-12 "))
    #expect(html.contains("data-origin=\"count\">9,990<"))
    #expect(html.utf8.count < 300_000)
  }
}

@Suite("Page is safe")
struct PageSafetyTests {
  private func hostilePage() throws -> String {
    let folder = try SampleFolder.make(
      name: "<img alt=x>", arms: ["a\"onload=\"x", "<b>", "none"],
      planName: { _ in "<script>alert(1)</script>" },
      title: "\"Quotes\" & <i>'title'</i></title>{{style}}{{{style}}}")
    return try ReportPage([folder], language: .english).html()
  }

  @Test("what files say comes out as text")
  func escaping() throws {
    let html = try hostilePage()
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(html.components(separatedBy: "<script").count == 2)
    for markup in ["<img", "<b>", "<i>", "\"onload", "&amp;lt;"] {
      #expect(!html.contains(markup), "\(markup)")
    }
    #expect(html.contains("<title>&quot;Quotes&quot; &amp; &lt;i&gt;"))
    #expect(html.contains("{{{style}}}"))
  }

  @Test("characters that neither HTML nor XML may hold are replaced")
  func controls() {
    #expect(Markup.escaped("a\u{0}b\u{1B}[1m\u{202E}c\u{FFFE}") == "a�b�[1m�c�")
    #expect(Markup.escaped("新連携 é 👍\n") == "新連携 é 👍\n")
  }

  @Test("asks nothing of the network and runs only its own script")
  func policy() throws {
    let html = try hostilePage()
    for reference in ["http:", "https:", "src=", "url(", "@import", "<link", "<iframe", " style="] {
      #expect(!html.contains(reference), "\(reference)")
    }
    for match in html.matches(of: /href="([^"]*)"/) { #expect(match.1.hasPrefix("#")) }
    let policy = try #require(
      html.firstMatch(of: /http-equiv="Content-Security-Policy" content="([^"]*)"/)
    ).1.replacing("&#39;", with: "'")
    #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
    #expect(!policy.contains("unsafe"))
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
      let from = try #require(html.range(of: start)).upperBound
      let to = try #require(html.range(of: end, range: from..<html.endIndex)).lowerBound
      #expect(policy.contains("'\(PageResource.policyHash(String(html[from..<to])))'"))
    }
    // Of the empty text, as FIPS 180 and many a site state it.
    #expect(
      PageResource.policyHash("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }

  @Test("every id is there once, every reference leads somewhere")
  func references() throws {
    let html = try hostilePage()
    let ids = html.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    let targets =
      html.matches(of: /href="#([^"]*)"/).map { String($0.1) }
      + html.matches(of: /aria-labelledby="([^"]*)"/).flatMap {
        $0.1.split(separator: " ").map(String.init)
      }
    #expect(targets.count > 20)
    for target in targets { #expect(ids.contains(target), "\(target)") }
  }

  @Test("a command is quoted for the shell")
  func shell() throws {
    let html = try ReportPage([SampleFolder.make()], language: .english).html()
    #expect(
      html.contains("renkei run s.yaml --set &#39;credit.correlation=it&#39;\\&#39;&#39;s&#39;"))
  }
}
