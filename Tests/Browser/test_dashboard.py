"""The dashboard in a real browser against the real server."""

import json
import os
import unittest
import urllib.request

from browser import Browser
from server import Server

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "audit.js"), encoding="utf-8") as file:
    AUDIT = file.read()
TAB, ENTER, ESCAPE = ("Tab", 9), ("Enter", 13), ("Escape", 27)
READY = "!document.getElementById('figures').hidden && document.getElementById('figures').childElementCount > 3"


def setUpModule():
    global browser
    browser = Browser()


def tearDownModule():
    browser.close()


class DashboardTests(unittest.TestCase):
    def serve(self, *arguments, **more):
        server = Server(*arguments, **more)
        self.addCleanup(server.close)
        return server

    def filled(self):
        server = self.serve()
        for number in range(12):
            example = server.log(
                f"u-{number}", language=["python", "swift", ""][number % 3], variant=f"prompt-{number % 2}",
                user_message=f"How do I reverse list {number}? Ask me at ada{number}@mail.corp.io",
                assistant_message=f"Use reversed(items), or items[::-1] for a reversed copy of list number {number}.")
            if number < 8:
                server.post("/v1/feedback", {"example_id": example, "score": 1 + number % 5})
        server.post("/v1/curate", {})
        return server

    def test_newcomer_is_told_what_to_do(self):
        server = self.serve()
        page = browser.page()
        page.open(server.address + "/")
        page.until(READY)
        self.assertEqual(page.run("location.pathname"), "/dashboard")
        lines = page.run("[...document.querySelectorAll('#empty pre')].map((node) => node.textContent)")
        self.assertIn(server.address + "/v1/log", lines[0])
        body = json.loads(lines[0].split("-d '")[1].rstrip("'"))
        self.assertIn("example_id", server.post("/v1/log", body))
        # Cards that could only say "none yet" come with the first conversation.
        self.assertIsNone(page.run("document.querySelector('#languages')"))
        page.run("refresh()")
        page.until("document.querySelector('#languages') && !document.querySelector('#empty')")
        self.assertEqual(page.faults, [])

    def test_figures_are_those_of_the_statistics(self):
        server = self.filled()
        page = browser.page()
        page.open(server.address + "/dashboard")
        page.until(READY)
        with urllib.request.urlopen(server.address + "/v1/stats") as answer:
            stats = json.load(answer)
        tiles = page.run("""Object.fromEntries([...document.querySelectorAll('.tiles > div')].map((tile) =>
          [tile.querySelector('button').textContent, tile.querySelector('.figure').textContent]))""")
        for name in ("conversations", "users", "sessions", "comments", "corrections"):
            self.assertEqual(tiles[name], str(stats[name]), name)
        self.assertEqual(tiles["high quality"], str(stats["high_quality"]))
        self.assertAlmostEqual(float(tiles["mean score"]), stats["average_score"], delta=0.0051)

        def rows(section):
            return page.run(f"""Object.fromEntries([...document.querySelectorAll('#{section} tbody tr')].map((row) =>
              [(row.querySelector('th button') ?? row.querySelector('th')).textContent, row.querySelector('td.n').textContent]))""")
        self.assertEqual(rows("stars"), {f"{score} ★": str(stats["scores"][str(score)]) for score in range(1, 6)})
        self.assertEqual(rows("languages")["python"], str(stats["languages"]["python"]["conversations"]))
        self.assertEqual(rows("redactions"), {"email": str(stats["redactions"]["EMAIL"])})
        self.assertEqual(rows("curated")["examples"], str(stats["curated"]["examples"]))
        # The last run tells what it left out, which the live reasons cannot know.
        self.assertEqual(rows("curated")["rated below 4"], str(stats["curated"]["rejected"]["low_score"]))
        with urllib.request.urlopen(server.address + "/v1/progress") as answer:
            progress = json.load(answer)
        label = page.run("document.getElementById('eta').getAttribute('aria-label')")
        for name in ("eta_date_low", "eta_date"):
            self.assertIn(progress[name], label)
        # The band begins before the likely day and ends after it.
        self.assertEqual(page.run("""(() => { const box = (part) => document.querySelector('#eta ' + part).getBoundingClientRect();
          const [band, tick] = [box('i'), box('b')]; return band.left <= tick.left && tick.left < band.right; })()"""), True)
        state = rows("state")
        self.assertRegex(state["disk free"], r"^[\d.]+ [kMGT]?B$")
        self.assertEqual((state["waiting"], state["storage faults"]), ("0", "0"))
        self.assertRegex(state["release"], r"^\d+\.\d+\.\d+$")
        # No bar for nothing; every name has its definition.
        self.assertEqual(page.run("[...document.querySelectorAll('td.b i')].every((bar) => (bar.offsetWidth > 0) === "
                                  "(bar.closest('tr').querySelector('td.n').textContent !== '0'))"), True)
        self.assertEqual(page.run("[...document.querySelectorAll('#state th, #storage th, #curated th, .tiles > div')]"
                                  ".filter((name) => !name.querySelector('[role=tooltip]')).map((name) => name.textContent)"), [])
        self.assertEqual(page.run("document.getElementById('health').textContent"), "ready")
        self.assertEqual(page.faults, [])

    def test_new_records_appear(self):
        server = self.filled()
        page = browser.page()
        page.open(server.address + "/dashboard")
        page.until(READY)
        figure = "document.querySelector('.tiles .figure').textContent"
        self.assertEqual(page.run(figure), "12")
        server.log("new")
        # Paused, it stays; then it asks at once, and goes on by itself.
        page.run("document.getElementById('pause').click()")
        self.assertEqual(page.run("document.getElementById('pause').getAttribute('aria-pressed')"), "true")
        page.run("document.getElementById('pause').click()")
        page.run("document.activeElement.blur()")
        page.until(figure + " === '13'")
        server.log("newer")
        page.until(figure + " === '14'", "refresh by itself")
        self.assertEqual(page.faults, [])

    def test_definitions_by_keyboard(self):
        server = self.filled()
        page = browser.page()
        page.open(server.address + "/dashboard")
        page.until(READY)
        for _ in range(40):
            page.press(*TAB)
            if page.run("document.activeElement.textContent === 'feedback rate'"):
                break
        tip = "getComputedStyle(document.activeElement.nextElementSibling).display"
        self.assertEqual(page.run(tip), "block")
        self.assertIn("Rated conversations", page.run(
            "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"))
        page.press(*ESCAPE)
        self.assertEqual(page.run(tip), "none")

    def test_key_stays_in_the_tab(self):
        key = "k" * 8 + "-a-key-for-this-test-alone-0123456789"
        server = self.serve(key=key)
        server.log()
        page = browser.page()
        page.open(server.address + "/dashboard")
        page.until("!document.getElementById('door').hidden")
        self.assertEqual(page.run(AUDIT), [])
        self.assertTrue(page.run("document.getElementById('pause').hidden"), "nothing to pause")
        for attempt, outcome in (("wrong", "document.getElementById('door-reason').textContent.includes('not accepted')"),
                                 (key, READY)):
            page.run("document.getElementById('key').focus()")
            page.type(attempt)
            page.press(*ENTER)
            page.run("document.getElementById('door-form').requestSubmit()")
            page.until(outcome)
        self.assertEqual(page.run("[localStorage.length, document.cookie, location.href.includes('key')]"), [0, "", False])
        page.open(server.address + "/dashboard")
        page.until(READY)
        other = browser.page()
        other.open(server.address + "/dashboard")
        other.until("!document.getElementById('door').hidden")
        page.run("document.getElementById('forget').click()")
        page.until("!document.getElementById('door').hidden && document.getElementById('figures').hidden")
        self.assertEqual(page.run("sessionStorage.length"), 0)

    def test_text_is_never_markup(self):
        server = self.serve()
        for name in ("<img src=x onerror=alert(1)>", "<script>document.title='x'</script>", "__proto__"):
            server.log(name, variant=name, model=name)
        page = browser.page()
        page.open(server.address + "/dashboard")
        page.until(READY)
        names = page.run("[...document.querySelectorAll('#variants tbody th')].map((node) => node.textContent).sort()")
        self.assertEqual(names, ["<img src=x onerror=alert(1)>", "<script>document.title='x'</script>", "__proto__"])
        self.assertEqual(page.run("document.querySelectorAll('img, #figures script').length"), 0)
        self.assertEqual(page.faults, [])

    def test_silent_server_is_told(self):
        server = self.filled()
        page = browser.page()
        page.open(server.address + "/dashboard")
        page.until(READY)
        server.kill()
        page.run("refresh()")
        page.until("document.getElementById('notice').textContent.includes('may be old')")
        self.assertEqual(page.run("document.querySelector('.tiles .figure').textContent"), "12")

    def test_everyone_can_read_it(self):
        server, empty = self.filled(), self.serve()
        for dark in (False, True):
            for width in (1280, 390, 320):
                for address in (server.address, empty.address):
                    with self.subTest(dark=dark, width=width, empty=address == empty.address):
                        page = browser.page(dark=dark, width=width)
                        page.open(address + "/dashboard")
                        page.until(READY)
                        self.assertEqual(page.run(AUDIT), [])
                        self.assertEqual(page.faults, [])

    def test_audit_has_teeth(self):
        page = browser.page()
        page.open(self.filled().address + "/dashboard")
        page.until(READY)
        page.run("document.documentElement.style.setProperty('--soft', '#999')")
        page.run("document.querySelector('.tiles button').textContent = ''")
        page.run("document.querySelector('th').removeAttribute('scope')")
        faults = " ".join(page.run(AUDIT))
        for part in ("contrast", "no name", "th without scope"):
            self.assertIn(part, faults)


if __name__ == "__main__":
    unittest.main()
