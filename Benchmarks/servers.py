"""A server under test: started on a free loopback port, asked for its figures, stopped. Standard library alone."""

import http.client
import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

READY_SECONDS = 60
STOP_SECONDS = 12  # the collector promises 10


class Failed(Exception):
    """What ends the benchmark, as one sentence for a person."""


class Server:
    """A process of our own in a session of its own, so that an interrupt reaches it only through stop()."""

    def __init__(self, name, command, port, log_path, status_only, ready_path="/livez"):
        self.name = name
        self.command = command
        self.port = port
        self.log_path = Path(log_path)
        self.status_only = status_only
        self.ready_path = ready_path
        self.process = None

    def start(self):
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Failed(f"{self.name} ended with code {self.process.returncode}:\n{self.log_tail()}")
            status, _ = self.get(self.ready_path)
            if status == 200:
                return
            time.sleep(0.05)
        raise Failed(f"{self.name} did not answer {self.ready_path} within {READY_SECONDS} s:\n{self.log_tail()}")

    def get(self, path):
        """Status and body, or (None, b"") while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return None, b""
        finally:
            connection.close()

    def counters(self):
        """The unlabelled sums of GET /metrics by name; empty where there is no such page."""
        status, body = self.get("/metrics")
        sums = {}
        if status != 200:
            return sums
        for line in body.decode("utf-8", "replace").splitlines():
            name, _, value = line.rpartition(" ")
            try:
                if name and not line.startswith("#"):
                    key = name.partition("{")[0]
                    sums[key] = sums.get(key, 0.0) + float(value)
            except ValueError:
                continue
        return sums

    def processes(self):
        """The process and all that descend from it."""
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    # The command name before the last parenthesis may hold anything; state and parent follow it.
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                except (OSError, ValueError, IndexError):
                    continue
                parents.setdefault(parent, []).append(int(entry.name))
        found, queue = [], [self.process.pid]
        while queue:
            found.append(queue.pop())
            queue += parents.get(found[-1], [])
        return found

    def stop(self):
        """Asks, waits, and in the end forces. Gives the exit code, None if it never ran or ended badly before."""
        if self.process is None:
            return None
        process, self.process = self.process, None
        try:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)  # what is left of its session
            except ProcessLookupError:
                pass
            process.wait()
        return process.returncode

    def log_tail(self):
        return self.log_path.read_text(errors="replace")[-2000:]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def collector(command, data_dir, scratch, name, status_only, ready_path):
    """`command` with {port} and {data_dir} filled in."""
    port = free_port()
    words = [word.replace("{port}", str(port)).replace("{data_dir}", str(data_dir)) for word in shlex.split(command)]
    if shutil.which(words[0]) is None:
        raise Failed(f"no executable at {words[0]}; build it first: swift build -c release")
    return Server(name, words, port, scratch / "server.log", status_only, ready_path)


NGINX_CONFIGURATION = """
daemon off;
worker_processes 2;
pid {scratch}/nginx.pid;
error_log stderr error;
events {{ worker_connections 16384; }}
http {{
  access_log off;
  keepalive_requests 100000000;
  keepalive_timeout 600s;
  default_type application/json;
  client_body_temp_path {scratch}/body;
  proxy_temp_path {scratch}/proxy;
  fastcgi_temp_path {scratch}/fastcgi;
  uwsgi_temp_path {scratch}/uwsgi;
  scgi_temp_path {scratch}/scgi;
  server {{
    # A queue for each worker, as the collector has one for each loop: else one worker may take most connections.
    listen 127.0.0.1:{port} reuseport;
    # nginx reads and discards the body before it answers.
    location = /v1/log {{ return 201 '{{"status":"success"}}'; }}
    location = /livez {{ return 200 'ok'; }}
  }}
}}
"""


def nginx_path():
    """Where nginx is, None when it is not installed. Its usual folder is often not on the path of a user."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def nginx(scratch):
    port = free_port()
    configuration = scratch / "nginx.conf"
    configuration.write_text(NGINX_CONFIGURATION.format(scratch=scratch, port=port))
    command = [nginx_path(), "-e", "stderr", "-p", str(scratch), "-c", str(configuration)]
    return Server("nginx", command, port, scratch / "nginx.log", status_only=True)
