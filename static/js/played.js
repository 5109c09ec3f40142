/* What is played of a recording, as spans: a jump ends one and begins another, so that seeking adds none. */

/* Two moments further apart than this, at normal speed, are a jump: the clock of a recording ticks four times a second. */
const STEP = 1.5;

export class Played {
  constructor(video, touched = () => {}) {
    this.video = video;
    this.spans = [];
    this.from = null;
    this.last = 0;
    this.speed = 1;
    video.addEventListener("timeupdate", () => this.tick(touched));
    for (const name of ["pause", "seeking", "ended"]) video.addEventListener(name, () => this.end(name));
  }

  get going() {
    return !this.video.paused && !this.video.ended;
  }

  tick(touched) {
    const { video } = this;
    if (video.paused || video.seeking) return;
    const now = video.currentTime;
    const rate = Math.min(2, Math.max(0.25, video.playbackRate));
    const jumped = now < this.last || now - this.last > STEP * Math.max(1, rate);
    if (this.from === null || jumped) {
      this.close();
      this.from = now;
    }
    this.last = now;
    this.speed = Math.max(this.speed, rate);
    touched();
  }

  end(why) {
    const { currentTime, duration } = this.video;
    /* The last quarter of a second has no tick of its own. */
    if (why === "ended" && this.from !== null && duration - this.last < STEP) this.last = Math.min(currentTime, duration);
    this.close();
  }

  close() {
    if (this.from !== null && this.last > this.from) this.spans.push([this.from, this.last]);
    this.from = null;
  }

  /* The spans since the last time they were taken, and the greatest speed at which they were played. */
  take() {
    const going = this.from !== null;
    this.close();
    if (going) this.from = this.last;
    const taken = { spans: this.spans, speed: this.speed };
    this.spans = [];
    this.speed = 1;
    return taken;
  }
}
