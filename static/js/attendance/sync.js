// Sends the queue: at once, again with growing delays, and as soon as the network is back.
const AT_ONCE = 50;
const FIRST_DELAY = 2000;
const LONGEST_DELAY = 60000;
const FOLLOW = 15000;
const PATIENCE = 15000;

export class Sync {
  /** onState(halfDays, readAt) and onStatus(status): "saved" | "sending" | "no-network" | "signed-out" | "someone-else". */
  constructor(queue, { user, batch, state, onState, onStatus }) {
    Object.assign(this, { queue, user, batch, state, onState, onStatus });
    this.csrf = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    this.delay = FIRST_DELAY;
    this.busy = this.renewed = false;
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.report("no-network"));
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
    setInterval(() => document.hidden || this.follow(), FOLLOW);
  }

  /** Send without waiting for the next attempt. */
  now() {
    this.delay = FIRST_DELAY;
    return this.flush();
  }

  async flush() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      while (this.queue.unsent().length && (await this.send(this.queue.unsent().slice(0, AT_ONCE))));
    } finally {
      this.busy = false;
    }
  }

  /** True when the server answered for each entry: there may be more to send. */
  async send(entries) {
    this.report("sending");
    const response = await this.ask(this.batch, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
      body: JSON.stringify({ user: this.user, now: Date.now(), entries }),
    });
    if (!response) return this.later("no-network");
    if (response.status === 409) return this.later("someone-else");
    if (response.status === 403 && (await this.renew())) return true;
    const answer = await read(response);
    if (response.status === 400) return this.refuseAll(entries, answer);
    if (isSignedOut(response)) return this.later("signed-out");
    if (!answer?.results) return this.later("no-network");
    for (const { id, ok, error } of answer.results) {
      if (ok) this.queue.drop(id);
      else this.queue.refuse(id, error);
    }
    this.took(answer);
    this.renewed = false;
    this.delay = FIRST_DELAY;
    this.report("saved");
    return true;
  }

  refuseAll(entries, answer) {
    entries.forEach((entry) => this.queue.refuse(entry.id, answer?.error ?? ""));
    this.report("saved");
    return true;
  }

  /** After signing in again the page holds an old token: ask for the new one, once for each attempt. */
  async renew() {
    if (this.renewed) return false;
    this.renewed = true;
    const before = this.csrf;
    await this.follow();
    return this.csrf !== before;
  }

  /** How things stand, others' signatures included. */
  async follow() {
    const response = await this.ask(this.state);
    const answer = response?.ok && !response.redirected ? await read(response) : null;
    if (answer?.half_days && answer.user === this.user) this.took(answer);
    else if (response && isSignedOut(response) && this.queue.unsent().length) this.report("signed-out");
  }

  took(answer) {
    this.csrf = answer.csrf;
    this.queue.remember(answer.read_at, answer.half_days);
    this.onState(answer.half_days);
  }

  async ask(url, options = {}) {
    const headers = { ...options.headers, "X-Requested-With": "XMLHttpRequest" };
    try {
      return await fetch(url, { ...options, headers, signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return null; // no network, or too slow to be called one
    }
  }

  later(status) {
    this.renewed = false;
    this.report(status);
    this.timer = setTimeout(() => this.flush(), this.delay + Math.random() * 1000);
    this.delay = Math.min(this.delay * 2, LONGEST_DELAY);
    return false;
  }

  report(status) {
    this.onStatus(status);
  }
}

/** Signed out, or a second factor is asked: either way one signs in again. */
function isSignedOut(response) {
  return response.redirected || response.status === 401 || response.status === 403;
}

async function read(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
