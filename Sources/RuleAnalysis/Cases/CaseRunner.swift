import Cores
public import RuleEngine
public import SourceText

/// Runs the cases of a rulebook: each intake must get the plan that was promised.
public enum CaseRunner {
  /// How one case came out.
  public struct Result: Sendable {
    public let id: String
    /// Why the plan is right, in the words of the case.
    public let why: String?
    public let place: SourceRange
    /// What differs from the promise; empty if nothing does.
    public let differences: [CaseDifference]
    public var hasPassed: Bool { differences.isEmpty }
  }

  /// Every case, in the order of the ids; on all cores.
  public static func run(_ cases: [Case], _ program: Program, language: String = "en") -> [Result] {
    inParallel(cases) { aCase in
      let check = CaseCheck(aCase, Evaluator.evaluate(program, aCase.intake), language: language)
      return Result(
        id: aCase.id, why: aCase.why?.text(in: language), place: aCase.place, differences: check.differences())
    }
  }

  /// Whether a case gets its plan, without finding out what differs.
  package static func passes(_ aCase: Case, _ evaluation: Evaluation) -> Bool {
    CaseCheck(aCase, evaluation, language: "en").passes
  }
}

extension [Case] {
  /// The cases whose id matches: with `*` (any letters) or `?` (any letter) the whole id, else any part of it.
  public func filtered(by pattern: String) -> [Case] {
    guard pattern.contains(where: { $0 == "*" || $0 == "?" }) else { return filter { $0.id.contains(pattern) } }
    return filter { $0.id.matches(glob: pattern) }
  }
}

extension String {
  /// One pass, which goes back to the last `*` where a letter does not fit.
  fileprivate func matches(glob: String) -> Bool {
    let text = [Character](self)
    let pattern = [Character](glob)
    var place = 0
    var next = 0
    var star: (pattern: Int, text: Int)?
    while place < text.count {
      if next < pattern.count, pattern[next] == "*" {
        star = (next, place)
        next += 1
      } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[place] {
        next += 1
        place += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        next = last.pattern + 1
        place = last.text + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }
}
