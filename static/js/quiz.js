/* An attempt at a quiz: each answer is kept as soon as it is given. One that cannot leave waits on this
   computer, says so, and leaves when the network is back. Without this script the form keeps them all. */

const form = document.querySelector("[data-quiz]");
const KEPT = "quiz";
const PAUSE = 600;
const SLOWEST = 60_000;

class Keeper {
  constructor(root) {
    this.root = root;
    /* Another person on the same computer never sends what this one answered. */
    this.key = `${KEPT}:${root.dataset.owner}:${root.dataset.quiz}`;
    this.saved = root.querySelector("[data-quiz-saved]");
    this.answered = root.querySelector("[data-answered]");
    this.timers = new Map();
    this.sending = false;
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
    clearTimeout(this.timers.get(order));
    this.timers.set(order, setTimeout(() => this.send(), PAUSE));
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let [first] = Object.entries(this.waiting()); first; [first] = Object.entries(this.waiting())) {
        if (!(await this.sendOne(...first))) return;
      }
      this.delay = 1_000;
      this.tell(form.dataset.kept);
    } catch {
      const count = Object.keys(this.waiting()).length;
      this.tell(`${form.dataset.waits} ${count}.`);
      setTimeout(() => this.send(), this.delay);
      this.delay = Math.min(this.delay * 2, SLOWEST);
    } finally {
      this.sending = false;
    }
  }

  /* False stops the round: what was said on the screen stays there. */
  async sendOne(order, answer) {
    const response = await fetch(this.root.dataset.answers, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.root.dataset.csrf },
      body: JSON.stringify({ order: Number(order), ...answer }),
      redirect: "manual",
    });
    if (response.status >= 500 || response.status === 429) throw new Error(response.status);
    if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
      this.tell(form.dataset.out);
      return false;
    }
    const said = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    const list = this.waiting();
    /* Changed again while it was on its way: what is newer stays, on top of what is kept now. */
    if (list[order]?.key === answer.key) delete list[order];
    else if (list[order] && said.revision !== undefined) list[order].seen = said.revision;
    this.keep(list);
    if (said.over) {
      this.keep({});
      location.reload();
      return false;
    }
    if (response.ok) this.took(order, said);
    else if (said.error) {
      this.tell(typeof said.error === "string" ? said.error : form.dataset.keeping);
      return response.status !== 409;
    }
    return true;
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
const clock = (root, seconds) => {
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
    const act = document.createElement("input");
    Object.assign(act, { type: "hidden", name: "act", value: "submit-anyway" });
    root.append(act);
    return root.submit();
  };
  round();
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
  /* The form holds every answer: what waited leaves with it. */
  form.addEventListener("submit", () => keeper.keep({}));
  addEventListener("online", () => keeper.send());
  if (form.dataset.left !== undefined) clock(form, Number(form.dataset.left));
}
