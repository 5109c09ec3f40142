// What every page gains from JavaScript; each part finds its own elements and does without them.
import { choose, chosen } from "./theme.js";
import { menu } from "./menu.js";
import { closing, dialogs } from "./dialogs.js";
import { contents } from "./contents.js";
import { share } from "./share.js";

function themeChoice(form) {
  form.hidden = false;
  form.elements.theme.value = chosen();
  form.addEventListener("change", () => choose(form.elements.theme.value));
}

/** The summary of errors takes the focus, so that it is read first. */
function errorSummary(summary) {
  summary.focus();
}

/** Suggestions are loaded when a search field is used: most visits never need them. */
function suggests(form) {
  const load = () => import("./suggestions.js").then((module) => module.suggestions(form));
  form.addEventListener("focusin", load, { once: true });
}

/** What a trainer's screen keeps on the device goes with the sign-in (docs/training-attendance.md). */
function signOut(form) {
  import("./attendance/leave.js").then((module) => module.leaving(form));
}

document.querySelectorAll("[data-theme-choice]").forEach(themeChoice);
document.querySelectorAll("[data-menu]").forEach(menu);
document.querySelectorAll("details[data-closes]").forEach(closing);
document.querySelectorAll("[data-toc]").forEach(contents);
document.querySelectorAll("[data-share]").forEach(share);
document.querySelectorAll("[data-suggest]").forEach(suggests);
document.querySelectorAll("[data-sign-out]").forEach(signOut);
document.querySelectorAll("[data-error-summary]").forEach(errorSummary);
dialogs();
