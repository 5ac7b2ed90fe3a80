// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Renkei
import Synchronization

/// A line on standard error that shows how far a run is; it comes after a second and goes at the
/// end. ASCII only, so that it takes the same room on every terminal.
///
/// Unchecked sendable: the timer belongs to dispatch, which locks it; the rest is constant or in a
/// mutex.
final class ProgressBar: @unchecked Sendable {
  private struct State {
    var isShown = false
    var isFinished = false
  }

  private static let barWidth = 30
  private static let delaySeconds = 1.0

  private let control: RunControl
  private let totalPaths: Int
  private let start = ContinuousClock.now
  private let timer: any DispatchSourceTimer
  private let state = Mutex(State())

  /// Shows the progress of `control` towards `totalPaths` until ``finish()``.
  init(control: RunControl, totalPaths: Int) {
    self.control = control
    self.totalPaths = totalPaths
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "progress"))
    timer.schedule(deadline: .now() + Self.delaySeconds, repeating: 0.2)
    timer.setEventHandler { [weak self] in self?.draw() }
    timer.activate()
  }

  /// Erases the line.
  func finish() {
    timer.cancel()
    state.withLock { state in
      if state.isShown { Terminal.writeToStandardError("\r\u{1B}[K") }
      state = State(isShown: false, isFinished: true)
    }
  }

  private func draw() {
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let line = Self.line(
      done: control.completedPaths, total: totalPaths, elapsedSeconds: elapsed)
    state.withLock { state in
      guard !state.isFinished else { return }
      state.isShown = true
      Terminal.writeToStandardError("\r\u{1B}[K" + line)
    }
  }

  /// `[#####-----]  50%  1:07 left`; the time left as if the rest took as long a path.
  static func line(done: Int, total: Int, elapsedSeconds: Double) -> String {
    let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 0
    let filled = Int(share * Double(barWidth))
    let bar =
      String(repeating: "#", count: filled) + String(repeating: "-", count: barWidth - filled)
    let percent = DisplayWidth.rightAligned("\(Int(share * 100))%", to: 4)
    guard share > 0 else { return "[\(bar)] \(percent)" }
    let left = min(elapsedSeconds * (1 - share) / share, 3_599_999)
    return "[\(bar)] \(percent)  \(duration(seconds: Int(left.rounded(.up)))) left"
  }

  /// `m:ss`, or `h:mm:ss` from an hour on.
  private static func duration(seconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (minutes, rest) = (seconds / 60, two(seconds % 60))
    return minutes < 60 ? "\(minutes):\(rest)" : "\(minutes / 60):\(two(minutes % 60)):\(rest)"
  }
}
