// SPDX-License-Identifier: GPL-3.0-or-later

/// One arm of one folder: what a page sets side by side.
struct ReportCase: Sendable {
  let folder: ResultFolder
  let arm: String
  /// How charts call it, distinct among the cases of a page.
  let label: String
  /// Place among the cases of the page; decides the colour.
  let index: Int

  /// Every arm of every folder.
  ///
  /// - Parameter folders: at least one.
  static func all(of folders: [ResultFolder]) -> [ReportCase] {
    var cases: [ReportCase] = []
    for (number, folder) in folders.enumerated() {
      let isUnique = folders.count { $0.name == folder.name } == 1
      let name = isUnique ? folder.name : "\(folder.name) (\(number + 1))"
      for arm in folder.arms {
        let label =
          folders.count == 1 ? arm : folder.arms.count == 1 ? name : "\(name): \(arm)"
        cases.append(ReportCase(folder: folder, arm: arm, label: label, index: cases.count))
      }
    }
    return cases
  }

  /// The case that a page is about: the first arm that is not the baseline.
  static func main(of cases: [ReportCase]) -> ReportCase {
    cases.first { $0.arm != $0.folder.baselineArm } ?? cases[0]
  }

  func rows(_ table: String) -> [PageRow] { folder.table(table)?.rows(arm: arm) ?? [] }

  var goal: PageRow? { rows("goal").first }

  /// Revenue of all plans over the horizon.
  var total: PageRow? { portfolio("cumulative").last }

  /// Rows of a measure, year by year.
  func portfolio(_ measure: String) -> [PageRow] {
    rows("portfolio").filter { $0.text("measure") == measure }
  }

  var firstYear: String { portfolio("annual").first?.text("calendar_year") ?? "" }
  var lastYear: String { portfolio("annual").last?.text("calendar_year") ?? "" }

  /// Rows of `contributions.csv` by falling mean, of plans or of a grouping.
  func contributions(by grouping: String) -> [PageRow] {
    rows("contributions").filter { $0.text("group_by") == grouping }
  }

  var planCount: Int { contributions(by: "plan").count }

  /// What all plans together promise to date, year by year.
  var promises: [Figure] {
    (folder.table("promises")?.rows ?? []).filter {
      $0.text("plan_id").isEmpty && $0.text("measure") == "cumulative"
    }.compactMap { $0.figure("promised_yen") }
  }
}
