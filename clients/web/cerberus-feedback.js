// <cerberus-feedback example-id="…" endpoint="https://collector.example">: five stars and a comment for one answer.
// Dispatches `cerberus-feedback` with {exampleId, score, comment, status} once a rating is stored, and
// `cerberus-feedback-error` with {exampleId, code} when it was given up. Both bubble.

const TEXTS = {
  question: "How helpful was this answer?",
  star: (score) => score + (score === 1 ? " star" : " stars"),
  comment: "Comment (optional)",
  send: "Send",
  sending: "Sending…",
  sent: "Thank you",
  failed: "Not sent. Choose again to retry.",
};
// A walk over the stars with the arrow keys selects each of them: only where it rests is sent.
const REST_MS = 400;
const RETRY_MS = [500, 2000, 8000];
const COMMENT_MAX = 4096;

const STYLE = `
:host { display: inline-block; font: inherit; color: inherit }
:host([hidden]) { display: none }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0 }
legend { padding: 0 }
.stars { display: inline-flex; flex-wrap: wrap }
.stars input { position: absolute; opacity: 0; width: 1px; height: 1px }
.stars label { font-size: 1.75rem; line-height: 1; padding: .25rem; cursor: pointer; color: var(--cerberus-star-off, #767676) }
.stars label.on { color: var(--cerberus-star-on, #b45309) }
.stars label.on span { display: none }
.stars label:not(.on) b { display: none }
b { font-weight: normal }
.stars input:focus-visible + label { outline: 2px solid; outline-offset: -2px; border-radius: 4px }
.more { display: grid; gap: .25rem; justify-items: start; margin-top: .5rem }
.more[hidden] { display: none }
textarea { font: inherit; width: 100%; box-sizing: border-box }
button { font: inherit; min-height: 1.75rem }
@media (forced-colors: active) { .stars label.on { color: Highlight } }
`;
let sheet;

