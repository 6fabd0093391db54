package import RuleEngine
import RuleLanguage
package import SourceText

/// Compiles texts as the files of a rulebook, without touching the disk.
package enum Compiling {
  package static func compile(
    _ files: [(name: String, text: String)]
  ) -> (program: Program?, cases: [Case], diagnostics: [Diagnostic], sources: [String: SourceFile]) {
    var roots: [YAMLNode] = []
    var diagnostics: [Diagnostic] = []
    var sources: [String: SourceFile] = [:]
    for (name, text) in files.sorted(by: { $0.name < $1.name }) {
      let file = SourceFile(name: name, text: text)
      sources[name] = file
      let (root, problems) = YAMLReader.read(file)
      diagnostics += problems
      if let root { roots.append(root) }
    }
    let parsed = RulebookParser.parse(roots)
    let checked = RulebookChecker.check(parsed.rulebook) { _ in (nil, []) }
    let lowered = Lowering.lower(checked.rulebook)
    diagnostics = (diagnostics + parsed.diagnostics + checked.diagnostics + lowered.diagnostics).sortedByPlace()
    let program = diagnostics.hasErrors ? nil : lowered.program
    return (program, program == nil ? [] : lowered.cases, diagnostics, sources)
  }
}
