// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Renkei

extension RepaymentMethod: ExpressibleByArgument {}

struct LoanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loan",
    abstract: "Print the repayment schedule of one loan.",
    discussion: """
      The rate is that of a year. With one payment a year it is charged as it is; with twelve a \
      twelfth of it each month, the nominal rate that lenders quote. In the grace period interest \
      alone is paid. --format csv prints every payment, table and json the totals as well.

      Examples:
        renkei loan --principal 50e6 --rate 0.9% --term 15 --grace 2
        renkei loan --principal 30百万円 --rate 2.2% --term 7 --method level_payment --per-year 12
      """)

  @Option(
    help: ArgumentHelp("Amount of the loan.", valueName: "yen"), transform: Self.yen)
  var principal: Double

  @Option(
    help: ArgumentHelp("Interest a year, such as 0.9% or 0.009.", valueName: "rate"),
    transform: Self.rate)
  var rate: Double

  @Option(help: ArgumentHelp("Years to maturity.", valueName: "years"), transform: Self.years)
  var term: Int

  @Option(
    help: ArgumentHelp("Years of interest only at the start.", valueName: "years"),
    transform: Self.years)
  var grace: Int = 0

  @Option(help: "How principal is repaid.")
  var method: RepaymentMethod = .equalPrincipal

  @Option(
    help: ArgumentHelp("Payments a year, 1 or 12.", valueName: "n"), transform: Self.years)
  var perYear: Int = 1

  @Option(help: "What standard output carries: table, csv or json.")
  var format: OutputFormat = .table

  func run() throws {
    let schedule: LoanSchedule
    do throws(LoanSchedule.Problem) {
      schedule = try LoanSchedule(
        principal: principal, annualRate: rate, termYears: term, graceYears: grace,
        method: method, paymentsPerYear: perYear)
    } catch {
      throw CommandFailure(.usage, error.allowed)
    }
    switch format {
    case .table: try StandardOutput.write(Self.table(schedule) + "\n")
    case .csv: try StandardOutput.write(Self.document(schedule).bytes())
    case .json:
      try StandardOutput.write(
        JSONText.object([
          ("payments", Self.document(schedule).json),
          (
            "total",
            .object([
              ("interest_yen", .number(schedule.totalInterest)),
              ("repaid_yen", .number(schedule.principal)),
              ("payment_yen", .number(schedule.totalPayments)),
            ])
          ),
        ]).document)
    }
  }

  private static func document(_ schedule: LoanSchedule) -> CSVDocument {
    CSVDocument(
      fileName: "loan.csv",
      header: [
        "period", "opening_yen", "interest_yen", "repaid_yen", "payment_yen", "closing_yen",
      ],
      rows: schedule.periods.map { period in
        [
          .integer(period.index), .number(period.opening), .number(period.interest),
          .number(period.repaid), .number(period.payment), .number(period.closing),
        ]
      })
  }

  /// Whole yen; two decimals where the principal is small.
  private static func table(_ schedule: LoanSchedule) -> String {
    func text(_ yen: Double) -> String {
      DecimalText.fixed(yen, decimals: schedule.principal < 1e5 ? 2 : 0)
    }
    var table = TextTable([.right, .right, .right, .right, .right, .right])
    let unit = schedule.paymentsPerYear == 1 ? "year" : "month"
    table.add([unit, "opening", "interest", "repaid", "payment", "closing"])
    for period in schedule.periods {
      table.add([
        "\(period.index)", text(period.opening), text(period.interest), text(period.repaid),
        text(period.payment), text(period.closing),
      ])
    }
    table.add([
      "total", "", text(schedule.totalInterest), text(schedule.principal),
      text(schedule.totalPayments), "",
    ])
    return table.lines().joined(separator: "\n")
  }

  private static func yen(_ text: String) throws -> Double {
    try number(text, in: .yen, such: "50e6 or 50百万円")
  }

  private static func rate(_ text: String) throws -> Double {
    try number(text, in: NumberUnit(declared: "per year"), such: "0.9% or 0.009")
  }

  private static func number(
    _ text: String, in unit: NumberUnit, such examples: String
  ) throws -> Double {
    do {
      return try NumberText.value(of: text, unit: unit)
    } catch {
      throw ValidationError("a number such as \(examples): \(error.message)")
    }
  }

  private static func years(_ text: String) throws -> Int {
    guard let value = NumberText.unsignedInteger(text).flatMap({ Int(exactly: $0) }) else {
      throw ValidationError("a whole number, in plain digits")
    }
    return value
  }
}
