/// The number of single-character insertions, deletions, substitutions and swaps of neighbours between two words
/// (optimal string alignment: Damerau 1964, with each place edited once).
public func editDistance(_ first: some StringProtocol, _ second: some StringProtocol) -> Int {
  let a = Array(first.unicodeScalars)
  let b = Array(second.unicodeScalars)
  guard !a.isEmpty else { return b.count }
  guard !b.isEmpty else { return a.count }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      row[j] = min(last[j] + 1, row[j - 1] + 1, substitution)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

/// The word of `candidates` that was probably meant by `word`, or `nil` if none is near.
///
/// Near means that about a third of the letters are wrong at most. The first in byte order wins a tie, so that the answer
/// never depends on the order of `candidates`.
///
/// ```swift
/// likelyMeant("evning", among: ["evening", "daytime"])  // "evening"
/// ```
///
/// - Parameter bySpelling: whether only spelling counts, and not that a dotted name has the right end.
public func likelyMeant(
  _ word: String, among candidates: some Sequence<String>, bySpelling: Bool = false
) -> String? {
  guard word.unicodeScalars.count <= 100 else { return nil }
  let lowered = word.lowercased()
  var best: (distance: Int, word: String)?
  for candidate in candidates where candidate != word {
    let limit = max(1, (min(word.count, candidate.count) + 1) / 3)
    let size = abs(word.unicodeScalars.count - candidate.unicodeScalars.count)
    guard size <= limit else { continue }
    let distance = lowered == candidate ? 0 : editDistance(lowered, candidate)
    guard distance <= limit else { continue }
    if let current = best, (current.distance, current.word) <= (distance, candidate) { continue }
    best = (distance, candidate)
  }
  if best == nil, !bySpelling, let last = word.split(separator: ".").last, word.contains(".") {
    // A dotted name with the right end and a wrong beginning is usually the one name with that end.
    let sameEnd = candidates.filter { $0.hasSuffix(".\(last)") }
    if sameEnd.count == 1 { return sameEnd[0] }
  }
  return best?.word
}
