/// Variables in the order in which they are to be decided: those of recent conflicts first ("VSIDS", Moskewicz et al., Chaff,
/// 2001), of equals the one with the lower number.
///
/// A heap in which each variable knows its place.
struct DecisionQueue {
  private var heap = Row<Int32>()
  private let places: Row<Int32>
  private let activities: Row<Double>
  /// What a conflict adds. It grows, so that earlier ones count for less.
  private var bonus = 1.0
  private static let (growth, most) = (1 / 0.95, 1e100)

  init(count: Int) {
    places = Row(repeating: -1, count: count)
    activities = Row(repeating: 0, count: count)
    for variable in 0..<Int32(count) { insert(variable) }
  }

  func free() {
    heap.free()
    places.free()
    activities.free()
  }

  /// The next variable, taken out; `nil` if none is left.
  mutating func next() -> Int32? {
    guard heap.count > 0 else { return nil }
    let first = heap[0]
    places[first] = -1
    let last = heap.removeLast()
    if heap.count > 0 {
      put(last, at: 0)
      sink(from: 0)
    }
    return first
  }

  /// Puts a variable back whose decision is taken back.
  mutating func insert(_ variable: Int32) {
    guard places[variable] < 0 else { return }
    heap.append(variable)
    places[variable] = Int32(heap.count - 1)
    rise(from: heap.count - 1)
  }

  /// Notes that a variable had a part in a conflict.
  mutating func note(_ variable: Int32) {
    activities[variable] += bonus
    if activities[variable] > Self.most {
      for index in 0..<activities.count { activities[index] /= Self.most }
      bonus /= Self.most
    }
    if places[variable] >= 0 { rise(from: Int(places[variable])) }
  }

  /// Lets what comes later count for more.
  mutating func age() { bonus *= Self.growth }

  private func goesBefore(_ one: Int32, _ other: Int32) -> Bool {
    let (first, second) = (activities[one], activities[other])
    return first > second || (first == second && one < other)
  }

  private func put(_ variable: Int32, at place: Int) {
    heap[place] = variable
    places[variable] = Int32(place)
  }

  private func rise(from start: Int) {
    let variable = heap[start]
    var place = start
    while place > 0, goesBefore(variable, heap[(place - 1) / 2]) {
      put(heap[(place - 1) / 2], at: place)
      place = (place - 1) / 2
    }
    put(variable, at: place)
  }

  private func sink(from start: Int) {
    let variable = heap[start]
    var place = start
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, goesBefore(heap[child + 1], heap[child]) { child += 1 }
      guard goesBefore(heap[child], variable) else { break }
      put(heap[child], at: place)
      place = child
    }
    put(variable, at: place)
  }
}
