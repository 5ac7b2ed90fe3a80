// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiFiles

/// Plan lists that are not what RFC 4180 or the column reference asks for.
@Suite struct PlanListProblemTests {
  @Test(arguments: lists) func reports(_ input: BadInput) {
    #expect(listProblems(input.text) == input.problems.map { "p.csv" + $0 })
  }

  static let lists: [BadInput] = [
    BadInput(
      "empty file", "",
      [": error: the file is empty (begin it with a row of column names)"]),
    BadInput(
      "no rows", "plan_id,end_target_yen\n",
      [": error: the plan list holds no plans (add one row per plan below the header)"]),
    BadInput(
      "missing columns", "id,target\nA,1\n",
      [
        ":1: error: plan_id: the column is missing",
        ":1: error: end_target_yen: the column is missing",
      ]),
    BadInput(
      "both names", "plan_id,end_target_yen,target_yen\nA,1,1\n",
      [
        ":1:24: error: target_yen: the column is the old name of 'end_target_yen', which is there, too (remove one of them)"
      ]),
    BadInput(
      "near miss of a header", "planid,end_target_yen\nA,1\n",
      [":1: error: plan_id: the column is missing (rename 'planid' to 'plan_id')"]),
    BadInput(
      "similar header", "plan_id,end_target_yen,regoin\nA,1,x\n",
      [":1:24: warning: regoin: the column is kept but not known (did you mean 'region'?)"]),
    BadInput(
      "empty header", "plan_id,end_target_yen,\nA,1,x\n",
      [":1:24: error: column 3 has no name (name the column or remove it)"]),
    BadInput(
      "duplicate header", "plan_id,end_target_yen,x,x\nA,1,2,3\n",
      [
        ":1:26: error: two columns, 3 and 4, have the same name (got 'x'; rename or remove one of them)"
      ]),
    BadInput(
      "space in header", "plan_id, end_target_yen\nA,1\n",
      [
        ":1: error: end_target_yen: the column is missing (rename ' end_target_yen' to 'end_target_yen')",
        ":1:9: error: a column's name begins or ends with a space (got ' end_target_yen'; remove the space)",
      ]),
    BadInput(
      "unclosed quote", "plan_id,end_target_yen\nA,\"1\nB,2\n",
      [":2:3: error: the quote that opens here is never closed (close the cell with a quote)"]),
    BadInput(
      "text after quote", "plan_id,end_target_yen,note\nA,1,\"x\"y\n",
      [
        ":2:8: error: text follows the closing quote of a cell (end the cell with a comma, or double the quotes inside it)"
      ]),
    BadInput(
      "quote inside", "plan_id,end_target_yen,note\nA,1,x\"y\"\n",
      [
        ":2:6: error: a quote stands inside an unquoted cell (put the whole cell in quotes and double the quotes inside it)"
      ]),
    BadInput(
      "short row", "plan_id,end_target_yen,note\nA,1\n",
      [":2: error: the row has 2 cells, the header 3 (add the missing commas)"]),
    BadInput(
      "long row", "plan_id,end_target_yen\nA,1,000\n",
      [":2:5: error: the row has 3 cells, the header 2 (put text that contains a comma in quotes)"]),
    BadInput(
      "bare return", "plan_id,end_target_yen\nA\rB,1\n",
      [":2:2: error: a carriage return stands alone (end lines with LF or CR LF)"]),
    BadInput(
      "nul", "plan_id,end_target_yen\nA\0,1\n",
      [":2:2: error: the file holds a NUL byte (check that it is a text file)"]),
    BadInput(
      "duplicate id", "plan_id,end_target_yen\nA,1\nB,1\nA,1\n",
      [":4:1: error: plan_id: the id is used twice, first in line 2 (got 'A')"]),
    BadInput(
      "normalisation", "plan_id,end_target_yen\ncafé,1\ncafe\u{301},1\n",
      [
        ":3:1: error: plan_id: the id looks like that in line 2 and differs only by its Unicode form (got 'cafe\u{301}'; write both in the same form (NFC))"
      ]),
    BadInput(
      "empty id", "plan_id,end_target_yen\n,1\n",
      [":2:1: error: plan_id: the plan has no id"]),
    BadInput(
      "bidi", "plan_id,end_target_yen\nA\u{202e}B,1\n",
      [
        ":2:1: error: plan_id: the id holds the invisible character U+202E (got 'A\\u{202e}B'; remove it)"
      ]),
    BadInput(
      "control", "plan_id,end_target_yen\nA\tB,1\n",
      [
        ":2:1: error: plan_id: the id holds the invisible character U+0009 (got 'A\\u{9}B'; remove it)"
      ]),
    BadInput(
      "space around id", "plan_id,end_target_yen\nA ,1\n",
      [":2:1: error: plan_id: the id begins or ends with a space (got 'A '; remove the space)"]),
    BadInput(
      "grouped digits without quotes in another column",
      "plan_id,end_target_yen,attainment\nA,1,\"1,000\"\n",
      [":2:5: error: attainment: digits must not be separated by ',' (got '1,000'; write 1000)"]),
    BadInput(
      "badly grouped", "plan_id,end_target_yen\nA,\"1,00\"\n",
      [":2:3: error: end_target_yen: a decimal comma is not allowed (got '1,00'; write 1.00)"]),
    BadInput(
      "bad number", "plan_id,end_target_yen\n関東,１００\n",
      [
        ":2:4: error: end_target_yen: full-width characters are not allowed in a number (got '１００'; write 100)"
      ]),
    BadInput(
      "leading zero", "plan_id,end_target_yen\nA,0100\n",
      [":2:3: error: end_target_yen: leading zeros are not allowed (got '0100'; write 100)"]),
    BadInput(
      "input name", "plan_id,end_target_yen\nA,$x\n",
      [
        ":2:3: error: end_target_yen: a cell cannot name an input (got '$x'; use a segment for that)"
      ]),
    BadInput(
      "out of range", "plan_id,end_target_yen,launch_probability\nA,1,2\n",
      [
        ":2:5: error: launch_probability: the number is out of range (got '2'; allowed: from 0 to 1)"
      ]),
    BadInput(
      "ramp", "plan_id,end_target_yen,ramp\nA,1,s_curve\n",
      [
        ":2:5: error: ramp: the ramp 's_curve' needs coefficients (got 's_curve'; write {s_curve: {midpoint: …, steepness: …}})"
      ]),
    BadInput(
      "shock", "plan_id,end_target_yen,shock\nA,1,weibul\n",
      [
        ":2:5: error: shock: there is no distribution of that name (got 'weibul'; did you mean 'weibull'?)"
      ]),
    BadInput(
      "failure", "plan_id,end_target_yen,annual_failure_probability\nA,1,1\n",
      [
        ":2:5: error: annual_failure_probability: the number is out of range (got '1'; allowed: from 0 to below 1)"
      ]),
    BadInput(
      "several", "plan_id,end_target_yen\n,x\nB\nB,1\nB,-5\n",
      [
        ":2:1: error: plan_id: the plan has no id",
        ":2:2: error: end_target_yen: expected a number (got 'x')",
        ":3: error: the row has 1 cell, the header 2 (add the missing commas)",
        ":5:1: error: plan_id: the id is used twice, first in line 4 (got 'B')",
        ":5:3: error: end_target_yen: the number is out of range (got '-5'; allowed: above 0 to 1e15)",
      ]),
    BadInput(
      "control character in a cell", "plan_id,end_target_yen,region\nA,1,x\u{1b}[2J\n",
      [
        ":2:5: error: region: the text holds the control character U+001B "
          + "(got 'x\\u{1b}[2J'; remove it)"
      ]),
    BadInput(
      "invisible character in a header", "plan_id,end_target_yen,\u{200b}x\nA,1,x\n",
      [
        ":1:24: error: the column's name holds the invisible character U+200B "
          + "(got '\\u{200b}x'; remove it)"
      ]),
    BadInput(
      "too many columns",
      "plan_id,end_target_yen" + String(repeating: ",x", count: 10_000) + "\nA,1\n",
      [":1: error: the table has 10002 columns (allowed: at most 10000)"]),
  ]
}
