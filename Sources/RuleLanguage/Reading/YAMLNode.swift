package import SourceText

/// A piece of a YAML file with its full range: what reading a file gives.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    case scalar(YAMLScalar)
    case list([YAMLNode])
    case map([YAMLEntry])
    /// A piece that could not be read and was reported; later stages pass over it.
    case broken
  }

  package var content: Content
  package var range: SourceRange

  package init(_ content: Content, _ range: SourceRange) {
    self.content = content
    self.range = range
  }
}

package struct YAMLEntry: Sendable {
  package var key: Spanned<String>
  package var value: YAMLNode
}

/// The text of a scalar. Quoting never changes meaning, but it tells a blank value from an empty text.
package struct YAMLScalar: Sendable {
  package var text: String
  package var isQuoted: Bool
  /// A `|` or `>` text.
  package var isBlock: Bool
  /// The comment right behind an unquoted text on its last line, which may have cut it.
  package var comment: YAMLRemark?

  /// Nothing was written.
  package var isBlank: Bool { text.isEmpty && !isQuoted && !isBlock }
}

/// The comment behind a text. Few texts have one, so it lies apart and makes no other text larger.
package final class YAMLRemark: Sendable {
  package let text: Spanned<String>

  init(_ text: Spanned<String>) {
    self.text = text
  }
}

extension YAMLNode {
  package var scalar: Spanned<YAMLScalar>? {
    if case .scalar(let scalar) = content { Spanned(scalar, range) } else { nil }
  }

  package var isBroken: Bool {
    if case .broken = content { true } else { false }
  }

  /// Whether it is broken, or something in it.
  var hasBrokenPart: Bool {
    switch content {
    case .broken: return true
    case .scalar: return false
    case .list(let items):
      for index in items.indices where items[index].hasBrokenPart { return true }
    case .map(let entries):
      for index in entries.indices where entries[index].value.hasBrokenPart { return true }
    }
    return false
  }

  package var isBlank: Bool {
    if case .scalar(let scalar) = content { scalar.isBlank } else { false }
  }

  /// What it is, for messages: `a map`, `a list`, `the text ...`.
  package var kind: String {
    switch content {
    case .scalar(let scalar): scalar.isBlank ? "nothing" : "a single value"
    case .list: "a list"
    case .map: "a map"
    case .broken: "something unreadable"
    }
  }
}
