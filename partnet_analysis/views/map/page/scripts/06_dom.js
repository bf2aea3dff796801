// Small helpers for making elements. Properties only: no HTML is ever parsed, no style attribute ever written.

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "on") for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
    else if (key === "data") Object.assign(made.dataset, value);
    else if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function drawing(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// A symbol for legends: the same outline as on the map.
function symbol(shape, plainColour) {
  const colour = tinted(plainColour, screenTheme());
  const svg = drawing("svg", { width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" });
  const points = OUTLINES[shape];
  const paint = { fill: colour, stroke: shaded(colour, screenTheme().name), "stroke-width": 1 };
  if (points)
    svg.append(
      drawing("polygon", { points: points.map((p) => p.map((v) => (v * 6).toFixed(1)).join(",")).join(" "), ...paint }),
    );
  else svg.append(drawing("circle", { r: 6, ...paint }));
  return svg;
}

function lineSymbol(colour, dash = "", width = 3) {
  const svg = drawing("svg", { width: 24, height: 12, viewBox: "0 0 24 12", "aria-hidden": "true" });
  svg.append(
    drawing("line", { x1: 1, x2: 23, y1: 6, y2: 6, stroke: colour, "stroke-width": width, "stroke-dasharray": dash }),
  );
  return svg;
}

function ringSymbol(colour, dash) {
  const svg = drawing("svg", { width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" });
  svg.append(drawing("circle", { r: 4, fill: "#8a929c" }));
  svg.append(drawing("circle", { r: 7.5, fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": dash }));
  return svg;
}

function actorButton(i, suffix = "") {
  return element("button", {
    type: "button",
    className: "link",
    textContent: actors.label[i] + suffix,
    on: { click: () => select(i) },
  });
}

function announce(sentence) {
  byId("live").textContent = sentence;
}
