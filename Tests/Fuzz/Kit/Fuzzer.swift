import Glibc

/// libFuzzer (https://llvm.org/docs/LibFuzzer.html) from a Swift main: the package manager gives every executable a main
/// of its own, so the driver is called by name.
package enum Fuzzer {
  package typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

  /// Runs until the limits on the command line are reached; ends the process.
  package static func run(_ target: Target) -> Never {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(driver(&count, &arguments, target))
  }
}

// Pointers and a C function pointer are passed alike in Swift's and C's calling conventions.
@_silgen_name("LLVMFuzzerRunDriver")
private func driver(
  _ argc: UnsafeMutablePointer<CInt>,
  _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>, _ target: Fuzzer.Target
) -> CInt

/// libFuzzer's own main, which the archive brings along and nobody starts, wants it.
@_cdecl("LLVMFuzzerTestOneInput")
package func unusedTarget(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt { 0 }
