// Printing and copying the address need JavaScript: their buttons stay hidden without it.

/** Show and wire the buttons of one share list. */
export function share(list) {
  const print = list.querySelector("[data-print]");
  const copy = list.querySelector("[data-copy]");
  const said = list.querySelector("[role=status]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(copy.dataset.copy || location.href);
      said.textContent = copy.dataset.copied;
    });
  }
}
