/// What words were found to say, by the name that they are said of. In a large rulebook most conditions ask what another one
/// asks, and remembering is quicker than reading.
struct KnownReadings<Reading: Sendable>: Sendable {
  private struct Saying: Hashable {
    let name: String
    let words: String
  }

  private var readings: [Saying: Reading] = [:]
  /// Whether something was asked for that was not known.
  var hasMissed = false

  mutating func reading(of node: YAMLNode, on name: String) -> Reading? {
    // A block of text reads differently, and is not remembered.
    if case .scalar(let scalar) = node.content, !scalar.isBlock,
      let known = readings[Saying(name: name, words: scalar.text)]
    {
      return known
    }
    hasMissed = true
    return nil
  }

  mutating func note(_ reading: Reading, of node: YAMLNode, on name: String) {
    guard case .scalar(let scalar) = node.content, !scalar.isBlock else { return }
    readings[Saying(name: name, words: scalar.text)] = reading
  }
}
