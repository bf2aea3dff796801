// The card on the right: one actor, or how to read the map.

const statusOf = (i) => statuses(i).join(", ");

function statuses(i) {
  const said = [];
  if (hubs.has(i)) said.push(texts.coordinator);
  if (isOver(i)) said.push(texts.flag_over_solicited);
  else if (period().flag[i] === "watch") said.push(texts.flag_watch);
  for (const kind of period().isolation[i]) said.push(texts["isolation_" + kind]);
  if (!said.length && PLACES[place[i]] === "untied") said.push(texts.untied);
  if (hubOnly[i] && !period().isolation[i].includes("coordinator_only")) said.push(texts.hub_only);
  return said;
}

function showCard(i) {
  const card = byId("card");
  card.replaceChildren(...(i < 0 ? readingGuide() : actorCard(i)));
  card.scrollTop = 0;
  document.body.classList.toggle("with-card", i >= 0);
}

const heading = (text) => element("h3", { textContent: text });
const paragraph = (text, className = "") => element("p", { textContent: text, className });
const bullets = (items, className = "") =>
  element("ul", { className }, ...items.map((item) => element("li", {}, ...[item].flat())));

function readingGuide() {
  const parts = [element("h2", { textContent: texts.guide_title }), bullets(guideLines(), "guide")];
  const over = overList();
  if (over.length)
    parts.push(
      heading(texts.over + " (" + number(over.length) + ")"),
      bullets(over.slice(0, 12).map((i) => [actorButton(i)])),
    );
  const metric = data.metrics[state.size];
  if (!metric) return parts;
  const values = measure();
  const first = Array.from({ length: count }, (_, i) => i)
    .filter((i) => !hubs.has(i) && values[i] > 0)
    .sort((i, j) => values[j] - values[i] || i - j)
    .slice(0, 8);
  if (first.length)
    parts.push(
      heading(texts.largest + texts.colon + metric.label),
      bullets(
        first.map((i) => [actorButton(i), element("span", { className: "n", textContent: " " + quantity(values[i]) })]),
      ),
    );
  return parts;
}

function guideLines() {
  const lines = [texts.guide_click, fill(texts.guide_size, { measure: data.metrics[state.size]?.label ?? "–" })];
  if (state.view === "meetings") lines.push(texts.guide_meetings);
  else lines.push(texts.guide_ties);
  if (state.compare) lines.push(texts.guide_compare);
  if (!period().judged) lines.push(texts.guide_unjudged);
  return lines;
}

function actorCard(i) {
  const now = period();
  const close = element("button", {
    type: "button",
    className: "close",
    "aria-label": texts.close,
    textContent: "×",
    on: { click: () => select(-1) },
  });
  const line = [actors.sector[i], texts["level_" + actors.level[i]], texts["kind_" + actors.kind[i]]]
    .filter(Boolean)
    .join(" · ");
  const parts = [
    element("div", { className: "top" }, element("h2", { textContent: actors.label[i] }), close),
    paragraph(line, "muted"),
  ];
  const badges = statuses(i);
  if (badges.length)
    parts.push(
      element(
        "p",
        { className: "badges" },
        ...badges.map((text) =>
          element("span", {
            className: isOver(i) && text === texts.flag_over_solicited ? "badge alert" : "badge",
            textContent: text,
          }),
        ),
      ),
    );
  if (PLACES[place[i]] !== "map") parts.push(paragraph(texts["where_" + PLACES[place[i]]], "muted"));
  if (now.reasons[i]?.length) parts.push(heading(texts.reasons), bullets(now.reasons[i], "facts"));
  if (now.evidence[i]?.length) parts.push(heading(texts.evidence), bullets(now.evidence[i], "facts"));
  if (now.seen[i]) parts.push(paragraph(texts.last_seen + texts.colon + now.seen[i], "muted"));
  parts.push(heading(texts.measures), measureTable(i));
  const introductions = now.introductions[i] ?? [];
  if (introductions.length)
    parts.push(
      heading(texts.introductions),
      bullets(
        introductions.map(([j, why]) => [
          actorButton(j),
          element("span", { className: "muted", textContent: " – " + why }),
        ]),
      ),
    );
  parts.push(...meetingsOf(i), ...partnersOf(i));
  return parts;
}

function measureTable(i) {
  const alone = hubs.size > 0 && !hubs.has(i);
  const head = element(
    "tr",
    {},
    element("th", { scope: "col", textContent: texts.measure }),
    element("th", { scope: "col", className: "number", textContent: texts.value }),
  );
  if (alone) head.append(element("th", { scope: "col", className: "number", textContent: texts.without_short }));
  const rows = data.metrics.map((metric) => {
    const row = element(
      "tr",
      {},
      element("th", { scope: "row", textContent: metric.label, title: metric.hint }),
      element("td", { className: "number", textContent: valueOf(metric.key, i) }),
    );
    if (alone)
      row.append(
        element("td", { className: "number", textContent: valueOf(metric.key + "_without_coordinators", i, "") }),
      );
    return row;
  });
  const hints = element(
    "details",
    {},
    element("summary", { textContent: texts.how_to_read }),
    bullets(data.metrics.map((metric) => metric.label + texts.colon + metric.hint)),
  );
  return element(
    "div",
    {},
    element("table", { className: "measures" }, element("thead", {}, head), element("tbody", {}, ...rows)),
    hints,
  );
}

function valueOf(key, i, missing = "–") {
  const values = period().values[key];
  if (!values) return missing;
  const low = period().values[key + "_low"]?.[i];
  const high = period().values[key + "_high"]?.[i];
  const interval = low === null || low === undefined ? "" : " (" + quantity(low) + "–" + quantity(high) + ")";
  return quantity(values[i]) + interval;
}

function meetingsOf(i) {
  const own = period()
    .series.filter(([, actor]) => actor === i)
    .sort((one, other) => other[2] - one[2]);
  if (!own.length) return [];
  return [
    heading(texts.meetings),
    bullets(
      own.map(([series, , n]) => data.series[series].label + texts.colon + say(texts.n_meetings, { n })),
      "facts",
    ),
  ];
}

function partnersOf(i) {
  const own = partners[i].filter((tie) => tie.b >= 0 && !isFolding(tie)).sort((one, other) => other.w - one.w);
  if (!own.length) return [];
  const items = own.slice(0, 60).map((tie) => {
    const out = tie.a === i ? tie.forward : tie.backward;
    const back = tie.a === i ? tie.backward : tie.forward;
    const [arrow, meaning] =
      out && back ? ["↔", texts.both_ways] : out ? ["→", texts.reaches_out] : back ? ["←", texts.is_reached] : ["", ""];
    const change =
      tie.status === "new" ? " " + texts.tie_new_short : tie.status === "lost" ? " " + texts.tie_lost_short : "";
    return [
      arrow ? element("span", { textContent: arrow + " ", title: meaning, role: "img", "aria-label": meaning }) : null,
      actorButton(otherEnd(tie, i)),
      element("span", { className: "n", textContent: " " + number(tie.w) + change }),
    ].filter(Boolean);
  });
  return [
    heading(say(texts.partners, { n: own.length })),
    bullets(items),
    ...(own.length > 60 ? [paragraph(say(texts.n_more, { n: own.length - 60 }), "muted")] : []),
  ];
}
