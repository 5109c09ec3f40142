// The code at the door is renewed when its twenty seconds are over. Without network it says so: a past
// code opens nothing.
const AGAIN = 3000;

function door(screen) {
  const shown = screen.querySelector("[data-shown]");
  const lost = screen.querySelector("[data-lost]");

  async function renew() {
    let next = AGAIN;
    try {
      const response = await fetch(screen.dataset.url, { signal: AbortSignal.timeout(8000) });
      if (response.redirected) return location.reload(); // the sign-in ran out
      if (!response.ok) throw new Error(String(response.status));
      shown.innerHTML = await response.text();
      next = wait();
      lost.hidden = true;
    } catch {
      lost.hidden = false;
    }
    setTimeout(renew, next);
  }

  const wait = () => Number(shown.querySelector("[data-milliseconds]").dataset.milliseconds) + 150;
  setTimeout(renew, wait());
}

function fullScreen(button) {
  if (!document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () => document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", () => (button.hidden = Boolean(document.fullscreenElement)));
}

/** A screen that goes dark shows no code. */
async function stayAwake() {
  try {
    await navigator.wakeLock.request("screen");
  } catch {
    // not offered here, or refused: the computer's own settings hold
  }
}

document.querySelectorAll("[data-door]").forEach(door);
document.querySelectorAll("[data-full-screen]").forEach(fullScreen);
document.addEventListener("visibilitychange", () => document.hidden || stayAwake());
stayAwake();
