/// A rulebook in prose, before it is Markdown or HTML.
public struct RulebookDocument: Sendable {
  /// A piece of a line.
  enum Inline: Sendable, Equatable {
    case text(String)
    case strong(String)
    case code(String)
    /// Words that lead to an ``Anchor``.
    case link(String, to: String)
  }

  struct Item: Sendable {
    var words: [Inline]
    var below: [Item] = []
  }

  enum Block: Sendable {
    case heading(level: Int, String, anchor: String)
    case paragraph([Inline])
    case list([Item])
    case table(header: [String], rows: [[[Inline]]])
    case picture(Picture)
  }

  /// A drawing as SVG, with what it shows in words for who cannot see it.
  public struct Picture: Sendable {
    /// The name of its file, without the ending.
    public var name: String
    public var alternative: String
    public var svg: String
  }

  var title: String
  var language: String
  var blocks: [Block]

  /// Every picture, in the order of the document.
  public var pictures: [Picture] {
    var found: [Picture] = []
    for block in blocks {
      if case .picture(let picture) = block { found.append(picture) }
    }
    return found
  }
}

/// The names of places in a document to which links lead.
enum Anchor {
  static func rule(_ id: String) -> String { "rule-\(plain(id))" }
  static func property(_ id: String) -> String { "property-\(plain(id))" }
  static func decision(_ name: String) -> String { "decision-\(plain(name))" }
  static func variable(_ name: String) -> String { "fact-\(plain(name))" }
  static func parameter(_ name: String) -> String { "number-\(plain(name))" }
  static func source(_ id: String) -> String { "source-\(plain(id))" }
  static func aCase(_ id: String) -> String { "case-\(plain(id))" }

  /// What every reader of HTML and Markdown takes as it is; no two names become the same.
  private static func plain(_ name: String) -> String {
    name.replacing("[", with: "--").replacing("]", with: "")
  }
}

extension [RulebookDocument.Inline] {
  /// The pieces of several lines, one after the other.
  static func joined(_ parts: [[RulebookDocument.Inline]], by separator: String) -> [RulebookDocument.Inline] {
    var result: [RulebookDocument.Inline] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { result.append(.text(separator)) }
      result += part
    }
    return result
  }
}
