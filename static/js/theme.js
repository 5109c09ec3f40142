// The colours that a person chose, applied before the page is drawn.
const KEY = "theme";

/** "light", "dark" or "auto": what the device says. */
export function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "auto";
  } catch {
    return "auto"; // storage is refused: the device decides
  }
}

/** Apply a choice to the page and keep it for the next ones. */
export function choose(theme) {
  apply(theme);
  try {
    if (theme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // storage is refused: the choice holds for this page
  }
}

function apply(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

apply(chosen());
