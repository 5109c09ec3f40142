// The menu of narrow screens. Without this module its links open and close it as a target.

/** Turn the links that open and close the menu into buttons, and let Escape close it. */
export function menu(panel) {
  const opener = asButton(document.querySelector("[data-menu-open]"));
  const closer = asButton(panel.querySelector("[data-menu-close]"));
  opener.setAttribute("aria-controls", panel.id);

  const show = (open) => {
    panel.toggleAttribute("data-open", open);
    opener.setAttribute("aria-expanded", String(open));
  };
  const close = () => {
    show(false);
    if (location.hash && panel.matches(":target, :has(:target)")) location.hash = "";
    opener.focus();
  };

  show(panel.matches(":target"));
  opener.addEventListener("click", () => {
    if (panel.hasAttribute("data-open")) close();
    else show(true);
  });
  closer.addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.hasAttribute("data-open")) close();
  });
}

function asButton(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  link.replaceWith(button);
  return button;
}
