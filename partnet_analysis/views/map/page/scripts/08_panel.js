// The controls on the left: view, period, what to leave out, legend, sizes, ties, marks.

function legend() {
  const list = byId("legend");
  list.textContent = "";
  const members = new Array(scheme().categories.length).fill(0);
  for (let i = 0; i < count; i++) if (!hubs.has(i)) members[category[i]]++;
  scheme().categories.forEach((entry, value) => {
    if (!members[value]) return;
    const tick = element("input", {
      type: "checkbox",
      checked: !state.hidden.has(value),
      data: { category: value },
      on: { change: () => toggleCategory(value) },
    });
    const label = element("span", { className: "grow", textContent: entry.label });
    list.append(
      element(
        "li",
        {},
        element(
          "label",
          {},
          tick,
          symbol(entry.shape, entry.colour),
          label,
          element("span", { className: "n", textContent: number(members[value]) }),
        ),
      ),
    );
  });
  for (const hub of [...hubs].slice(0, 3)) {
    list.append(
      element(
        "li",
        { className: "key" },
        symbol("square", screenTheme().hub),
        element("span", { className: "grow", textContent: texts.coordinator + texts.colon + actors.label[hub] }),
      ),
    );
  }
}

function toggleCategory(value) {
  if (!state.hidden.delete(value)) state.hidden.add(value);
  refresh();
}

function tieLegend() {
  const theme = screenTheme();
  const list = byId("tie-legend");
  const kinds =
    state.compare && state.period > 0
      ? [
          ["tie_new", theme.fresh, "", 4],
          ["tie_kept", theme.hubTie, "", 2],
          ["tie_lost", theme.lost, "5 4", 3],
        ]
      : state.view === "meetings"
        ? [["tie_series", theme.met, "", 3]]
        : [
            ["tie_met", theme.met, "", 3],
            ["tie_contact", theme.contact, data.has.meetings ? "7 3" : "", 3],
            ["tie_both", theme.both, "", 3],
          ].filter(
            ([key]) =>
              (key !== "tie_contact" ? data.has.meetings : true) && (key !== "tie_met" ? data.has.contacts : true),
          );
  list.replaceChildren(
    ...kinds.map(([key, ...line]) =>
      element("li", { className: "key" }, lineSymbol(...line), element("span", { textContent: texts[key] })),
    ),
  );
}

function summary() {
  const shown = place.reduce((sum, where) => sum + (where === 0 ? 1 : 0), 0);
  const parts = [
    period().label + texts.colon + say(texts.n_shown, { n: shown }),
    say(texts.n_ties, { n: ties.length }),
  ];
  if (state.threshold > 0 && box.clientWidth > 500 && state.view !== "meetings")
    parts.push(fill(texts.from_strength, { strength: number(state.threshold) }));
  if (data.periods[state.period].dropped) parts.push(say(texts.n_dropped, { n: period().dropped }));
  byId("summary").textContent = parts.join(" · ");
  byId("over-count").textContent = "(" + number(overList().length) + ")";
  const fall = byId("fall");
  fall.hidden = !state.withoutHubs;
  if (state.withoutHubs)
    fall.textContent =
      say(texts.n_adrift, { n: placedAs("adrift").length }) + " " + say(texts.n_islands, { n: islands });
  byId("unfold-box").hidden = !data.folded || state.view !== "network";
  byId("period-out").textContent = period().label;
  byId("strength-out").textContent = state.threshold > 0 ? "≥ " + number(state.threshold) : texts.all;
}

const placedAs = (reason) => {
  const list = [];
  for (let i = 0; i < count; i++) if (PLACES[place[i]] === reason) list.push(i);
  return list;
};
const overList = () => {
  const list = [];
  for (let i = 0; i < count; i++) if (isOver(i)) list.push(i);
  return list;
};

// What is not on the map, and why: in words, under the map.
function tray() {
  const trays = byId("trays");
  trays.textContent = "";
  let total = 0;
  for (const reason of PLACES.slice(1)) {
    const list = placedAs(reason);
    total += list.length;
    if (!list.length) continue;
    list.sort((i, j) => category[i] - category[j] || actors.label[i].localeCompare(actors.label[j], data.language));
    const items = list.slice(0, 300).map((i) => element("li", {}, chip(i)));
    if (list.length > 300) items.push(element("li", { textContent: say(texts.n_more, { n: list.length - 300 }) }));
    const title = element("h3", { textContent: texts["tray_" + reason] + " (" + number(list.length) + ")" });
    trays.append(element("section", { data: { reason } }, title, element("ul", { className: "chips" }, ...items)));
  }
  byId("tray").hidden = total === 0;
}

