// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiAnalysis

@Suite("Axes of a sweep")
struct SweepAxisTests {
  @Test(
    "values are parted by commas at the top level, ranges by colons",
    arguments: [
      ("a=1,2,3", ["1", "2", "3"]),
      ("a= 1 , 2", ["1", "2"]),
      (
        "a.b={lognormal: {median: 1, log_sd: 2}},[1, 2],x",
        ["{lognormal: {median: 1, log_sd: 2}}", "[1, 2]", "x"]
      ),
      (#"a='x,y',"p,]q",z"#, ["'x,y'", #""p,]q""#, "z"]),
      ("a=b=c,d", ["b=c", "d"]),
      ("a=0.1:0.5:0.1", ["0.1", "0.2", "0.3", "0.4", "0.5"]),
      ("a=0.3:0.1:-0.1", ["0.3", "0.2", "0.1"]),
      ("a=0:1:0.4", ["0", "0.4", "0.8"]),
      ("a=1e9:3e9:1e9", ["1000000000", "2000000000", "3000000000"]),
      ("a=-0.1:0.1:0.05", ["-0.1", "-0.05", "0", "0.05", "0.1"]),
      ("a=5:5:1", ["5"]),
      ("a=C:x:y,b", ["C:x:y", "b"]),
    ])
  func values(argument: String, expected: [String]) throws {
    #expect(try SweepAxis(argument).values == expected)
  }

  @Test(
    "what is no axis is refused",
    arguments: [
      "a", "=1,2", "a..b=1,2", "a=1,,2", "a=", "a=1,2,1", "a=0:1:0", "a=0:1:-0.1", "a=0:1:1e-9",
    ])
  func refused(argument: String) {
    #expect(throws: SweepAxis.Problem.self) { try SweepAxis(argument) }
  }

  @Test(
    "a range without a step, or with units, is told how to be one",
    arguments: [
      ("a=0:10", "the range 0:10 of a has no step: from:to:step, for example a=0:10:1"),
      ("a=3:1", "the range 3:1 of a has no step: from:to:step, for example a=3:1:-0.2"),
      ("a=10%:20%", "the range 10%:20% of a has no step: from:to:step, for example a=0.1:0.2:0.01"),
      ("a=7:7", "the range 7:7 of a has no step: one value is a=7"),
      ("a=0%:50%:10%", "the numbers of a range are plain, without units: a=0:0.5:0.1"),
    ])
  func unfinishedRange(argument: String, message: String) {
    let problem = #expect(throws: SweepAxis.Problem.self) { try SweepAxis(argument) }
    #expect(problem?.message == message)
  }

  @Test("an axis is numeric where every value is a number, units counted")
  func numbers() throws {
    #expect(try SweepAxis("a=5%,0.1,1e-1").numbers == [0.05, 0.1, 0.1])
    #expect(try SweepAxis("a=10億円,2e9").numbers == [1e9, 2e9])
    #expect(try SweepAxis("a=1,none").numbers == nil)
  }

  @Test("the first axis of a grid varies slowest")
  func grid() throws {
    let grid = try SweepGrid([SweepAxis("a=1,2"), SweepAxis("b=x,y,z")])
    #expect(grid.points.map(\.number) == Array(1...6))
    let texts = grid.points.map {
      $0.settings.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
    #expect(texts == ["a=1 b=x", "a=1 b=y", "a=1 b=z", "a=2 b=x", "a=2 b=y", "a=2 b=z"])
  }

  @Test("a key is varied once, and points are not without end")
  func refusedGrid() throws {
    let axis = try SweepAxis("a=1:2000:1")
    #expect(throws: SweepAxis.Problem.self) { try SweepGrid([axis, axis]) }
    #expect(throws: SweepAxis.Problem.self) { try SweepGrid([axis, SweepAxis("b=1:6:1")]) }
    #expect(try SweepGrid([axis, SweepAxis("b=1:5:1")]).points.count == 10_000)
  }
}
