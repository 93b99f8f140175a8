/// Undoes the chunked coding byte by byte, data in bulk (RFC 9112 section 7.1).
///
/// Every byte is seen once. Extensions are read by their grammar and ignored, trailers read and dropped; both are
/// bounded. A bare CR or LF is refused everywhere.
struct ChunkedDecoder {
  /// Where the next byte stands. Successors: size → (sizeLF | extension states) → sizeLF → data → dataCR → dataLF →
  /// size; after a size of zero sizeLF → trailerStart → (trailerName → trailerValue → trailerLF → trailerStart)* →
  /// endLF → finished.
  private enum Place {
    case size, sizeLF, data, dataCR, dataLF
    case beforeSemicolon, beforeName, name, afterName, beforeValue, value, quoted, quotedPair, afterQuoted
    case trailerStart, trailerName, trailerValue, trailerLF, endLF
    case finished
  }

  private var place = Place.size
  private var digits = 0
  /// Bytes of the current chunk still to come.
  private var pending = 0
  private var decoded = 0
  private var extensionBytes = 0
  private var trailerBytes = 0
  private var trailerLines = 0

  var isFinished: Bool { place == .finished }

  init() {}

  /// Decodes what it can, appending data to `body` unless `keeping` is false; gives back how many bytes it used.
  ///
  /// Stops after the end of the body, so that what follows is the next request.
  mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into body: inout [UInt8], keeping: Bool, limits: WireLimits
  ) throws(WireError) -> Int {
    var index = 0
    while index < bytes.count, place != .finished {
      if place == .data {
        let count = min(pending, bytes.count - index)
        // Bound: `count` is at most what is left of `bytes`.
        if keeping { body.append(contentsOf: bytes.part(index..<index + count)) }
        index += count
        pending -= count
        if pending == 0 { place = .dataCR }
      } else {
        try step(bytes[index], limits)
        index += 1
      }
    }
    return index
  }

  private mutating func step(_ byte: UInt8, _ limits: WireLimits) throws(WireError) {
    switch place {
    case .size: try stepSize(byte, limits)
    case .sizeLF:
      try expect(byte, ASCII.lf, then: pending > 0 ? .data : .trailerStart)
      digits = 0
    case .dataCR: try expect(byte, ASCII.cr, then: .dataLF)
    case .dataLF: try expect(byte, ASCII.lf, then: .size)
    case .trailerStart, .trailerName, .trailerValue, .trailerLF, .endLF: try stepTrailer(byte, limits)
    case .data, .finished: preconditionFailure("no framing byte belongs in state \(place)")
    default: try stepExtension(byte, limits)
    }
  }

  private mutating func expect(_ byte: UInt8, _ wanted: UInt8, then next: Place) throws(WireError) {
    guard byte == wanted else { throw .chunkMalformed }
    place = next
  }

  /// `1*HEXDIG`, refused as soon as the body would pass its limit.
  private mutating func stepSize(_ byte: UInt8, _ limits: WireLimits) throws(WireError) {
    if let digit = ASCII.hexValue(byte) {
      digits += 1
      guard digits <= limits.chunkSizeDigits else { throw .chunkMalformed }
      // No overflow: `pending` was at most the body limit, and is checked again at once.
      let (size, overflow) = pending.multipliedReportingOverflow(by: 16)
      guard !overflow, size <= limits.bodyBytes - decoded - Int(digit) else { throw .bodyTooLong }
      pending = size + Int(digit)
      return
    }
    guard digits > 0 else { throw .chunkMalformed }
    decoded += pending
    guard byte != ASCII.cr else {
      place = .sizeLF
      return
    }
    place = .beforeSemicolon
    try stepExtension(byte, limits)
  }

  /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`; blanks alone before the CR are refused.
  private mutating func stepExtension(_ byte: UInt8, _ limits: WireLimits) throws(WireError) {
    let isToken = ByteSet.token.contains(byte)
    let isBlank = ASCII.isBlank(byte)
    switch (place, byte) {
    case (.beforeSemicolon, ASCII.semicolon), (.name, ASCII.semicolon), (.afterName, ASCII.semicolon),
      (.value, ASCII.semicolon), (.afterQuoted, ASCII.semicolon):
      place = .beforeName
    case (.name, ASCII.cr), (.value, ASCII.cr), (.afterQuoted, ASCII.cr):
      place = .sizeLF
      return
    case (.name, ASCII.equals), (.afterName, ASCII.equals): place = .beforeValue
    case (.beforeValue, ASCII.quote): place = .quoted
    case (.quoted, ASCII.quote): place = .afterQuoted
    case (.quoted, ASCII.backslash): place = .quotedPair
    case (.beforeName, _) where isToken, (.name, _) where isToken: place = .name
    case (.beforeValue, _) where isToken, (.value, _) where isToken: place = .value
    case (.beforeSemicolon, _) where isBlank, (.beforeName, _) where isBlank, (.beforeValue, _) where isBlank: break
    case (.name, _) where isBlank, (.afterName, _) where isBlank: place = .afterName
    case (.value, _) where isBlank, (.afterQuoted, _) where isBlank: place = .beforeSemicolon
    case (.quoted, _) where ASCII.isText(byte), (.quotedPair, _) where ASCII.isText(byte): place = .quoted
    default: throw .chunkMalformed
    }
    extensionBytes += 1
    guard extensionBytes <= limits.chunkExtensionBytes else { throw .chunkExtensionsTooLong }
  }

  private mutating func stepTrailer(_ byte: UInt8, _ limits: WireLimits) throws(WireError) {
    switch place {
    case .trailerStart where byte == ASCII.cr:
      place = .endLF
      return
    case .endLF:
      guard byte == ASCII.lf else { throw .trailerMalformed }
      place = .finished
      return
    case .trailerStart where ByteSet.token.contains(byte):
      trailerLines += 1
      guard trailerLines <= limits.headerLines else { throw .trailersTooLong }
      place = .trailerName
    case .trailerName where byte == ASCII.colon: place = .trailerValue
    case .trailerName where ByteSet.token.contains(byte): break
    case .trailerValue where byte == ASCII.cr: place = .trailerLF
    case .trailerValue where ASCII.isText(byte): break
    case .trailerLF where byte == ASCII.lf: place = .trailerStart
    default: throw .trailerMalformed
    }
    trailerBytes += 1
    guard trailerBytes <= limits.trailerBytes else { throw .trailersTooLong }
  }
}
