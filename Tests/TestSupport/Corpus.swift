import Foundation

/// The golden files, and what compares with them.
public enum Corpus {
  /// The folder `Tests/Corpus`.
  public static let folder: String = {
    let here = URL(filePath: #filePath)
    return here.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Corpus").path
  }()

  /// The top of the repository.
  public static let repository = URL(filePath: folder).deletingLastPathComponent().deletingLastPathComponent().path

  /// Whether golden files are written anew, to be read as a diff: `RECORD=1 swift test`.
  public static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  /// The names of the files in a folder of the corpus with one of the endings, sorted.
  public static func files(in path: String, endings: [String]) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)")) ?? []
    return all.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
  }

  /// The names of the folders in a folder of the corpus, sorted.
  public static func folders(in path: String) -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)")) ?? []
    return all.filter { !$0.contains(".") }.sorted()
  }

  public static func text(of path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// How a text differs from a golden file, `nil` if it does not; a missing file differs. When recording, writes the file.
  public static func difference(_ text: String, from path: String) -> String? {
    if isRecording {
      let folder = URL(filePath: path).deletingLastPathComponent()
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return nil
      } catch {
        return "cannot record \(path): \(error)"
      }
    }
    guard let expected = try? String(contentsOfFile: path, encoding: .utf8) else {
      return "\(path) is missing; record it with RECORD=1 swift test"
    }
    guard text != expected else { return nil }
    return "\(path) differs; RECORD=1 swift test writes it anew\n\(firstDifference(expected, text))"
  }

  private static func firstDifference(_ expected: String, _ found: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    let was = line < old.count ? old[line] : "(end)"
    let now = line < new.count ? new[line] : "(end)"
    return "line \(line + 1)\n- \(was)\n+ \(now)"
  }
}
