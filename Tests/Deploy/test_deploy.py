"""What is in deploy/, held against the real binary and the tools that will read it."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "Tests/Browser"))
from server import BINARY, Server  # noqa: E402

DEPLOY = os.path.join(ROOT, "deploy")
EXPOSURE_MAX = 15


def text(name):
    with open(os.path.join(DEPLOY, name), encoding="utf-8") as file:
        return file.read()


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **more)


class MetricsTests(unittest.TestCase):
    """Whatever a panel or an alert asks for has to be there, with its labels."""

    @classmethod
    def setUpClass(cls):
        server = Server()
        try:
            example = server.log()
            server.post("/v1/feedback", {"example_id": example, "score": 5})
            try:
                server.post("/v1/log", {})
            except urllib.error.HTTPError as error:
                error.close()
            with urllib.request.urlopen(server.address + "/metrics") as answer:
                lines = answer.read().decode().splitlines()
        finally:
            server.close()
        cls.labels = {}
        for line in lines:
            if found := re.match(r"([a-z_]+)(?:\{(.*)\})? ", line):
                cls.labels.setdefault(found[1], {}).update(
                    {name: True for name in re.findall(r'(\w+)="', found[2] or "")})

    def check(self, expression):
        names = re.findall(r"\b(?:cerberus|process)_[a-z_]+", expression)
        self.assertTrue(names or "up{" in expression, expression)
        for name in names:
            self.assertIn(name, self.labels, expression)
        for name, selector in re.findall(r"([a-z_]+)\{([^}]*)\}", expression):
            for label in re.findall(r"(\w+)=", selector):
                # `job` is given by Prometheus.
                self.assertTrue(label == "job" or label in self.labels[name], expression)
        for labels in re.findall(r"by \(([^)]*)\)", expression):
            for label in labels.split(", "):
                self.assertTrue(any(label in self.labels[name] for name in names), expression)

    def test_the_dashboard_asks_for_what_is_there(self):
        dashboard = json.loads(text("grafana-dashboard.json"))
        expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
        self.assertGreater(len(expressions), 20)
        for expression in expressions:
            self.check(expression)

    def test_the_dashboard_is_what_its_table_makes(self):
        self.assertEqual(run(sys.executable, os.path.join(DEPLOY, "grafana.py")).stdout, text("grafana-dashboard.json"))

    def test_the_alerts_ask_for_what_is_there(self):
        expressions = re.findall(r"^ +expr: (.*)$", text("alerts.yml"), re.M)
        self.assertEqual(len(expressions), text("alerts.yml").count("- alert:"))
        for expression in expressions:
            self.check(expression)

    def test_a_query_for_what_is_not_there_is_found(self):
        for wrong in ("rate(cerberus_nothing_total[5m])", 'cerberus_requests_total{colour="red"}',
                      "sum by (colour) (cerberus_requests_total)"):
            with self.assertRaises(AssertionError):
                self.check(wrong)

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_promtool_reads_the_alerts(self):
        result = run("promtool", "check", "rules", os.path.join(DEPLOY, "alerts.yml"))
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_every_alert_fires_when_it_should_and_none_without_need(self):
        place = os.path.join(ROOT, "Tests/Deploy/alerts_test.yml")
        with open(place, encoding="utf-8") as file:
            tests = file.read()
        for name in re.findall(r"- alert: (\w+)", text("alerts.yml")):
            self.assertEqual(len(re.findall(rf"\b{name}\b", tests)), 2, f"{name} is not tested both ways")
        result = run("promtool", "test", "rules", place)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_promtool_finds_nothing_in_the_metrics(self):
        server = Server()
        try:
            server.log()
            with urllib.request.urlopen(server.address + "/metrics") as answer:
                metrics = answer.read().decode()
        finally:
            server.close()
        result = run("promtool", "check", "metrics", input=metrics)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
class UnitTests(unittest.TestCase):
    def test_the_unit_exposes_little(self):
        result = run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_MAX}",
                     os.path.join(DEPLOY, "cerberus.service"))
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_systemd_reads_the_units(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("cerberus.service", "cerberus.socket"):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(text(name).replace("/usr/local/bin/cerberus", BINARY))
            result = run("systemd-analyze", "verify", "--man=no", *(
                os.path.join(folder, name) for name in ("cerberus.service", "cerberus.socket")))
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_the_server_calls_nothing_that_the_unit_forbids(self):
        members = {}
        group = None
        for line in run("systemd-analyze", "syscall-filter").stdout.splitlines():
            if line.startswith("@"):
                group = members.setdefault(line.strip(), set())
            elif line.strip() and not line.strip().startswith("#"):
                group.add(line.strip())

        def calls(name):
            found = set()
            for one in members[name]:
                found |= calls(one) if one.startswith("@") else {one}
            return found

        allowed = set()
        for rule in re.findall(r"^SystemCallFilter=(.*)$", text("cerberus.service"), re.M):
            # What comes later adds or takes away, systemd.exec(5).
            for name in rule.lstrip("~").split():
                listed = calls(name) if name.startswith("@") else {name}
                allowed = allowed - listed if rule.startswith("~") else allowed | listed
        with tempfile.TemporaryDirectory() as folder:
            trace = os.path.join(folder, "trace")
            process = subprocess.Popen(
                ["strace", "-f", "-qq", "-o", trace, BINARY, "serve", "--data-dir", os.path.join(folder, "data"),
                 "--port", "0"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
            try:
                address = next(found[1] for line in process.stderr if (found := re.search(r"listens on (http://\S+?),", line)))
                reader = threading.Thread(target=process.stderr.read, daemon=True)
                reader.start()
                body = json.dumps({"user_id": "u", "session_id": "s", "user_message": "Why?", "assistant_message": "So."})
                for path, content in (("/v1/log", body), ("/v1/curate", "")):
                    with urllib.request.urlopen(urllib.request.Request(
                            address + path, content.encode(), {"Content-Type": "application/json"})) as answer:
                        answer.read()
                for path in ("/v1/stats", "/metrics", "/dashboard", "/v1/export"):
                    with urllib.request.urlopen(address + path) as answer:
                        answer.read()
                with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
                    server = int(file.read().split()[0])
                os.kill(server, 15)
                self.assertEqual(process.wait(60), 0)
            finally:
                process.kill()
                process.wait()
                reader.join()
                process.stderr.close()
            with open(trace, encoding="utf-8", errors="replace") as file:
                called = set(re.findall(r"^\d+ +([a-z_0-9]+)\(", file.read(), re.M))
        self.assertGreater(len(called), 30)
        if os.geteuid() == 0:
            # As root alone, SQLite and the server give what they make to the owner of the folder.
            called -= {"chown", "fchown"}
        self.assertEqual(called - allowed, set())


class ArchiveTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="cerberus-deploy-")
        self.addCleanup(shutil.rmtree, self.folder)

    def test_the_archive_is_whole_and_always_the_same(self):
        sums = []
        for name in ("a", "b"):
            out = os.path.join(self.folder, name)
            result = run(os.path.join(DEPLOY, "archive"), BINARY, out, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(run("sha256sum", "-c", "--status", "SHA256SUMS", cwd=out).returncode, 0)
            with open(os.path.join(out, "SHA256SUMS"), encoding="ascii") as file:
                sums.append(file.read())
        self.assertEqual(*sums)
        names = run("tar", "-tzf", result.stdout.strip()).stdout.split()
        top = names[0].rstrip("/")
        self.assertRegex(top, r"^cerberus-\d+\.\d+\.\d+-linux-\w+$")
        for name in ("bin/cerberus", "share/man/man1/cerberus.1", "share/bash-completion/completions/cerberus",
                     "share/zsh/site-functions/_cerberus", "share/fish/vendor_completions.d/cerberus.fish",
                     "lib/systemd/system/cerberus.service", "share/doc/cerberus/LICENSE", "share/doc/cerberus/docs/operations.md",
                     "share/doc/cerberus/deploy/alerts.yml"):
            self.assertIn(f"{top}/{name}", names)

    def test_make_install_puts_everything_below_its_prefix(self):
        stage = os.path.join(self.folder, "stage")
        result = run("make", "-s", "install", "PREFIX=/opt/cerberus", "DESTDIR=" + stage, "RELEASE=" + BINARY, "INSTALLS=", cwd=ROOT)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(os.listdir(stage), ["opt"])
        installed = os.path.join(stage, "opt/cerberus")
        self.assertEqual(run(os.path.join(installed, "bin/cerberus"), "--version").stdout, run(BINARY, "--version").stdout)
        with open(os.path.join(installed, "lib/systemd/system/cerberus.service"), encoding="utf-8") as file:
            self.assertIn("ExecStart=/opt/cerberus/bin/cerberus serve", file.read())


class ManualTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        spec = importlib.util.spec_from_file_location("man", os.path.join(DEPLOY, "man.py"))
        cls.man = importlib.util.module_from_spec(spec)
        sys.dont_write_bytecode = True
        spec.loader.exec_module(cls.man)
        cls.root = json.loads(run(BINARY, "--experimental-dump-help").stdout)["command"]
        cls.page = run(sys.executable, os.path.join(DEPLOY, "man.py"), BINARY, "2026-01-02").stdout

    def test_every_command_and_option_is_on_the_page(self):
        commands = list(self.man.commands(self.root))
        self.assertGreater(len(commands), 15)
        for path, command in commands:
            self.assertIn(".Ss cerberus " + " ".join(path).replace("-", "\\-"), self.page)
            for argument in command.get("arguments", []):
                for name in argument.get("names", []):
                    if name["name"] not in ("help", "version", "h"):
                        self.assertIn(name["name"].replace("-", "\\-"), self.page)
        self.assertIn(".Dd January 2, 2026", self.page)

    def test_every_command_that_reports_takes_json(self):
        # What these give is data: the service itself, texts, lines.
        data = {("serve",), ("scrub",), ("user-export",)}
        for path, command in self.man.commands(self.root):
            if tuple(path) not in data and not command.get("subcommands"):
                names = {name["name"] for argument in command.get("arguments", []) for name in argument.get("names", [])}
                self.assertIn("json", names, " ".join(path))

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
    def test_mandoc_finds_nothing(self):
        result = run("mandoc", "-T", "lint", "-W", "warning", input=self.page)
        self.assertEqual(result.stdout + result.stderr, "")


class CompletionTests(unittest.TestCase):
    def complete(self, *words):
        """What bash offers for the last word."""
        line = " ".join(words)
        script = f"""
          source <({BINARY} --generate-completion-script bash)
          COMP_WORDS=({" ".join("'%s'" % word for word in words)}) COMP_CWORD={len(words) - 1}
          COMP_LINE='{line}' COMP_POINT={len(line)} COMP_TYPE=9 COMP_KEY=9
          _cerberus cerberus '{words[-1]}' '{words[-2]}' 2>/dev/null
          printf '%s\\n' "${{COMPREPLY[@]}}" """
        return [one.strip() for one in run("bash", "-c", script).stdout.split()]

    def test_bash_completes_commands_and_options(self):
        self.assertEqual(self.complete("cerberus", "st"), ["stats"])
        self.assertIn("--min-score", self.complete("cerberus", "export", "--m"))
        self.assertEqual(sorted(self.complete("cerberus", "export", "--split", "t")), ["test", "train"])

    def test_the_scripts_are_sound(self):
        for shell, check in (("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]), ("fish", ["fish", "-n"])):
            script = run(BINARY, "--generate-completion-script", shell).stdout
            self.assertGreater(len(script), 1000)
            if shutil.which(shell):
                with self.subTest(shell=shell):
                    self.assertEqual(run(*check, "/dev/stdin", input=script).returncode, 0)


class ContainerTests(unittest.TestCase):
    """No image is built here; what its steps rely on is checked."""

    def test_the_binary_needs_only_what_the_image_has(self):
        # The libraries of Swift are inside a binary that is built with --static-swift-stdlib.
        needed = set(re.findall(r"\(NEEDED\).*\[(.*?)\.so", run("readelf", "-d", BINARY).stdout))
        swift = {name for name in needed if re.match(r"libswift|lib_?Foundation|libdispatch|libBlocksRuntime", name)}
        self.assertEqual(needed - swift - {
            "libc", "libm", "libsqlite3", "libz", "libgcc_s", "libstdc++", "ld-linux-x86-64", "ld-linux-aarch64", "libpthread",
            "libdl"}, set())
        self.assertIn("libsqlite3-0 zlib1g", text("Containerfile"))

    def test_with_the_environment_of_the_image_it_starts_only_with_a_key(self):
        environment = dict(re.findall(r"(CERBERUS_\w+)=(\S+)", re.search(r"^ENV (.*)$", text("Containerfile"), re.M)[1]))
        with tempfile.TemporaryDirectory() as folder:
            environment |= {"CERBERUS_DATA_DIR": os.path.join(folder, "data"), "CERBERUS_PORT": "0", "PATH": os.environ["PATH"]}
            self.assertEqual(run(BINARY, "serve", env=environment).returncode, 78)
            key = os.path.join(folder, "key")
            with open(key, "w", encoding="ascii") as file:
                file.write("test-key-0123456789\n")
            process = subprocess.Popen([BINARY, "serve"], env={**environment, "CERBERUS_API_KEY_FILE": key},
                                       stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
            try:
                self.assertTrue(any("listens on" in line for line in process.stderr))
                self.assertEqual(run(BINARY, "health", env=environment).returncode, 0)
                process.terminate()
                self.assertEqual(process.wait(30), 0)
            finally:
                process.kill()
                process.wait()
                process.stderr.close()


@unittest.skipUnless(shutil.which("caddy"), "caddy is not installed")
class ProxyTests(unittest.TestCase):
    def test_caddy_lets_in_what_it_should_and_tells_addresses_apart(self):
        server = Server("--trusted-proxy", "127.0.0.1", "--feedback-rate", "1", key="test-key-0123456789")
        self.addCleanup(server.close)
        folder = tempfile.mkdtemp(prefix="cerberus-caddy-")
        self.addCleanup(shutil.rmtree, folder)
        socket = os.path.join(folder, "front.sock")
        environment = {"HOME": folder, "PATH": os.environ["PATH"], "CERBERUS_SITE": "http://",
                       "CERBERUS_UPSTREAM": server.address.removeprefix("http://")}
        config = os.path.join(folder, "Caddyfile")
        with open(config, "w", encoding="utf-8") as file:
            file.write("{\n\tadmin off\n\tdefault_bind unix/" + socket + "\n}\n" + text("Caddyfile"))
        process = subprocess.Popen(["caddy", "run", "--config", config, "--adapter", "caddyfile"], env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

        def ask(path, *more):
            return run("curl", "-s", "-o", os.devnull, "-w", "%{http_code}", "--unix-socket", socket,
                       "http://collector" + path, *more).stdout
        deadline = time.monotonic() + 30
        while ask("/livez") != "200":
            self.assertLess(time.monotonic(), deadline, "caddy did not start")
            self.assertIsNone(process.poll(), "caddy ended")
        body = json.dumps({"user_id": "u", "session_id": "s", "user_message": "Why?", "assistant_message": "So."})
        send = ("-H", "Content-Type: application/json", "-d", body)
        self.assertEqual(ask("/v1/log", *send), "401")
        self.assertEqual(ask("/v1/log", *send, "-H", "Authorization: Bearer " + server.key), "201")
        for path in ("/metrics", "/v1/stats", "/v1/export", "/dashboard", "/"):
            self.assertEqual(ask(path), "404", path)


if __name__ == "__main__":
    unittest.main()
