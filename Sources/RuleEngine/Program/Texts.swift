/// A text in one or several languages. The empty key is the text for every language that has none of its own.
public struct LocalizedText: Sendable, Codable, Equatable {
  public var byLanguage: [String: String]

  public init(byLanguage: [String: String]) {
    self.byLanguage = byLanguage
  }

  public init(_ text: String) {
    byLanguage = ["": text]
  }

  /// The text in `language`, else for every language, else in English, else in the first language there is.
  public func text(in language: String) -> String {
    byLanguage[language] ?? byLanguage[""] ?? byLanguage["en"]
      ?? byLanguage.min { $0.key < $1.key }?.value ?? ""
  }
}

/// A text into which facts and parameters are filled.
public struct Template: Sendable, Codable, Equatable {
  public enum Segment: Sendable, Codable, Equatable {
    case literal(String)
    /// The value of the variable at this place in the program.
    case variable(Int)
    /// The value in force of the parameter at this place in the program.
    case parameter(Int)
  }

  /// The pieces for each language; the keys as in ``LocalizedText``.
  public var byLanguage: [String: [Segment]]

  public init(byLanguage: [String: [Segment]]) {
    self.byLanguage = byLanguage
  }

  public func segments(in language: String) -> [Segment] {
    byLanguage[language] ?? byLanguage[""] ?? byLanguage["en"]
      ?? byLanguage.min { $0.key < $1.key }?.value ?? []
  }
}
