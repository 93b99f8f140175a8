"""The real binary, on a free port, with a data directory of its own."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("CERBERUS_BINARY", os.path.join(ROOT, ".build/debug/cerberus"))


class Server:
    def __init__(self, *arguments, key=None):
        self.key = key
        self.directory = tempfile.mkdtemp(prefix="cerberus-test-")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CERBERUS_")}
        if key:
            environment["CERBERUS_API_KEY"] = key
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data-dir", os.path.join(self.directory, "data"), "--port", "0", *arguments],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"listens on (http://\S+?),", line)
            if found:
                self.address = found[1]
                # Whoever leaves stderr unread stops a server that logs much.
                self.reader = threading.Thread(target=self.process.stderr.read, daemon=True)
                self.reader.start()
                return
        raise RuntimeError("the server did not start")

    def post(self, path, body, **fields):
        fields = {"Content-Type": "application/json", **fields}
        if self.key:
            fields["Authorization"] = "Bearer " + self.key
        request = urllib.request.Request(self.address + path, json.dumps(body).encode(), fields)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def log(self, user="u-1", **more):
        return self.post("/v1/log", {
            "user_id": user, "session_id": "s-1", "user_message": "How do I reverse a list in Python?",
            "assistant_message": "Use reversed(items) for an iterator, or items[::-1] for a reversed copy of the list.",
            **more})["example_id"]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        self.kill()
        self.reader.join()
        self.process.stderr.close()
        shutil.rmtree(self.directory, ignore_errors=True)
