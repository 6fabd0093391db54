import Cores
public import RuleEngine
public import SourceText

/// A rulebook as loaded from a folder: the program, if nothing is wrong, and everything found on the way.
///
/// ```
/// files ─ Reading ─▶ YAMLNode ─ Parsing ─▶ ParsedRulebook ─ Checking ─▶ CheckedRulebook ─ Lowering ─▶ Program
/// ```
public struct Rulebook: Sendable {
  /// Ready to be evaluated; `nil` if an error was found.
  public let program: Program?
  public let cases: [Case]
  public let properties: [Property]
  /// Where each element was declared.
  public let places: ElementPlaces
  /// Everything found, also what is suppressed.
  public let diagnostics: [Diagnostic]
  /// What authors let stand, in the order of the files.
  public let suppressions: [Suppression]
  /// The files that were read, by name, to show places in them.
  public let files: [String: SourceFile]
  public let counts: Counts
  /// What overlays changed, by overlay and element.
  public let changes: [OverlayChange]

  /// What a rulebook holds, for a summary.
  public struct Counts: Sendable {
    public var files = 0
    public var facts = 0
    public var decisions = 0
    public var rules = 0
    public var cases = 0
  }

  /// Reads and checks a folder of YAML files, or a single file. Never throws: what is wrong is in ``diagnostics``.
  ///
  /// ```swift
  /// let rulebook = Rulebook.load("Rules")
  /// guard let program = rulebook.program else { print(rulebook.diagnostics); return }
  /// ```
  ///
  /// - Parameters:
  ///   - overlays: folders, or single files, that adapt the rulebook to a site or a state. Their order never matters.
  ///   - withCases: whether cases are checked, too; a plan needs none.
  ///   - withDigest: whether the program carries its digest, which takes as long as reading and checking it; only what is
  ///     written down of a plan needs one.
  public static func load(
    _ path: String, overlays: [String] = [], withCases: Bool = true, withDigest: Bool = true
  ) -> Rulebook {
    let (rulebook, rest) = loaded(path, overlays: overlays, withCases: withCases, withDigest: withDigest)
    LettingGo.aside(consume rest)
    return rulebook
  }

  /// The rulebook, and everything it was made of.
  private static func loaded(
    _ path: String, overlays: [String], withCases: Bool, withDigest: Bool
  ) -> (rulebook: Rulebook, rest: [any Sendable]) {
    var folders = RulebookFolders(path, overlays: overlays)
    let read = folders.read()
    let overlaid = OverlayApplication.apply(read.overlays, to: read.roots)
    let parsed = RulebookParser.parse(
      overlaid.roots, mayBeBroken: !folders.diagnostics.isEmpty || !overlaid.diagnostics.isEmpty)
    var source = parsed.rulebook
    source.overlays = overlaid.overlays
    if !withCases { source.cases = [] }
    let early = folders.diagnostics + overlaid.diagnostics + parsed.diagnostics
    let checked = RulebookChecker.check(source, hasErrorsOfShape: early.hasErrors) { folders.intake($0) }
    var diagnostics = early + checked.diagnostics
    if folders.files.isEmpty == false, parsed.rulebook.rules.isEmpty, parsed.rulebook.tables.isEmpty,
      !parsed.rulebook.hasUnreadableParts, !folders.diagnostics.hasErrors
    {
      diagnostics.append(.noRules(in: path))
    }
    let lowered = Lowering.lower(checked.rulebook)
    // A chain that is too long was reported already if checking came upon it.
    let isKnown = diagnostics.contains { $0.id == DiagnosticID.nestedTooDeep.rawValue }
    let late = lowered.diagnostics.filter { !isKnown || $0.id != DiagnosticID.nestedTooDeep.rawValue }
    diagnostics = (diagnostics + late).sortedByPlace().withoutNoiseOfSyntax()
    if let program = lowered.program, !diagnostics.hasErrors {
      diagnostics += IntakeCheck.check(checked.rulebook.cases, program)
    }
    var program = diagnostics.hasErrors ? nil : lowered.program
    if withDigest { program = program?.withDigest() }
    let suppressions = parsed.rulebook.suppressions.map { suppression in
      var copy = suppression
      copy.mustBeNeeded = overlays.isEmpty || overlaid.overlays.contains(suppression.place)
      return copy
    }
    let counts = Counts(
      files: folders.ruleFileCount, facts: parsed.rulebook.facts.count, decisions: parsed.rulebook.decisions.count,
      rules: checked.rulebook.rules.count, cases: checked.rulebook.cases.count)
    let rulebook = Rulebook(
      program: program, cases: program == nil ? [] : lowered.cases,
      properties: program == nil ? [] : lowered.properties,
      places: program == nil ? ElementPlaces() : checked.rulebook.places,
      diagnostics: diagnostics.limited(), suppressions: suppressions, files: folders.files,
      counts: counts, changes: overlaid.overlays.changes)
    return (rulebook, [read, overlaid.roots, parsed.rulebook, checked.rulebook])
  }
}

