import FoundationEssentials
public import RuleLanguage
public import SourceText

/// Findings as SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS), for review tools and editors.
///
/// Columns count Unicode code points, as everywhere here; SARIF is told so, since it would count UTF-16 units. Each kind of
/// finding that occurs is described with the text of its page.
public enum DiagnosticSARIF {
  /// - Parameters:
  ///   - suppressed: what was found, but is let stand by the author.
  ///   - files: the files by name. Of one that holds answers no correction and nothing made of its text is written.
  public static func render(
    _ diagnostics: [Diagnostic], suppressed: [SuppressedFinding] = [], files: [String: SourceFile]
  ) -> String {
    let all = diagnostics.map { ($0, nil) } + suppressed.map { ($0.finding, Optional($0.suppression)) }
    let ids = Set(all.map(\.0.id)).sorted()
    var occurrences: [String: Int] = [:]
    let results = all.map { diagnostic, suppression in
      let file = diagnostic.range.flatMap { files[$0.file] }
      let isPersonal = file?.isPersonal ?? false
      return SARIFResult(
        ruleId: diagnostic.id, ruleIndex: ids.firstIndex(of: diagnostic.id) ?? -1,
        level: diagnostic.severity.rawValue,
        message: SARIFMessage(text: message(diagnostic)),
        locations: SARIFLocation(diagnostic.range).map { [$0] } ?? [],
        relatedLocations: diagnostic.notes.filter { $0.range != nil }.compactMap {
          SARIFLocation($0.range, message: $0.message)
        },
        fixes: isPersonal ? [] : diagnostic.fixIts.compactMap(SARIFFix.init),
        suppressions: suppression.map { [SARIFSuppression($0)] } ?? [],
        partialFingerprints: isPersonal ? [:] : fingerprint(diagnostic, file, &occurrences))
    }
    let driver = SARIFDriver(rules: ids.map(SARIFRule.init))
    let log = SARIFLog(runs: [SARIFRun(tool: SARIFTool(driver: driver), results: results)])
    return JSONText.render(log, keys: .useDefaultKeys)
  }

  /// Remarks without a place of their own belong to the message.
  private static func message(_ diagnostic: Diagnostic) -> String {
    let remarks = diagnostic.notes.filter { $0.range == nil }.map(\.message)
    return ([diagnostic.message] + remarks).joined(separator: "\n")
  }

  /// Stays the same while the file around the finding changes: made of the id, the file and the text of the line, and of how
  /// many such there were before.
  private static func fingerprint(
    _ diagnostic: Diagnostic, _ file: SourceFile?, _ occurrences: inout [String: Int]
  ) -> [String: String] {
    guard let file, let range = diagnostic.range else { return [:] }
    let line = file.line(range.start.line).drop { $0 == " " }
    // FNV-1a with 64 bits: enough to tell findings apart; nobody relies on it for safety.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(diagnostic.id)\n\(file.name)\n\(line)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    let name = String(hash, radix: 16)
    occurrences[name, default: 0] += 1
    return ["handrailLine/v1": "\(name):\(occurrences[name] ?? 1)"]
  }
}

// The parts of a SARIF file, with the names that the standard gives them.

private struct SARIFLog: Encodable {
  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version
    case runs
  }

  var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  var version = "2.1.0"
  var runs: [SARIFRun]
}

private struct SARIFRun: Encodable {
  var tool: SARIFTool
  var columnKind = "unicodeCodePoints"
  var results: [SARIFResult]
}

private struct SARIFTool: Encodable {
  var driver: SARIFDriver
}

private struct SARIFDriver: Encodable {
  var name = "handrail"
  var semanticVersion = ProgramVersion.text
  var rules: [SARIFRule]
}

private struct SARIFRule: Encodable {
  struct Help: Encodable {
    var text: String
    var markdown: String
  }

  var id: String
  var shortDescription: SARIFMessage
  var fullDescription: SARIFMessage
  var help: Help

  init(_ id: String) {
    self.id = id
    let page = DiagnosticPage.named(id)
    shortDescription = SARIFMessage(text: page?.summary ?? id)
    fullDescription = SARIFMessage(text: page?.explanation ?? id)
    help = Help(text: page?.markdown ?? id, markdown: page?.markdown ?? id)
  }
}

private struct SARIFMessage: Encodable {
  var text: String
}

private struct SARIFResult: Encodable {
  var ruleId: String
  var ruleIndex: Int
  var level: String
  var message: SARIFMessage
  var locations: [SARIFLocation]
  var relatedLocations: [SARIFLocation]
  var fixes: [SARIFFix]
  /// Empty for what is not suppressed.
  var suppressions: [SARIFSuppression]
  var partialFingerprints: [String: String]
}

private struct SARIFSuppression: Encodable {
  var kind = "inSource"
  var justification: String
  var location: SARIFLocation?

  init(_ suppression: Suppression) {
    justification = suppression.reason
    location = SARIFLocation(suppression.place)
  }
}

private struct SARIFLocation: Encodable {
  struct Physical: Encodable {
    var artifactLocation: SARIFArtifact
    var region: SARIFRegion
  }

  var physicalLocation: Physical
  var message: SARIFMessage?

  init?(_ range: SourceRange?, message: String? = nil) {
    guard let range, !range.file.isEmpty else { return nil }
    physicalLocation = Physical(artifactLocation: SARIFArtifact(range.file), region: SARIFRegion(range))
    self.message = message.map(SARIFMessage.init)
  }
}

private struct SARIFArtifact: Encodable {
  /// Relative to where the program ran, or `file:///…`.
  var uri: String

  init(_ path: String) {
    let encoded = path.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "/-._~".contains(character))
      return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
    uri = path.hasPrefix("/") ? "file://\(encoded)" : encoded
  }
}

private struct SARIFRegion: Encodable {
  var startLine: Int
  var startColumn: Int
  var endLine: Int
  var endColumn: Int

  init(_ range: SourceRange) {
    startLine = range.start.line
    startColumn = range.start.column
    endLine = range.end.line
    endColumn = range.end.column
  }
}

private struct SARIFFix: Encodable {
  struct Change: Encodable {
    var artifactLocation: SARIFArtifact
    var replacements: [Replacement]
  }

  struct Replacement: Encodable {
    var deletedRegion: SARIFRegion
    var insertedContent: SARIFMessage
  }

  var description: SARIFMessage
  var artifactChanges: [Change]

  init?(_ fixIt: Diagnostic.FixIt) {
    guard !fixIt.range.file.isEmpty else { return nil }
    description = SARIFMessage(text: fixIt.message)
    artifactChanges = [
      Change(
        artifactLocation: SARIFArtifact(fixIt.range.file),
        replacements: [
          Replacement(
            deletedRegion: SARIFRegion(fixIt.range), insertedContent: SARIFMessage(text: fixIt.replacement))
        ])
    ]
  }
}
