import SourceText
import Testing

/// Eight bytes at once say what each byte says.
struct EightBytesTests {
  @Test func saysWhatEachByteSays() {
    var isRight = true
    // Every byte, in every place, among such as are near a border.
    let others: [UInt8] = [0x00, 0x1F, 0x20, 0x41, 0x7E, 0x7F, 0x80, 0xFF]
    for byte in UInt8.min...UInt8.max {
      for place in 0..<8 {
        for other in others {
          var bytes = [UInt8](repeating: other, count: 9)
          bytes[place + 1] = byte
          let eight = bytes.withUnsafeBytes { EightBytes($0, from: 1) }
          isRight = isRight && eight.arePlain == bytes[1...].allSatisfy { (0x20..<0x7F).contains($0) }
          for wanted in others + [byte, byte &+ 1] {
            isRight = isRight && eight.contains(wanted) == bytes[1...].contains(wanted)
          }
        }
      }
    }
    #expect(isRight)
  }
}
