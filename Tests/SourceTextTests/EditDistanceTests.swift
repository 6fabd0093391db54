import SourceText
import Testing

struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("evening", "evning", 1), ("hours", "huors", 1),
    ("ab", "ba", 1),
  ])
  func distance(first: String, second: String, expected: Int) {
    #expect(editDistance(first, second) == expected)
    #expect(editDistance(second, first) == expected)
  }

  @Test func meantIsTheNearest() {
    #expect(likelyMeant("evning", among: ["daytime", "evening"]) == "evening")
    #expect(likelyMeant("Yes", among: ["no", "yes"]) == "yes")
    #expect(likelyMeant("banana", among: ["daytime", "evening"]) == nil)
    #expect(likelyMeant("job.hours", among: ["work.hours", "work.pay"]) == "work.hours")
  }

  /// The answer must not depend on the order of the candidates.
  @Test func tiesGoToTheFirstInByteOrder() {
    #expect(likelyMeant("cat", among: ["car", "bat"]) == likelyMeant("cat", among: ["bat", "car"]))
  }
}