function chip(i) {
  const { shape, colour } = look(i, screenTheme());
  return element(
    "button",
    { type: "button", className: "chip", on: { click: () => select(i) } },
    symbol(shape, colour),
    actors.label[i] + (departed[i] ? " " + texts.departed : ""),
  );
}

function options(select, entries, key) {
  entries.forEach((entry, value) =>
    select.append(element("option", { value: String(value), textContent: entry.label })),
  );
  select.addEventListener("change", () => {
    state[key] = Number(select.value);
    if (key === "scheme") state.hidden.clear();
    refresh();
  });
  select.closest("label").hidden = entries.length < 2;
}

function tick(id, key, after = () => {}) {
  byId(id).checked = state[key];
  byId(id).addEventListener("change", (event) => {
    state[key] = event.target.checked;
    refresh();
    after();
  });
}

function setView(view) {
  state.view = view;
  if (view !== "network") state.compare = byId("compare").checked = false;
  byId("compare").disabled = view === "meetings" || state.period === 0;
  for (const id of ["tie-settings", "size-settings"]) byId(id).disabled = false;
  byId("tie-settings").disabled = view === "meetings";
  putInPlace();
  refresh();
  fitAll();
}

function setPeriod(value) {
  state.period = value;
  const slider = byId("period");
  slider.value = value;
  slider.setAttribute("aria-valuetext", period().label);
  byId("compare").disabled = value === 0 || state.view === "meetings";
  if (value === 0) state.compare = byId("compare").checked = false;
  refresh();
}

let playing = 0;
function play() {
  if (playing) return stopPlaying();
  let next = 0;
  setPeriod(next);
  byId("play").setAttribute("aria-pressed", "true");
  playing = setInterval(() => (++next < data.periods.length ? setPeriod(next) : stopPlaying()), 1400);
}

function stopPlaying() {
  clearInterval(playing);
  playing = 0;
  byId("play").setAttribute("aria-pressed", "false");
}

function panel() {
  options(byId("scheme"), data.schemes, "scheme");
  options(byId("size"), data.metrics, "size");
  tick("compare", "compare");
  tick("without-hubs", "withoutHubs");
  tick("hub-ties", "hubTies");
  tick("co-presence", "coPresence");
  tick("small-only", "smallOnly");
  tick("contacts", "contacts");
  tick("direction", "direction");
  tick("rings", "rings");
  tick("territories", "territories");
  for (const view of document.querySelectorAll("input[name=view]"))
    view.addEventListener("change", () => setView(view.value));
  byId("view-meetings-box").hidden = data.series.length === 0;
  byId("view-geography-box").hidden = !data.geography;
  byId("view-box").hidden = data.series.length === 0 && !data.geography;
  for (const layer of document.querySelectorAll("[data-needs]")) layer.hidden = !data.has[layer.dataset.needs];
  byId("hub-box").hidden = hubs.size === 0;
  byId("territories-box").hidden = data.territories.length === 0;
  byId("over-key").append(ringSymbol(LIGHT.alert, "4 2"));
  byId("hub-only-key").append(ringSymbol(LIGHT.muted, "2 2"));
  const slider = byId("period");
  slider.max = data.periods.length - 1;
  byId("period-box").hidden = data.periods.length < 2;
  data.periods.forEach((entry) => byId("period-ticks").append(element("span", { textContent: entry.label })));
  slider.addEventListener("input", () => setPeriod(Number(slider.value)));
  byId("play").addEventListener("click", play);
  const strength = byId("strength");
  strength.max = data.stops.length - 1;
  strength.value = data.stops.indexOf(data.threshold);
  const tell = () =>
    strength.setAttribute("aria-valuetext", state.threshold > 0 ? "≥ " + number(state.threshold) : texts.all);
  strength.addEventListener("input", () => {
    state.threshold = data.stops[Number(strength.value)];
    tell();
    refresh();
  });
  tell();
  byId("unfold").addEventListener("click", () => {
    if (state.folded.size) state.folded.clear();
    else data.groups.categories.forEach((_, g) => state.folded.add(g));
    refresh();
  });
}
