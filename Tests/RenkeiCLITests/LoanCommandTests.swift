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
    ])
  func refused(arguments: String, message: String) throws {
    let ending = try run(arguments)
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains(message), "\(ending.errors)")
  }
}
