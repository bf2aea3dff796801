// Search: blind to accents and capitals, with suggestions, by keyboard as well.

const search = byId("search");
const suggestions = byId("suggestions");
const haystack = actors.label.map((label, i) => plainText(label + " " + (actors.sector[i] || "")));
let found = [];
let active = -1;

function suggest() {
  const asked = plainText(search.value.trim());
  active = -1;
  found = asked ? matches(asked) : [];
  suggestions.replaceChildren(...found.map(suggestion));
  if (asked && !found.length)
    suggestions.append(
      element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", textContent: texts.nobody }),
    );
  open(Boolean(asked));
}

function matches(asked) {
  const words = asked.split(/\s+/);
  const starts = (i) => (plainText(actors.label[i]).startsWith(asked) ? 0 : 1);
  const list = [];
  for (let i = 0; i < count; i++) if (words.every((word) => haystack[i].includes(word))) list.push(i);
  return list.sort((i, j) => starts(i) - starts(j) || size[j] - size[i] || i - j).slice(0, 12);
}

function suggestion(i, at) {
  const pick = (event) => {
    event.preventDefault();
    choose(at);
  };
  const note = [actors.sector[i], PLACES[place[i]] === "map" ? "" : texts["where_" + PLACES[place[i]]]]
    .filter(Boolean)
    .join(" · ");
  return element(
    "li",
    { role: "option", id: "suggestion-" + at, "aria-selected": "false", on: { mousedown: pick } },
    actors.label[i] + " ",
    element("small", { textContent: note }),
  );
}

function open(on) {
  suggestions.hidden = !on;
  search.setAttribute("aria-expanded", String(on));
  if (!on) search.removeAttribute("aria-activedescendant");
}

function activate(at) {
  active = at;
  [...suggestions.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
  if (at < 0) return;
  search.setAttribute("aria-activedescendant", "suggestion-" + at);
  suggestions.children[at].scrollIntoView({ block: "nearest" });
}

function choose(at) {
  const i = found[at];
  open(false);
  if (i === undefined) return;
  search.value = actors.label[i];
  showTable(false);
  select(i);
}

const SEARCH_KEYS = {
  ArrowDown: () => activate(Math.min(found.length - 1, active + 1)),
  ArrowUp: () => activate(Math.max(0, active - 1)),
  Enter: () => choose(Math.max(active, 0)),
  Escape: () => {
    search.value = "";
    suggest();
    select(-1);
  },
};
search.addEventListener("input", suggest);
search.addEventListener("blur", () => open(false));
search.addEventListener("keydown", (event) => {
  if (!(event.key in SEARCH_KEYS)) return;
  SEARCH_KEYS[event.key]();
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || /INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) return;
  search.focus();
  event.preventDefault();
});
