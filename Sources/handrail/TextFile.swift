import FoundationEssentials

/// Files that a command writes where it was told to.
enum TextFile {
  /// Writes the text, with the folders it needs; a file of that name is replaced as a whole or not at all.
  static func write(_ text: String, to path: String) throws {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    do {
      if !folder.isEmpty { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      Console.report("`\(path)` cannot be written; give a file in a folder that may be written to.\n")
      throw ExitStatus.cannotWrite.error
    }
  }
}
