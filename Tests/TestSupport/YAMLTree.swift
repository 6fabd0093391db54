/// YAML to be written by tests, which knows where order counts.
public indirect enum YAMLTree: Sendable {
  case word(String)
  /// A list whose order counts.
  case list([YAMLTree])
  /// A list whose order must not matter.
  case bag([YAMLTree])
  case map([(String, YAMLTree)])

  /// The same tree with everything shuffled whose order must not matter.
  public func shuffled(using generator: inout SeededGenerator) -> YAMLTree {
    switch self {
    case .word: return self
    case .list(let items): return .list(items.map { $0.shuffled(using: &generator) })
    case .bag(let items): return .bag(items.map { $0.shuffled(using: &generator) }.shuffled(using: &generator))
    case .map(let entries):
      return .map(entries.map { ($0, $1.shuffled(using: &generator)) }.shuffled(using: &generator))
    }
  }

  /// The text in flow style, on one line.
  public var text: String {
    switch self {
    case .word(let word): word
    case .list(let items), .bag(let items): "[\(items.map(\.text).joined(separator: ", "))]"
    case .map(let entries): "{\(entries.map { "\($0): \($1.text)" }.joined(separator: ", "))}"
    }
  }
}
