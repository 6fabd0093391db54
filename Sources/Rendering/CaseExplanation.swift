import Cores
import RuleAnalysis
public import RuleEngine
public import SourceText

/// The plan of a case in a reader's words, to be kept beside the rules and reviewed when it changes.
///
/// It has neither digest nor version, so that it changes only if the reader would see something else. It holds what the case
/// says of its person: cases are about invented people.
public struct CaseExplanation: Sendable {
  public let id: String
  public let place: SourceRange
  public let text: String

  /// `young-person.md`.
  public var fileName: String { "\(id).md" }

  /// The explanations of the cases that stand alone, in the order of the ids; on all cores. The rows of a family differ in
  /// what their table says, and nobody would read each as a whole.
  public static func all(of cases: [Case], _ program: Program, language: String = "en") -> [CaseExplanation] {
    inParallel(cases) { aCase in
      text(of: aCase, program, language: language).map {
        CaseExplanation(id: aCase.id, place: aCase.place, text: $0)
      }
    }.compactMap(\.self)
  }

  /// The text for a case that stands alone; `nil` for a row of a family.
  public static func text(of aCase: Case, _ program: Program, language: String = "en") -> String? {
    guard !aCase.id.hasSuffix("]") else { return nil }
    let plan = Plan(program, aCase.intake, language: language)
    return PlanMarkdown.explanation(of: plan, title: aCase.id, why: aCase.why?.text(in: language))
  }

  /// Whether a text was recorded as the explanation of the case with this file name, and by nobody else.
  public static func isRecorded(_ text: String, as fileName: String) -> Bool {
    text.hasPrefix("# \(fileName.dropLast(3))\n")
  }
}
