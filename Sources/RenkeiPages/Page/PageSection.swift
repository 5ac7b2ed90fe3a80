// SPDX-License-Identifier: GPL-3.0-or-later

/// A number to take home.
struct PageCard: Sendable {
  let label: Phrase
  let value: Phrase
  let note: Phrase
}

/// One question and its answer.
struct PageSection: Sendable {
  /// Part of the page's address.
  let id: String
  /// The question.
  let heading: Phrase
  /// Its answer, in a sentence or two.
  let answer: Phrase
  let blocks: [PageBlock]
}

/// What stands in a section, in its order.
enum PageBlock: Sendable {
  case paragraph(Phrase)
  case cards([PageCard])
  case chart(Chart)
  /// Charts that most readers can do without.
  case more(Phrase, [Chart])
  case table(Phrase, DataTable)
  /// A table that most readers can do without.
  case fold(Phrase, DataTable)
  case code(String)
  case list([Phrase])
}
