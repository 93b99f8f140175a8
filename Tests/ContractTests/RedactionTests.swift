import TestKit
import Testing

@Suite("Contract §4 Redaction", .serialized, .runningServer)
struct RedactionTests {
  private func stored(_ body: LogBody) throws -> StoredLine {
    try storedLine(store(body, over: connect()), in: RunningServer.shared.home)
  }

  @Test func `a value becomes its type in capitals and a number from 1`() throws {
    let line = try stored(LogBody(question: "Mail ada@acme.dev about it", answer: "I wrote to bob@acme.dev as well."))
    #expect(line.text("user_message") == "Mail [EMAIL_1] about it")
    #expect(line.text("assistant_message") == "I wrote to [EMAIL_2] as well.")
    #expect(line.text.contains(#""redactions":{"EMAIL":2}"#))
  }

  private static let begin = "-----BEGIN PRIVATE KEY-----\n"
  private static let end = "-----END PRIVATE KEY-----"

  /// Text, and what is stored of it. Values are made up; numbers are of ranges for documentation and tests.
  static let types: [(String, String, String)] = [
    ("EMAIL", "ask ada.love@acme.dev today", "ask [EMAIL_1] today"),
    ("IP", "the host 51.15.23.87 answers", "the host [IP_1] answers"),
    ("PHONE", "call +49 30 901820 now", "call [PHONE_1] now"),
    ("CARD", "paid with 4111 1111 1111 1111 yesterday", "paid with [CARD_1] yesterday"),
    ("JWT", "sent eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJlLW9mLWl0 along", "sent [JWT_1] along"),
    ("SECRET", "key AKIAQ3EGRZ7T5MXK2WPD is in use", "key [SECRET_1] is in use"),
    ("IBAN", "pay to DE89 3704 0044 0532 0130 00 please", "pay to [IBAN_1] please"),
    ("NATIONAL_ID", "my SSN is 536-22-8726, is it not", "my SSN is [NATIONAL_ID_1], is it not"),
    ("MAC", "the card 3c:22:fb:9a:1b:7e is up", "the card [MAC_1] is up"),
    ("PASSWORD", "db_password: \"Tr0ub4dor-3x9Q\"", "db_password: \"[PASSWORD_1]\""),
    ("USER", "see /home/jdoe/x.py there", "see /home/[USER_1]/x.py there"),
    (
      "PRIVATE_KEY", begin + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n" + end,
      begin + "[PRIVATE_KEY_1]\n" + end
    ),
    ("SECRET", "token ghp_k3Jx9QmZ27vLrT0sWbYc4DfHn8PaGe1UiOl5 works", "token [SECRET_1] works"),
  ]

  @Test(arguments: types)
  func `each type has its name`(_ type: String, _ text: String, _ scrubbed: String) throws {
    let line = try stored(LogBody(question: text))
    #expect(line.text("user_message") == scrubbed)
    #expect(line.text.contains("\"redactions\":{\"\(type)\":1}"))
  }

  @Test func `the same value has the same number in every field of the record`() throws {
    let mail = "ada@acme.dev"
    let line = try stored(
      LogBody(question: "From \(mail)", answer: "To bob@acme.dev, copy to \(mail), as you had asked for in the ticket.")
        .with("history", "[{\"role\":\"user\",\"content\":\"I am \(mail)\"}]")
        .with("context", "{\"author\":\"\(mail)\",\"list\":[\"bob@acme.dev\",7,true,null]}"))
    let history = line["history"]?.items.first?.at("content")?.string ?? ""
    let numbers = [history, line.text("user_message") ?? ""].map { $0.suffix(9) }
    #expect(Set(numbers) == ["[EMAIL_1]"])
    #expect(line.text.contains(#""context":{"author":"[EMAIL_1]","list":["[EMAIL_2]",7,true,null]}"#))
    #expect(line.text("assistant_message")?.hasPrefix("To [EMAIL_2], copy to [EMAIL_1],") == true)
    #expect(line.text.contains(#""redactions":{"EMAIL":2}"#))
  }

