// Native dialogs, and the small menus that close when one leaves them.

/** `data-dialog="id"` on a link or button opens that dialog instead of following the link. */
export function dialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  });
}

/** Close a <details> on Escape and when the focus or a click goes elsewhere. */
export function closing(details) {
  const leave = (target) => {
    if (details.open && !details.contains(target)) details.open = false;
  };
  document.addEventListener("click", (event) => leave(event.target));
  details.addEventListener("focusout", (event) => event.relatedTarget && leave(event.relatedTarget));
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}
