/// Where a line stands in its file: byte offset, and length without the LF.
struct LinePlace: Equatable, BitwiseCopyable, Sendable {
  let offset: Int
  let length: Int
}
