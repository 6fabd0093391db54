import SourceText

/// Does something so many times, with all cores if whoever loads a rulebook lends them; returns when all is done.
public typealias Concurrency = (_ count: Int, _ body: @escaping @Sendable (Int) -> Void) -> Void

/// A YAML file as it was read.
struct ReadFile {
  let name: String
  let file: SourceFile?
  let root: YAMLNode?
  let diagnostics: [Diagnostic]

  init(_ name: String, isPersonal: Bool) {
    self.name = name
    let (file, problems) = FileReader.text(path: name, name: name, isPersonal: isPersonal)
    self.file = file
    guard let file, !problems.hasErrors else {
      root = nil
      diagnostics = problems
      return
    }
    let (root, findings) = YAMLReader.read(file)
    self.root = root
    diagnostics = problems + findings
  }
}

/// Files that are read beside each other: reading is the longest part of loading a rulebook, and no file needs another.
final class ReadFiles: @unchecked Sendable {
  /// INVARIANT: each place is written by one turn, and read when all are over.
  private let files: UnsafeMutableBufferPointer<ReadFile?>

  private init(count: Int) {
    files = .allocate(capacity: count)
    files.initialize(repeating: nil)
  }

  deinit {
    files.deinitialize()
    files.deallocate()
  }

  /// All files, in the order of their names.
  static func all(_ names: [String], _ concurrently: Concurrency) -> [ReadFile] {
    let all = ReadFiles(count: names.count)
    concurrently(names.count) { all.files[$0] = ReadFile(names[$0], isPersonal: false) }
    return all.files.compactMap(\.self)
  }
}
