package import SourceText

/// The folder of a rulebook and those of its overlays.
package struct RulebookFolders {
  private var base: RulebookFolder
  private var overlays: [(path: String, folder: RulebookFolder)]

  /// - Parameter overlays: a folder that is given twice counts once.
  package init(_ path: String, overlays: [String]) {
    base = RulebookFolder(path)
    var seen: Set<String> = []
    let folders = overlays.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    self.overlays = folders.filter { seen.insert($0).inserted }.map { ($0, RulebookFolder($0)) }
  }

  package var files: [String: SourceFile] {
    overlays.reduce(base.files) { $0.merging($1.folder.files) { first, _ in first } }
  }

  package var diagnostics: [Diagnostic] { base.diagnostics + overlays.flatMap(\.folder.diagnostics) }
  package var ruleFileCount: Int { overlays.reduce(base.ruleFileCount) { $0 + $1.folder.ruleFileCount } }

  /// The roots of all files, those of each overlay apart.
  package mutating func read() -> (roots: [YAMLNode], overlays: [(path: String, roots: [YAMLNode])]) {
    let roots = base.read()
    var read: [(path: String, roots: [YAMLNode])] = []
    for index in overlays.indices {
      read.append((overlays[index].path, overlays[index].folder.read()))
    }
    return (roots, read)
  }

  /// An intake file that a case starts from: of a case in an overlay, relative to the overlay if it has such a file, else
  /// to the rulebook.
  package mutating func intake(_ name: Spanned<String>) -> (root: YAMLNode?, diagnostics: [Diagnostic]) {
    let own = overlays.indices.first {
      overlays[$0].folder.files[name.range.file] != nil && overlays[$0].folder.holds(name.value)
    }
    if let own { return overlays[own].folder.intake(name.value) }
    return base.intake(name.value)
  }
}
