// Suggestions under a search field: the combobox pattern of the ARIA Authoring Practices, with a list.
// Focus stays in the field; without this module the form works as it is.
const WAIT = 150;
const SHORTEST = 2;

/** Wire one search form; `form.dataset.suggest` is the address that answers. */
export function suggestions(form) {
  const input = form.querySelector("input[type=search]");
  const list = make("ul", { id: `${input.id}-suggestions`, role: "listbox", className: "suggestions" });
  const status = make("span", { role: "status", className: "visually-hidden" });
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  list.hidden = true;
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) input.setAttribute(name, value);

  let rows = [];
  let active = -1;
  let timer;
  let asking;

  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) move(-1);
  };

  const move = (to) => {
    active = to;
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(index === to));
      if (index === to) option.scrollIntoView({ block: "nearest" });
    }
    if (to < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[to].id);
  };

  const take = (index) => {
    const row = rows[index];
    show(false);
    if (row.url) return location.assign(row.url);
    input.value = row.text;
    form.requestSubmit();
  };

  const fill = (found) => {
    rows = found;
    list.replaceChildren(...rows.map((row, index) => option(list.id, row, index)));
    show(rows.length > 0);
    status.textContent = form.dataset.suggestStatus.replace("%s", rows.length);
  };

  const ask = async () => {
    asking?.abort();
    const query = input.value.trim();
    if (query.length < SHORTEST) return close();
    asking = new AbortController();
    const address = new URL(form.dataset.suggest, location.href);
    address.search = new URLSearchParams({ q: query, lang: document.documentElement.lang });
    try {
      const response = await fetch(address, { signal: asking.signal });
      // Too many requests, or no network: the reader goes on typing, and the form still works.
      if (response.ok) fill((await response.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    status.textContent = "";
    show(false);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const last = rows.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (rows.length) show(true);
        else ask();
      }
      if (!list.hidden) {
        // One step before the first and after the last is the field itself.
        const step = event.key === "ArrowDown" ? 1 : -1;
        const to = active + step;
        move(to > last ? -1 : to < -1 ? last : to);
      }
      event.preventDefault();
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && !list.hidden) {
      // The first Escape closes the list, the next one is the browser's: it empties the field.
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  form.addEventListener("submit", close);
  // The field keeps the focus when the list is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) take([...list.children].indexOf(chosen));
  });
  if (document.activeElement === input && input.value) ask();
}

function option(id, row, index) {
  const item = make("li", { id: `${id}-${index}`, role: "option", className: "suggestions__option" });
  item.setAttribute("aria-selected", "false");
  item.append(make("span", { className: "suggestions__text", textContent: row.text }));
  if (row.kind) item.append(" ", make("span", { className: "suggestions__kind", textContent: row.kind }));
  item.classList.toggle("suggestions__option--question", row.type === "question");
  return item;
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
