import Rendering
import RuleEngine
import RuleLanguage

/// The program of a rulebook; reports its errors and ends the command if there are any.
func loadProgram(_ path: String, _ overlays: OverlayOptions, withDigest: Bool = true) throws -> Program {
  try program(of: overlays.load(path, withCases: false, withDigest: withDigest), path, overlays)
}

/// The same, of a rulebook that was loaded with its cases.
func program(of rulebook: Rulebook, _ path: String, _ overlays: OverlayOptions) throws -> Program {
  guard let program = rulebook.program else {
    let text = DiagnosticText(files: rulebook.files, style: Console.style(forErrors: true))
    Console.report(text.render(rulebook.diagnostics))
    let command = (["handrail check \(path)"] + overlays.overlay.map { "--overlay \($0)" }).joined(separator: " ")
    Console.report("The rulebook `\(path)` has errors, so no plan can be made; `\(command)` shows them all.\n")
    throw ExitStatus.rulebookErrors.error
  }
  return program
}
