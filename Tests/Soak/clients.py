"""The clients of a soak, a thread each: careful ones, who send again until they know, and broken ones, who do not."""

import gzip
import http.client
import json
import re
import socket
import struct
import threading
import time

from ledger import Record, body, new_id, seeded, words

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Between starts and stops, and while there is no room.
AGAIN = {503, 507}


class Client(threading.Thread):
    """Runs `turn` again and again until the soak ends."""

    def __init__(self, name, soak, pause=0.0):
        super().__init__(name=name, daemon=True)
        self.soak, self.ledger, self.service = soak, soak.ledger, soak.service
        self.rnd = seeded(soak.seed, name)
        self.pause, self.connection = pause, None

    def run(self):
        try:
            while not self.soak.ended.is_set():
                self.turn()
                self.soak.ended.wait(self.pause)
        except Exception as failure:
            self.ledger.fail(f"{self.name}: {type(failure).__name__}: {failure}")

    def send(self, method, path, sent=None, headers=None):
        """(status, body), or None where nobody knows what became of it."""
        if isinstance(sent, dict):
            sent, headers = json.dumps(sent), {"Content-Type": "application/json", **(headers or {})}
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
            self.connection.request(method, path, sent, headers or {})
            response = self.connection.getresponse()
            answer = response.status, response.read()
            self.ledger.count(f"{method} {UUID.sub('…', path)} {response.status}")
            return answer
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            return None

    def settle(self, method, path, sent=None, headers=None, wanted=(200, 201)):
        """Sends until the answer says what became of it; None where the soak ended before."""
        while not self.soak.gave_up.is_set():
            answer = self.send(method, path, sent, headers)
            if answer is not None and answer[0] not in AGAIN:
                if answer[0] not in wanted:
                    self.ledger.fail(f"{self.name}: {method} {path} was answered {answer[0]}: {answer[1][:300]!r}")
                    return None
                return answer[0], json.loads(answer[1] or b"null")
            time.sleep(0.05)
        return None

    def record(self, user, session):
        marker = f"mk{self.rnd.getrandbits(64):x}q"
        return Record(user, session, new_id(self.service.clock.now(), self.rnd), marker)

    def log(self, record, **more):
        """Whether it is stored: with an id of the client's or an Idempotency-Key, so that it can be sent again."""
        sent, headers = body(record, self.rnd, **more), None
        if self.rnd.random() < 0.5:
            sent["example_id"] = record.example_id
        else:
            headers = {"Idempotency-Key": f"key-{record.example_id}"}
        answer = self.settle("POST", "/v1/log", sent, headers)
        if answer is None:
            return False
        record.example_id = answer[1]["example_id"]
        return record.example_id is not None


class Logger(Client):
    def turn(self):
        record = self.record(f"user-{self.name}-{self.rnd.randrange(40)}", f"s{self.rnd.randrange(5)}")
        secret = f"{words(self.rnd, 1)}.x{self.rnd.getrandbits(20):x}@acme-corp.dev" if self.rnd.random() < 0.2 else None
        if secret:
            self.soak.secrets.add(secret)
        if not self.log(record, secret=secret):
            return
        self.ledger.keep(record)
        if self.rnd.random() < 0.5:
            self.rate(record)

    def rate(self, record):
        rating = {"example_id": record.example_id, "score": self.rnd.randint(1, 5)}
        if self.rnd.random() < 0.3:
            rating["comment"] = f"I think {words(self.rnd, 4)}"
        if self.rnd.random() < 0.1:
            rating["corrected_message"] = f"{words(self.rnd, 30)} {record.marker}."
        if self.settle("POST", "/v1/feedback", rating) is not None:
            record.score = rating["score"]


class Batcher(Client):
    def turn(self):
        records = [self.record(f"batch-{self.rnd.randrange(20)}", "s") for _ in range(20)]
        lines = [json.dumps(body(record, self.rnd) | {"example_id": record.example_id}) for record in records]
        answer = self.settle("POST", "/v1/log", "\n".join(lines), {"Content-Type": "application/x-ndjson"})
        if answer is None:
            return
        for record, result in zip(records, answer[1]["results"]):
            if result.get("example_id") == record.example_id:
                self.ledger.keep(record)
            elif (result.get("error") or {}).get("status") not in AGAIN:
                self.ledger.fail(f"{self.name}: a line was answered {result}")


