public import SourceText

/// How the explanation of a case differs from the one that was recorded.
public struct ExplanationChange: Sendable {
  public enum Kind: Sendable {
    case changed
    /// Nothing was recorded for this case.
    case new
    /// There is a record, and no case.
    case gone
  }

  public let kind: Kind
  /// The id of the case, or the name of a record without a case.
  public let id: String
  public let place: SourceRange?
  /// The lines that differ, with `- ` or `+ ` before them, and those around them.
  public let lines: [String]

  public init(kind: Kind, id: String, place: SourceRange?, recorded: String = "", now: String = "") {
    self.kind = kind
    self.id = id
    self.place = place
    lines = kind == .changed ? ExplanationChange.difference(recorded, now) : []
  }

  /// One line of context around each change, and `…` where lines are left out.
  private static func difference(_ recorded: String, _ now: String) -> [String] {
    let old = recorded.split(separator: "\n").map(String.init)
    let new = now.split(separator: "\n").map(String.init)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var all: [(isChange: Bool, text: String)] = []
    var next = 0
    for (place, line) in old.enumerated() {
      if removed.contains(place) {
        all.append((true, "- \(line)"))
        continue
      }
      // What was there before stands before what is there now.
      while inserted.contains(next) {
        all.append((true, "+ \(new[next])"))
        next += 1
      }
      all.append((false, "  \(line)"))
      next += 1
    }
    for line in new[min(next, new.count)...] { all.append((true, "+ \(line)")) }
    var lines: [String] = []
    var last = -1
    for place in all.indices
    where (max(0, place - 1)...min(all.count - 1, place + 1)).contains(where: { all[$0].isChange }) {
      if place > last + 1 { lines.append("  …") }
      lines.append(all[place].text)
      last = place
    }
    return lines
  }

  /// `day-worker would be explained otherwise:`.
  var headline: String {
    switch kind {
    case .changed: "\(id) is explained otherwise than recorded:"
    case .new: "\(id) has no recorded explanation"
    case .gone: "\(id) is recorded, and there is no such case"
    }
  }

  static let advice = "If that is as it should be, record the explanations anew with --record, and read the difference."
}

/// What differs between explanations and their records, in each form.
public enum ExplanationText {
  public static func render(_ changes: [ExplanationChange], style: TextStyle) -> String {
    guard !changes.isEmpty else { return "" }
    var lines: [String] = []
    for change in changes {
      lines += style.wrap(change.headline.printable, indent: 0).map { style.paint($0, .bold) }
      for line in change.lines {
        let text = "  \(line)".printable
        lines.append(style.paint(text, line.hasPrefix("+") ? .green : line.hasPrefix("-") ? .red : .dim))
      }
    }
    let count = changes.count
    lines += style.wrap(
      "\(count) \(count == 1 ? "explanation differs" : "explanations differ"). \(ExplanationChange.advice)", indent: 0)
    return lines.joined(separator: "\n") + "\n"
  }

  public static func markdown(_ changes: [ExplanationChange]) -> String {
    guard !changes.isEmpty else { return "" }
    var lines = ["", "## Explanations that change", ""]
    for change in changes {
      lines += ["### \(MarkdownText.escape(change.headline))", ""]
      if !change.lines.isEmpty { lines += ["```diff"] + change.lines + ["```", ""] }
    }
    return (lines + [ExplanationChange.advice]).joined(separator: "\n") + "\n"
  }

  public static func github(_ changes: [ExplanationChange]) -> String {
    changes.map { change in
      WorkflowCommand.text(
        "error", at: change.place, title: "explanation \(change.id)",
        ([change.headline] + change.lines).joined(separator: "\n"))
    }.joined()
  }
}
