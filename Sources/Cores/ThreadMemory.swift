#if canImport(Glibc)
  import CMalloc
#endif

/// The memory from which threads are given what they ask for.
package enum ThreadMemory {
  /// Takes memory from the system in large steps. Left alone, glibc asks the kernel for a page at a time for every thread but the
  /// first, and the others wait meanwhile. To be called before any other thread is there.
  package static func growInLargeSteps() {
    #if canImport(Glibc)
      // Only addresses: memory is taken as it is used. Of the 64 MiB that a thread can have, a request may reach half.
      mallopt(M_TOP_PAD, 32 << 20)
    #endif
  }
}
