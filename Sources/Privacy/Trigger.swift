/// Where a rule is tried: the byte before, the byte at the place, and the two after it.
struct Trigger: Sendable {
  /// Bytes that no word goes on after.
  static let boundary = ByteSet((0...255).filter { !Ascii.isWord($0) })

  var before = ByteSet.all
  var first: ByteSet
  var second = ByteSet.all
  var third = ByteSet.all

  /// In the order of the text.
  var sets: [ByteSet] { [before, first, second, third] }
}

extension Trigger {
  /// The beginning of a key word, in any case of its letters, with separators between its parts.
  ///
  /// - Parameter whole: no letter or digit stands before it, but in Redis's `requirepass`.
  init(word: [UInt8], whole: Bool) {
    func letters(_ index: Int) -> ByteSet {
      guard index < word.count else { return .all }
      var set = ByteSet([word[index]])
      if Ascii.isLower(word[index]) { set.insert(word[index] & 0xDF) }
      return set
    }
    var before = ByteSet.all
    if whole {
      before = ByteSet((0...255).filter { !Ascii.isAlnum($0) })
      if word.starts(with: "pass".utf8) { before.insert(UInt8(ascii: "e")) }
    }
    self.init(before: before, first: letters(0), second: letters(1), third: letters(2))
  }
}

extension Trigger {
  /// How many three bytes fit it.
  var combinations: Int { first.count * second.count * third.count }

  /// The three bytes that fit it, folded as the table of heads has them.
  var heads: Set<UInt32> {
    var heads: Set<UInt32> = []
    let (first, second, third) = (first.members, second.members, third.members)
    for one in first {
      for two in second {
        for three in third {
          heads.insert(HeadTable.fold(UInt32(one) | UInt32(two) << 8 | UInt32(three) << 16))
        }
      }
    }
    return heads
  }
}
