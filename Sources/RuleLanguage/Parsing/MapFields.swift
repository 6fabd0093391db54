import SourceText

/// The entries of a map by their keys, with the keys that may stand there.
struct MapFields {
  private let kind: String
  private let name: String?
  /// The place of the key that holds the map, for what is missing in it.
  let place: SourceRange
  /// Few enough to be gone through.
  private var entries: [YAMLEntry]
  /// Keys that are there, but misspelt or without a value: reported once, and not missing.
  private var excused: Set<String> = []

  /// What the map is, for messages: `the fact ...`. Most maps are never spoken of.
  var what: String { name.map { "\(kind) `\($0)`" } ?? kind }

  /// Reads a map; reports another shape, unknown keys, and keys without a value.
  ///
  /// - Parameters:
  ///   - what: what the map is, for messages: `the fact`.
  ///   - name: its name, if it has one.
  init?(
    _ node: YAMLNode, what: String, named name: String? = nil, at place: SourceRange, allowed: [String],
    _ diagnostics: inout [Diagnostic]
  ) {
    kind = what
    self.name = name
    self.place = place
    entries = []
    guard let list = node.entries(what: self.what, &diagnostics) else { return nil }
    entries = list.allSatisfy { allowed.contains($0.key.value) } ? list : known(list, allowed, &diagnostics)
    if case .map(let all) = node.content, all.count > list.count {
      excused.formUnion(all.filter(\.value.isBlank).map(\.key.value))
    }
  }

  /// The entries whose keys are known; reports the others.
  private mutating func known(
    _ list: [YAMLEntry], _ allowed: [String], _ diagnostics: inout [Diagnostic]
  ) -> [YAMLEntry] {
    list.filter { entry in
      if allowed.contains(entry.key.value) { return true }
      if let meant = Diagnostic.meantKey(entry.key.value, among: allowed) { excused.insert(meant) }
      diagnostics.append(.unknownKey(entry.key, in: what, expected: allowed))
      return false
    }
  }

  /// The value behind a key; `nil` if it is missing or unreadable.
  func node(_ key: String) -> YAMLNode? {
    guard let place = place(of: key), !entries[place].value.isBroken else { return nil }
    return entries[place].value
  }

  private func place(of key: String) -> Int? {
    for index in entries.indices where entries[index].key.value == key { return index }
    return nil
  }

  func key(_ key: String) -> SourceRange? { place(of: key).map { entries[$0].key.range } }
  func has(_ key: String) -> Bool { place(of: key) != nil }

  /// Whether the key was written in some way, so that it must not be called missing.
  func isWritten(_ key: String) -> Bool { has(key) || excused.contains(key) }

  /// Whether options or their order are there but could not be read.
  func isBroken(_ options: ParsedOptions) -> Bool {
    isWritten("options") && options.options == nil || isWritten("ordered") && options.ordered == nil
  }

  func required(_ key: String, _ diagnostics: inout [Diagnostic]) -> YAMLNode? {
    if let node = node(key) { return node }
    if !isWritten(key) { diagnostics.append(.missingKey(key, in: what, at: place)) }
    return nil
  }
}

