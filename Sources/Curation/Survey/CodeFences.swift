/// The fenced code blocks of a Markdown text (CommonMark 0.31, section 4.5): a fence is at least three backticks or tildes
/// at the beginning of a line; only one of the same character, as long at least and with nothing behind it, closes it.
struct CodeFences {
  /// Blocks that begin.
  private(set) var count = 0
  /// The last of them never ends.
  private(set) var isOpen = false

  init(_ text: String) {
    var open: (mark: UInt8, length: Int)?
    var text = text
    text.withUTF8 { bytes in
      var at = 0
      while at < bytes.count {
        if let fence = Self.fence(bytes, at) {
          if let current = open {
            if fence.mark == current.mark, fence.length >= current.length, fence.isBare { open = nil }
          } else {
            open = (fence.mark, fence.length)
            count += 1
          }
        }
        while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
        at += 1
      }
    }
    isOpen = open != nil
  }

  /// The fence with which the line at `start` begins, if it does. White space before it is passed over, more than
  /// CommonMark allows, since models indent fences in lists.
  private static func fence(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> (mark: UInt8, length: Int, isBare: Bool)? {
    var at = start
    while at < bytes.count, bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\t") { at += 1 }
    guard at < bytes.count else { return nil }
    let mark = bytes[at]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    let first = at
    while at < bytes.count, bytes[at] == mark { at += 1 }
    let length = at - first
    guard length >= 3 else { return nil }
    var isBare = true
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") {
      // A backtick behind it makes it a code span in a paragraph.
      if bytes[at] == mark, mark == UInt8(ascii: "`") { return nil }
      if bytes[at] > 0x20 { isBare = false }
      at += 1
    }
    return (mark, length, isBare)
  }
}
