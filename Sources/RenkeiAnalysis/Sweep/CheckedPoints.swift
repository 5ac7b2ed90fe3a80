// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiModel

/// Points that are read before the first of them is simulated.
enum CheckedPoints {
  /// What `load` makes of every point.
  ///
  /// - Throws: `DiagnosticReport` with every problem of every point, each once; other errors of
  ///   `load` at once.
  static func load<Point, Value>(
    _ points: [Point], _ load: (Point) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    var problems: [Diagnostic] = []
    for point in points {
      do {
        values.append(try load(point))
      } catch let report as DiagnosticReport {
        for problem in report.diagnostics where !problems.contains(problem) {
          problems.append(problem)
        }
      }
    }
    if values.count < points.count { throw DiagnosticReport(problems) }
    return values
  }
}
