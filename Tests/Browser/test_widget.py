"""The stars of clients/web in a real browser, from a page of another origin, against the real server."""

import glob
import gzip
import json
import os
import threading
import time
import unittest
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from browser import Browser
from server import ROOT, Server

WEB = os.path.join(ROOT, "clients/web")
REACT = os.path.join(ROOT, ".build/venv-python/lib/python3*/site-packages/dash/deps")
SPACE, RIGHT, TAB, ENTER = (" ", 32), ("ArrowRight", 39), ("Tab", 9), ("Enter", 13)
KEY = "test-key-0123456789"
BYTES_MAX = 4096


def setUpModule():
    global browser
    browser = Browser()


def tearDownModule():
    browser.close()


class Site:
    """A web server on an origin of its own: the files of the widget, and pages of the test by path."""

    def __init__(self, answer=None):
        self.pages, self.policy, self.referrer, self.received = {"favicon.ico": b""}, "", "", []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.lstrip("/")
                content = site.pages.get(path)
                if content is None:
                    try:
                        with open(path if path.startswith("/") else os.path.join(WEB, path), "rb") as file:
                            content = file.read()
                    except OSError:
                        return self.send_error(404)
                content = content if isinstance(content, bytes) else content.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/javascript" if path.endswith(".js") else "text/html; charset=utf-8")
                if site.policy:
                    self.send_header("Content-Security-Policy", site.policy)
                if site.referrer:
                    self.send_header("Referrer-Policy", site.referrer)
                self.end_headers()
                self.wfile.write(content)

            def do_POST(self):
                """A collector that answers as it is told."""
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                site.received.append(body)
                status, fields = answer(body)
                self.send_response(status)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()
                self.wfile.write(json.dumps(fields).encode())

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = "http://127.0.0.1:%d" % self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class WidgetTests(unittest.TestCase):
    def site(self, answer=None):
        site = Site(answer)
        self.addCleanup(site.close)
        return site

    def serve(self, *arguments):
        server = Server(*arguments, key=KEY)
        self.addCleanup(server.close)
        return server

    def open(self, site, endpoint, example, more="", **media):
        site.pages["page.js"] = """
          import "/cerberus-feedback.js";
          window.told = [];
          for (const name of ["cerberus-feedback", "cerberus-feedback-error"])
            addEventListener(name, (event) => told.push([name, event.detail]));
          window.root = document.querySelector("cerberus-feedback").shadowRoot;
          window.pick = (score) => root.querySelector(`[value="${score}"]`).click();
        """
        site.pages["page"] = f"""<!doctype html><html lang="en"><title>Chat</title><main>
          <cerberus-feedback example-id="{example}" endpoint="{endpoint}" {more}></cerberus-feedback></main>
          <script type="module" src="/page.js"></script></html>"""
        page = browser.page(**media)
        page.open(site.address + "/page")
        page.until("Boolean(window.root)")
        return page

    def rated(self, server, example):
        request = urllib.request.Request(
            server.address + "/v1/examples/" + example, headers={"Authorization": "Bearer " + KEY})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def until(self, check, purpose):
        deadline = time.monotonic() + 30
        while not (value := check()):
            self.assertLess(time.monotonic(), deadline, purpose)
            threading.Event().wait(0.02)
        return value

    def pair(self):
        """A server that takes ratings of a site's origin, and that site."""
        site = self.site()
        return self.serve("--cors-origin", site.address), site

    def test_stars_and_comment_are_stored_across_origins_under_a_strict_policy(self):
        server, site = self.pair()
        site.policy = f"default-src 'none'; script-src 'self'; connect-src {server.address}"
        example = server.log()
        page = self.open(site, server.address, example)
        self.assertTrue(page.run("root.querySelector('.more').hidden"))
        page.run("pick(2)")
        page.until("told.length === 1")
        page.run("pick(4)")
        page.until("told.length === 2")
        self.assertFalse(page.run("root.querySelector('.more').hidden"))
        page.until("root.querySelector('[role=status]').textContent === 'Thank you'")
        page.run("root.querySelector('textarea').focus()")
        page.type("Short and right")
        # The thanks were for the stars; those for the comment have to be seen, and heard, anew.
        self.assertEqual(page.run("root.querySelector('[role=status]').textContent"), "")
        page.run("root.querySelector('button').click()")
        page.until("told.length === 3")
        stored = {"exampleId": example, "status": "success"}
        self.assertEqual(page.run("told"), [
            ["cerberus-feedback", {**stored, "score": 2, "comment": ""}],
            ["cerberus-feedback", {**stored, "score": 4, "comment": ""}],
            ["cerberus-feedback", {**stored, "score": 4, "comment": "Short and right"}]])
        self.assertEqual(page.run("root.querySelector('[role=status]').textContent"), "Thank you")
        self.assertEqual(page.run("[...root.querySelectorAll('label.on')].length"), 4)
        found = self.rated(server, example)
        self.assertEqual((found["score"], found["comment"]), (4, "Short and right"))
        self.assertEqual(page.faults, [])

    def test_a_rating_may_come_before_its_conversation(self):
        server, site = self.pair()
        example = "%08x-%04x-7000-8000-000000000001" % divmod(int(time.time() * 1000), 1 << 16)
        page = self.open(site, server.address + "/", example)
        page.run("pick(5)")
        page.until("told.length")
        self.assertEqual(page.run("told[0][1].status"), "pending")
        server.log(example_id=example)
        self.assertEqual(self.rated(server, example)["score"], 5)

    def test_an_origin_that_is_not_allowed_is_told_that_it_failed(self):
        site = self.site()
        server = self.serve("--cors-origin", "https://app.example")
        page = self.open(site, server.address, server.log())
        # Retries are for faults that pass: the pauses between them are skipped.
        page.run("window.setTimeout = ((real) => (work) => real(work, 0))(window.setTimeout)")
        page.run("pick(5)")
        page.until("told.length")
        self.assertEqual(page.run("told[0]"), ["cerberus-feedback-error", {"exampleId": page.run(
            "root.host.exampleId"), "code": "network"}])
        self.assertIn("Not sent", page.run("root.querySelector('[role=status]').textContent"))
        # It is the truth, though the body of plain text needed no preflight.
        self.assertEqual(self.rated(server, page.run("root.host.exampleId"))["score"], 0)

    def test_the_beacon_of_a_page_that_hides_where_it_is_from_is_stored(self):
        server, site = self.pair()
        site.referrer = "no-referrer"
        example = server.log()
        page = self.open(site, server.address, example)
        page.run("pick(3)")
        page.run("root.host.remove()")
        self.until(lambda: self.rated(server, example)["score"] == 3, "the rating")

    def test_an_unknown_example_is_told_with_the_code_of_the_collector(self):
        server, site = self.pair()
        page = self.open(site, server.address, "01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11")
        page.run("pick(5)")
        page.until("told.length")
        with self.assertRaises(urllib.error.HTTPError) as caught:
            server.post("/v1/feedback", {"example_id": "01926f3a-7c1e-7d42-9c55-0b9d5e0f6a11", "score": 5})
        with caught.exception as answer:
            self.assertEqual(page.run("told[0][1].code"), json.load(answer)["code"])

    def test_the_keyboard_alone_sends_where_it_rests(self):
        server, site = self.pair()
        example = server.log()
        page = self.open(site, server.address, example)
        page.press(*TAB)
        page.press(*SPACE)
        for _ in range(3):
            page.press(*RIGHT)
        page.until("told.length")
        self.assertEqual(page.run("root.activeElement.value"), "4")
        self.assertEqual(page.run("told.map((one) => one[1].score)"), [4])
        page.press(*TAB)
        page.type("From the keyboard")
        page.press(*TAB)
        self.assertEqual(page.run("root.activeElement.tagName"), "BUTTON")
        page.press(*SPACE)
        page.until("told.length === 2")
        self.assertEqual(self.rated(server, example)["comment"], "From the keyboard")

    def test_a_screen_reader_finds_a_named_group_of_named_radios(self):
        server, site = self.pair()
        page = self.open(site, server.address, server.log())
        page.run("pick(3)")
        page.until("told.length")
        tree = page.call("Accessibility.getFullAXTree")["nodes"]
        named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree
                 if not node.get("ignored") and "role" in node]
        self.assertIn(("group", "How helpful was this answer?"), named)
        self.assertEqual([name for role, name in named if role == "radio"],
                         ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"])
        self.assertIn(("textbox", "Comment (optional)"), named)
        self.assertIn(("button", "Send"), named)
        self.assertIn("status", [role for role, _ in named])
        checked = [node["name"]["value"] for node in tree if any(
            one["name"] == "checked" and one["value"]["value"] == "true" for one in node.get("properties", []))]
        self.assertEqual(checked, ["3 stars"])
        boxes = page.run("[...root.querySelectorAll('.stars label')].map((node) => node.getBoundingClientRect().width)")
        self.assertTrue(all(width >= 24 for width in boxes), boxes)

    def test_a_comment_half_typed_is_sent_when_the_page_goes(self):
        server, site = self.pair()
        example = server.log()
        page = self.open(site, server.address, example)
        page.run("pick(1)")
        page.until("told.length")
        page.run("root.querySelector('textarea').focus()")
        page.type("It never compi")
        page.open(site.address + "/cerberus-feedback.d.ts")
        self.until(lambda: self.rated(server, example).get("comment") == "It never compi", "the comment never came")

    def test_a_star_just_chosen_is_sent_when_the_element_goes_or_turns_to_another_answer(self):
        server, site = self.pair()
        first, second, third = server.log(), server.log(), server.log()
        page = self.open(site, server.address, first)
        page.run(f"pick(2); root.host.exampleId = '{second}'")
        self.assertEqual(page.run("root.querySelectorAll('label.on, input:checked').length"), 0)
        page.run(f"pick(3); root.host.exampleId = '{third}'; pick(4); root.host.remove()")
        for example, score in ((first, 2), (second, 3), (third, 4)):
            self.until(lambda: self.rated(server, example).get("score") == score, f"no rating {score}")

    def test_the_last_rating_wins_though_the_network_is_slow(self):
        gate = threading.Event()
        under_way, most = [], []

        def answer(body):
            under_way.append(body)
            most.append(len(under_way))
            if body["score"] == 1:
                gate.wait(30)
            under_way.pop()
            return 200, {"status": "success"}

        collector = self.site(answer)
        page = self.open(self.site(), collector.address, "x")
        page.run("pick(1)")
        self.until(lambda: collector.received, "the first rating never came")
        page.run("pick(2); pick(5)")
        page.run("new Promise((done) => setTimeout(done, 500))")
        gate.set()
        page.until("told.length === 2")
        self.assertEqual([body["score"] for body in collector.received], [1, 5])
        self.assertEqual(max(most), 1)

    def test_what_passes_is_retried_and_what_was_given_up_is_tried_again_by_a_click(self):
        answers = iter([(503, {}), (429, {}), (200, {"status": "success"}), (422, {"code": "invalid"}),
                        (200, {"status": "success"})])
        collector = self.site(lambda body: next(answers))
        page = self.open(self.site(), collector.address, "x")
        page.run("window.setTimeout = ((real) => (work) => real(work, 0))(window.setTimeout)")
        page.run("""window.said = []; new MutationObserver(() => said.push(root.querySelector('[role=status]').textContent))
            .observe(root.querySelector('[role=status]'), { childList: true })""")
        page.run("pick(4)")
        page.until("told.length === 1")
        self.assertEqual(len(collector.received), 3)
        self.assertEqual(page.run("said.filter((text, place) => text !== said[place - 1])"), ["Sending…", "Thank you"])
        page.run("pick(5)")
        page.until("told.length === 2")
        self.assertEqual(page.run("told[1]"), ["cerberus-feedback-error", {"exampleId": "x", "code": "invalid"}])
        page.run("pick(5)")
        page.until("told.length === 3")
        self.assertEqual(page.run("told[2][0]"), "cerberus-feedback")

    def test_words_of_another_language_and_no_comment(self):
        server, site = self.pair()
        page = self.open(site, server.address, server.log(), more="no-comment")
        page.run("""root.host.texts = { question: "Hilfreich?", star: (score) => score + " von 5", sent: "Danke" }""")
        page.run("pick(5)")
        page.until("told.length")
        self.assertEqual(page.run("root.querySelector('legend').textContent"), "Hilfreich?")
        self.assertEqual(page.run("root.querySelector('[value=\"5\"]').getAttribute('aria-label')"), "5 von 5")
        self.assertEqual(page.run("root.querySelector('[role=status]').textContent"), "Danke")
        self.assertTrue(page.run("root.querySelector('.more').hidden"))

    def test_the_import_does_nothing_where_there_is_no_page(self):
        # A worker has as little of a page as the server side of a framework.
        site = self.site()
        site.pages["worker.js"] = 'import("/cerberus-feedback.js").then(() => postMessage("ok"), (e) => postMessage(String(e)))'
        site.pages["empty"] = "<!doctype html><title>Empty</title>"
        page = browser.page()
        page.open(site.address + "/empty")
        self.assertEqual(page.run("""new Promise((done) => {
          new Worker("/worker.js", { type: "module" }).onmessage = (event) => done(event.data) })"""), "ok")

    def test_the_react_wrapper(self):
        [folder] = glob.glob(REACT) or self.fail("React is missing: make python installs it")
        server, site = self.pair()
        example, other = server.log(), server.log()
        for name in ("react", "react-dom"):
            with open(os.path.join(folder, name + "@18.3.1.js"), "rb") as file:
                site.pages[name + ".umd.js"] = file.read()
        site.pages["react-module.js"] = "export const { createElement, useEffect, useRef } = React;"
        site.pages["app.js"] = f"""
          import {{ CerberusFeedback }} from "/react.js";
          window.told = [];
          const root = ReactDOM.createRoot(document.querySelector("main"));
          window.show = (exampleId, tag) => root.render(React.createElement(CerberusFeedback, {{
            exampleId, endpoint: "{server.address}", className: "stars", noComment: true, texts: {{ question: tag }},
            onFeedback: (feedback) => told.push([tag, feedback.score]) }}));
          show("{example}", "first");"""
        site.pages["react-page"] = """<!doctype html><html lang="en"><title>React</title><main></main>
          <script type="importmap">{"imports": {"react": "/react-module.js"}}</script>
          <script src="/react.umd.js"></script><script src="/react-dom.umd.js"></script>
          <script type="module" src="/app.js"></script></html>"""
        page = browser.page()
        page.open(site.address + "/react-page")
        page.until("document.querySelector('cerberus-feedback.stars')?.shadowRoot?.querySelector('legend').textContent === 'first'")
        pick = "document.querySelector('cerberus-feedback').shadowRoot.querySelector('[value=\"%d\"]').click()"
        page.run(pick % 4)
        page.until("told.length === 1")
        page.run(f"show('{other}', 'second')")
        page.until("document.querySelector('cerberus-feedback').exampleId === '%s'" % other)
        page.run(pick % 2)
        page.until("told.length === 2")
        self.assertEqual(page.run("told"), [["first", 4], ["second", 2]])
        self.assertEqual([self.rated(server, one)["score"] for one in (example, other)], [4, 2])
        self.assertEqual(page.faults, [])

    def test_it_weighs_less_than_four_kilobytes(self):
        sizes = {}
        for name in ("cerberus-feedback.js", "react.js"):
            with open(os.path.join(WEB, name), "rb") as file:
                sizes[name] = len(gzip.compress(file.read(), 9))
        self.assertLess(sum(sizes.values()), BYTES_MAX, sizes)


if __name__ == "__main__":
    unittest.main()
