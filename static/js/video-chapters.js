/* Chapters of a video: a click goes to the moment, and the one that plays is marked. */

const player = document.querySelector("[data-player]");
const video = player?.querySelector("video");

if (video) {
  const links = [...player.querySelectorAll("[data-seek]")];

  const go = (seconds, play) => {
    video.currentTime = seconds;
    if (play) video.play();
  };

  links.forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const seconds = Number(link.dataset.seek);
      go(seconds, true);
      history.replaceState(null, "", `#t=${seconds}`);
    });
  });

  video.addEventListener("timeupdate", () => {
    const current = links.filter((link) => Number(link.dataset.seek) <= video.currentTime + 0.1).at(-1);
    links.forEach((link) => {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  });

  const asked = /^#t=(\d+)$/.exec(location.hash);
  if (asked) video.addEventListener("loadedmetadata", () => go(Number(asked[1]), false), { once: true });
}
