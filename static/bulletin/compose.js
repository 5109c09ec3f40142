// Arranging an issue without reloading: by dragging, or by the buttons. Without this script the
// buttons send the form. The order is saved after each move; when somebody else changed it
// meanwhile, the form is sent as a page, which shows what they did and keeps this arrangement.
const form = document.getElementById("compose");
const status = document.getElementById("compose-status");
const lists = [...form.querySelectorAll(".compose__list")];
let dragged = null;
let saving = Promise.resolve();

function number() {
  for (const list of lists) {
    for (const item of list.children) {
      item.querySelector("input[name=place]").value = `${list.dataset.section}:${item.dataset.article}`;
    }
    list.previousElementSibling.querySelector(".compose__count").textContent = list.children.length;
  }
}

async function send() {
  const response = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
  if (response.status === 409) {
    HTMLFormElement.prototype.submit.call(form);
    return;
  }
  if (!response.ok) throw new Error(response.statusText);
  form.elements.version.value = (await response.json()).version;
  status.textContent = form.dataset.saved;
}

function save() {
  number();
  status.textContent = form.dataset.moved;
  // One at a time: each needs the version that the one before gave.
  saving = saving.then(send).catch(() => { status.textContent = form.dataset.failed; });
}

function move(item, step) {
  const list = item.parentElement;
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (other) {
    other[step < 0 ? "before" : "after"](item);
  } else {
    const target = lists[lists.indexOf(list) + step];
    if (!target) return;
    target[step < 0 ? "append" : "prepend"](item);
  }
  save();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=move]");
  if (!button) return;
  event.preventDefault();
  move(button.closest(".compose__item"), button.value.startsWith("up:") ? -1 : 1);
  button.focus();
});

for (const handle of form.querySelectorAll(".compose__handle")) {
  handle.hidden = false;
  const item = handle.closest(".compose__item");
  // Only the handle drags, so that text can still be selected.
  handle.addEventListener("pointerdown", () => { item.draggable = true; });
  handle.addEventListener("pointerup", () => { item.draggable = false; });
  item.addEventListener("dragstart", (event) => {
    dragged = item;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.article);
    item.classList.add("compose__item--dragged");
  });
  item.addEventListener("dragend", () => {
    item.draggable = false;
    item.classList.remove("compose__item--dragged");
    for (const list of lists) list.classList.remove("compose__list--over");
    if (dragged) save();
    dragged = null;
  });
}

for (const list of lists) {
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    for (const other of lists) other.classList.toggle("compose__list--over", other === list);
    const after = [...list.children].find((item) => {
      const box = item.getBoundingClientRect();
      return item !== dragged && event.clientY < box.top + box.height / 2;
    });
    list.insertBefore(dragged, after ?? null);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
}

document.getElementById("conflict")?.focus();
