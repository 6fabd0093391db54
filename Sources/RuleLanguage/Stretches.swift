import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Work on many things, done in as many stretches as the machine has cores.
enum Stretches {
  /// How many cores the machine has.
  static let coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Fewer things are not worth a thread.
  private static let fewest = 500

  /// As many stretches of so many things as are worth it, one behind the other.
  static func of(_ count: Int) -> [Range<Int>] {
    let parts = max(1, min(coreCount, count / fewest))
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  /// Does the same with each stretch, all at once. The results stand in the order of the stretches.
  static func inParallel<Stretch: Sendable, Output: Sendable>(
    _ stretches: [Stretch], _ body: @Sendable (Stretch) -> Output
  ) -> [Output] {
    guard stretches.count > 1 else { return stretches.map(body) }
    let results = Mutex([Output?](repeating: nil, count: stretches.count))
    DispatchQueue.concurrentPerform(iterations: stretches.count) { index in
      let result = body(stretches[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  /// What comes of each of so many things, by its number.
  static func map<Output: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Output) -> [Output] {
    let parts = inParallel(of(count)) { $0.map(body) }
    return parts.count == 1 ? parts[0] : Array(parts.joined())
  }
}
