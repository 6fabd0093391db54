import Foundation
import TestSupport
import Testing

/// What may import what. The build enforces the manifest; this keeps the manifest to what was decided.
struct ImportTests {
  /// The modules a target may import, the system's apart.
  private static let allowed: [String: Set<String>] = [
    "Cores": ["CMalloc"],
    "SourceText": [],
    "RuleEngine": ["SourceText"],
    "RuleLanguage": ["CYAML", "Cores", "Crypto", "RuleEngine", "SourceText"],
    "RuleAnalysis": ["Cores", "RuleEngine", "SourceText"],
    "IntakeReading": ["CJSON", "RuleEngine", "RuleLanguage", "SourceText"],
    "Interviewing": ["RuleEngine", "RuleLanguage", "SourceText"],
    "PlanRecord": ["Crypto", "RuleEngine"],
    "Rendering": ["Cores", "Interviewing", "PlanRecord", "RuleAnalysis", "RuleEngine", "RuleLanguage", "SourceText"],
    "handrail": [
      "ArgumentParser", "Cores", "IntakeReading", "Interviewing", "PlanRecord", "Rendering", "RuleAnalysis",
      "RuleEngine",
      "RuleLanguage",
      "SourceText",
    ],
  ]

  /// The part that decides about people cannot see files, clocks or the network.
  private static let system: [String: Set<String>] = [
    "Cores": ["Dispatch", "Glibc", "Musl", "Synchronization"],
    "SourceText": ["Synchronization"],
    "RuleLanguage": ["FoundationEssentials", "Glibc", "Musl"],
    "PlanRecord": ["FoundationEssentials", "Glibc", "Musl"],
    "Rendering": ["FoundationEssentials"],
    "RuleAnalysis": ["Glibc", "Musl", "Synchronization"],
    "IntakeReading": ["Glibc", "Musl"],
    "handrail": ["Dispatch", "FoundationEssentials", "Glibc", "Musl", "Synchronization"],
  ]

  @Test(arguments: allowed.keys.sorted())
  func target(name: String) throws {
    let folder = "\(Corpus.repository)/Sources/\(name)"
    let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
    let may = (Self.allowed[name] ?? []).union(Self.system[name] ?? [])
    for file in files where file.hasSuffix(".swift") {
      for line in try Corpus.text(of: "\(folder)/\(file)").split(separator: "\n") {
        guard let match = line.firstMatch(of: /^\s*(?:public |package |internal |private )?import (\w+)/) else {
          continue
        }
        #expect(may.contains(String(match.output.1)), "\(file) imports \(match.output.1)")
      }
    }
  }

  @Test func everyTargetIsDecided() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: "\(Corpus.repository)/Sources")
    #expect(Set(folders).subtracting(["CJSON", "CMalloc", "CYAML"]) == Set(Self.allowed.keys))
  }

  /// Grouping by what a thing is called in Swift, or by nothing, is how rooms fill with everything.
  @Test func noRoomForEverything() throws {
    let files = try #require(FileManager.default.enumerator(atPath: "\(Corpus.repository)/Sources")).compactMap {
      $0 as? String
    }
    for file in files {
      #expect(file.firstMatch(of: /(Utils|Helpers|Extensions|Models|Manager)/) == nil, "\(file)")
    }
  }
}
