"""Runs schemathesis against the real binary: api.py SCHEMATHESIS SECONDS."""

import os
import subprocess
import sys
import time

from server import ROOT, Server


def main():
    tool, seconds = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    server = Server()
    end = time.monotonic() + seconds
    rounds = 0
    try:
        # A round takes 10 to 60 s; the last one may go beyond the end, and is stopped by its own limit.
        while rounds == 0 or time.monotonic() < end:
            result = subprocess.run(
                [tool, "--config-file", ROOT + "/schemathesis.toml", "run", server.address + "/openapi.json",
                 "--max-examples", "40", "--no-color"], cwd=server.directory, capture_output=True, text=True,
                timeout=10 * seconds)
            rounds += 1
            if result.returncode != 0:
                print(result.stdout[-6000:], result.stderr[-2000:])
                sys.exit(1)
        if server.process.poll() is not None:
            sys.exit("the server has ended")
        tested = next((line for line in result.stdout.splitlines() if "generated" in line), "").strip()
        print(f"api: nothing found in {rounds} rounds; the last: {tested}")
    finally:
        server.close()


if __name__ == "__main__":
    main()
