/// Where a line stands in its file: byte offset, and length without the LF.
struct LinePlace: Equatable, Sendable {
  let offset: Int
  let length: Int
}
