// SPDX-License-Identifier: GPL-3.0-or-later
import CColumnKernels
import RenkeiDraws
import RenkeiModel

/// The loans of all plans in one year, by who bears their losses. What plans of one first year owe
/// is in proportion to what they drew and still stand for:
///
///     opening = Σ drawn·[stands before]·share   defaulted = Σ drawn·[ends now]·share
///
/// The sums over standing plans never rise from year to year, even as rounded, so nothing here is
/// negative.
struct LoanBooks {
  private let columns: ColumnBuffer
  private let kernels: UnsafePointer<rk_kernels>

  init(_ columns: ColumnBuffer, kernels: UnsafePointer<rk_kernels>) {
    self.columns = columns
    self.kernels = kernels
  }

  private func column(_ book: LoanBook, _ item: LoanItem) -> ColumnPointer {
    let place = LoanItem.allCases.firstIndex(of: item) ?? 0
    return columns[book.rawValue * LoanItem.allCases.count + place]
  }

  /// Fills the year's columns and adds its present values to the arm's.
  func run(_ support: CompiledSupport, arm: CompiledArm, _ own: ArmMoney, year: Int, years: Int) {
    for cell in 0..<(LoanBook.allCases.count * LoanItem.allCases.count) {
      kernels.pointee.fill(0, columns[cell])
    }
    for (cohort, first) in support.cohorts.enumerated() where first <= year {
      let planYear = year - first + 1
      for part in LoanPart.allCases {
        let amounts: [(LoanBook, rk_kept, rk_kept)] =
          switch part {
          case .low: [(.policyLoan, RK_KEPT_LOW, RK_KEPT_LOW_LOSS)]
          case .high: [(.policyLoan, RK_KEPT_HIGH, RK_KEPT_HIGH_LOSS)]
          case .last:
            [
              (.privateLoanGuarantor, RK_KEPT_COVERED, RK_KEPT_COVERED_LOSS),
              (.privateLoanLender, RK_KEPT_LAST, RK_KEPT_LAST_LOSS),
            ]
          }
        for (book, amount, loss) in amounts where own.keeps(amount) {
          add(
            book, part, own, amount: amount, loss: loss, cohort: cohort, planYear: planYear,
            shareYears: years + 1)
        }
      }
    }
    // What the lender bears is the rest of the whole loan.
    for item in LoanItem.allCases {
      let lender = column(.privateLoanLender, item)
      kernels.pointee.scaled_sum(
        1, lender, -1, column(.privateLoanGuarantor, item), lender)
    }
    for book in LoanBook.allCases {
      let recovered = column(book, .recovered)
      kernels.pointee.scaled_sum(
        1, column(book, .defaulted), -1, column(book, .writtenOff), recovered)
      kernels.pointee.maximum(recovered, 0, recovered)
    }
    addValues(own, year: year)
  }

  private func add(
    _ book: LoanBook, _ part: LoanPart, _ own: ArmMoney, amount: rk_kept, loss: rk_kept,
    cohort: Int, planYear: Int, shareYears: Int
  ) {
    let before = own.total(amount, cohort: cohort, planYear: planYear - 1)
    let now = own.total(amount, cohort: cohort, planYear: planYear)
    let lossBefore = own.total(loss, cohort: cohort, planYear: planYear - 1)
    let lossNow = own.total(loss, cohort: cohort, planYear: planYear)
    let opening = own.numbers.operand(part.shares, planYear - 1)
    let closing = own.numbers.operand(part.shares, planYear)
    let repaid = own.numbers.operand(part.shares, shareYears + planYear - 1)
    let rate = own.numbers.operand(part.rate)
    let entered = column(book, planYear == 1 ? .drawn : .opening)
    let (interest, paid) = (column(book, .interest), column(book, .repaid))
    let (defaulted, lost) = (column(book, .defaulted), column(book, .writtenOff))
    let owed = column(book, .closing)
    for path in 0..<BlockRunner.width {
      let share = opening[path]
      entered[path] += before[path] * share
      interest[path] += now[path] * share * rate[path]
      paid[path] += now[path] * repaid[path]
      defaulted[path] += (before[path] - now[path]) * share
      lost[path] += (lossBefore[path] - lossNow[path]) * share
      owed[path] += now[path] * closing[path]
    }
  }

  /// Interest subsidy, the borrowers' saving, fees and losses of the year. Balances whose payments
  /// are made are those at the start less those that default.
  private func addValues(_ own: ArmMoney, year: Int) {
    func value(_ flow: CostFlow) -> ColumnPointer {
      own.values[PlanMoney.index(.horizon, flow)]
    }
    let (subsidy, saving) = (value(.interestSubsidy), value(.borrowerInterestSaving))
    let (fees, loanLoss) = (value(.guaranteeFees), value(.policyLoanLoss))
    let coveredLoss = value(.guaranteeLoss)
    let discount = own.numbers.operand(.discount, year + 1)
    let funding = own.numbers.operand(.fundingRate)
    let market = own.numbers.operand(.lastRate)
    let fee = own.numbers.operand(.feeRate)
    let (paid, closing) = (column(.policyLoan, .repaid), column(.policyLoan, .closing))
    let interest = column(.policyLoan, .interest)
    let (coveredPaid, coveredClosing) = (
      column(.privateLoanGuarantor, .repaid), column(.privateLoanGuarantor, .closing)
    )
    let lost = column(.policyLoan, .writtenOff)
    let coveredLost = column(.privateLoanGuarantor, .writtenOff)
    for path in 0..<BlockRunner.width {
      let balance = paid[path] + closing[path]
      subsidy[path] += discount[path] * (funding[path] * balance - interest[path])
      saving[path] += discount[path] * (market[path] * balance - interest[path])
      fees[path] += discount[path] * fee[path] * (coveredPaid[path] + coveredClosing[path])
      loanLoss[path] += discount[path] * lost[path]
      coveredLoss[path] += discount[path] * coveredLost[path]
    }
  }
}
