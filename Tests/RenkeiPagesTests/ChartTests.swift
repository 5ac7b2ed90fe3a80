// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import RenkeiReports
import Testing

@testable import RenkeiPages

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
  @Test("a folder with every file has every chart")
  func all() throws {
    let page = ReportPage([try SampleFolder.make()], language: .english)
    #expect(page.availableCharts == ReportPage.chartNames)
    #expect(page.svg(chart: "nothing") == nil)
  }

  @Test("shares that sum to the whole but for an error end at 100%")
  func wholeShares() throws {
    // 31.34% + 68.66% + 0.11% of the simulation's own error.
    let folder = try SampleFolder.make()
    let svg = try #require(ReportPage([folder], language: .english).svg(chart: "variance"))
    #expect(svg.contains(">100%<") && !svg.contains(">150%<") && !svg.contains(">120%<"))
  }

  @Test("each is well-formed SVG with a title and a description", arguments: ReportPage.chartNames)
  func wellFormed(name: String) throws {
    let charts = Self.hostile.filter { $0.name == name }
    #expect(charts.count == 2)
    for chart in charts {
      let svg = chart.document(language: "en")
      let parser = XMLParser(data: Data(svg.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
      #expect(svg.contains("<title>") && svg.contains("<desc>"))
      // Programs that turn SVG into pixels know no variables.
      #expect(!svg.contains("var("))
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  /// Every chart in both languages, of plans whose names are markup.
  private static let hostile = charts("<b> & \"'\u{1}")
  /// Likewise with long names.
  private static let longNamed = charts("A plan with quite a long name indeed")

  private static func charts(_ name: String) -> [Chart] {
    guard let folder = try? SampleFolder.make(planName: { _ in name }) else { return [] }
    return ReportLanguage.allCases.flatMap { ReportPage([folder], language: $0).charts }
  }

  @Test(
    "all text lies within the picture, wide or narrow",
    arguments: ReportPage.chartNames, [ChartWidth.wide, ChartWidth.narrow])
  func fits(name: String, width: Double) throws {
    for chart in Self.longNamed where chart.name == name {
      let drawing = chart.picture.drawing(width: width)
      #expect(drawing.width == width)
      let markup = drawing.nodes.map(\.markup).joined()
      let texts = markup.matches(
        of:
          /<text x="([-0-9.]+)" y="([-0-9.]+)" class="([a-z -]+)"( text-anchor="([a-z]+)")?>(.*?)<\/text>/
      )
      #expect(!texts.isEmpty)
      for text in texts {
        let content = String(text.6).replacing(/<[^>]*>/, with: "")
          .replacing("&amp;", with: "&").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
          .replacing("&quot;", with: "\"")
        let x = try #require(Double(text.1))
        let y = try #require(Double(text.2))
        let size = text.3.contains("tick") || text.3.contains("note") ? 12.0 : 13.0
        let room = TextMetrics.width(content, size: size)
        let start = text.5 == "end" ? x - room : text.5 == "middle" ? x - room / 2 : x
        #expect(start >= -6 && start + room <= width + 8, "\(content) at \(start)")
        #expect(y >= 0 && y <= drawing.height, "\(content)")
      }
    }
  }

  @Test("the goal, the promise and what lies beyond the end are named")
  func labels() throws {
    let page = ReportPage([try SampleFolder.make(arms: ["as_planned"])], language: .english)
    let fan = try #require(page.svg(chart: "fan"))
    #expect(fan.contains("goal <tspan data-value=\"197200000000.0\">¥197.2bn</tspan>"))
    #expect(fan.contains("promise <tspan"))
    let curve = try #require(page.svg(chart: "exceedance"))
    #expect(curve.contains("beyond <tspan"))
    let looks = try #require(page.svg(chart: "convergence"))
    #expect(looks.contains(">mean total sales (¥bn)<"))
  }

  @Test("behind each there is a table with its numbers")
  func tables() throws {
    for chart in ReportPage([try SampleFolder.make()], language: .english).charts {
      #expect(!chart.table.rows.isEmpty, "\(chart.name)")
      #expect(chart.table.html.contains("<data value"), "\(chart.name)")
      #expect(!chart.title.isEmpty && !chart.caption.isEmpty)
    }
  }
}

@Suite("Scales")
struct ScaleTests {
  @Test(
    "ticks are round and cover the range",
    arguments: [(0.0, 197.2e9), (0, 1), (-1.2e9, 3.6e9), (0, 7e-5), (3, 3), (0, 0)])
  func ticks(low: Double, high: Double) {
    let scale = LinearScale.rounded(low, high, from: 100, to: 500)
    #expect(scale.low <= low && scale.high >= high)
    let ticks = scale.ticks()
    #expect((2...12).contains(ticks.count), "\(ticks)")
    for (a, b) in zip(ticks, ticks.dropFirst()) {
      let step = b - a
      let power = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 1e8, 1e9, 1e10, 1e11]
      #expect(
        power.contains { unit in
          [1.0, 2, 5].contains { (step / (unit * $0) - 1).magnitude < 1e-6 }
        }, "\(step)")
    }
    #expect(scale(scale.low) == 100 && scale(scale.high) == 500)
  }

  @Test("labels keep their distance and their order")
  func spread() {
    let wanted = [100.0, 100.5, 30, 300, 299]
    let places = LabelStack.spread(wanted, gap: 17, within: 20...300)
    let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
    for (a, b) in zip(order, order.dropFirst()) { #expect(places[b] - places[a] >= 16.9) }
    #expect(places.allSatisfy { (19.9...300.1).contains($0) })
    #expect((places[2] - 30).magnitude < 1e-9)
  }

  @Test("a coordinate is short and never grouped")
  func coordinates() {
    #expect(SVGNode.coordinate(1234.56) == "1234.6")
    #expect(SVGNode.coordinate(-0.04) == "0" && SVGNode.coordinate(-3.25) == "-3.3")
    #expect(SVGNode.coordinate(12) == "12")
  }

  @Test("long titles break at spaces and between East Asian characters")
  func lines() {
    #expect(
      TextMetrics.lines("one two three", fitting: 45, size: 10) == ["one two", "three"])
    let lines = TextMetrics.lines("累計売上の中央値、計画額。", fitting: 60, size: 10)
    #expect(lines.joined() == "累計売上の中央値、計画額。")
    #expect(lines.allSatisfy { !$0.hasPrefix("、") && !$0.hasPrefix("。") })
  }
}
