/* A unit reports what one does in it: time at work, what was played of a recording, where to resume.
   A report that cannot leave waits on this computer, says so, and leaves when the network is back. */

import { Played } from "./played.js";

const unit = document.querySelector("[data-unit]");
const KEY = "unit";
const EVERY = 10_000;
const IDLE = 60_000;
const MOST_WAITING = 200;

class SignedOut extends Error {}

class Reporter {
  constructor(root) {
    this.address = root.dataset.report;
    /* Another person on the same computer never sends what this one did. */
    this.key = `${KEY}:${root.dataset.owner}:${this.address}`;
    this.saved = root.querySelector("[data-saved]");
    this.since = Date.now();
    this.touched = Date.now();
    this.played = [];
    this.place = null;
    this.speed = 1;
    this.sending = false;
    this.delay = EVERY;
  }

  /* Reports wait as moments of this computer; they leave as seconds before the moment of sending. */
  waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  keep(list) {
    if (list.length) localStorage.setItem(this.key, JSON.stringify(list.slice(-MOST_WAITING)));
    else localStorage.removeItem(this.key);
  }

  collect() {
    const now = Date.now();
    const end = Math.min(now, this.touched + IDLE);
    const report = { event: crypto.randomUUID(), start: this.since, end, played: this.played, place: this.place, speed: this.speed };
    this.since = now;
    this.played = [];
    if (report.end - report.start < 1000 && !report.played.length) return;
    this.keep([...this.waiting(), report]);
  }

  body(report) {
    const now = Date.now();
    const { event, played, place, speed } = report;
    return JSON.stringify({ event, played, place, speed, from_ago: Math.max(0, (now - report.start) / 1000), to_ago: Math.max(0, (now - report.end) / 1000) });
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let list = this.waiting(); list.length; list = this.waiting()) {
        const answer = await fetch(this.address, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": unit.dataset.csrf },
          body: this.body(list[0]),
          redirect: "manual",
          keepalive: true,
        });
        if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
        if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) throw new SignedOut();
        /* Refused for good (400, 409): sending it again would change nothing. */
        const sent = list[0].event;
        this.keep(this.waiting().filter((report) => report.event !== sent));
        if (answer.ok) this.show(await answer.json());
      }
      this.delay = EVERY;
    } catch (fault) {
      this.delay = Math.min(this.delay * 2, 120_000);
      this.tell(fault instanceof SignedOut ? unit.dataset.out : unit.dataset.waits, true);
    } finally {
      this.sending = false;
    }
  }

  show(answer) {
    this.tell(answer.done ? unit.dataset.done : unit.dataset.kept);
  }

  tell(text, waits = false) {
    if (!this.saved) return;
    /* Before the eyes wherever one is on the page, as long as something waits. */
    this.saved.classList.toggle("saved--waits", waits);
    if (this.saved.textContent !== text) this.saved.textContent = text ?? "";
  }

  away() {
    this.tell(unit.dataset.waits, true);
  }
}

/* A form sent without network would give this page away for one of the browser: it waits here, and leaves by itself. */
const holdForms = (reporter) => {
  let held = null;
  unit.addEventListener("submit", (event) => {
    if (navigator.onLine || event.defaultPrevented) return;
    event.preventDefault();
    held = event;
    reporter.away();
  });
  addEventListener("online", () => {
    held?.target.requestSubmit(held.submitter);
    held = null;
  });
};

/* Where one stopped, on whatever computer; a moment named by the address goes before. */
const resume = (video, place) => {
  const { second } = place;
  if (!second || /^#t=/.test(location.hash)) return;
  const go = () => {
    if (second >= video.duration - 2) return;
    video.currentTime = second;
    const said = unit.querySelector("[data-resume]");
    const text = said?.querySelector("[data-resume-text]");
    if (!text) return;
    text.textContent = text.dataset.resumeText.replace("{time}", `${Math.floor(second / 60)}:${String(second % 60).padStart(2, "0")}`);
    said.hidden = false;
    said.querySelector("[data-restart]").addEventListener("click", () => {
      video.currentTime = 0;
      said.hidden = true;
      video.focus();
    });
  };
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) go();
  else video.addEventListener("loadedmetadata", go, { once: true });
};

const follow = (video, reporter) => {
  const played = new Played(video, () => {
    reporter.touched = Date.now();
    reporter.place = { second: Math.floor(video.currentTime) };
  });
  reporter.beforeCollect = () => {
    const taken = played.take();
    reporter.played.push(...taken.spans);
    reporter.speed = taken.speed;
  };
  reporter.plays = () => played.going;
  resume(video, heldPlace());
};

const heldPlace = () => JSON.parse(unit.dataset.place || "{}") ?? {};

const read = async (text, reporter) => {
  const { Reading } = await import("./read.js");
  const reading = new Reading(text, heldPlace());
  reporter.beforeCollect = () => (reporter.place = reading.place);
};

if (unit) {
  const reporter = new Reporter(unit);
  holdForms(reporter);
  const video = unit.querySelector("[data-film] video");
  if (video) follow(video, reporter);
  const text = unit.querySelector("[data-text]");
  if (text) read(text, reporter);
  for (const name of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(name, () => (reporter.touched = Date.now()), { passive: true });
  }
  const round = async () => {
    /* A recording that one listens to from another tab goes on counting. */
    if (document.visibilityState === "visible" || reporter.plays?.()) {
      reporter.beforeCollect?.();
      reporter.collect();
    } else {
      reporter.since = Date.now();
    }
    await reporter.send();
    setTimeout(round, reporter.delay);
  };
  setTimeout(round, EVERY);
  addEventListener("online", () => reporter.send());
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      reporter.beforeCollect?.();
      reporter.collect();
      reporter.send();
    } else {
      reporter.since = Date.now();
    }
  });
  reporter.send();
}
