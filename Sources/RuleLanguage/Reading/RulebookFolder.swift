import Cores
import FoundationEssentials
package import SourceText

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Finds and reads the YAML files of a rulebook: all below the folder, but hidden ones and the folders
/// `intakes` and `overlays`.
package struct RulebookFolder {
  private let path: String
  package private(set) var files: [String: SourceFile] = [:]
  package private(set) var diagnostics: [Diagnostic] = []
  package private(set) var ruleFileCount = 0
  /// Intakes that cases start from, by path.
  private var intakes: [String: FileReading] = [:]
  /// Folders directly below it that hold no rules.
  private var passedOver = ["intakes", "overlays"]
  /// Folders that were entered, by device and inode, so that links that lead back end.
  private var entered: Set<[UInt64]> = []

  /// The folder in which the rulebook lies: the folder itself, or that of a single file.
  private var base: String {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return path }
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  package init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The roots of all files, in the order of their names.
  package mutating func read() -> [YAMLNode] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      diagnostics.append(.cannotRead(path, reason: String(cString: strerror(errno))))
      return []
    }
    var names: [String] = []
    if status.st_mode & S_IFMT == S_IFDIR {
      collect(path, &names)
      if names.isEmpty, diagnostics.isEmpty { diagnostics.append(.noFiles(in: path)) }
    } else {
      names = [path]
    }
    ruleFileCount = names.count
    return inParallel(names) { FileReading($0, isPersonal: false) }.compactMap { take($0) }
  }

  /// All YAML files at a path, also those that are no part of the rules: a file itself, or what lies below a folder.
  package static func allFiles(at path: String) -> (names: [String], diagnostics: [Diagnostic]) {
    var folder = RulebookFolder(path)
    folder.passedOver = []
    var status = stat()
    guard stat(folder.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return ([folder.path], []) }
    var names: [String] = []
    folder.collect(folder.path, &names)
    return (names, folder.diagnostics)
  }

  /// The path of a file that is named relative to the rulebook.
  private func path(of name: String) -> String {
    name.hasPrefix("/") || base.isEmpty ? name : "\(base)/\(name)"
  }

  /// Whether there is a file of that name, relative to the rulebook.
  func holds(_ name: String) -> Bool {
    var status = stat()
    return stat(path(of: name), &status) == 0
  }

  /// An intake file that a case starts from, relative to the rulebook. Read once for all cases.
  package mutating func intake(_ name: String) -> (root: YAMLNode?, diagnostics: [Diagnostic]) {
    let full = path(of: name)
    let reading = intakes[full] ?? FileReading(full, isPersonal: true)
    intakes[full] = reading
    if let file = reading.file { files[file.name] = file }
    return (reading.root, reading.diagnostics)
  }

  private mutating func collect(_ folder: String, _ names: inout [String]) {
    var status = stat()
    guard stat(folder, &status) == 0 else {
      diagnostics.append(.cannotRead(folder, reason: String(cString: strerror(errno))))
      return
    }
    guard entered.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted else { return }
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      diagnostics.append(.cannotRead(folder, reason: "permission denied"))
      return
    }
    for entry in entries.sorted() where !entry.hasPrefix(".") {
      let full = "\(folder)/\(entry)"
      var status = stat()
      let isYAML = entry.hasSuffix(".yaml") || entry.hasSuffix(".yml")
      guard stat(full, &status) == 0 else {
        if isYAML { diagnostics.append(.cannotRead(full, reason: String(cString: strerror(errno)))) }
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        if folder == path, passedOver.contains(entry) { continue }
        collect(full, &names)
      } else if isYAML {
        guard status.st_mode & S_IFMT == S_IFREG else {
          diagnostics.append(.cannotRead(full, reason: "not a regular file"))
          continue
        }
        guard names.count < Limits.fileCount else {
          if names.count == Limits.fileCount { diagnostics.append(.tooManyFiles(path)) }
          return
        }
        names.append(full)
      }
    }
  }

  private mutating func take(_ reading: FileReading) -> YAMLNode? {
    diagnostics += reading.diagnostics
    if let file = reading.file { files[file.name] = file }
    return reading.root
  }
}

/// One file as it was read, and everything found wrong with it.
private struct FileReading: Sendable {
  let file: SourceFile?
  var root: YAMLNode?
  var diagnostics: [Diagnostic]

  init(_ name: String, isPersonal: Bool) {
    (file, diagnostics) = FileReader.text(path: name, name: name, isPersonal: isPersonal)
    guard let file, !diagnostics.hasErrors else { return }
    let (root, findings) = YAMLReader.read(file)
    self.root = root
    diagnostics += findings
    if root == nil, findings.isEmpty { diagnostics.append(isPersonal ? .emptyIntake(name) : .emptyFile(name)) }
  }
}
