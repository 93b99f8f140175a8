/// Why a request cannot be served: each reason the wire knows, a bounded set for counters and logs.
///
/// No text here holds anything that the client sent. Every one of these answers closes the connection.
package enum WireError: String, Error, Sendable, CaseIterable {
  case strayByte
  case requestLineMalformed
  case requestLineTooLong
  case targetMalformed
  case versionUnsupported
  case connectRefused
  case fieldMalformed
  case fieldsTooLong
  case tooManyFields
  case hostInvalid
  case contentLengthInvalid
  case transferCodingInvalid
  case transferCodingUnknown
  case framingConflict
  case expectationUnknown
  case chunkMalformed
  case chunkExtensionsTooLong
  case trailerMalformed
  case trailersTooLong
  case bodyTooLong
  case headTimedOut
  case bodyTimedOut
  case endedEarly

  package var status: Int {
    switch self {
    case .requestLineTooLong: 414
    case .fieldsTooLong, .tooManyFields, .trailersTooLong: 431
    case .versionUnsupported: 505
    case .connectRefused, .transferCodingUnknown: 501
    case .expectationUnknown: 417
    case .bodyTooLong: 413
    case .headTimedOut, .bodyTimedOut: 408
    default: 400
    }
  }

  /// The machine-readable `code` of the answer.
  package var code: String {
    switch status {
    case 408: "request_timeout"
    case 413: "content_too_large"
    case 414: "uri_too_long"
    case 417: "expectation_failed"
    case 431: "header_fields_too_large"
    case 501: "not_implemented"
    case 505: "http_version_not_supported"
    default: "bad_request"
    }
  }

  /// Names the limit where one was exceeded.
  package func detail(under limits: WireLimits) -> String {
    switch self {
    case .strayByte: "Control bytes are not allowed in a request head, and lines end with CRLF."
    case .requestLineMalformed: "The request line must be a method, a target and a version with single spaces between."
    case .requestLineTooLong: "The request line is longer than the limit of \(limits.requestLineBytes) bytes."
    case .targetMalformed: "The request target is not valid; percent-encode what RFC 3986 does not allow."
    case .versionUnsupported: "Use HTTP/1.1 or HTTP/1.0."
    case .connectRefused: "CONNECT is not offered."
    case .fieldMalformed: "A header line must be a name, a colon at once, and a value on the same line."
    case .fieldsTooLong: "The header block is longer than the limit of \(limits.headerBytes) bytes."
    case .tooManyFields: "The header block has more lines than the limit of \(limits.headerLines)."
    case .hostInvalid: "Exactly one valid Host field is required."
    case .contentLengthInvalid: "Content-Length must stand once and be a decimal number."
    case .transferCodingInvalid: "Transfer-Encoding must be exactly chunked, in HTTP/1.1."
    case .transferCodingUnknown: "The only transfer coding understood is chunked."
    case .framingConflict: "Send Content-Length or Transfer-Encoding, not both."
    case .expectationUnknown: "The only expectation understood is 100-continue."
    case .chunkMalformed: "The chunked framing of the body is broken."
    case .chunkExtensionsTooLong:
      "The chunk extensions are longer than the limit of \(limits.chunkExtensionBytes) bytes."
    case .trailerMalformed: "A trailer line must be a name, a colon at once, and a value on the same line."
    case .trailersTooLong: "The trailer section is longer than the limit of \(limits.trailerBytes) bytes."
    case .bodyTooLong: "The body is larger than the limit of \(limits.bodyBytes) bytes."
    case .headTimedOut: "The request head took too long to arrive."
    case .bodyTimedOut: "The request body took too long to arrive."
    case .endedEarly: "The connection was half-closed before the request was complete."
    }
  }

  /// The answer as problem details (RFC 9457); closes the connection.
  package func response(under limits: WireLimits = WireLimits()) -> Response {
    // No escaping is needed: every part is a literal of this module without quotes, backslashes or controls, or a number.
    let body = """
      {"type":"urn:cerberus:problem:\(code)","title":"\(StatusLine.reason(status))","status":\(status),\
      "detail":"\(detail(under: limits))","code":"\(code)"}
      """
    let fields = [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")]
    return Response(status: status, fields: fields, body: Array(body.utf8), closes: true)
  }
}
