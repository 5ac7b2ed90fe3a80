// SPDX-License-Identifier: GPL-3.0-or-later

/// A risk event whose scope is known.
///
/// It strikes in each simulated year with its annual probability, independently of other years. In
/// year t it multiplies the revenue of every plan in scope by the lowest multiplier of the strikes
/// that last until t, or by 1 where none does. Years are the scenario's: a strike before a plan's
/// start counts for as long as it lasts. Nothing corrects the mean, and the promise is the same
/// with and without events.
public struct ResolvedEvent: Sendable {
  public let name: String
  public let scope: EventScope
  /// p; programme level.
  public let annualProbability: Quantity
  /// Factor on the revenue level; year level, common to all plans in scope.
  public let multiplier: Quantity
  public let duration: EventDuration

  /// The first of the years, from 0, whose strikes still last in `year`.
  package func firstLastingYear(in year: Int) -> Int {
    switch duration {
    case .years(let count): max(0, year - count + 1)
    case .permanent: 0
    }
  }
}
