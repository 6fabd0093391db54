import RuleAnalysis
import RuleEngine
import RuleLanguage
import SourceText

/// The faults that no case notices, as they stand in the JSON of a test run.
struct MutationReport: Encodable {
  struct Survivor: Encodable {
    var element: String
    var file: String?
    var line: Int?
    var text: String
    /// A case in YAML.
    var killer: String?
    /// Why no case was found that would notice it.
    var reason: String?
  }

  var counted: Int
  var killed: Int
  /// Of these, how many only a recorded explanation notices; given where explanations were compared.
  var killedByExplanations: Int
  var equivalent: Int
  var percent: String
  var survivors: [Survivor]

  init(_ run: MutationRun, _ rulebook: Rulebook, _ program: Program) {
    let words = MutationWords(rulebook, program)
    counted = run.counted
    killed = run.killed
    killedByExplanations = run.killedByRecords
    equivalent = run.equivalent
    percent = "\(run.permille / 10).\(run.permille % 10)"
    survivors = run.survivors.map { survivor in
      let place = words.place(survivor.mutant)
      return Survivor(
        element: words.name(survivor.mutant), file: place?.file, line: place?.start.line,
        text: words.text(survivor.mutant), killer: survivor.killer,
        reason: survivor.reason)
    }
  }
}
