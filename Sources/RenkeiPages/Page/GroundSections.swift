// SPDX-License-Identifier: GPL-3.0-or-later
import RenkeiReports
import RenkeiStatistics

/// The questions of a sceptic: how sure, on what grounds, and how to do it again.
extension Findings {
  /// How sure is this?
  var certaintySection: PageSection {
    let charts = [variance, inputShares, tornado, sweep, convergence].compactMap { $0 }
    var points: [Phrase] = []
    if let columns = quantiles.outer, let low = main.total?.figure(columns.low),
      let high = main.total?.figure(columns.high)
    {
      let range = words.range(words.amount(low), words.amount(high))
      points.append(
        words(
          "\(strong: "The future itself:") \(quantiles.outerShare) of the simulated totals lie "
            + "between \(words.amount(low)) and \(words.amount(high)). This range holds what chance "
            + "does, and what nobody knows exactly about the inputs, as the scenario describes both.",
          "\(strong: "将来のばらつき：")試算した累計売上の\(quantiles.outerShare)は\(range)です。"
            + "偶然のばらつきと、前提の不確かさ（シナリオの記述による）の両方を含みます。"))
    }
    if let mean = main.total?.figure("mean_yen") {
      let error =
        main.total?.figure("standard_error_yen").map {
          words(
            "the mean total is \(words.amount(mean)) ± \(words.amount($0)) (standard error)",
            "平均累計売上は\(words.amount(mean)) ± \(words.amount($0))（標準誤差）")
        }
        ?? (pathCount == 1
          ? words(
            "the mean total of \(words.amount(mean)) has no standard error: a single path tells none",
            "平均累計売上\(words.amount(mean))には標準誤差がありません（試行1回では誤差が分かりません）")
          : words(
            "the mean total of \(words.amount(mean)) has no standard error, because sales have no "
              + "finite variance in this model",
            "平均累計売上\(words.amount(mean))には標準誤差がありません（このモデルでは分散が有限でないため）"))
      let goal: Phrase =
        main.goal.flatMap { interval($0, .share) }.map {
          words(
            "; the chance of the goal lies between these two with 95% confidence: \($0)",
            "、目標達成の確率の95%信頼区間は\($0)")
        } ?? ""
      points.append(
        words(
          "\(strong: "The simulation:") \(error)\(goal). More paths make this error smaller, and "
            + "nothing else.",
          "\(strong: "計算の誤差：")\(error)\(goal)。試行を増やすとこの誤差だけが小さくなります。"))
    }
    if let hits = main.goal?.integer("hits"), let paths = main.goal?.integer("paths"),
      hits >= 0, hits <= paths, Proportion(hits: hits, trials: paths).isFewHits
    {
      points.append(
        words(
          "\(strong: "Careful:") fewer than 100 paths decide the chance of the goal; rerun with "
            + "more.",
          "\(strong: "注意：")目標達成の確率は100回未満の試行で決まっています。試行を増やしてください。"))
    }
    points.append(
      words(
        "\(strong: "The model and its numbers:") no figure on this page tells how wrong the "
          + "assumptions below may be. Change them and run again to see what depends on them.",
        "\(strong: "モデルと前提：")下の前提そのものの誤りは、このページのどの数値にも含まれません。"
          + "値を変えて再計算し、影響を確かめてください。"))
    let foreign = main.folder.foreignFiles.joined(separator: ", ")
    if !foreign.isEmpty {
      points.append(
        words(
          "\(strong: "Left out:") \(foreign), made from another scenario, or with other settings, "
            + "than this run. Make it again to see it here.",
          "\(strong: "除外：")\(foreign)は別のシナリオまたは別の設定によるため、示していません。"
            + "作り直すと表示されます。"))
    }
    let paths: Phrase = pathCount.map { Phrase(words.count($0)) } ?? "–"
    return PageSection(
      id: "certainty", heading: words("How sure is this?", "どこまで確かか"),
      answer: words(
        "The figures come from \(paths) simulated futures. Three kinds of uncertainty are to be "
          + "told apart.",
        "数値は\(paths)回の試行によります。不確かさには3種類あります。"),
      blocks: [.list(points)] + charts.map { .chart($0) })
  }

  /// How many paths the main case has.
  private var pathCount: Int? { main.goal?.integer("paths") ?? main.folder.manifest.paths }

  /// What was assumed?
  var assumptionSection: PageSection? {
    let rows = main.folder.table("assumptions")?.rows ?? []
    guard !rows.isEmpty else { return nil }
    // The section on rerunning tells what was really used of these.
    let shown = rows.filter { row in
      let key = row.text("key")
      return key != "title" && !key.hasPrefix("simulation.") && !key.hasPrefix("report.")
    }
    let stated = shown.filter { $0.text("origin") != "standard" }
    let standard = shown.filter { $0.text("origin") == "standard" }
    var blocks: [PageBlock] = [
      .table(words("What the scenario states", "シナリオに書かれた値"), assumptionTable(stated))
    ]
    if !standard.isEmpty {
      blocks.append(
        .fold(
          words(
            "Standard values: nothing was stated (\(words.count(standard.count)))",
            "標準値（記述なし、\(words.count(standard.count))件）"),
          assumptionTable(standard)))
    }
    return PageSection(
      id: "assumptions", heading: words("What was assumed?", "前提は何か"),
      answer: words(
        "Every value that the result rests on, with the line of the file that states it. What is "
          + "drawn at random shows its mean and the range of 90% of its draws.",
        "結果のもとになる全ての値と、それを定めたファイルの行です。乱数で決まる値は平均と90%の範囲も示します。"),
      blocks: blocks)
  }

