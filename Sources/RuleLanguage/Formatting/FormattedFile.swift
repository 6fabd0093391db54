public import SourceText

/// A YAML file as `handrail format` writes it.
///
/// ```swift
/// let file = FormattedFile.load("Rules/rules/track.yaml")
/// file.text     // nil if it could not be read; the reason is in file.diagnostics
/// file.changed  // whether it differs from what is there
/// ```
public struct FormattedFile: Sendable {
  /// As the user gave it.
  public let path: String
  /// The text in its form; `nil` if the file is left as it is.
  public let text: String?
  public let isChanged: Bool
  /// What keeps the file from being read, as in a check.
  public let diagnostics: [Diagnostic]
  public let file: SourceFile?
  /// Whether the new text would say something else than the old one, and was thrown away: a defect of Handrail.
  public let isDefect: Bool

  /// All YAML files at a path, intakes and overlays among them: the file itself, or what lies below a folder.
  public static func files(at path: String) -> (names: [String], diagnostics: [Diagnostic]) {
    RulebookFolder.allFiles(at: path)
  }

  /// Reads a file, `-` for standard input, and puts it into its form. Nothing is written.
  public static func load(_ path: String) -> FormattedFile {
    let name = path == "-" ? "standard input" : path
    let isPersonal = path.split(separator: "/").dropLast().contains("intakes")
    let (bytes, problems) = FileReader.bytes(path: path, name: name)
    guard let bytes else {
      return FormattedFile(
        path: path, text: nil, isChanged: false, diagnostics: problems, file: nil, isDefect: false)
    }
    return format(bytes, path: path, name: name, isPersonal: isPersonal)
  }

  /// Puts the bytes of a file into their form.
  package static func format(
    _ bytes: [UInt8], path: String, name: String, isPersonal: Bool = false
  ) -> FormattedFile {
    let (file, unreadable) = FileReader.decode(bytes, name: name, isPersonal: isPersonal)
    func result(_ text: String?, _ diagnostics: [Diagnostic] = [], isDefect: Bool = false) -> FormattedFile {
      FormattedFile(
        path: path, text: text, isChanged: text.map { Array($0.utf8) != bytes } ?? false,
        diagnostics: diagnostics.sortedByPlace(), file: file, isDefect: isDefect)
    }
    guard let file, !unreadable.hasErrors else { return result(nil, unreadable) }
    let (root, problems) = YAMLReader.read(file)
    // A file with comments alone says nothing, and is left as it is.
    guard let root, !problems.hasErrors else { return result(nil, problems) }
    let text = YAMLPrinter.text(of: root, in: file)
    // Reading it again must give the same; else the author's words would be changed in silence.
    let written = SourceFile(name: file.name, text: text, isPersonal: file.isPersonal)
    let (again, newProblems) = YAMLReader.read(written)
    guard let again, newProblems.isEmpty, again.saysTheSame(as: root),
      again.comments(in: written).map(\.text).sorted() == root.comments(in: file).map(\.text).sorted()
    else { return result(nil, isDefect: true) }
    return result(text)
  }
}

extension YAMLNode {
  /// Whether two nodes mean the same to every later stage.
  package func saysTheSame(as other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let first), .scalar(let second)):
      let isNull = ["null", "~"].contains(first.text)
      return first.text == second.text && first.isBlank == second.isBlank
        && first.comment?.text.value == second.comment?.text.value && (!isNull || first.isQuoted == second.isQuoted)
    case (.list(let first), .list(let second)):
      return first.count == second.count && zip(first, second).allSatisfy { $0.saysTheSame(as: $1) }
    case (.map(let first), .map(let second)):
      return first.count == second.count
        && zip(first, second).allSatisfy { $0.key.value == $1.key.value && $0.value.saysTheSame(as: $1.value) }
    default: return false
    }
  }
}
