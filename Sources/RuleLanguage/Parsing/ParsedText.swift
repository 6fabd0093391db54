package import SourceText

/// A text in one or several languages, by language; the empty key is the text for all.
package typealias ParsedText = [String: Spanned<String>]

extension ParsedText {
  /// Whether it holds the sign that begins what is filled in.
  var mayFillIn: Bool {
    for text in values where text.value.utf8.contains(UInt8(ascii: "<")) { return true }
    return false
  }
}
