import FoundationEssentials
import Rendering

/// A folder with the recorded explanations of cases, one Markdown file for each.
struct ExplanationFolder {
  let path: String

  /// What could not be done, in words.
  struct Failure: Error {
    var message: String
  }

  /// How the explanations differ from what was recorded.
  ///
  /// - Parameter isComplete: whether these are all cases, so that a record of any other is one too many.
  func changes(_ explanations: [CaseExplanation], isComplete: Bool) -> [ExplanationChange] {
    var changes = explanations.compactMap { explanation -> ExplanationChange? in
      guard let recorded = text(explanation.fileName) else {
        return ExplanationChange(kind: .new, id: explanation.id, place: explanation.place)
      }
      guard recorded != explanation.text else { return nil }
      return ExplanationChange(
        kind: .changed, id: explanation.id, place: explanation.place, recorded: recorded, now: explanation.text)
    }
    if isComplete {
      changes += surplus(explanations).map {
        ExplanationChange(kind: .gone, id: $0, place: nil)
      }
    }
    return changes
  }

  /// Writes what differs, and deletes the records of cases that are gone.
  func record(_ explanations: [CaseExplanation], isComplete: Bool) throws(Failure) {
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(message: "The folder `\(path)` cannot be made.")
    }
    for explanation in explanations where text(explanation.fileName) != explanation.text {
      let file = "\(path)/\(explanation.fileName)"
      guard files.createFile(atPath: file, contents: Data(explanation.text.utf8)) else {
        throw Failure(message: "The file `\(file)` cannot be written.")
      }
    }
    guard isComplete else { return }
    for name in surplus(explanations) {
      do {
        try files.removeItem(atPath: "\(path)/\(name)")
      } catch {
        throw Failure(message: "The file `\(path)/\(name)` cannot be deleted.")
      }
    }
  }

  /// Records of cases that are gone; other files of the folder are nobody's business here.
  private func surplus(_ explanations: [CaseExplanation]) -> [String] {
    let known = Set(explanations.map(\.fileName))
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { name in
      name.hasSuffix(".md") && !known.contains(name)
        && (text(name).map { CaseExplanation.isRecorded($0, as: name) } ?? false)
    }.sorted()
  }

  private func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) }
  }
}
