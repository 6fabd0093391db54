import Crypto

/// What is wrong with a record.
public enum RecordFlaw: Error, Equatable, Sendable {
  /// The content of a version is not what was sealed.
  case changed(version: Int)
  /// A version does not follow from the one before it: one was taken out, put in, or exchanged.
  case brokenChain(version: Int)
  /// An earlier version is not signed, though there is a later one.
  case unsigned(version: Int)
  /// The file says more than the record, or says it in another form than Handrail writes.
  case notAsWritten
  /// No version of the record has the seal that was noted elsewhere.
  case sealNotFound
}

extension AssessmentRecord {
  mutating func sealCurrent() {
    versions[versions.count - 1].seal = Self.seal(of: current)
  }

  /// The SHA-256 over a version without its seal, so over its content and the seal of the version before it.
  static func seal(of version: Version) -> String {
    var content = version
    content.seal = ""
    // A version holds nothing that JSON cannot say, so this does not fail; if it did, no seal would match.
    let bytes = (try? RecordText.canonical(content)) ?? []
    return SHA256.hash(data: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// Everything that shows that the record is not as it was sealed.
  ///
  /// Seals are no secret: somebody who changes a version can seal it anew, with every version behind it. That shows only
  /// against a seal noted elsewhere, such as on signed paper. Without one, that the last versions were cut off does not show
  /// either.
  ///
  /// - Parameter noted: a seal, or at least its first 12 digits, from paper or another system.
  public func flaws(noted: String? = nil) -> [RecordFlaw] {
    var flaws: [RecordFlaw] = []
    var previous = ""
    for (index, version) in versions.enumerated() {
      if version.seal != Self.seal(of: version) { flaws.append(.changed(version: version.number)) }
      if version.previous != previous || version.number != index + 1 {
        flaws.append(.brokenChain(version: version.number))
      }
      if version.state != .signed, index < versions.count - 1 { flaws.append(.unsigned(version: version.number)) }
      previous = version.seal
    }
    if let noted, noted.count < 12 || !versions.contains(where: { $0.seal.hasPrefix(noted.lowercased()) }) {
      flaws.append(.sealNotFound)
    }
    return flaws
  }
}
