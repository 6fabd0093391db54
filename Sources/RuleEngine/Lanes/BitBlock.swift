extension Table<UInt64> {
  /// Turns 64 neighbouring words so that the bit `b` of the word `w` becomes the bit `w` of the word `b`, in six rounds that
  /// exchange ever smaller squares.
  func transpose(_ source: Int, into target: Table<UInt64>, at start: Int) {
    for word in 0..<64 { target[start + word] = self[source + word] }
    var width = 32
    var mask: UInt64 = 0x0000_0000_FFFF_FFFF
    while width > 0 {
      let shift = UInt64(truncatingIfNeeded: width)
      var word = 0
      while word < 64 {
        let low = target[start + word]
        let high = target[start + word + width]
        let exchanged = ((low &>> shift) ^ high) & mask
        target[start + word] = low ^ (exchanged &<< shift)
        target[start + word + width] = high ^ exchanged
        word = (word + width + 1) & ~width
      }
      width >>= 1
      mask ^= mask &<< UInt64(truncatingIfNeeded: width)
    }
  }
}
