/* An attempt at a quiz: each answer is kept as soon as it is given. One that cannot leave waits on this
   computer, says so, and leaves when the network is back. Without this script the form keeps them all. */

const form = document.querySelector("[data-quiz]");
const KEPT = "quiz";
const PAUSE = 600;
const SLOWEST = 60_000;
/* A network that answers nothing is away. */
const PATIENCE = 15_000;

/* What keeps answers from leaving, in words for the screen. */
class Held extends Error {}

class Keeper {
  constructor(root) {
    this.root = root;
    /* Another person on the same computer never sends what this one answered. */
    this.key = `${KEPT}:${root.dataset.owner}:${root.dataset.quiz}`;
    this.saved = root.querySelector("[data-quiz-saved]");
    this.answered = root.querySelector("[data-answered]");
    this.timer = 0;
    this.sending = null;
    this.trouble = "";
    this.leaving = false;
    this.delay = 1_000;
  }

  waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  keep(list) {
    if (Object.keys(list).length) localStorage.setItem(this.key, JSON.stringify(list));
    else localStorage.removeItem(this.key);
  }

  question(order) {
    return this.root.querySelector(`[data-question="${order}"]`);
  }

  /* The fields of one question, as its form would send them. */
  fields(question) {
    const found = {};
    for (const field of question.querySelectorAll("input:not([data-revision]), select")) {
      if (["radio", "checkbox"].includes(field.type)) {
        found[field.name] ??= [];
        if (field.checked) found[field.name].push(field.value);
      } else {
        found[field.name] = [field.value];
      }
    }
    return found;
  }

  /* What the network kept away the last time comes back into the form. */
  restore() {
    for (const [order, answer] of Object.entries(this.waiting())) {
      const question = this.question(order);
      if (!question) continue;
      for (const [name, values] of Object.entries(answer.fields)) {
        for (const field of question.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
          if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
          else field.value = values[0] ?? "";
        }
      }
    }
    if (Object.keys(this.waiting()).length) this.send();
  }

  changed(question) {
    const order = question.dataset.question;
    const seen = Number(question.querySelector("[data-revision]").value);
    this.keep({ ...this.waiting(), [order]: { seen, key: crypto.randomUUID(), fields: this.fields(question) } });
    this.tell(form.dataset.keeping);
    this.later(PAUSE);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  /* One round at a time. What keeps answers here is then in `trouble`. */
  send() {
    clearTimeout(this.timer);
    this.sending ??= this.round().finally(() => (this.sending = null));
    return this.sending;
  }

  async round() {
    let conflict = "";
    try {
      for (let [first] = Object.entries(this.waiting()); first; [first] = Object.entries(this.waiting())) {
        conflict = (await this.sendOne(...first)) || conflict;
      }
      this.delay = 1_000;
      this.trouble = "";
      this.tell(conflict || form.dataset.kept);
    } catch (error) {
      this.trouble = error instanceof Held ? error.message : `${form.dataset.waits} ${Object.keys(this.waiting()).length}.`;
      this.tell(this.trouble);
      if (error instanceof Held) return;
      this.later(this.delay);
      this.delay = Math.min(this.delay * 2, SLOWEST);
    }
  }

  /* What the screen must go on saying of this answer; nothing when it is kept. */
  async sendOne(order, answer) {
    const response = await fetch(this.root.dataset.answers, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.root.dataset.csrf },
      body: JSON.stringify({ order: Number(order), ...answer }),
      redirect: "manual",
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status >= 500 || response.status === 429) throw new Error(response.status);
    if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) throw new Held(form.dataset.out);
    const said = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    const list = this.waiting();
    /* Changed again while it was on its way: what is newer stays, on top of what is kept now. */
    if (list[order]?.key === answer.key) delete list[order];
    else if (list[order] && said.revision !== undefined) list[order].seen = said.revision;
    this.keep(list);
    if (said.over) {
      this.keep({});
      location.reload();
      throw new Held("");
    }
    if (response.ok) this.took(order, said);
    return typeof said.error === "string" ? said.error : "";
  }

  /* A form that is sent waits for what is on its way. Without network it stays, with all that was answered. */
  async leave(event) {
    if (this.left) return;
    event.preventDefault();
    if (this.leaving) return;
    this.leaving = true;
    /* While the event is on its way, a form is not sent again. */
    await new Promise((resolve) => setTimeout(resolve));
    await this.send();
    this.leaving = false;
    if (this.trouble || !navigator.onLine) {
      this.tell(`${form.dataset.stays} ${this.trouble}`.trim());
      return;
    }
    this.left = true;
    this.root.requestSubmit(event.submitter);
  }

  took(order, said) {
    const revision = this.question(order)?.querySelector("[data-revision]");
    if (revision) revision.value = said.revision;
    if (this.answered) this.answered.textContent = said.answered;
  }

  tell(text) {
    if (this.saved && this.saved.textContent !== text) this.saved.textContent = text ?? "";
  }
}

