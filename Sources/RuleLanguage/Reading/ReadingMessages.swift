package import SourceText

/// All messages of reading files and YAML, in the order of their names.
extension Diagnostic {
  static func cannotRead(_ name: String, reason: String) -> Diagnostic {
    Diagnostic(.cannotRead, "cannot read `\(name)`: \(reason.lowercased())", at: nil)
  }

  /// - Parameter whole: the text together with what was taken for a comment.
  static func commentCutsText(_ comment: SourceRange, text: SourceRange, whole: String) -> Diagnostic {
    let fix = FixIt(
      "put the text in quotes, or the comment on a line of its own",
      replace: SourceRange(file: text.file, start: text.start, end: comment.end), with: quoted(whole))
    return Diagnostic(
      .commentCutsText, "the text ends at `#`, which begins a comment", at: comment, fixIts: whole.isEmpty ? [] : [fix])
  }

  static func controlCharacter(_ scalar: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .controlCharacter, "the invisible character \(codePoint(scalar)) cannot stand in a file; delete it", at: range)
  }

  static func duplicateKey(_ key: Spanned<String>, first: SourceRange, isPersonal: Bool) -> Diagnostic {
    // In an intake a key may be an option, and so an answer.
    let name = isPersonal ? "this key" : "`\(key.value)`"
    return Diagnostic(
      .duplicateKey, "\(name) stands twice in the same map; keep one", at: key.range,
      notes: [Note("the first one is here", at: first)])
  }

  static func emptyFile(_ name: String) -> Diagnostic {
    Diagnostic(
      .emptyFile, "the file holds nothing; write a section such as `rules:`, or delete it", at: .start(of: name))
  }

  static func emptyIntake(_ name: String) -> Diagnostic {
    Diagnostic(
      .emptyFile, "the intake holds no answers; write at least `assessed_on:` and one answer", at: .start(of: name))
  }

  static func emptyValue(of key: Spanned<String>) -> Diagnostic {
    if key.value.contains(where: { $0 == " " }) || key.value.first?.isNumber == true {
      return Diagnostic(
        .emptyValue,
        "a comma inside braces ends a value, so `\(key.value)` stands alone here; put a text with a "
          + "comma in quotes, and write numbers without commas",
        at: key.range)
    }
    return Diagnostic(
      .emptyValue,
      "`\(key.value)` has no value; write one after the colon, or delete it",
      at: key.range)
  }

  static func fileTooLarge(_ name: String) -> Diagnostic {
    Diagnostic(
      .fileTooLarge, "`\(name)` is larger than \(Limits.fileSize / 1024 / 1024) MiB; split it into several files",
      at: nil)
  }

  static func keyNotAWord(_ key: YAMLNode) -> Diagnostic {
    Diagnostic(
      .syntax, "a key must be a word, not \(key.kind); put a text that begins with `{` or `[` in quotes", at: key.range)
  }

  static func keyWithoutWord(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .syntax, "a key is missing here; write one before a colon, and put a text with a `?` or `:` in quotes", at: range)
  }

  static func lineSeparator(_ scalar: Unicode.Scalar, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .lineSeparator, "the character \(codePoint(scalar)) breaks the line unseen; replace it by a space", at: range,
      fixIts: [FixIt("replace it by a space", replace: range, with: " ")])
  }

  static func missingSpace(_ word: Spanned<String>, isPersonal: Bool) -> Diagnostic {
    if word.value.unicodeScalars.contains("\u{A0}") {
      return Diagnostic(
        .missingSpace, "a blank that does not break (U+00A0) stands behind the colon; type an ordinary blank",
        at: word.range)
    }
    guard !isPersonal, let colon = word.value.firstIndex(of: ":") else {
      return Diagnostic(.missingSpace, "a colon needs a space after it", at: word.range)
    }
    let key = word.value[..<colon]
    let value = word.value[word.value.index(after: colon)...]
    return Diagnostic(
      .missingSpace, "`\(word.value)` is one word; a colon needs a space after it", at: word.range,
      fixIts: [FixIt("write `\(key): \(value)`", replace: word.range, with: "\(key): \(value)")])
  }

  static func nestedTooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(.nestedTooDeep, "more than \(Limits.nesting) maps and lists stand inside each other", at: range)
  }

  static func noFiles(in folder: String) -> Diagnostic {
    Diagnostic(
      .noRules, "`\(folder)` holds no YAML files; a rulebook is a folder of files that end in `.yaml`", at: nil)
  }

  static func noRules(in folder: String) -> Diagnostic {
    Diagnostic(.noRules, "`\(folder)` holds no rules; write at least one under `rules:`", at: nil)
  }

  static func notUTF8(_ name: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .notUTF8, "the file is not UTF-8 from here on; save it again with the encoding UTF-8",
      at: SourceRange(file: name, start: position, end: position))
  }

  static func secondDocument(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .secondDocument, "a second document begins here, and would be lost; delete the line `---`, or use two files",
      at: range)
  }

  static func syntax(_ error: YAMLSyntaxError, line: Int, in file: SourceFile) -> Diagnostic {
    let text = file.line(line)
    let content = text.drop { $0 == " " }
    let first = text.unicodeScalars.count - content.unicodeScalars.count + 1
    let opening = error.contextLine == line ? error.contextColumn : nil
    let start = SourcePosition(line: line, column: opening ?? (line == error.line ? max(1, error.column) : first))
    let end = SourcePosition(line: line, column: text.unicodeScalars.count + 1)
    if let match = content.firstMatch(of: /^([a-z][a-z0-9_.]*):(\S+)/), content.firstMatch(of: /^\S+:\s/) == nil {
      let word = String(match.output.0)
      let from = SourcePosition(line: line, column: first)
      let to = SourcePosition(line: line, column: first + word.unicodeScalars.count)
      return .missingSpace(
        Spanned(word, SourceRange(file: file.name, start: from, end: to)), isPersonal: file.isPersonal)
    }
    let range = SourceRange(file: file.name, start: start, end: end)
    return Diagnostic(.syntax, SyntaxHint.message(for: error, line: String(content)), at: range)
  }

  static func textTooLong(at range: SourceRange) -> Diagnostic {
    Diagnostic(.textTooLong, "the text is longer than \(Limits.textLength) characters", at: range)
  }

  static func tooManyFiles(_ name: String) -> Diagnostic {
    Diagnostic(.tooManyFiles, "`\(name)` holds more than \(Limits.fileCount) files", at: nil)
  }

  package static func tooManyFindings(_ count: Int) -> Diagnostic {
    Diagnostic(
      .tooManyFindings, "\(count) more findings are not shown; mend those above and run again", at: nil)
  }

  static func tooManySyntaxErrors(_ name: String, line: Int) -> Diagnostic {
    let place = SourcePosition(line: line, column: 1)
    return Diagnostic(
      .syntax,
      "reading ends here, after \(Limits.syntaxErrors) places that are not valid YAML; mend those above and run again",
      at: SourceRange(file: name, start: place, end: place))
  }

  static func utf16(_ name: String) -> Diagnostic {
    Diagnostic(
      .notUTF8, "the file is UTF-16; save it again with the encoding UTF-8", at: .start(of: name))
  }

  static func yamlAlias(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .yamlFeature,
      "a value that begins with `*` stands for another place, which is not allowed; write the value out, "
        + "or put a text in quotes", at: range)
  }

  static func yamlAnchor(_ name: String, at range: SourceRange, isPersonal: Bool) -> Diagnostic {
    Diagnostic(
      .yamlFeature,
      "\(isPersonal ? "a word with `&` before it" : "`&\(name)`") names a value for use elsewhere, which is not allowed; "
        + "delete it, or put a text in quotes", at: range)
  }

  static func yamlDirective(at range: SourceRange) -> Diagnostic {
    Diagnostic(.yamlFeature, "lines that begin with `%` are not allowed; delete it", at: range)
  }

  static func yamlMergeKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(.yamlFeature, "`<<` merges another map, which is not allowed; write the keys out", at: range)
  }

  static func yamlTag(_ tag: String, at range: SourceRange, isPersonal: Bool) -> Diagnostic {
    let word = tag.split(separator: ":").last.map(String.init) ?? tag
    let shown = word.hasPrefix("!") ? word : "!" + word
    return Diagnostic(
      .yamlFeature,
      "\(isPersonal ? "a word with `!` before it" : "`\(shown)`") is a YAML tag and would be lost; where `!` means not, write "
        + "`not` and the value, and put a text in quotes",
      at: range)
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

/// Says what a syntax error most likely is, in words for people who do not know YAML.
private enum SyntaxHint {
  /// Keys whose values are texts, so that a sign in them wants quotes and not a matcher.
  private static let textKeys: Set<String> = [
    "ask", "because", "given_by", "help", "label", "otherwise", "publisher", "reviewed_by", "sentence", "title",
    "where",
    "why",
  ]
  private static let conditionKeys: Set<String> = [
    "applies_when", "expect", "given", "not", "recommend", "unless", "when",
  ]

  static func message(for error: YAMLSyntaxError, line: String) -> String {
    let parts = line.split(separator: ":", maxSplits: 1)
    let key = parts.first.map { $0.trimmingSpaces() } ?? ""
    let value = parts.dropFirst().first.map { $0.trimmingSpaces() } ?? line
    let isText = textKeys.contains(key) || key.isLanguageCode
    if line.hasPrefix("\t") || error.problem.contains("cannot start any token") && line.contains("\t") {
      return "a tab cannot indent; use spaces"
    }
    if error.problem.contains("unknown escape") {
      return "a backslash in double quotes begins a special sign; write it twice, or use single quotes"
    }
    if let message = quotes(value, error) { return message }
    if let first = value.first, "*&%@`|>?!-,".contains(first) || (first == "<" || first == "="), !value.hasPrefix("- ")
    {
      if isText || !"><=".contains(first) {
        return "a text cannot begin with \(first == "`" ? "a backquote" : "`\(first)`"); put it in quotes"
      }
      return "a value cannot begin with `\(first)`; write `at least`, `more than`, `at most` or `less than`"
    }
    if line.contains(/: *[><]/) {
      return "a value cannot begin with a sign such as `>`; write `at least` or `more than`"
    }
    let closesEarly =
      error.problem.contains("expected <block end>") || error.problem.contains("block mapping")
      || error.problem.contains("expected key")
    if closesEarly, value.hasPrefix("{") { return "a value that begins with `{` is a map; put a text in quotes" }
    if closesEarly, value.hasPrefix("[") { return "a value that begins with `[` is a list; put a text in quotes" }
    if error.problem.contains("mapping values are not allowed") {
      return conditionKeys.contains(key)
        ? "a second `: ` stands in this line; put what follows `\(key):` on the next line, indented, or in braces"
        : "a second `: ` stands in this line; put a text that contains `: ` in quotes"
    }
    if line.contains("not ["), error.context?.contains("flow") == true {
      return "`not […]` cannot stand inside braces; write `{not: […]}`"
    }
    if error.context?.contains("flow sequence") == true {
      return "the list that opens with `[` is broken here; separate its values by commas and close it with `]`"
    }
    if error.context?.contains("flow mapping") == true {
      return
        "the map that opens with `{` is broken here; write `key: value`, separated by commas, and close it with `}`"
    }
    if error.problem.contains("could not find expected ':'") { return "a key without a colon; write `key: value`" }
    if closesEarly || error.problem.contains("'-' indicator") || error.problem.contains("block sequence") {
      return
        "this line does not fit the lines above; keys of one map begin in the same column, list items with `- `, and "
        + "a text that goes on is indented further"
    }
    return "this is not valid YAML (\(error.problem)); put a text with unusual signs in quotes"
  }

  private static func quotes(_ value: String, _ error: YAMLSyntaxError) -> String? {
    for quote in ["\"", "'"] where value.hasPrefix(quote) {
      let rest = value.dropFirst()
      if error.context?.contains("quoted scalar") == true, !rest.contains(quote) {
        return "the quote that opens here is never closed; add the same quote at the end of the text"
      }
      let isFlow = error.context?.contains("flow") ?? false
      if !isFlow, rest.contains(quote), !rest.hasSuffix(quote) || rest.dropLast().contains(quote) {
        return
          "text stands behind the closing quote; put the whole text in the other kind of quotes, or write the quote "
          + "inside it twice"
      }
    }
    guard error.context?.contains("quoted scalar") == true else { return nil }
    return "the quote that opens here is never closed; add the same quote at the end of the text"
  }
}
