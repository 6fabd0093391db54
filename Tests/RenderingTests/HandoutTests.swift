import Foundation
import Rendering
import RuleEngine
import RuleLanguage
import TestSupport
import Testing

/// The client's page: one sheet, in plain words, for every case of the shipped rulebook.
struct HandoutTests {
  /// Of every case, and of every shipped intake with a selection.
  private static let plans: [(name: String, plan: Plan)] = {
    let rulebook = Rulebook.load("\(Corpus.repository)/Rules")
    guard let program = rulebook.program else { return [] }
    return rulebook.cases.map { ($0.id, Plan(program, $0.intake)) }
  }()

  @Test func oneSheetForEachCase() throws {
    #expect(Self.plans.count > 40)
    try withTemporaryFolder { folder in
      // All in one file, so that the browser starts once; each begins on a sheet of its own.
      let paper = try Paper(HandoutHTML.render(Self.plans.map(\.plan)), in: folder)
      guard try paper.pages() != Self.plans.count else { return }
      let titles = try (1...paper.pages()).filter { try !paper.text(ofPage: $0).contains("Your plan") }
      Issue.record("\(try paper.pages()) sheets for \(Self.plans.count) handouts; overflowing onto sheets \(titles)")
    }
  }

  /// Flesch and Kincaid's grade level (Kincaid, Fishburne, Rogers and Chissom 1975), over all that is printed.
  @Test func eighthGradeWords() throws {
    var worst = (name: "", grade: 0.0)
    var sum = 0.0
    for (name, plan) in Self.plans {
      let grade = ReadingLevel.grade(HandoutText.sentences(HandoutMarkdown.render(plan)))
      sum += grade
      if grade > worst.grade { worst = (name, grade) }
    }
    print("grade level of handouts: \(sum / Double(Self.plans.count)) on average, worst \(worst)")
    #expect(worst.grade <= 8, "\(worst.name): \(worst.grade)")
    #expect(sum > 0)
  }

  /// The formula itself, on a text counted by hand: 17 words, 2 sentences, 19 syllables... and on a hard one.
  @Test func readingLevelIsMeasured() {
    #expect(ReadingLevel.syllables("cat") == 1)
    #expect(ReadingLevel.syllables("table") == 2)
    #expect(ReadingLevel.syllables("medicine") == 3)
    #expect(ReadingLevel.syllables("evaluation") == 5)
    let easy = ReadingLevel.grade(["The cat sat on the mat.", "It was a big cat."])
    let hard = ReadingLevel.grade([
      "Individualized pharmacotherapeutic evaluation necessitates interdisciplinary consultation regarding contraindications."
    ])
    #expect(easy < 1)
    #expect(hard > 20)
  }

  @Test func crisisLinesAreOnEveryPage() {
    for (name, plan) in Self.plans {
      let page = HandoutHTML.render(plan)
      #expect(page.contains("988") && page.contains("Call 911"), "\(name)")
    }
  }

  /// Reasons and answers stay on the clinician's paper.
  @Test func noReasonOnTheClientsPage() {
    for (name, plan) in Self.plans {
      let page = HandoutMarkdown.render(plan)
      for reason in plan.decisions.flatMap(\.values).flatMap(\.reasons) where reason.text.count > 40 {
        #expect(!page.contains(reason.text), "\(name)")
      }
    }
  }
}

/// What the page says, as sentences. The rows of a list are no sentences; read aloud, twelve of their words are taken for
/// one, which is stricter than taking each row for one.
enum HandoutText {
  static func sentences(_ markdown: String) -> [String] {
    var prose: [String] = []
    var listed: [Substring] = []
    for line in markdown.split(separator: "\n") {
      let plain = line.replacing(/[#*|_\\\-–]+/, with: " ")
      if line.hasPrefix("|") || line.hasPrefix("- ") && !plain.contains(".") {
        listed += plain.split(separator: " ")
      } else {
        prose += plain.split(whereSeparator: { ".?!".contains($0) }).map(String.init)
      }
    }
    let rows = stride(from: 0, to: listed.count, by: 12).map {
      listed[$0..<min($0 + 12, listed.count)].joined(separator: " ")
    }
    return (prose + rows).filter { $0.contains(where: \.isLetter) }
  }
}

/// How many years of school a text asks for.
enum ReadingLevel {
  static func grade(_ sentences: [String]) -> Double {
    let words = sentences.flatMap { $0.split(whereSeparator: { !$0.isLetter && $0 != "'" }).map(String.init) }
    guard !words.isEmpty, !sentences.isEmpty else { return 0 }
    let syllables = words.reduce(0) { $0 + self.syllables($1) }
    return 0.39 * Double(words.count) / Double(sentences.count) + 11.8 * Double(syllables) / Double(words.count) - 15.59
  }

  /// Groups of vowels, but for a silent e at the end.
  static func syllables(_ word: String) -> Int {
    let letters = Array(word.lowercased())
    var count = 0
    var wasVowel = false
    for (index, letter) in letters.enumerated() {
      let isVowel = "aeiouy".contains(letter)
      // Two vowels that are spoken apart: medi-ation, evalu-ation, medi-um.
      let apart =
        index > 0 && ["ia", "ua", "iu", "io", "eo"].contains(String(letters[(index - 1)...index]))
        && !["tio", "sio", "cia", "gio", "tia"].contains(String(letters[max(0, index - 2)...index]))
      if isVowel, !wasVowel || apart { count += 1 }
      wasVowel = isVowel
    }
    if letters.count > 2, letters.last == "e", !"aeiouy".contains(letters[letters.count - 2]),
      !(letters[letters.count - 2] == "l" && !"aeiouy".contains(letters[letters.count - 3]))
    {
      count -= 1
    }
    return max(1, count)
  }
}
