import FoundationEssentials

/// The one way in which a record is written and read: JSON with sorted keys in `snake_case`. What seals a version and what
/// stands in the file follow from the same content in the same way, always.
enum RecordText {
  /// The text of the file.
  static func file(_ value: some Encodable) throws -> [UInt8] {
    try bytes(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]) + [UInt8(ascii: "\n")]
  }

  /// The same content without blanks, for a seal.
  static func canonical(_ value: some Encodable) throws -> [UInt8] {
    try bytes(value, [.sortedKeys, .withoutEscapingSlashes])
  }

  private static func bytes(_ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return Array(try encoder.encode(value))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(bytes))
  }
}
