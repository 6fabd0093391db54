public import RuleAnalysis
public import RuleEngine
public import RuleLanguage
import SourceText

/// The faults that no case notices, for reading on a terminal, each with a case that would notice it.
public enum MutationText {
  public static func render(_ run: MutationRun, _ rulebook: Rulebook, _ program: Program, style: TextStyle) -> String {
    let words = MutationWords(rulebook, program)
    var lines = ["", style.paint(MutationWords.summary(run), run.survivors.isEmpty ? .green : .yellow)]
    for survivor in run.survivors {
      let place = words.place(survivor.mutant).map { " (\(CaseWords.place($0)))" } ?? ""
      let text = "\(words.name(survivor.mutant))\(place): \(words.text(survivor.mutant))"
      lines += [""] + style.wrap(text.printable, indent: 2, first: 0).map { style.paint($0, .cyan) }
      if let killer = survivor.killer {
        // Not wrapped, so that it can be pasted.
        lines += killer.split(separator: "\n").map { String($0).printable }
      } else {
        lines += style.wrap(
          MutationWords.unknown(survivor), indent: 2)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public static func shortfall(_ run: MutationRun, minimum: Number) -> String {
    "\(MutationWords.summary(run)), and at least \(minimum) % is demanded\n"
  }

  /// `120 of 900 faults tried`.
  public static func progress(_ done: Int, of total: Int) -> String { "\(done) of \(total) faults tried" }
}