// Where pages are rendered on a server there is no HTMLElement; the import does nothing there.
class CerberusFeedback extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ["example-id", "no-comment"];

  #texts = TEXTS;
  #score = 0;
  #comment = "";
  #exampleId = "";
  // Bodies of requests: what the user wants stored, a comment half typed included; what is to be sent; what is under
  // way; what the collector has.
  #wanted = "";
  #due = "";
  #underWay = "";
  #stored = "";
  #timer;
  #attempt = 0;
  #parts;
  #hide = () => document.visibilityState === "hidden" && this.#beacon();
  #leave = () => this.#beacon();

  get exampleId() { return this.getAttribute("example-id") ?? ""; }
  set exampleId(value) { this.setAttribute("example-id", value); }
  get endpoint() { return this.getAttribute("endpoint") ?? ""; }
  set endpoint(value) { this.setAttribute("endpoint", value); }
  /** The stars chosen, 1 to 5; 0 before a choice. */
  get score() { return this.#score; }
  /** Words in another language: any of question, star (a function of the score), comment, send, sending, sent, failed. */
  get texts() { return this.#texts; }
  set texts(value) {
    this.#texts = { ...TEXTS, ...value };
    if (this.#parts) this.#label();
  }

  connectedCallback() {
    if (!this.#parts) this.#build();
    document.addEventListener("visibilitychange", this.#hide);
    addEventListener("pagehide", this.#leave);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#hide);
    removeEventListener("pagehide", this.#leave);
    this.#beacon();
  }

  attributeChangedCallback(name, before, now) {
    if (name === "no-comment") return this.#parts && this.#show();
    if (before === now) return;
    // Another answer: what was said about the one before is sent, and the stars are empty again.
    this.#beacon();
    this.#exampleId = now ?? "";
    this.#score = 0;
    this.#comment = this.#wanted = this.#due = this.#stored = "";
    if (this.#parts) {
      this.#parts.area.value = "";
      this.#say("");
      this.#show();
    }
  }

  #build() {
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    // Not a style element, which a strict policy of the page would forbid.
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = `<fieldset><legend></legend><div class="stars">${[1, 2, 3, 4, 5].map((score) =>
      `<input type="radio" name="score" id="s${score}" value="${score}">` +
      `<label for="s${score}"><b aria-hidden="true">★</b><span aria-hidden="true">☆</span></label>`).join("")}
      </div></fieldset><div class="more" hidden><label for="c"></label><textarea id="c" rows="2"
      maxlength="${COMMENT_MAX}"></textarea><button type="button"></button></div><div role="status"></div>`;
    const find = (selector) => root.querySelector(selector);
    this.#parts = {
      inputs: [...root.querySelectorAll("input")], legend: find("legend"), more: find(".more"),
      commentLabel: find(".more label"), area: find("textarea"), button: find("button"), status: find("[role=status]"),
    };
    const { inputs, area, button } = this.#parts;
    for (const input of inputs) {
      input.addEventListener("change", () => this.#choose(Number(input.value)));
      // A star that is chosen already does not change: a click on it tries again what was given up.
      input.addEventListener("click", () => !this.#due && this.#choose(Number(input.value)));
    }
    area.addEventListener("input", () => this.#note());
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit();
    });
    button.addEventListener("click", () => this.#submit());
    this.#label();
    this.#show();
  }

  #label() {
    const { inputs, legend, commentLabel, button } = this.#parts;
    legend.textContent = this.#texts.question;
    commentLabel.textContent = this.#texts.comment;
    button.textContent = this.#texts.send;
    for (const input of inputs) input.setAttribute("aria-label", this.#texts.star(Number(input.value)));
  }

  #show() {
    const { inputs, more } = this.#parts;
    for (const input of inputs) {
      input.checked = Number(input.value) === this.#score;
      input.nextElementSibling.className = input.value <= this.#score ? "on" : "";
    }
    more.hidden = !this.#score || this.hasAttribute("no-comment");
  }

  #choose(score) {
    this.#score = score;
    this.#show();
    this.#submit(REST_MS);
  }

  /** Takes down what is wanted now; it goes out should the page hide. What was said of the rating before holds no more. */
  #note() {
    this.#say("");
    this.#comment = this.#parts.area.value.trim();
    this.#wanted = JSON.stringify({
      example_id: this.#exampleId, score: this.#score, ...(this.#comment && { comment: this.#comment }),
    });
  }

  #submit(milliseconds = 0) {
    this.#note();
    this.#due = this.#wanted;
    this.#attempt = 0;
    this.#later(milliseconds);
  }

  #later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), milliseconds);
  }

  get #address() { return this.endpoint.replace(/\/+$/, "") + "/v1/feedback"; }

  /** One request at a time, so that an earlier rating cannot arrive after a later one. */
  async #send() {
    if (this.#underWay || !this.#due) return;
    if (this.#due === this.#stored) return this.#say("sent");
    const body = this.#underWay = this.#due;
    const detail = { exampleId: this.#exampleId, score: this.#score, comment: this.#comment };
    let answer = {}, code = "network", isPassing = true;
    try {
      // A body of plain text needs no preflight; the collector takes it on this route.
      const response = await fetch(this.#address, { method: "POST", body, keepalive: true, credentials: "omit" });
      answer = await response.json().catch(() => ({}));
      code = response.ok ? "" : answer.code ?? String(response.status);
      isPassing = response.status === 429 || response.status >= 500;
    } catch {}
    this.#underWay = "";
    if (!code) {
      if (this.#due === body) this.#stored = body;
      this.#tell("cerberus-feedback", { ...detail, status: answer.status });
    } else if (this.#due !== body) {
      // Something newer takes its place below.
    } else if (isPassing && this.#attempt < RETRY_MS.length) {
      this.#say("sending");
      return this.#later(RETRY_MS[this.#attempt++]);
    } else {
      this.#due = "";
      this.#say("failed");
      this.#tell("cerberus-feedback-error", { exampleId: detail.exampleId, code });
    }
    // A rating that came meanwhile. Where its star has not rested yet, its own timer finds it sent.
    this.#send();
  }

  /** The page hides, or the element goes: what is not on its way yet goes out in a way that outlives the page. */
  #beacon() {
    clearTimeout(this.#timer);
    const body = this.#wanted;
    if (!this.#score || body === this.#stored || body === this.#underWay) return;
    if (!navigator.sendBeacon(this.#address, body)) {
      fetch(this.#address, { method: "POST", body, keepalive: true, credentials: "omit" }).catch(() => {});
    }
    this.#due = this.#stored = body;
  }

  #say(name) { this.#parts.status.textContent = name && this.#texts[name]; }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

if (globalThis.customElements && !customElements.get("cerberus-feedback")) customElements.define("cerberus-feedback", CerberusFeedback);

export { CerberusFeedback };
