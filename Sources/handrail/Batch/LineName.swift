/// What a line says its intake is called.
enum LineName {
  /// Nothing, or a word of JSON as it stands in the line.
  case json(UnsafeRawBufferPointer)
  case text(String)
}
