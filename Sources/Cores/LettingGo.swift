import Dispatch

/// Lets go of what is no longer needed.
package enum LettingGo {
  /// Frees something large on another thread. That takes as long as building it did, and a program that is about to end need
  /// not wait for it.
  package static func aside<Value: Sendable>(_ value: consuming Value) {
    let last = value
    DispatchQueue.global().async { withExtendedLifetime(last) {} }
  }
}
