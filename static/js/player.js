/* The player of a recording: what is said follows and seeks, chapters, speed, a search in the transcript.
   Without this script every moment is a link into the recording. */

const film = document.querySelector("[data-film]");
const video = film?.querySelector("video");
const SPEED = "film-speed";

const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/* The moment that plays is marked, and kept in sight within its own list: focus and the page stay. */
const follow = (list) => {
  const links = [...list.querySelectorAll("[data-seek]")];
  const starts = links.map((link) => Number(link.dataset.seek));
  const mark = () => {
    const now = video.currentTime + 0.1;
    let found = -1;
    for (let n = 0; n < starts.length && starts[n] <= now; n += 1) found = n;
    links.forEach((link, n) => {
      if (n === found) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (found >= 0 && "follows" in list.dataset && !list.contains(document.activeElement)) keepInSight(list, links[found]);
  };
  video.addEventListener("timeupdate", mark);
  video.addEventListener("seeked", mark);
};

const keepInSight = (list, link) => {
  if (list.scrollHeight <= list.clientHeight) return;
  const top = link.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  if (top < list.scrollTop || top + link.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - list.clientHeight / 3;
  }
};

const keepSpeed = (select) => {
  const known = [...select.options].map((option) => Number(option.value));
  const held = Number(localStorage.getItem(SPEED));
  const set = (rate) => {
    video.defaultPlaybackRate = rate;
    video.playbackRate = rate;
  };
  if (known.includes(held)) set(held);
  select.addEventListener("change", () => set(Number(select.value)));
  const show = () => {
    const shown = [...select.options].find((option) => Number(option.value) === video.playbackRate);
    if (!shown) return;
    select.value = shown.value;
    if (video.playbackRate === 1) localStorage.removeItem(SPEED);
    else localStorage.setItem(SPEED, shown.value);
  };
  video.addEventListener("ratechange", show);
  show();
};

const searchIn = (form) => {
  const said = film.querySelector("[data-found]");
  const rows = [...film.querySelectorAll("[data-follows] > li")].map((row) => [row, bare(row.textContent)]);
  const look = () => {
    const wanted = bare(form.elements.dans.value);
    let found = 0;
    for (const [row, text] of rows) {
      row.hidden = Boolean(wanted) && !text.includes(wanted);
      if (!row.hidden) found += 1;
    }
    const { none, one, many } = said.dataset;
    said.textContent = !wanted ? "" : found === 0 ? none : found === 1 ? one : many.replace("{n}", found);
  };
  form.addEventListener("input", look);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
};

const asked = () => {
  const match = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  return match ? Number(match[1]) : null;
};

const go = (seconds) => {
  if (video.readyState >= HTMLMediaElement.HAVE_METADATA) video.currentTime = seconds;
  else video.addEventListener("loadedmetadata", () => (video.currentTime = seconds), { once: true });
};

if (video) {
  film.querySelector("[data-tools]").hidden = false;
  keepSpeed(film.querySelector("[data-speed]"));
  film.querySelectorAll("[data-moments]").forEach(follow);
  /* Notes and comments of the same page name moments too. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-seek]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const seconds = Number(link.dataset.seek);
    go(seconds);
    video.play().catch(() => {});
    history.replaceState(null, "", `#t=${Math.floor(seconds)}`);
  });
  /* A form that names a moment is filled with the one that plays, until one writes there. */
  document.querySelectorAll("[data-now]").forEach((input) => {
    input.addEventListener("input", () => (input.dataset.now = "own"));
    video.addEventListener("timeupdate", () => {
      if (input.dataset.now !== "own" && document.activeElement !== input) input.value = written(video.currentTime);
    });
  });
  const search = film.querySelector("[data-search]");
  if (search && !search.elements.dans.value) searchIn(search);
  if (asked() !== null) go(asked());
  addEventListener("hashchange", () => asked() !== null && go(asked()));
}

function written(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), String(whole % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
