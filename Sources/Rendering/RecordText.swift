public import PlanRecord

/// What is said about records and their files.
public enum RecordText {
  public static func text(_ problem: RecordFile.Problem) -> String {
    switch problem {
    case .cannotRead(let reason): "the record cannot be read: \(reason)"
    case .cannotWrite(let reason): "the record cannot be written: \(reason); the file is as it was"
    case .tooLarge: "this is larger than any record"
    case .notARecord:
      "this is no record that this version of Handrail can read; a record begins with `handrail record new`"
    case .alreadyThere: "there is a file already, and nothing was written; choose another name"
    case .changedMeanwhile: "somebody else has written this record meanwhile, and nothing was written; try again"
    }
  }

  public static func text(_ refusal: RecordRefusal) -> String {
    switch refusal {
    case .notADraft: "only a draft can be reviewed; this version is reviewed or signed already"
    case .notReviewed: "only a reviewed version can be signed; review it first with `handrail record review`"
    case .noPlan: "there is no plan yet; answer the questions first"
    case .nothingSelected(let name): "nothing is selected for `\(name)`"
    }
  }

  /// One line for each flaw.
  public static func flaws(_ flaws: [RecordFlaw]) -> String {
    flaws.map { flaw -> String in
      switch flaw {
      case .changed(let version): "version \(version) is not what was sealed: somebody has changed it"
      case .brokenChain(let version):
        "version \(version) does not follow from the one before it: a version was taken out, put in or exchanged"
      case .unsigned(let version): "version \(version) is not signed, though there is a later one"
      case .notAsWritten: "the file is not as Handrail writes it: something was added or rewritten by hand"
      case .sealNotFound: "no version has the seal that was noted; give at least its first 12 digits"
      }
    }.map { "\($0)\n" }.joined()
  }

  /// A record at a glance: its versions, who did what, and what is selected. Answers are counted and not shown.
  public static func summary(_ record: AssessmentRecord) -> String {
    var lines: [String] = []
    for version in record.versions {
      if !lines.isEmpty { lines.append("") }
      lines.append("Version \(version.number): \(version.state.rawValue)")
      lines.append(
        "  Rulebook \(version.rulebook.name) \(version.rulebook.version), \(version.rulebook.digest.prefix(12))")
      let answered = version.answers.count { $0.value != nil }
      let changed = version.answers.count { !$0.earlier.isEmpty }
      lines.append("  \(answered) answers, \(changed) of them changed")
      lines += version.steps.map { step in
        let note = step.note.map { " (\($0))" } ?? ""
        return "  \(step.at): \(step.what.rawValue) by \(step.by.text)\(note)"
      }
      for selection in version.selections {
        let reason = selection.because.map { " (\(SelectionWords.reason($0)))" } ?? ""
        let what = selection.value.map { "= \($0)\(reason)" } ?? "withdrawn"
        lines.append("  \(selection.at): \(selection.decision) \(what) by \(selection.by.text)")
      }
      if let sentence = version.plan?["sentence"]?.text { lines.append("  \(sentence)") }
      lines.append("  Seal \(version.seal.prefix(12))")
    }
    return lines.map { "\($0.printable)\n" }.joined()
  }
}