extension YAMLNode {
  /// The entries of a map; reports another shape, and keys without a value.
  func entries(what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]) -> [YAMLEntry]? {
    switch content {
    case .broken: return nil
    case .map(let entries):
      guard entries.indices.contains(where: { entries[$0].value.isBlank }) else { return entries }
      return entries.filter { entry in
        guard entry.value.isBlank else { return true }
        if entry.key.value.contains(":"), !entry.key.value.contains(" ") {
          diagnostics.append(.missingSpace(entry.key, isPersonal: false))
        } else {
          diagnostics.append(.emptyValue(of: entry.key))
        }
        return false
      }
    case .scalar(let scalar) where scalar.text.contains(":") && !scalar.text.contains(" "):
      diagnostics.append(.missingSpace(Spanned(scalar.text, range), isPersonal: false))
      return nil
    case .scalar, .list:
      diagnostics.append(.unexpectedShape(self, expected: "a map of `key: value` for \(what())"))
      return nil
    }
  }

  /// A single word or a few words on one line.
  func word(what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]) -> Spanned<String>? {
    guard !isBroken else { return nil }
    guard let scalar, !scalar.value.isBlank else {
      diagnostics.append(.unexpectedShape(self, expected: what()))
      return nil
    }
    return scalar.map(\.text)
  }

  /// A list of words; a single word counts as a list of one.
  func words(what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]) -> [Spanned<String>]? {
    guard case .list(let items) = content else { return word(what: what(), &diagnostics).map { [$0] } }
    return items.compactMap { $0.word(what: what(), &diagnostics) }
  }

  /// A free text, which no comment may cut, in one language or in several.
  func text(what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]) -> ParsedText? {
    guard case .map = content else {
      guard let scalar = freeText(what: what(), &diagnostics) else { return nil }
      return ["": scalar]
    }
    var texts: ParsedText = [:]
    for entry in entries(what: what(), &diagnostics) ?? [] {
      guard entry.key.value.isLanguageCode else {
        diagnostics.append(.notALanguage(entry.key))
        return nil
      }
      texts[entry.key.value] = entry.value.freeText(what: what(), &diagnostics)
    }
    return texts.isEmpty ? nil : texts
  }

  func freeText(what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]) -> Spanned<String>? {
    guard let word = word(what: what(), &diagnostics), let scalar else { return nil }
    if word.value.isOnlyBlanks {
      diagnostics.append(Diagnostic(.emptyValue, "the text is empty; write \(what())", at: range))
    }
    if let comment = scalar.value.comment?.text {
      diagnostics.append(
        .commentCutsText(comment.range, text: range, whole: "\(scalar.value.text) \(comment.value)"))
    }
    return word
  }

  /// `yes` or `no`, and nothing near it.
  func yesOrNo(what: @autoclosure () -> String, _ diagnostics: inout [Diagnostic]) -> Bool? {
    guard let word = word(what: "`yes` or `no` for \(what())", &diagnostics) else { return nil }
    switch word.value {
    case "yes": return true
    case "no": return false
    default:
      diagnostics.append(.notYesOrNo(word))
      return nil
    }
  }
}

extension String {
  fileprivate var isOnlyBlanks: Bool {
    // Most texts begin with a letter, which is seen sooner in bytes.
    if let first = utf8.first, first > UInt8(ascii: " "), first < 0x7F { return false }
    return allSatisfy(\.isWhitespace)
  }

  /// `en`, `es`, `pt-BR`.
  var isLanguageCode: Bool {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts[0].utf8.count == 2, parts[0].allSatisfy(\.isLowercase) else {
      return false
    }
    return parts.count == 1 || (parts[1].utf8.count == 2 && parts[1].allSatisfy(\.isUppercase))
  }

  /// `[a-z][a-z0-9_]*`, with dots between parts.
  var isName: Bool {
    var previous = UInt8(ascii: ".")
    for byte in utf8 {
      if previous == UInt8(ascii: ".") {
        guard byte.isSmallLetter else { return false }
      } else {
        guard byte.isPartOfName || byte == UInt8(ascii: ".") else { return false }
      }
      previous = byte
    }
    return previous != UInt8(ascii: ".")
  }

  /// `keep-the-day-job`.
  var isKebab: Bool {
    guard utf8.first?.isSmallLetter ?? false else { return false }
    var previous = UInt8(ascii: "-")
    for byte in utf8 {
      guard byte.isSmallLetter || byte.isDigit || byte == UInt8(ascii: "-") && previous != byte else { return false }
      previous = byte
    }
    return previous != UInt8(ascii: "-")
  }
}

extension Substring {
  var isPlainName: Bool {
    guard let first = utf8.first, first.isSmallLetter else { return false }
    return utf8.allSatisfy(\.isPartOfName)
  }
}

extension UInt8 {
  var isSmallLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isPartOfName: Bool { isSmallLetter || isDigit || self == UInt8(ascii: "_") }
}
