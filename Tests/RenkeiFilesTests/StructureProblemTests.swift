// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import RenkeiFiles

/// YAML that scenario files may not use, and keys that are not where they belong.
@Suite struct StructureProblemTests {
  @Test(arguments: structure) func reports(_ input: BadInput) {
    #expect(problems(input.text) == input.problems.map { "s.yaml" + $0 })
  }

  static let structure: [BadInput] = [
    BadInput(
      "empty file", "",
      [": error: the file is empty (begin it with 'renkei: 1')"]),
    BadInput(
      "only a comment", "# nothing\n",
      [": error: the file is empty (begin it with 'renkei: 1')"]),
    BadInput(
      "text instead of a map", "hello\n",
      [
        ":1:1: error: expected a map of keys, found text (got 'hello'; allowed: renkei, extends, title, start_year, horizon_years, goal, simulation, report, plans, optimism, credit, factors, events, inputs, correlations, support, arms, calibrated_to, baseline_arm)"
      ]),
    BadInput(
      "anchor", "renkei: 1\nplans: &p {list: []}\nother: *p\n",
      [
        ":2:8: error: anchors are not allowed (write the value out, or put text that begins with '&' in quotes)",
        ":3:8: error: aliases are not allowed (write the value out, or put text that begins with '*' in quotes)",
      ]),
    BadInput(
      "alias bomb", "a: &a [x,x]\nb: &b [*a,*a]\n? *b\n: 1\n",
      [
        ":1:4: error: anchors are not allowed (write the value out, or put text that begins with '&' in quotes)",
        ":2:4: error: anchors are not allowed (write the value out, or put text that begins with '&' in quotes)",
        ":2:8: error: aliases are not allowed (write the value out, or put text that begins with '*' in quotes)",
        ":2:11: error: aliases are not allowed (write the value out, or put text that begins with '*' in quotes)",
        ":3:3: error: aliases are not allowed (write the value out, or put text that begins with '*' in quotes)",
      ]),
    BadInput(
      "tag", "renkei: !!int 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [
        ":1:9: error: tags are not allowed (leave the tag out, or put text that begins with '!' in quotes)"
      ]),
    BadInput(
      "directive",
      "%YAML 1.2\n---\nrenkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":1:1: error: directives are not allowed (leave out the line that begins with '%')"]),
    BadInput(
      "two documents", BadInput.valid + "---\nrenkei: 1\n",
      [
        ":3:1: error: the file holds more than one document (keep one scenario per file, without '---' between parts)"
      ]),
    BadInput(
      "tab", "renkei: 1\nplans:\n\tlist: []\n",
      [":3:1: error: a tab stands in the indentation (indent with spaces)"]),
    BadInput(
      "control character",
      "title: a\u{7}b\nrenkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":1:9: error: the character U+0007 is not allowed (remove it or replace it by a space)"]),
    BadInput(
      "line separator",
      "title: a\u{2028}b\nrenkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":1:9: error: the character U+2028 is not allowed (remove it or replace it by a space)"]),
    BadInput(
      "duplicate keys",
      "renkei: 1\nrenkei: 1\nplans:\n  list: [{plan_id: a, end_target_yen: 1e8, plan_id: b}]\ntitel: x\ntitel: y\n",
      [
        ":2:1: error: renkei: the key is stated twice in this map, first in line 1 (keep one of them)",
        ":4:44: error: plan_id: the key is stated twice in this map, first in line 4 (keep one of them)",
        ":5:1: error: titel: the key is not known (did you mean 'title'?)",
        ":6:1: error: titel: the key is stated twice in this map, first in line 5 (keep one of them)",
      ]),
    BadInput(
      "duplicate key in quotes",
      "renkei: 1\n\"title\": x\ntitle: y\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [
        ":3:1: error: title: the key is stated twice in this map, first in line 2 (keep one of them)"
      ]),
    BadInput(
      "deep nesting",
      "a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
      [":1:35: error: maps and lists lie more than 32 levels deep"]),
    BadInput(
      "deep block nesting",
      "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - a\n",
      [":1:65: error: maps and lists lie more than 32 levels deep"]),
    BadInput(
      "mapping in text",
      "title: a: b\nrenkei: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [
        ":1:9: error: YAML syntax: mapping values are not allowed in this context (put text that contains ': ' in quotes, and check the indentation)"
      ]),
    BadInput(
      "bad indentation", "renkei: 1\nplans:\n  list: []\n title: x\n",
      [
        ":4:2: error: YAML syntax: did not find expected key (while parsing a block mapping, which begins in line 1) (check that this line is indented like its siblings)"
      ]),
    BadInput(
      "open quote", "renkei: 1\ntitle: \"abc\n",
      [
        ":3:1: error: YAML syntax: found unexpected end of stream (while scanning a quoted scalar, which begins in line 2) (close the quote or bracket that is still open)"
      ]),
    BadInput(
      "open bracket", "renkei: 1\nplans: [1, 2\n",
      [
        ":3:1: error: YAML syntax: did not find expected ',' or ']' (while parsing a flow sequence, which begins in line 2) (separate entries by ', ' and close the bracket)"
      ]),
    BadInput(
      "list key", "renkei: 1\n[a, b]: 1\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":2:1: error: a key must be plain text, not a list or map"]),
    BadInput(
      "missing version", "plans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":1:1: error: renkei: the key is required"]),
    BadInput(
      "other version", "renkei: 2\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":1:9: error: renkei: the version of the file format is not known (got '2'; allowed: 1)"]),
    BadInput(
      "unknown key",
      "renkei: 1\nhorizon_year: 5\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":2:1: error: horizon_year: the key is not known (did you mean 'horizon_years'?)"]),
    BadInput(
      "key of a later version",
      "renkei: 1\nsolver: {}\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [
        ":2:1: error: solver: the key is not known (allowed: renkei, extends, title, start_year, horizon_years, goal, simulation, report, plans, optimism, credit, factors, events, inputs, correlations, support, arms, calibrated_to, baseline_arm)"
      ]),
    BadInput(
      "key without value",
      "renkei: 1\ntitle:\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":2:1: error: title: the key has no value (state a value or leave the key out)"]),
    BadInput(
      "null goal", "renkei: 1\ngoal: ~\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":2:1: error: goal: the key has no value (state a value or leave the key out)"]),
    BadInput(
      "map expected", "renkei: 1\ngoal: 5\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [
        ":2:7: error: goal: expected a map of keys, found text (got '5'; allowed: cumulative_revenue_yen, probability)"
      ]),
    BadInput(
      "empty goal", "renkei: 1\ngoal: {}\nplans: {list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [":2:7: error: goal.cumulative_revenue_yen: the key is required"]),
    BadInput(
      "no plans", "renkei: 1\n",
      [":1:1: error: plans: the key is required"]),
    BadInput(
      "plans twice", "renkei: 1\nplans: {file: a.csv, list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [
        ":2:15: error: plans.file: the plan list cannot be read: the file does not exist (got 'a.csv')",
        ":2:28: error: plans.list: the plans are stated twice, here and by 'file' in line 2 (keep one of them)",
      ]),
    BadInput(
      "plans without a list", "renkei: 1\nplans: {defaults: {ramp: linear}}\n",
      [
        ":2:8: error: plans: no plan list is stated (name its CSV file with 'file', or write the plans below 'list')"
      ]),
    BadInput(
      "encoding without a file",
      "renkei: 1\nplans: {encoding: cp932, list: [{plan_id: a, end_target_yen: 1e8}]}\n",
      [
        ":2:19: error: plans.encoding: the encoding is that of a plan list's file, but no file is stated (got 'cp932'; leave out 'encoding')"
      ]),
    BadInput(
      "title as a list", BadInput.valid + "title: [a]\n",
      [":3:8: error: title: expected text, found a list"]),
    BadInput(
      "escape in a key", "\"a\\e[31m\": 1\n" + BadInput.valid,
      [
        ":1:1: error: the key holds the invisible character U+001B "
          + "(got 'a\\u{1b}[31m'; remove it)"
      ]),
    BadInput(
      "escape in a title", "title: \"a\\e[31m\"\n" + BadInput.valid,
      [
        ":1:8: error: title: the text holds the control character U+001B "
          + "(got 'a\\u{1b}[31m'; remove it)"
      ]),
  ]
}
