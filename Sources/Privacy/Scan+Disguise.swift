/// What stands near look-alikes is scanned in a copy that has them undone; the rest of the text never pays for them.
extension Scan {
  /// As far as a rule looks for context, and more.
  private static var disguiseReach: Int { 512 }

  /// A look-alike stands at `index`.
  mutating func noteDisguise(at index: Int) {
    let (low, high) = (max(0, index - Scan.disguiseReach), min(bytes.count, index + Scan.disguiseReach))
    if let last = disguises.last, last.upperBound >= low {
      disguises[disguises.count - 1] = last.lowerBound..<max(high, last.upperBound)
    } else {
      disguises.append(low..<high)
    }
  }

  /// The spans of the plain scan, but those near look-alikes, and what a scan of the copy finds there.
  func undisguised(_ buffer: UnsafeBufferPointer<UInt8>, by rules: CompiledRules) -> [Span] {
    let parts = wholeParts()
    var result: [Span] = []
    var next = 0
    for part in parts {
      while next < spans.count, spans[next].start < part.lowerBound {
        result.append(spans[next])
        next += 1
      }
      while next < spans.count, spans[next].start < part.upperBound { next += 1 }
      let disguise = Disguise(UnsafeBufferPointer(rebasing: buffer[part]))
      let found = disguise.bytes.withUnsafeBufferPointer { plain in
        disguise.originals(Scan.plainSpans(in: plain, by: rules))
      }
      for span in found {
        result.append(
          Span(start: part.lowerBound + span.start, end: part.lowerBound + span.end, type: span.type))
      }
    }
    result.append(contentsOf: spans[next...])
    return result
  }

  /// The noted ranges, grown to whole words and whole spans; ascending and disjoint.
  private func wholeParts() -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var next = 0
    for range in disguises {
      var (low, high) = (beginOfWord(range.lowerBound), endOfWord(range.upperBound))
      while next < spans.count, spans[next].end <= low { next += 1 }
      var inside = next
      while inside < spans.count, spans[inside].start < high {
        low = min(low, spans[inside].start)
        high = max(high, spans[inside].end)
        inside += 1
      }
      if let last = parts.last, last.upperBound >= low {
        parts[parts.count - 1] = last.lowerBound..<max(high, last.upperBound)
      } else {
        parts.append(low..<high)
      }
    }
    return parts
  }

  /// Back to a blank, or, where none is near, to the beginning of a scalar.
  private func beginOfWord(_ index: Int) -> Int {
    var start = index
    while start > 0, index - start < Scan.disguiseReach, bytes[start - 1] > 0x20 { start -= 1 }
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  private func endOfWord(_ index: Int) -> Int {
    var end = index
    while end < bytes.count, end - index < Scan.disguiseReach, bytes[end] > 0x20 { end += 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}
