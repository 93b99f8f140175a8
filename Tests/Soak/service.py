"""The binary under a soak: it is killed, started again, given less room and another time of day, all on one directory."""

import glob
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

FAKE_TIME = (glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1") or [None])[0]


class Clock:
    """Of the server, where libfaketime is installed, and of its clients, so that they agree."""

    def __init__(self, folder):
        self.file = folder / "offset"
        self.offset = 0
        self.jump(0)

    def jump(self, seconds):
        self.offset += seconds
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"+{self.offset}\n")
        fresh.rename(self.file)

    def now(self):
        return time.time() + self.offset

    @property
    def environment(self):
        if not FAKE_TIME:
            return {}
        return {"LD_PRELOAD": FAKE_TIME, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}


class Life:
    """One process, from its start to its end."""

    def __init__(self, process, log):
        self.process, self.log = process, log
        # Whether it had no room once: what it then tells of faults has a cause.
        self.was_full = False
        self.most = {"MiB": 0, "descriptors": 0, "threads": 0}

    def sample(self):
        folder = pathlib.Path(f"/proc/{self.process.pid}")
        try:
            status = (folder / "status").read_text()
            found = {"MiB": int(status.split("VmRSS:")[1].split()[0]) // 1024,
                     "descriptors": len(os.listdir(folder / "fd")), "threads": len(os.listdir(folder / "task"))}
        except (OSError, IndexError, ValueError):
            return
        for name, value in found.items():
            self.most[name] = max(self.most[name], value)


class Service:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.data = folder / "data"
        self.clock = Clock(folder)
        self.lives = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def life(self):
        return self.lives[-1]

    def start(self):
        log = open(self.folder / f"log-{len(self.lives)}", "wb")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CERBERUS_")}
        # env(1) in front: the library must be there before the program, or the program loses its arguments.
        process = subprocess.Popen(
            ["/usr/bin/env", self.binary, "serve", "--port", str(self.port), "--data-dir", str(self.data),
             "--disk-reserve", "1048576", "--maintenance-delay", "5"],
            env={**environment, **self.clock.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
        self.lives.append(Life(process, pathlib.Path(log.name)))
        log.close()
        self.wait_until_ready()

    def wait_until_ready(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.life.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.life.process.returncode}: {self.tail()}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as peer:
                    peer.sendall(b"GET /readyz HTTP/1.1\r\nHost: soak\r\nConnection: close\r\n\r\n")
                    if b" 200 " in peer.recv(64):
                        return
            except OSError:
                pass
            time.sleep(0.02)
        raise AssertionError(f"the server was not ready within {seconds} s: {self.tail()}")

    def tail(self):
        return self.life.log.read_bytes()[-2000:].decode("utf-8", "replace")

    def kill(self):
        self.life.process.kill()
        self.life.process.wait()
        self.clean_up()

    def stop(self):
        """Exit code after SIGTERM."""
        self.life.process.send_signal(signal.SIGTERM)
        code = self.life.process.wait(timeout=30)
        self.clean_up()
        return code

    def clean_up(self):
        """What libfaketime leaves in shared memory when its process is killed."""
        for name in (f"faketime_shm_{self.life.process.pid}", f"sem.faketime_sem_{self.life.process.pid}"):
            pathlib.Path("/dev/shm", name).unlink(missing_ok=True)

    def limit_files(self, size):
        self.life.was_full = True
        subprocess.run(["prlimit", "--pid", str(self.life.process.pid), f"--fsize={size}:unlimited"], check=True)

    def free_files(self):
        subprocess.run(["prlimit", "--pid", str(self.life.process.pid), "--fsize=unlimited"], check=True)

    def errors(self):
        """Lines of the event logs at level error, of the lives that always had room."""
        found = []
        for number, life in enumerate(self.lives):
            if life.was_full:
                continue
            for line in life.log.read_text("utf-8", "replace").splitlines():
                try:
                    event = json.loads(line)
                except ValueError:
                    # The last line of a killed process, or what says where it listens.
                    continue
                if event.get("level") == "error":
                    found.append((number, event))
        return found
