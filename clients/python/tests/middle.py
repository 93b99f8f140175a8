"""What stands between a client and its server, and fails on demand."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Middle:
    """Hands bytes on. `cut` answers are lost after the server has given them; while `is_down` nobody gets through."""

    def __init__(self, address, cut=0, is_down=False):
        parts = urlsplit(address)
        self.target = (parts.hostname, parts.port)
        self.cut, self.is_down = cut, is_down
        self.refused = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.is_down:
                client.close()
                self.refused.set()
                continue
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client):
        with client, socket.create_connection(self.target) as server:
            answers = threading.Thread(target=self._pass, args=(server, client, True), daemon=True)
            answers.start()
            self._pass(client, server, False)
            answers.join()

    def _pass(self, source, sink, is_answer):
        try:
            while data := source.recv(1 << 16):
                if is_answer and self.cut:
                    self.cut -= 1
                    break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        # Closing alone does not wake the thread that accepts.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Script:
    """A server that answers as it is told: `answer(path, lines)` gives status, body and headers."""

    def __init__(self, answer):
        self.requests = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                lines = [json.loads(line) for line in body.splitlines()]
                script.requests.append((self.path, lines))
                status, content, headers = answer(self.path, lines)
                content = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = "http://127.0.0.1:%d" % self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def stored(lines):
    """The collector's answer to a batch that it stored."""
    return 200, {"accepted": len(lines), "rejected": 0, "results": [{"example_id": e["example_id"]} for e in lines]}, {}
