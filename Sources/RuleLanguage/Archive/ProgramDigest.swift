import Cores
import Crypto
import FoundationEssentials
import RuleEngine

/// The canonical form of a program, and the digest over it.
enum ProgramDigest {
  /// JSON with sorted keys, without the digest itself.
  ///
  /// It takes as long as reading and checking the rulebook, so what there is much of is written in stretches, on all cores.
  static func canonical(_ program: Program) -> [UInt8] {
    let members = [
      Member("adaptation", program.adaptation), Member("assessmentDay", program.assessmentDay),
      Member("decisions", list: program.decisions), Member("digest", ""),
      Member("evaluationOrder", list: program.evaluationOrder), Member("header", program.header),
      Member("impossibilities", list: program.impossibilities), Member("parameters", list: program.parameters),
      Member("presentation", program.presentation), Member("rules", list: program.rules),
      Member("sources", list: program.sources), Member("variables", list: program.variables),
    ].compactMap(\.self)
    let stretches = inParallel(members.flatMap(\.stretches)) { $0() }
    var bytes = Array("{".utf8)
    var next = stretches.startIndex
    for (number, member) in members.enumerated() {
      bytes += Array("\(number == 0 ? "" : ",")\"\(member.key)\":\(member.isList ? "[" : "")".utf8)
      let end = next + member.stretches.count
      for place in next..<end {
        if place > next { bytes.append(UInt8(ascii: ",")) }
        bytes += stretches[place]
      }
      if member.isList { bytes.append(UInt8(ascii: "]")) }
      next = end
    }
    return bytes + "}".utf8
  }

  /// One key of a program and how to write what stands there.
  private struct Member {
    let key: String
    let isList: Bool
    /// Of a list, so many elements each, without the brackets.
    let stretches: [@Sendable () -> [UInt8]]

    /// `nil` where there is no value.
    init?(_ key: String, _ value: (some Encodable & Sendable)?) {
      guard let value else { return nil }
      self.key = key
      isList = false
      stretches = [{ Self.json(value) }]
    }

    init?(_ key: String, list: [some Encodable & Sendable]) {
      self.key = key
      isList = true
      // Elements differ in size, so there are more stretches than cores.
      let length = max(16, list.count / (4 * coreCount))
      stretches = stride(from: 0, to: list.count, by: length).map { start in
        { Array(Self.json(Array(list[start..<min(start + length, list.count)])).dropFirst().dropLast()) }
      }
    }

    private static func json(_ value: some Encodable) -> [UInt8] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return (try? encoder.encode(value)).map(Array.init) ?? []
    }
  }

  /// The SHA-256, as 64 hexadecimal digits.
  static func digest(of bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
