// The trainer's sheet: a tap shows at once, is kept on the device, and sent when the network allows.
import { keepPage } from "./offline.js";
import { Queue } from "./queue.js";
import { Sync } from "./sync.js";

const STATES = { present: true, absent: false, unknown: null };
const NAMES = new Map([[true, "present"], [false, "absent"], [null, "unknown"]]);

class Screen {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector("[data-queue]");
    this.known = new Map();
    this.queue = new Queue(root.dataset.user, root.dataset.session);
    for (const item of root.querySelectorAll("[data-person]")) {
      this.known.set(item, { state: item.dataset.state, how: item.querySelector("[data-how]").textContent });
    }
    const kept = this.queue.remembered();
    if (kept && kept.readAt > Number(root.dataset.readAt)) this.learn(kept.halfDays);
    this.sync = new Sync(this.queue, {
      user: root.dataset.user,
      batch: root.dataset.batch,
      state: root.dataset.state,
      onState: (halfDays) => this.learn(halfDays),
      onStatus: (status) => this.say(status),
    });
    root.addEventListener("submit", (event) => this.submitted(event));
    root.querySelector("[data-refused-seen]").addEventListener("click", () => this.seen());
    addEventListener("storage", () => this.paint());
    this.box.hidden = false;
    this.say(navigator.onLine ? "saved" : "no-network");
    this.paint();
    this.sync.now();
  }

  submitted(event) {
    const form = event.target;
    if (form.matches("[data-countersign]") && this.queue.unsent().length) {
      event.preventDefault(); // first what was entered, then the signature beneath it
      this.sync.now();
      return;
    }
    if (!form.matches("[data-taps]")) return;
    event.preventDefault();
    const halfDay = form.closest("[data-half-day]").dataset.halfDay;
    try {
      if (event.submitter.name === "rest") this.restAbsent(form, halfDay);
      else this.tapped(halfDay, event.submitter.value);
    } catch {
      return this.plainly(form, event.submitter);
    }
    this.paint();
    this.say("sending");
    this.sync.now();
  }

  tapped(halfDay, value) {
    const [registration, state] = value.split(":");
    this.queue.add(halfDay, registration, STATES[state]);
  }

  restAbsent(form, halfDay) {
    for (const item of form.querySelectorAll('[data-person][data-state="unknown"]')) {
      this.queue.add(halfDay, item.dataset.person, false);
    }
  }

  /** The device stores nothing (private window, full): send the form as without JavaScript. */
  plainly(form, button) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
    form.submit();
  }

  /** What the server knows. */
  learn(halfDays) {
    for (const [item] of this.known) {
      const part = halfDays[item.closest("[data-half-day]").dataset.halfDay];
      const person = part?.people[item.dataset.person];
      if (person) this.known.set(item, person);
    }
    this.paint();
  }

  /** Show what the server knows, and over it what this device has entered since. */
  paint() {
    const shown = new Map(this.known);
    for (const entry of this.queue.unsent()) {
      const item = this.item(entry);
      if (item) shown.set(item, { state: NAMES.get(entry.present), how: "…" });
    }
    for (const [item, { state, how }] of shown) show(item, state, how);
    this.root.querySelectorAll("[data-half-day]").forEach(count);
    this.showRefused();
  }

  item({ half_day, registration }) {
    const part = this.root.querySelector(`[data-half-day="${CSS.escape(half_day)}"]`);
    return part?.querySelector(`[data-person="${CSS.escape(registration)}"]`);
  }

  say(status) {
    const number = this.queue.unsent().length;
    const { saved, one, many, sending, noNetwork, signedOut, someoneElse } = this.box.dataset;
    const notes = { sending, "no-network": noNetwork, "signed-out": signedOut, "someone-else": someoneElse };
    const left = number === 1 ? one : many.replace("#", number);
    const text = number ? `${left} – ${notes[status] ?? sending}` : saved;
    const offline = status === "no-network" && !number ? ` – ${noNetwork.split(",")[0]}` : "";
    const place = this.box.querySelector("[data-queue-text]");
    if (place.textContent !== text + offline) place.textContent = text + offline;
    this.box.dataset.status = number ? status : "saved";
    this.box.querySelector("[data-sign-in]").hidden = !(number && ["signed-out", "someone-else"].includes(status));
    this.paint();
  }

  showRefused() {
    const list = this.queue.refused();
    const box = this.root.querySelector("[data-refused]");
    box.hidden = !list.length;
    box.querySelector("[data-refused-list]").replaceChildren(
      ...list.map((entry) => {
        const line = document.createElement("li");
        const who = this.item(entry)?.querySelector(".tap__name").textContent;
        line.textContent = who ? `${who} – ${entry.refused}` : entry.refused;
        return line;
      }),
    );
  }

  seen() {
    this.queue.refused().forEach((entry) => this.queue.drop(entry.id));
    this.paint();
  }
}

function show(item, state, how) {
  item.dataset.state = state;
  const told = item.querySelector("[data-how]");
  if (told.textContent !== how) told.textContent = how;
  for (const button of item.querySelectorAll("button[name=entry]")) {
    button.setAttribute("aria-pressed", String(button.value.endsWith(`:${state}`)));
  }
}

/** The numbers of a half-day, and what keeps it from being countersigned. */
function count(part) {
  const people = [...part.querySelectorAll("[data-person]")];
  for (const number of part.querySelectorAll("[data-count]")) {
    number.textContent = people.filter((item) => item.dataset.state === number.dataset.count).length;
  }
  const unknown = people.filter((item) => item.dataset.state === "unknown");
  for (const name of part.querySelectorAll("[data-missing-person]")) {
    name.hidden = !unknown.some((item) => item.dataset.person === name.dataset.missingPerson);
  }
  for (const [selector, hidden] of [
    ["[data-rest]", !unknown.length],
    ["[data-missing]", !unknown.length],
    ["[data-countersign]", unknown.length > 0],
  ]) {
    const element = part.querySelector(selector);
    if (element) element.hidden = hidden;
  }
}

const root = document.querySelector("[data-attendance]");
if (root?.querySelector("[data-queue]")) {
  new Screen(root);
  keepPage(root.dataset);
}