class Eraser(Client):
    """Makes a user, leaves traces of every kind, and has all of them erased; or one record, by its id."""

    number = 0

    def turn(self):
        Eraser.number += 1
        user = f"erased-{Eraser.number}-{self.rnd.getrandbits(32):x}"
        records = [self.record(user, "s") for _ in range(6)]
        # Early ratings, which wait for their record.
        early = {"example_id": records[0].example_id, "score": 5, "comment": f"early {records[0].marker}"}
        self.settle("POST", "/v1/feedback", early, wanted=(202,))
        tried = []
        for record in records:
            sent = body(record, self.rnd) | {"example_id": record.example_id}
            tried.append(record)
            if self.settle("POST", "/v1/log", sent) is None:
                return self.doubt(tried)
            rating = {"example_id": record.example_id, "score": self.rnd.randint(1, 5),
                      "comment": f"about {record.marker}", "corrected_message": f"{words(self.rnd, 30)} {record.marker}."}
            if self.settle("POST", "/v1/feedback", rating) is None:
                return self.doubt(tried)
        if self.rnd.random() < 0.5:
            self.settle("POST", "/v1/curate")
        if self.settle("DELETE", f"/v1/examples/{records[0].example_id}") is None:
            return self.doubt(tried)
        receipt = self.settle("POST", "/v1/users/erase", {"user_id": user})
        if receipt is None:
            return self.doubt(tried)
        self.ledger.erase(user, [record.example_id for record in records], [record.marker for record in records])
        if receipt[1]["records"] > 5:
            self.ledger.fail(f"{self.name}: a receipt of {receipt[1]['records']} records where at most 5 were left")
        for record in records[:2]:
            again = {"example_id": record.example_id, "score": 1}
            self.settle("POST", "/v1/feedback", again, wanted=(404,))
            self.settle("POST", "/v1/log", body(record, self.rnd) | {"example_id": record.example_id}, wanted=(410,))

    def doubt(self, records):
        """The soak has ended in the middle: they may be there or not."""
        self.soak.doubtful |= {record.example_id for record in records}


class Refuser(Client):
    number = 0

    def turn(self):
        Refuser.number += 1
        user = f"refusing-{Refuser.number}"
        is_whole = self.rnd.random() < 0.6
        refusal = {"user_id": user} | ({} if is_whole else {"purpose": "training"})
        if self.settle("POST", "/v1/users/opt-out", refusal) is None:
            return
        record = self.record(user, "s")
        answer = self.settle("POST", "/v1/log", body(record, self.rnd) | {"example_id": record.example_id})
        if answer is None:
            return
        if is_whole:
            if answer[1].get("status") != "opted_out":
                self.ledger.fail(f"{self.name}: a refused conversation was answered {answer[1]}")
            self.ledger.refused_markers.add(record.marker)
        else:
            self.ledger.untrained_markers.add(record.marker)
            self.ledger.keep(record)
        if is_whole and self.rnd.random() < 0.3 and self.settle("POST", "/v1/users/opt-in", {"user_id": user}):
            welcome = self.record(user, "s")
            if self.log(welcome):
                self.ledger.keep(welcome)


class Reader(Client):
    PATHS = ["/v1/stats", "/v1/progress", "/metrics", "/dashboard", "/openapi.json", "/livez", "/v1/export",
             "/v1/export?format=kto"]

    def turn(self):
        path = self.rnd.choice(self.PATHS)
        gone = set(self.ledger.erased_markers)
        answer = self.send("GET", path)
        if answer is None:
            return
        # No dataset yet, or nothing rated in it.
        allowed = {200, 404, 503} if "export" in path else {200, 503}
        if answer[0] not in allowed:
            self.ledger.fail(f"{self.name}: GET {path} was answered {answer[0]}: {answer[1][:300]!r}")
        text = answer[1].decode("utf-8", "replace")
        for marker in self.soak.markers_in(text) & gone:
            self.ledger.fail(f"{self.name}: GET {path} shows {marker}, which was erased before it was asked")


class Curator(Client):
    def turn(self):
        self.settle("POST", "/v1/curate")


class Vandal(Client):
    """Sends what no client should, reads little, and leaves in every way there is."""

    def turn(self):
        try:
            with socket.create_connection(("127.0.0.1", self.service.port), timeout=3) as peer:
                self.rnd.choice([self.garbage, self.half, self.slow, self.bomb, self.reset])(peer)
        except OSError:
            pass

    def garbage(self, peer):
        peer.sendall(self.rnd.randbytes(self.rnd.randrange(1, 4000)))
        peer.recv(4096)

    def half(self, peer):
        peer.sendall(b"POST /v1/log HTTP/1.1\r\nHost: soak\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
        peer.shutdown(socket.SHUT_WR)
        peer.recv(4096)

    def slow(self, peer):
        for byte in b"GET /v1/stats HTTP/1.1\r\nHost: so":
            peer.sendall(bytes([byte]))
            if self.soak.ended.wait(0.02):
                return

    def bomb(self, peer):
        packed = gzip.compress(b" " * (8 << 20))
        head = f"POST /v1/log HTTP/1.1\r\nHost: soak\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n" \
               f"Content-Length: {len(packed)}\r\n\r\n"
        peer.sendall(head.encode() + packed)
        status = peer.recv(64)
        if status and b" 413 " not in status and b" 503 " not in status:
            self.ledger.fail(f"{self.name}: a body of 8 MiB was answered {status[:40]!r}")

    def reset(self, peer):
        peer.sendall(b"GET /v1/export HTTP/1.1\r\nHost: soak\r\n\r\n" * 20)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
