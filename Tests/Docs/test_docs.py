"""Every `sh` and `python` block of the documentation, run as it stands against the real binary.

The blocks of a page run one after the other, in one folder and one shell, with a server of their own at the address that
the page names. Where `json` stands right behind an `sh` block, the last line of its output has the same members. What `console`
shows takes long, needs root or containers, and is not run. `--no-fail` marks a request that is meant to be refused.
"""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "Tests/Browser"))
from server import BINARY, Server  # noqa: E402

ADDRESS = "http://127.0.0.1:8080"
KINDS = {"sh", "python", "json", "console", "yaml", "html", "jsx", "swift", ""}
MARK = "::end of block::"
# Refusals fail, unless they are what is shown.
PRELUDE = """
curl() { case " $* " in *' --no-fail '*) command curl "${@/--no-fail/-s}";; *) command curl --fail-with-body "$@";; esac; }
"""


def pages():
    found = [os.path.join(ROOT, name) for name in os.listdir(ROOT) if name.endswith(".md")]
    for folder in ("docs", "clients/*", "data", "Benchmarks", "deploy"):
        found += glob.glob(os.path.join(ROOT, folder, "*.md"))
    return sorted(found)


def blocks(text):
    """Kind, first line (from 1) and content of each fenced block."""
    found, kind, start, lines = [], None, 0, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("```"):
            lines.append(line)
        elif kind is None:
            kind, start, lines = line[3:].strip(), number, []
        else:
            found.append((kind, start, "\n".join(lines)))
            kind = None
    return found


class DocumentationTests(unittest.TestCase):
    def test_every_block_runs(self):
        run = 0
        for path in pages():
            with open(path, encoding="utf-8") as file:
                found = blocks(file.read())
            name = os.path.relpath(path, ROOT)
            for kind, line, _ in found:
                self.assertIn(kind, KINDS, f"{name}:{line}")
            if any(kind in ("sh", "python") for kind, _, _ in found):
                with self.subTest(page=name):
                    run += self.run_page(name, found)
        self.assertGreater(run, 15, "the pages show next to nothing")

    def test_no_command_hides_in_an_indented_block(self):
        for path in pages():
            with open(path, encoding="utf-8") as file:
                fenced = False
                for number, line in enumerate(file, 1):
                    fenced ^= line.startswith("```")
                    if not fenced:
                        self.assertNotRegex(line, r"^ {4,}(\$ )?(cerberus|curl|make|pip|swift|echo|\.?\S+\.py) ?\b",
                                            f"{os.path.relpath(path, ROOT)}:{number}")

    def run_page(self, name, found):
        server = Server()
        try:
            with tempfile.TemporaryDirectory() as folder:
                os.mkdir(os.path.join(folder, "bin"))
                os.symlink(BINARY, os.path.join(folder, "bin/cerberus"))
                environment = {
                    "HOME": folder, "PATH": os.path.join(folder, "bin") + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8",
                    "CERBERUS_DATA_DIR": os.path.join(server.directory, "data"), "CERBERUS_ENDPOINT": server.address,
                    "PYTHONPATH": os.path.join(ROOT, "clients/python"), "PYTHONDONTWRITEBYTECODE": "1"}
                script, shown = [PRELUDE], []
                for index, (kind, line, content) in enumerate(found):
                    if kind not in ("sh", "python"):
                        continue
                    content = content.replace(ADDRESS, server.address).replace(".build/release/cerberus", "cerberus")
                    if kind == "python":
                        content = f"python3 - <<'EOF_OF_PYTHON'\n{content}\nEOF_OF_PYTHON"
                    script += [content, f"printf '\\n{MARK}\\n'"]
                    after = found[index + 1] if index + 1 < len(found) else None
                    end = line + len(found[index][2].splitlines()) + 1
                    shown.append((line, after[2] if after and after[:2] == ("json", end + 1) else None))
                result = subprocess.run(["bash", "-euo", "pipefail", "-c", "\n".join(script)], cwd=folder, env=environment,
                                        capture_output=True, text=True, timeout=120)
                outputs = result.stdout.split(f"\n{MARK}\n")[:-1]
                self.assertEqual(
                    result.returncode, 0, f"{name}: the block at line {shown[min(len(outputs), len(shown) - 1)][0]} fails: "
                    f"{result.stdout[-500:]}{result.stderr[-500:]}")
                for (line, expected), output in zip(shown, outputs):
                    if expected is not None:
                        told = json.loads(output.strip().splitlines()[-1])
                        self.assertEqual(list(told), list(json.loads(expected)), f"{name}:{line}")
        finally:
            server.close()
        return len(shown)

    def test_every_link_leads_somewhere(self):
        anchors = {}
        for path in pages():
            with open(path, encoding="utf-8") as file:
                anchors[path] = {
                    re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
                    for title in re.findall(r"^#+ (.*)$", file.read(), re.M)}
        for path in pages():
            with open(path, encoding="utf-8") as file:
                targets = re.findall(r"\]\((?!https?:)([^)\s]+)\)", file.read())
            for target in targets:
                place, _, anchor = target.partition("#")
                place = os.path.normpath(os.path.join(os.path.dirname(path), place)) if place else path
                with self.subTest(page=os.path.relpath(path, ROOT), link=target):
                    self.assertTrue(os.path.exists(place))
                    if anchor:
                        self.assertIn(anchor, anchors[place])


if __name__ == "__main__":
    unittest.main()
