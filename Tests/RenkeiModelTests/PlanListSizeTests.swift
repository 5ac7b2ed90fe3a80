// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel
import Testing

@Suite("Size of a plan list")
struct PlanListSizeTests {
  private func list(_ ids: [String]) -> PlanList {
    PlanList(
      source: "list", columns: ["plan_id"],
      rows: ids.map {
        PlanRow(
          id: $0, name: "Plan \($0)", attributes: PlanAttributes([:]), settings: PlanSettings(),
          location: SourceLocation(file: "list", line: 2))
      })
  }

  private func ids(_ count: Int, of list: PlanList) -> [String] {
    var list = list
    list.resize(to: count)
    return list.rows.map(\.id)
  }

  private let twenty = (1...20).map { "P\($0)" }

  @Test("as many plans as asked for, whole copies first, all ids different")
  func counts() {
    for count in 1...65 {
      let ids = ids(count, of: list(twenty))
      #expect(ids.count == count && Set(ids).count == count)
      for copy in stride(from: 1, through: count / 20, by: 1) {
        let suffix = copy == 1 ? "" : "#\(copy)"
        #expect(Set(ids).isSuperset(of: twenty.map { $0 + suffix }))
      }
    }
  }

  @Test("more plans keep those of fewer, so that answers do not jump back")
  func nested() {
    var fewer = Set<String>()
    for count in 1...65 {
      let more = Set(ids(count, of: list(twenty)))
      #expect(more.isSuperset(of: fewer))
      fewer = more
    }
  }

  @Test("the list's order orders the rows and chooses nothing")
  func order() {
    for count in [3, 27] {
      let forward = ids(count, of: list(twenty))
      let backward = ids(count, of: list(twenty.reversed()))
      #expect(Set(forward) == Set(backward))
      #expect(forward != backward)
    }
    #expect(ids(3, of: list(twenty)) == twenty.filter(Set(ids(3, of: list(twenty))).contains))
  }

  @Test("a part is a cross-section: about half of each half of the list")
  func crossSection() {
    let plans = (1...400).map { "P-\($0)" }
    let part = Set(ids(200, of: list(plans)))
    let early = plans.prefix(200).count { part.contains($0) }
    // Hypergeometric, mean 100, standard deviation 5: beyond 5 of them never by chance.
    #expect((75...125).contains(early))
  }
}
