// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@Suite("renkei loan")
struct LoanCommandTests {
  private func run(_ arguments: String) throws -> RenkeiProcess.Ending {
    try RenkeiProcess.run(
      ["loan"] + arguments.split(separator: " ").map(String.init), in: TemporaryFolder())
  }

  @Test("the table ends with its totals")
  func table() throws {
    let ending = try run("--principal 3e6 --rate 1% --term 3 --grace 1")
    #expect(ending.status == 0 && ending.errors.isEmpty)
    #expect(
      ending.output == """
         year    opening  interest     repaid    payment    closing
            1  3,000,000    30,000          0     30,000  3,000,000
            2  3,000,000    30,000  1,500,000  1,530,000  1,500,000
            3  1,500,000    15,000  1,500,000  1,515,000          0
        total               75,000  3,000,000  3,075,000

        """)
  }

  @Test("the csv carries every payment to the last digit")
  func csv() throws {
    let ending = try run(
      "--principal 2500 --rate 8.24% --term 1 --method level_payment --per-year 12 --format csv")
    let lines = ending.output.split(separator: "\n")
    try #require(lines.count == 13)
    #expect(lines[0] == "period,opening_yen,interest_yen,repaid_yen,payment_yen,closing_yen")
    let first = lines[1].split(separator: ",")
    let repaid = try #require(Double(first[3]))
    #expect((repaid - 200.581_923_686_782_77).magnitude < 2e-10)
    #expect(lines[12].hasSuffix(",0"))
  }

  /// Rows of the csv as numbers.
  private func rows(_ arguments: String) throws -> [[Double]] {
    let ending = try run(arguments + " --format csv")
    #expect(ending.status == 0 && ending.errors.isEmpty)
    return ending.output.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",").compactMap { Double($0) }
    }
  }

  /// The annuity that every text book prints.
  @Test("200,000 at 7.5% over 180 months pays 1,854.02 each month")
  func annuity() throws {
    let rows = try rows(
      "--principal 200000 --rate 7.5% --term 15 --method level_payment --per-year 12")
    try #require(rows.count == 180)
    for row in rows { #expect((row[4] - 1_854.024_720_005_461_9).magnitude < 2e-9) }
    #expect(rows[179][5] == 0)
  }

  @Test("the interest subsidy of a policy loan follows from its schedule")
  func policyLoan() throws {
    let rows = try rows(
      "--principal 50e6 --rate 0.9% --term 15 --grace 2 --method equal_principal --per-year 1")
    try #require(rows.count == 15)
    var (discount, subsidy) = (1.0, 0.0)
    for row in rows {
      discount /= 1.015
      subsidy += (0.015 * row[1] - row[2]) * discount
    }
    #expect(subsidy.rounded() == 2_481_001)
    #expect((subsidy / 50e6 * 1e6).rounded() == 49_620)
  }

  @Test("a term of one payment, and a rate of 0", arguments: ["equal_principal", "level_payment"])
  func simplest(method: String) throws {
    #expect(
      try rows("--principal 1e6 --rate 2% --term 1 --method \(method)") == [
        [1, 1e6, 2e4, 1e6, 1.02e6, 0]
      ])
    #expect(
      try rows("--principal 1e6 --rate 0 --term 2 --method \(method)") == [
        [1, 1e6, 0, 5e5, 5e5, 5e5], [2, 5e5, 0, 5e5, 5e5, 0],
      ])
  }

  @Test("json holds payments and totals")
  func json() throws {
    let ending = try run("--principal 1e6 --rate 0 --term 2 --format json")
    let object = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
    let members = try #require(object as? [String: Any])
    #expect((members["payments"] as? [Any])?.count == 2)
    #expect((members["total"] as? [String: Double])?["payment_yen"] == 1e6)
  }

  @Test(
    "what cannot be meant is refused",
    arguments: [
      (
        "--principal 1e6 --rate 1% --term 0",
        "the term must be a whole number of years from 1 to 50"
      ),
      (
        "--principal 1e6 --rate 1% --term 5 --grace 5",
        "the grace period must end before the term of 5 years"
      ),
      (
        "--principal 1e6 --rate=-100% --term 5",
        "the rate must be above -100% and at most 1000% a year"
      ),
      ("--principal 1e6 --rate 1% --term 5 --per-year 4", "payments per year must be 1 or 12"),
      (
        "--principal=-1 --rate 1% --term 5",
        "the principal must be an amount from 0 to 1e15 yen"
      ),
      ("--principal 1e6 --rate 1% --term 1.5", "a whole number, in plain digits"),
      ("--principal 1,000 --rate 1% --term 1", "a number such as 50e6 or 50百万円"),
      ("--principal 1e6 --rate 1% --term 1 --method bullet", "equal_principal"),
      ("--principal 1e6 --rate 1%", "--term"),
      (
        "--principal 1e6 --rate 1% --term 5 --grace=-1",
        "a whole number, in plain digits"
      ),
      ("--principal 1e6 --rate nan --term 5", "'not a number' is not allowed"),
      ("--principal 1e6 --rate 1% --term 5 --format xml", "'table', 'csv' or 'json'"),
    ])
  func refused(arguments: String, message: String) throws {
    let ending = try run(arguments)
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains(message), "\(ending.errors)")
  }
}
