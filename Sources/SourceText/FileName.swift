import Synchronization

/// The name of a file, as a number: every place carries one, and a number is copied and compared sooner than a text.
///
/// ```swift
/// FileName("rules.yaml").text  // "rules.yaml"
/// ```
///
/// Names are kept until the program ends. There are as many as files were read.
struct FileName: Hashable, Sendable {
  private let number: Int32

  private struct Names {
    var texts: [String] = []
    var numbers: [String: Int32] = [:]
  }

  private static let names = Mutex(Names())

  init(_ text: String) {
    number = Self.names.withLock { names in
      if let number = names.numbers[text] { return number }
      let number = Int32(names.texts.count)
      names.texts.append(text)
      names.numbers[text] = number
      return number
    }
  }

  var text: String { Self.names.withLock { $0.texts[Int(number)] } }
}