  @Test(arguments: ["language", "framework", "complexity", "model", "variant"])
  func `labels go through it`(_ name: String) throws {
    let line = try stored(LogBody().with(name, "\"x ada@acme.dev\""))
    #expect(line.text(name) == "x [EMAIL_1]")
  }

  @Test func `numbers of the context go through it, and its keys say what a value is`() throws {
    let context =
      #"{"card":4539148803436467,"n":[7,1.50e3],"db":{"password":"hunter2secret9","port":5432},"ssn":"536228726"}"#
    let line = try stored(LogBody().with("context", context))
    let kept =
      #""context":{"card":"[CARD_1]","n":[7,1.50e3],"db":{"password":"[PASSWORD_1]","port":5432},"ssn":"[NATIONAL_ID_1]"}"#
    #expect(line.text.contains(kept), "\(line.text)")
  }

  @Test func `keys of the context go through it`() throws {
    let line = try stored(LogBody().with("context", #"{"ada@acme.dev":{"bob@acme.dev":1}}"#))
    #expect(line.text.contains(#""context":{"[EMAIL_1]":{"[EMAIL_2]":1}}"#))
  }

  @Test func `numbers are per record`() throws {
    for mail in ["ada@acme.dev", "bob@acme.dev"] {
      #expect(try stored(LogBody(question: "From \(mail)")).text("user_message") == "From [EMAIL_1]")
    }
  }

  @Test func `a comment and a correction are numbered on their own, above the record's count`() throws {
    let client = try connect()
    let id = try store(LogBody(question: "ada@acme.dev and bob@acme.dev"), over: client)
    let comment = "cy@acme.dev, then ada@acme.dev, then cy@acme.dev; 51.15.23.87"
    try rate(id, 3, #","comment":"\#(comment)","corrected_message":"dee@acme.dev""#, over: client)
    let home = try RunningServer.shared.home
    let comments = try home.lines("training_logs/comments.jsonl").filter { $0.contains(id) }.map(StoredLine.init)
    #expect(comments.map { $0.text("comment") } == ["[EMAIL_3], then [EMAIL_4], then [EMAIL_3]; [IP_1]"])
    let corrections = try home.lines("training_logs/corrections.jsonl").filter { $0.contains(id) }.map(StoredLine.init)
    #expect(corrections.map { $0.text("corrected_message") } == ["[EMAIL_3]"])
  }

  @Test func `only the value goes, so that what stands around it stays valid`() throws {
    let code = #"{"url":"postgres://app:s3cr3tPassw0rd@db.internal/shop","password":"hunter2hunter2","n":1}"#
    let line = try stored(LogBody(question: code))
    let text = try #require(line.text("user_message"))
    let inner = try StoredLine(text)
    #expect(inner.keys == ["url", "password", "n"])
    #expect(inner.text("url")?.hasPrefix("postgres://app:[PASSWORD_") == true)
    #expect(inner.text("url")?.hasSuffix("@db.internal/shop") == true)
    #expect(inner.text("password")?.hasPrefix("[PASSWORD_") == true)
    for secret in ["s3cr3tPassw0rd", "hunter2"] { #expect(!line.text.contains(secret)) }
  }

  @Test func `the raw value is in no file`() throws {
    let server = try TestServer()
    let client = try server.connect()
    let id = try store(LogBody(question: "I am ada.q8w7@acme.dev"), over: client)
    try rate(id, 3, #","comment":"q8w7@acme.dev","corrected_message":"to q8w7@acme.dev""#, over: client)
    #expect(try client.post("/v1/curate", "").status == 200)
    try server.stop()
    for file in server.home.files {
      #expect(!String(decoding: server.home.bytes(file) ?? [], as: UTF8.self).contains("q8w7"), "\(file)")
    }
  }
}
