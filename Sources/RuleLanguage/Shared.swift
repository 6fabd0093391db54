/// A value in one place, of which only the place is copied: for what is large, and passed on ten thousand times.
@dynamicMemberLookup
package final class Shared<Value: Sendable>: Sendable {
  package let value: Value

  init(_ value: Value) {
    self.value = value
  }

  package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
    @inline(__always) get { value[keyPath: path] }
  }
}
