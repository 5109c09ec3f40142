/* Ctrl + Enter (or Cmd + Enter) marks, and goes to the next work. */
const form = document.querySelector("[data-marking]");
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[name=next]"));
});
