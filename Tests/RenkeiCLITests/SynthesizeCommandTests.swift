// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@Suite("renkei synthesize")
struct SynthesizeCommandTests {
  private static let specification = """
    renkei_plans: 1
    seed: 5
    count: 3
    plan_id: {prefix: P}
    columns:
      region: {shares: {関東: 1, 近畿: 2}}
      end_target_yen: {number: {lognormal: {median: 200e6, log_sd: 0.5}}, round_to: 1e6}

    """

  private func folder(_ text: String = specification) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "s.spec.yaml")
    return folder
  }

  @Test("the list goes to the file and is read back by validate")
  func writes() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(["synthesize", "s.spec.yaml", "-o", "p.csv"], in: folder)
    #expect(ending.status == 0 && ending.errors.isEmpty)
    #expect(ending.output == "3 plans, after 1 draw in p.csv\n")
    let text = try folder.read("p.csv")
    #expect(text.hasPrefix("plan_id,region,end_target_yen\nP1,"))
    try folder.write("renkei: 1\nplans: {file: p.csv}\n", to: "s.yaml")
    #expect(try RenkeiProcess.run(["validate", "s.yaml"], in: folder).status == 0)
    let piped = try RenkeiProcess.run(
      ["synthesize", "-", "-o", "-"], in: folder, input: Self.specification)
    #expect(piped.status == 0 && piped.output == text && piped.errors.isEmpty)
    let other = try RenkeiProcess.run(
      ["synthesize", "s.spec.yaml", "-o", "-", "--seed", "6"], in: folder)
    #expect(other.status == 0 && other.output != text)
  }

  @Test("a file that exists stays unless --force is given")
  func force() throws {
    let folder = try folder()
    try folder.write("mine\n", to: "p.csv")
    let arguments = ["synthesize", "s.spec.yaml", "-o", "p.csv"]
    let refused = try RenkeiProcess.run(arguments, in: folder)
    #expect(refused.status == 73 && refused.output.isEmpty)
    #expect(
      refused.errors
        == "renkei: error: cannot create p.csv: it exists; use --force to replace it\n")
    #expect(try folder.read("p.csv") == "mine\n")
    #expect(try RenkeiProcess.run(arguments + ["--force"], in: folder).status == 0)
    #expect(try folder.read("p.csv").hasPrefix("plan_id,"))
  }

  @Test("the specification itself is never replaced")
  func specificationStays() throws {
    let folder = try folder()
    let ending = try RenkeiProcess.run(
      ["synthesize", "s.spec.yaml", "-o", "./s.spec.yaml", "--force"], in: folder)
    #expect(ending.status == 73)
    #expect(ending.errors.contains("it is the specification itself"))
    #expect(try folder.read("s.spec.yaml") == Self.specification)
  }

  @Test("a wrong specification is reported by place and nothing is written")
  func wrong() throws {
    let folder = try folder("renkei_plans: 1\ncount: 3\ncolumns: {region: {vlaue: x}}\n")
    let ending = try RenkeiProcess.run(["synthesize", "s.spec.yaml", "-o", "p.csv"], in: folder)
    #expect(ending.status == 65)
    #expect(ending.errors.contains("s.spec.yaml:3:20: error: columns.region.vlaue: "))
    #expect(try folder.names() == ["s.spec.yaml"])
    let missing = try RenkeiProcess.run(["synthesize", "none.yaml", "-o", "-"], in: folder)
    #expect(missing.status == 66)
  }
}
