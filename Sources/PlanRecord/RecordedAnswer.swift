public import RuleEngine

/// Who did something: a person, and in what role (`intake coordinator`, `LCSW`).
public struct Author: Sendable, Codable, Equatable {
  public var name: String
  public var role: String

  public init(name: String, role: String) {
    self.name = name
    self.role = role
  }
}

/// An answer as it is written in an intake: a word or number, a list of what was chosen, or a map where some options were
/// declined, not known or not asked.
public enum RecordedValue: Sendable, Equatable {
  case text(String)
  case chosen([String])
  case options([String: String])
}

/// One fact with its answer, who recorded it and when, and what it was before.
public struct RecordedAnswer: Sendable, Codable, Equatable {
  public struct Earlier: Sendable, Codable, Equatable {
    public var value: RecordedValue?
    public var at: Moment
    public var by: Author
  }

  public var fact: String
  /// `nil` where the answer was taken back.
  public var value: RecordedValue?
  public var at: Moment
  public var by: Author
  /// What was recorded before, the earliest first.
  public var earlier: [Earlier]

  public init(fact: String, value: RecordedValue?, at: Moment, by: Author, earlier: [Earlier] = []) {
    self.fact = fact
    self.value = value
    self.at = at
    self.by = by
    self.earlier = earlier
  }
}

extension RecordedValue: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let chosen = try? container.decode([String].self) {
      self = .chosen(chosen)
    } else {
      self = .options(try container.decode([String: String].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .chosen(let chosen): try container.encode(chosen)
    case .options(let options): try container.encode(options)
    }
  }
}

extension RecordedValue {
  /// An answer in the words of the rulebook.
  ///
  /// - Parameter domain: that of the fact the answer belongs to.
  public init(_ answer: Answer, of domain: Domain) {
    switch answer {
    case .declined: self = .text("declined")
    case .doesNotKnow: self = .text("does_not_know")
    case .option(let option): self = .text(domain.text(of: .option(option)))
    case .number(let number): self = .text(domain.text(of: number))
    case .members(let members):
      let named = zip(domain.names, members)
      guard members.contains(where: { $0 != .yes && $0 != .no }) else {
        self = .chosen(named.filter { $0.1 == .yes }.map(\.0))
        return
      }
      var options: [String: String] = [:]
      for (name, member) in named where member != .notAsked {
        options[name] = member == .doesNotKnow ? "does_not_know" : member.rawValue
      }
      self = .options(options)
    }
  }

  /// The answer it stands for; `nil` if the fact, as a rulebook has it now, cannot have this answer.
  public func answer(in domain: Domain) -> Answer? {
    switch (self, domain) {
    case (.text("declined"), _): return .declined
    case (.text("does_not_know"), _): return .doesNotKnow
    case (.text(let word), .options(let names, _)): return names.firstIndex(of: word).map(Answer.option)
    case (.text(let word), .numbers(let numbers)):
      guard let number = Number(word), numbers.interval.contains(number), !numbers.isWhole || number.isWhole else {
        return nil
      }
      return .number(number)
    case (.text(let word), .dates(let interval)):
      return CalendarDate(word).map { Number($0.days) }.flatMap { interval.contains($0) ? .number($0) : nil }
    case (.chosen(let chosen), .members(let names)):
      guard Set(chosen).isSubset(of: names) else { return nil }
      return .members(names.map { chosen.contains($0) ? .yes : .no })
    case (.options(let options), .members(let names)):
      guard Set(options.keys).isSubset(of: names) else { return nil }
      var members: [Answer.Member] = []
      for name in names {
        switch options[name] {
        case nil: members.append(.notAsked)
        case "yes": members.append(.yes)
        case "no": members.append(.no)
        case "declined": members.append(.declined)
        case "does_not_know": members.append(.doesNotKnow)
        default: return nil
        }
      }
      return .members(members)
    default: return nil
    }
  }
}