/// An intake as loaded from a file.
public struct IntakeFile: Sendable {
  public let intake: Intake
  public let diagnostics: [Diagnostic]
  public let file: SourceFile?

  /// Reads an intake in YAML or JSON; `-` is standard input.
  public static func load(_ path: String, for program: Program, language: String = "en") -> IntakeFile {
    let name = path == "-" ? "standard input" : path
    let (file, readingProblems) = FileReader.text(path: path, name: name, isPersonal: true)
    guard let file, !readingProblems.hasErrors else {
      return IntakeFile(intake: Intake(), diagnostics: readingProblems, file: file)
    }
    // JSON quotes its keys, which tells it from YAML in braces.
    let beginning = file.lines.joined().filter { !$0.isWhitespace }.prefix(2)
    let isJSON = path.hasSuffix(".json") || beginning == "{\"" || beginning == "{}"
    let (root, problems) = YAMLReader.read(isJSON ? file.withoutSurrogatePairs() : file)
    guard let root else {
      return IntakeFile(
        intake: Intake(), diagnostics: problems.isEmpty ? [.emptyIntake(name)] : problems.sortedByPlace(), file: file)
    }
    let reading = IntakeReader.read(root, IntakeNames(program), isPersonal: true, isJSON: isJSON)
    let found =
      problems + reading.diagnostics
      + IntakeCheck.check(program, reading.intake, places: reading.places, file: name, language: language)
    return IntakeFile(intake: reading.intake, diagnostics: found.sortedByPlace().limited(), file: file)
  }
}

extension [Diagnostic] {
  /// The first findings, and one that counts the rest.
  fileprivate func limited() -> [Diagnostic] {
    guard count > Limits.findings else { return self }
    return Array(prefix(Limits.findings)) + [.tooManyFindings(count - Limits.findings)]
  }

  /// Where a file is not valid YAML, what seems to be missing in it may stand in the part that could not be read.
  fileprivate func withoutNoiseOfSyntax() -> [Diagnostic] {
    let broken = Set(filter { $0.id == DiagnosticID.syntax.rawValue }.compactMap(\.range?.file))
    let missing = Set([DiagnosticID.missingKey, .missingBecause, .missingSources].map(\.rawValue))
    return filter { finding in !(missing.contains(finding.id) && broken.contains(finding.range?.file ?? "")) }
  }
}

extension SourceFile {
  /// JSON writes a character beyond U+FFFF as two escapes, which YAML knows as one.
  func withoutSurrogatePairs() -> SourceFile {
    let pair = /\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/
    guard lines.contains(where: { $0.contains(pair) }) else { return self }
    let text = lines.joined(separator: "\n").replacing(pair) { match in
      let high = (UInt32(match.output.1, radix: 16) ?? 0xD800) - 0xD800
      let low = (UInt32(match.output.2, radix: 16) ?? 0xDC00) - 0xDC00
      let digits = String(0x10000 + (high << 10) + low, radix: 16, uppercase: true)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
    return SourceFile(name: name, text: text, isPersonal: isPersonal)
  }
}
