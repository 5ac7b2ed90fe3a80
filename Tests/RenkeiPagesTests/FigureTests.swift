// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiReports
import Testing

@testable import RenkeiPages

@Suite("Figures of a page")
struct FigureTests {
  private let arms = ["certified", "halved", "none"]

  @Test("are cells of the files, rounded to the printed digits", arguments: ReportLanguage.allCases)
  func fromCells(language: ReportLanguage) throws {
    let html = try ReportPage([SampleFolder.make(arms: arms)], language: language).html()
    let cells = Set(
      SampleFolder.all(arms: arms, planCount: 20).flatMap { $0.cells.joined() })
    let figures = PrintedFigure.all(in: html)
    #expect(figures.count > 500)
    for figure in figures {
      #expect(figure.isRounding, "\(figure.text) is not \(figure.cell)")
      if figure.origin == "cell" {
        #expect(cells.contains(figure.cell), "\(figure.cell) is no cell")
      }
    }
  }

  @Test("that are sums add up what the files hold")
  func sums() throws {
    let folder = try SampleFolder.make(planCount: 20)
    let html = try ReportPage([folder], language: .english).html()
    let shares = try #require(folder.table("contributions")).rows(arm: "certified")
      .filter { $0.text("group_by") == "plan" }.compactMap { Double($0.text("share")) }
    let losses = try #require(folder.table("loans")).rows(arm: "certified")
      .filter { $0.text("item") == "written_off" && $0.text("bearer") == "lender" }
      .compactMap { Double($0.text("mean_yen")) }
    let sums = PrintedFigure.all(in: html).filter { $0.origin == "sum" }.compactMap {
      Double($0.cell)
    }
    for wanted in [
      shares.prefix(10).reduce(0, +), shares.dropFirst(10).reduce(0, +),
      shares.prefix(5).reduce(0, +), losses.reduce(0, +),
    ] {
      #expect(sums.contains { ($0 - wanted).magnitude <= wanted * 1e-12 }, "\(wanted)")
    }
  }

  @Test("stand nowhere in the sentences without their cell", arguments: ReportLanguage.allCases)
  func nothingLoose(language: ReportLanguage) throws {
    let html = try ReportPage([SampleFolder.make()], language: language).html()
    // Years, the levels of ranges and the shares that a caption explains.
    let allowed: Set<String> = [
      "2005", "2009", "90", "95", "5", "10", "50", "0", "1", "3", "100",
    ]
    let sentences = html.matches(of: /<(h1|h2|h3|dt|dd|li|p)( class="[a-z]+")?>(.*?)<\/\1>/)
    #expect(sentences.count > 40)
    for sentence in sentences {
      let text = String(sentence.3).replacing(/<data[^>]*>[^<]*<\/data>/, with: "")
        .replacing(/<[^>]*>/, with: "").replacing(/SR-\d+ Plan number \d+|Renkei [0-9.]+/, with: "")
      for number in text.replacing("&#39;", with: "").matches(of: /[0-9]+/) {
        #expect(allowed.contains(String(number.0)), "\(number.0) in: \(text)")
      }
    }
  }

  @Test(
    "a chance is as bold as its counts allow",
    arguments: [
      (0, "below 3.8%"), (5, "4.1% to 7.1%"), (500, "50.0%"), (1_000, "above 96.2%"),
    ])
  func chance(hits: Int, expected: String) throws {
    let p = Double(hits) / 1_000
    let goal = PageTable(
      name: "goal",
      header: ["arm", "goal_yen", "probability", "ci95_low", "ci95_high", "hits", "paths"],
      cells: [
        [
          "a", "100", "\(p)", hits == 1_000 ? "0.962" : "0.041", hits == 0 ? "0.038" : "0.071",
          "\(hits)", "1000",
        ]
      ])
    let findings = Findings([try SampleFolder.make()], words: PageWords(language: .english))
    #expect(findings.chance(try #require(goal.rows.first)).plain == expected)
  }
}
