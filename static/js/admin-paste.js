/* Paste from a word processor: the clipboard's own HTML is sent, since the browser's copy of it has
   lost the lists and notes of Word. Without this script the field takes HTML or plain text. */
for (const form of document.querySelectorAll("[data-paste-form]")) {
  const area = form.querySelector("[data-paste-area]");
  const field = form.querySelector("textarea");
  let raw = "";
  area.hidden = false;
  field.hidden = true;
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    // Only a paste into an empty area replaces everything: else what is on screen is what is sent.
    raw = area.textContent.trim() === "" ? html : "";
  });
  area.addEventListener("input", (event) => {
    if (event.inputType !== "insertFromPaste") raw = "";
  });
  form.addEventListener("submit", () => {
    field.value = raw || area.innerHTML;
  });
}
