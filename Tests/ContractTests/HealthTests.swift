import TestKit
import Testing

@Suite("Contract §2 Health and metrics", .serialized, .runningServer)
struct HealthTests {
  @Test(arguments: ["/livez", "/healthz", "/readyz"])
  func `it is up`(_ path: String) throws {
    #expect(try connect().get(path).status == 200)
  }

  @Test func `HEAD has the head of GET and no body`() throws {
    let client = try connect()
    let get = try client.get("/livez")
    try client.send("HEAD", "/livez")
    let head = try client.response(toHead: true)
    #expect(head.status == 200)
    #expect(head["Content-Length"] == get["Content-Length"])
    #expect(try client.get("/livez").status == 200)
  }

  @Test func `readyz is 503 with the reason where no record can be made durable`() throws {
    let server = try TestServer(arguments: ["--disk-reserve", "4000000000000000000"])
    let client = try server.connect()
    let answer = try client.get("/readyz")
    #expect(answer.status == 503)
    #expect(answer["Retry-After"] != nil)
    #expect(try answer.json().at("detail")?.string?.contains("reserve") == true)
    #expect(try client.get("/livez").status == 200)
  }
}
