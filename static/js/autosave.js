/* A text saves itself while one writes. What cannot leave waits on this computer, says so, and leaves when the
   network is back; when another tab wrote meanwhile, both texts are shown and nothing is overwritten.

   <form data-autosave="address" data-owner="…"> holds the textarea [data-autosave-text], the fields `revision` and
   `key`, the state [data-autosave-state] and the conflict [data-autosave-conflict]. */

const PAUSE = 900;
const SLOWEST = 60_000;
const DRAFT = "draft";
const keyOf = (owner, address) => `${DRAFT}:${owner}:${address}`;

class Keeper {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.area = form.querySelector("[data-autosave-text]");
    this.revision = form.elements.namedItem("revision");
    this.key = form.elements.namedItem("key");
    this.state = form.querySelector("[data-autosave-state]");
    this.conflict = form.querySelector("[data-autosave-conflict]");
    this.store = keyOf(form.dataset.owner, form.dataset.autosave);
    this.sent = this.area.value;
    this.delay = PAUSE;
    this.timer = 0;
    this.sending = null;
    this.held = null;
    this.area.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("online", () => this.soon(0));
    addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.soon(0));
    for (const [name, act] of [["mine", () => this.keepMine()], ["theirs", () => this.takeTheirs()]]) {
      this.conflict?.querySelector(`[data-${name}]`)?.addEventListener("click", act);
    }
    this.restore();
  }

  get dirty() {
    return this.area.value !== this.sent;
  }

  /* What did not leave last time. */
  restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.store));
    } catch {
      kept = null;
    }
    if (!kept || kept.text === this.area.value) {
      localStorage.removeItem(this.store);
      return;
    }
    if (kept.revision === Number(this.revision.value)) {
      this.area.value = kept.text;
      this.soon(0);
    } else {
      const held = { text: this.area.value, revision: Number(this.revision.value) };
      this.area.value = kept.text;
      this.show(held);
    }
  }

  changed() {
    localStorage.setItem(this.store, JSON.stringify({ text: this.area.value, revision: Number(this.revision.value) }));
    if (!this.held) this.soon(PAUSE);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  save() {
    if (this.sending || this.held || !this.dirty) return this.sending;
    this.sending = this.send(this.area.value).finally(() => {
      this.sending = null;
      if (this.dirty && !this.held) this.soon(this.delay);
    });
    return this.sending;
  }

  async send(text) {
    this.tell(this.words.saving);
    /* The same text sent again is the same change: its answer may have been lost. */
    if (text !== this.tried) this.key.value = crypto.randomUUID();
    const before = this.tried;
    this.tried = text;
    const body = new FormData(this.form);
    body.set(this.area.name, text);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        redirect: "error",
        keepalive: text.length < 30_000,
      });
      if (answer.status === 409) return this.stale(await answer.json(), before);
      const said = await answer.json();
      if (!answer.ok) {
        this.delay = SLOWEST;
        this.tell(said.error ?? this.words.waits);
        return;
      }
      this.taken(text, said);
    } catch {
      this.delay = Math.min(this.delay * 2, SLOWEST);
      this.tell(this.words.waits);
    }
  }

  taken(text, said) {
    this.sent = text;
    this.revision.value = said.revision;
    this.delay = PAUSE;
    if (this.area.value === text) localStorage.removeItem(this.store);
    else this.changed();
    this.tell(said.state);
  }

  stale(said, before) {
    /* An earlier try had arrived, only its answer was lost. */
    if (said.text === before) {
      this.revision.value = said.revision;
      this.sent = said.text;
      this.tried = undefined;
      return;
    }
    this.show(said);
  }

  show(held) {
    this.held = held;
    this.tell(this.words.stale);
    if (!this.conflict) return;
    this.conflict.querySelector("[data-other]").textContent = held.text;
    this.conflict.hidden = false;
    this.conflict.focus();
  }

  settle() {
    this.revision.value = this.held.revision;
    this.sent = this.held.text;
    this.tried = undefined;
    this.held = null;
    this.conflict.hidden = true;
    this.area.focus();
  }

  keepMine() {
    this.settle();
    this.changed();
    this.soon(0);
  }

  takeTheirs() {
    this.area.value = this.held.text;
    this.settle();
    localStorage.removeItem(this.store);
    this.tell("");
  }

  /* A form that is sent waits for the save on its way, else it would meet its own change. */
  leave(event) {
    clearTimeout(this.timer);
    if (!this.sending) return;
    event.preventDefault();
    const button = event.submitter;
    this.sending.then(() => {
      clearTimeout(this.timer);
      this.form.requestSubmit(button);
    });
  }

  tell(text) {
    if (this.state && this.state.textContent !== text) this.state.textContent = text ?? "";
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Keeper(form);
/* Handed in: nothing of it stays on this computer. */
for (const done of document.querySelectorAll("[data-autosave-done]")) {
  localStorage.removeItem(keyOf(done.dataset.owner, done.dataset.autosaveDone));
}
