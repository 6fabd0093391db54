extension Array {
  /// The place of the element of that name, by binary search.
  ///
  /// - Parameter elementName: the name of an element; the elements are sorted by it.
  package func place(of name: String, by elementName: (Element) -> String) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if elementName(self[middle]) < name { low = middle + 1 } else { high = middle }
    }
    return low < count && elementName(self[low]) == name ? low : nil
  }
}
