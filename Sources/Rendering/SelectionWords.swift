import RuleEngine

/// Says what a clinician selected, why, and what is recommended.
enum SelectionWords {
  /// - Parameter names: whether it says which member of a set it is.
  static func text(_ selected: SelectedValue, phase: String?, names: Bool = false) -> String {
    let words = names ? "\(selected.label) \(selected.words)" : selected.words
    let place = phase.map { " for the \($0) phase" } ?? ""
    var text: String
    if let because = selected.because {
      let by = selected.by.map { " by \($0)" } ?? ""
      text = "Selected\(place)\(by) (\(reason(because))): \(words)."
    } else {
      text = "Supposed\(place): \(words)."
    }
    if let note = selected.note, !note.isEmpty { text += " Note: \(note)\(note.hasSuffix(".") ? "" : ".")" }
    if selected.isSetAside { return text + " Kept without effect, since it does not apply." }
    guard selected.differs else { return text + " It is what is recommended." }
    text += " Recommended: \(selected.recommended)."
    if selected.isBelow { text += " What was selected is less; the reasons for more stand here." }
    return text
  }

  /// `client preference`.
  static func reason(_ reason: Selection.Reason) -> String {
    reason == .other ? "another reason" : reason.rawValue.replacing("_", with: " ")
  }
}