  private func assumptionTable(_ rows: [PageRow]) -> DataTable {
    var table = DataTable([
      .label(words("key", "項目")), .label(words("value", "値")),
      .number(words("mean", "平均")), .number(words("90% range", "90%の範囲")),
      .label(words("drawn", "乱数の単位")), .label(words("from", "出典")),
    ])
    table.wraps = true
    for row in rows {
      let unit = row.text("unit")
      let kind: MetricKind = unit.hasPrefix("yen") ? .yen : .number
      let isRandom = !row.text("p05").isEmpty
      let range: Phrase =
        row.figure("p05").flatMap { low in
          row.figure("p95").map {
            words.range(words.value(low, kind), words.value($0, kind))
          }
        } ?? ""
      let factors = row.text("multiplied_by")
      let value: Phrase =
        factors.isEmpty
        ? "\(code: row.text("value"))\(unit.isEmpty ? "" : " \(unit)")"
        : "\(code: row.text("value"))\(unit.isEmpty ? "" : " \(unit)") × \(code: factors)"
      table.add([
        "\(code: row.text("key"))", value,
        isRandom || kind == .yen
          ? row.figure("mean").map { Phrase(words.value($0, kind)) } ?? "" : "",
        range, drawn(row.text("level")), "\(row.text("source"))",
      ])
    }
    return table
  }

  /// How often a value is drawn.
  private func drawn(_ level: String) -> Phrase {
    switch level {
    case "programme": words("once a future", "試行ごと")
    case "year": words("each year", "年ごと")
    case "plan": words("for each plan", "計画ごと")
    case "plan-year": words("for each plan and year", "計画・年ごと")
    default: ""
    }
  }

  /// How do I rerun it?
  var rerunSection: PageSection {
    var folders: [ResultFolder] = []
    for item in cases where !folders.contains(where: { $0.name == item.folder.name }) {
      folders.append(item.folder)
    }
    let commands = folders.map { ShellText.line($0.manifest.command) }.filter { !$0.isEmpty }
    var table = DataTable([
      .label(words("folder", "フォルダー")), .label(words("file", "ファイル")), .label("SHA-256"),
    ])
    var facts = DataTable([
      .label(words("folder", "フォルダー")), .label(words("what", "項目")), .label(words("value", "値")),
    ])
    table.wraps = true
    for folder in folders {
      let manifest = folder.manifest
      for file in manifest.inputs + manifest.results {
        table.add(["\(folder.name)", "\(file.path)", "\(code: file.sha256)"])
      }
      for (name, value) in [
        (words("scenario", "シナリオ"), manifest.scenario), (words("seed", "乱数シード"), manifest.seed),
        (words("paths", "試行回数"), manifest.paths.map { "\($0)" } ?? ""),
        (
          manifest.isUntilMet
            ? words("ended by the condition", "終了条件（成立）")
            : words("condition not reached", "終了条件（不成立）"), manifest.until
        ),
        (words("sampling", "標本設計"), manifest.sampling),
        (words("precision", "精度"), manifest.precision),
        (words("engine", "計算方式"), manifest.engine), ("Renkei", manifest.version),
        (words("numeric contract", "数値の規約"), manifest.numericContract),
        (words("quantile tables (FNV-1a)", "分位点表（FNV-1a）"), manifest.tablesHash),
        ("GSL", manifest.gslVersion), (words("processor", "命令セット"), manifest.instructionSet),
      ] where !value.isEmpty {
        facts.add(["\(folder.name)", name, "\(value)"])
      }
    }
    return PageSection(
      id: "rerun", heading: words("How do I rerun it?", "再計算するには"),
      answer: words(
        "The same scenario, seed and number of paths give the same bytes in every result file, on "
          + "any machine. This page was made from those files alone; each figure on it is one of "
          + "their cells, which the page holds in full.",
        "同じシナリオ・乱数シード・試行回数なら、どの計算機でも全ての結果ファイルが1バイトも違わず同じになります。"
          + "このページの数値は全て結果ファイルの値によります。"),
      blocks: [.code(commands.joined(separator: "\n"))] + [
        .fold(words("Seed, paths, versions", "乱数シード・試行回数・版"), facts),
        .fold(words("Files and their hashes", "ファイルとハッシュ"), table),
      ])
  }
}

/// Command lines as a shell reads them.
enum ShellText {
  static func line(_ arguments: [String]) -> String {
    arguments.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain =
      !argument.isEmpty
      && argument.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "-_./=:,+@%".unicodeScalars.contains($0)
      }
    return isPlain ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
  }
}
