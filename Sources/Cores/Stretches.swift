/// Work on many small things, done in as many stretches as the machine has cores.
package enum Stretches {
  /// Fewer things are not worth a thread.
  private static let fewest = 500

  /// As many stretches of so many things as are worth it, one behind the other.
  package static func of(_ count: Int) -> [Range<Int>] {
    let parts = max(1, min(coreCount, count / fewest))
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  /// What comes of each of so many things, by its number.
  package static func map<Output: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Output) -> [Output] {
    let stretches = of(count)
    guard stretches.count > 1 else { return (0..<count).map(body) }
    return [Output](unsafeUninitializedCapacity: count) { places, filled in
      // Each goes straight to its place; to put stretches together would take longer than some of them.
      nonisolated(unsafe) let places = places
      _ = inParallel(stretches) { stretch in
        for number in stretch { places.initializeElement(at: number, to: body(number)) }
      }
      filled = count
    }
  }
}