/* Lines move by buttons; their places follow, and are what is sent. */
const order = (list) => {
  const renumber = () => {
    [...list.children].forEach((line, place) => {
      line.querySelector("select").value = String(place + 1);
    });
  };
  for (const moves of list.querySelectorAll("[data-moves]")) moves.hidden = false;
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const line = button.closest("li");
    if (button.dataset.move === "-1") line.previousElementSibling?.before(line);
    else line.nextElementSibling?.after(line);
    renumber();
    button.focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.addEventListener("change", (event) => {
    if (event.target.tagName !== "SELECT" || !event.target.value) return;
    const line = event.target.closest("li");
    const others = [...list.children].filter((each) => each !== line);
    const before = others[Number(event.target.value) - 1];
    if (before) before.before(line);
    else list.append(line);
    renumber();
    event.target.focus();
  });
};

/* The time left, every second for the eye, aloud when five minutes and one minute are left. */
const clock = (root, seconds, end) => {
  const face = root.querySelector("[data-clock]");
  const ends = performance.now() + seconds * 1000;
  const status = root.querySelector("[data-quiz-saved]");
  const told = new Set([300, 60].filter((mark) => seconds <= mark));
  const round = () => {
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const minutes = String(Math.floor(left / 60)).padStart(2, "0");
    if (face) face.textContent = `${minutes}:${String(left % 60).padStart(2, "0")}`;
    for (const mark of [300, 60]) {
      if (left <= mark && !told.has(mark)) {
        told.add(mark);
        if (status) status.textContent = `${root.dataset.minutes} ${mark / 60}.`;
      }
    }
    if (left > 0) return setTimeout(round, 1000);
    return end();
  };
  round();
};

/* The last answers leave before the form does. The network may be away: this page stays until it is back. */
const timeIsOver = async (keeper) => {
  await keeper.send();
  if (keeper.trouble || !navigator.onLine) return setTimeout(() => timeIsOver(keeper), 3_000);
  const act = document.createElement("input");
  Object.assign(act, { type: "hidden", name: "act", value: "submit-anyway" });
  keeper.root.append(act);
  return keeper.root.submit();
};

if (form) {
  const keeper = new Keeper(form);
  for (const list of form.querySelectorAll("[data-order]")) order(list);
  keeper.restore();
  for (const name of ["change", "input"]) {
    form.addEventListener(name, (event) => {
      const question = event.target.closest("[data-question]");
      if (question) keeper.changed(question);
    });
  }
  form.addEventListener("submit", (event) => keeper.leave(event));
  /* Back from the next page by the button of the browser. */
  addEventListener("pageshow", () => (keeper.left = false));
  addEventListener("online", () => keeper.send());
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && Object.keys(keeper.waiting()).length && keeper.send());
  if (form.dataset.left !== undefined) clock(form, Number(form.dataset.left), () => timeIsOver(keeper));
}
