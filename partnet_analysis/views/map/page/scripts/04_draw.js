// The picture. It is drawn through the few canvas calls that the SVG writer of the exports understands too, so that what is
// saved is what is seen. `k` is the scale: dividing by it keeps widths and letters the same size on the screen.

const LIGHT = {
  paper: "#ffffff",
  veil: "rgba(255,255,255,.86)",
  halo: "rgba(255,255,255,.94)",
  ink: "#1d2430",
  muted: "#5a6472",
  rim: "#ffffff",
  hub: data.palette.coordinator,
  alert: data.palette.alert,
  met: "#5b7796",
  contact: "#0a7d5c",
  both: "#343c49",
  hubTie: "#8a929c",
  fresh: "#0a7d5c",
  lost: "#b3261e",
  territory: 0.13,
  name: 0.62,
};
const DARK = {
  paper: "#14181f",
  veil: "rgba(20,24,31,.86)",
  halo: "rgba(20,24,31,.92)",
  ink: "#eef1f5",
  muted: "#a7b0bc",
  rim: "#14181f",
  hub: "#f2f4f7",
  alert: "#ff6b78",
  met: "#7f9dc0",
  contact: "#4cc9a0",
  both: "#d3d9e1",
  hubTie: "#76808c",
  fresh: "#4cc9a0",
  lost: "#ff8a80",
  territory: 0.2,
  name: 1.5,
};
const darkness = matchMedia("(prefers-color-scheme: dark)");
const FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

const screenTheme = () => (darkness.matches ? DARK : LIGHT);

function shaded(colour, factor) {
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const toward = (c) => (factor <= 1 ? c * factor : c + (255 - c) * (factor - 1) * 1.2);
  return "rgb(" + channels.map((c) => Math.round(Math.min(255, toward(c)))).join(",") + ")";
}

// On a dark ground the darkest fills are lightened, or they would sink into it.
function tinted(colour, theme) {
  if (theme === LIGHT) return colour;
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const light = (0.21 * channels[0] + 0.72 * channels[1] + 0.07 * channels[2]) / 255;
  if (light > 0.32) return colour;
  return (
    "#" +
    channels
      .map((c) =>
        Math.round(c + (255 - c) * 0.42)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")
  );
}

function look(i, theme) {
  if (hubs.has(i)) return { colour: theme.hub, shape: "square", label: texts.coordinator };
  const { colour, shape, label } = scheme().categories[category[i]];
  return { colour: tinted(colour, theme), shape, label };
}

// ---- shapes: all about as large as a circle of the same radius

const regular = (corners, turn, reach) =>
  Array.from({ length: corners }, (_, c) => {
    const angle = turn + (2 * Math.PI * c) / corners;
    return [Math.cos(angle) * reach, Math.sin(angle) * reach];
  });
const star = regular(5, -Math.PI / 2, 1.35).flatMap((point, c) => [
  point,
  regular(5, -Math.PI / 2 + Math.PI / 5, 0.62)[c],
]);
const OUTLINES = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  diamond: [
    [0, -1.25],
    [1.25, 0],
    [0, 1.25],
    [-1.25, 0],
  ],
  triangle: [
    [0, -1.2],
    [1.2, 0.9],
    [-1.2, 0.9],
  ],
  triangle_down: [
    [0, 1.2],
    [-1.2, -0.9],
    [1.2, -0.9],
  ],
  hexagon: regular(6, 0, 1.12),
  pentagon: regular(5, -Math.PI / 2, 1.15),
  star,
};

function outline(c, shape, x, y, r) {
  const points = OUTLINES[shape];
  if (!points) {
    c.moveTo(x + r, y);
    c.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  points.forEach(([dx, dy], corner) => (corner ? c.lineTo(x + dx * r, y + dy * r) : c.moveTo(x + dx * r, y + dy * r)));
  c.closePath();
}

// ---- territories: where a sector is at home; they never overlap

function drawTerritories(c, k, theme) {
  if (!hasTerritories()) return;
  for (const { group, rings } of data.territories) {
    if (state.hidden.has(group)) continue;
    const colour = tinted(scheme().categories[group].colour, theme);
    c.beginPath();
    for (const ring of rings) {
      for (let p = 0; p < ring.length; p += 2) {
        const x = ring[tall ? p + 1 : p];
        const y = ring[tall ? p : p + 1];
        p ? c.lineTo(x, y) : c.moveTo(x, y);
      }
      c.closePath();
    }
    c.fillStyle = c.strokeStyle = colour;
    c.globalAlpha = theme.territory;
    c.fill("evenodd");
    c.globalAlpha = 0.45;
    c.lineWidth = 1.2 / k;
    c.stroke();
  }
  c.globalAlpha = 1;
}

const hasTerritories = () =>
  state.territories && state.view === "network" && scheme().key === "sector" && data.territories.length > 0;

function drawOutline(c, k, theme) {
  if (state.view !== "geography") return;
  c.beginPath();
  for (const ring of data.geography.outline) ring.forEach(([x, y], p) => (p ? c.lineTo(x, y) : c.moveTo(x, y)));
  c.fillStyle = theme.muted;
  c.strokeStyle = theme.muted;
  c.globalAlpha = 0.08;
  c.fill("evenodd");
  c.globalAlpha = 1;
  c.lineWidth = 1.5 / k;
  c.stroke();
}

// ---- ties

const ends = (tie) => [
  px[tie.a],
  py[tie.a],
  tie.b < 0 ? seriesX[-1 - tie.b] : px[tie.b],
  tie.b < 0 ? seriesY[-1 - tie.b] : py[tie.b],
];
const isFolding = (tie) => tie.a >= count || tie.b >= count;
// Widths tell strength among the ties shown: the strongest fiftieth share the widest line,
// which is never for less than four meetings of two.
let strong = 1;
const tieWidth = (tie) => 0.8 + 4.4 * Math.sqrt(Math.min(1, tie.w / strong));

function tieStyle(tie, theme) {
  if (tie.status === "new") return { colour: theme.fresh, dash: null, extra: 0.8 };
  if (tie.status === "lost") return { colour: theme.lost, dash: [5, 4], extra: 0.2 };
  if (tie.status === "kept") return { colour: theme.hubTie, dash: null, extra: 0 };
  if (hubs.has(tie.a) || hubs.has(tie.b)) return { colour: theme.hubTie, dash: null, extra: 0 };
  return { colour: theme[tie.kind], dash: tie.kind === "contact" && data.has.meetings ? [7, 3] : null, extra: 0 };
}

// Ties of one look are one stroke. Thousands of them fade, so that structure stays visible.
let batches = [];
function batchTies() {
  const sorted = ties.map((tie) => tie.w).sort((one, other) => one - other);
  strong = Math.max(sorted[Math.floor(sorted.length * 0.98)] || 1, 4);
  const groups = new Map();
  for (const tie of ties) {
    const style = tieStyle(tie, LIGHT);
    const width = Math.round((tieWidth(tie) + style.extra) * 2) / 2;
    const key = style.colour + width;
    if (!groups.has(key)) groups.set(key, { sample: tie, width, ties: [] });
    groups.get(key).ties.push(tie);
  }
  batches = [...groups.values()].sort((one, other) => one.width - other.width);
}

function drawAllTies(c, k, theme, seen, most) {
  const few = ties.length < 1500;
  const dashed = (style, batch) => style.dash && (batch.sample.status === "lost" ? few : ties.length < 260);
  c.globalAlpha = Math.max(0.03, Math.min(0.6, 0.6 * Math.sqrt(200 / Math.max(ties.length, 1))));
  let left = most;
  for (const batch of [...batches].reverse()) {
    const style = tieStyle(batch.sample, theme);
    c.strokeStyle = style.colour;
    c.lineWidth = (batch.width * Math.min(1, k ** 0.4)) / k ** 0.6;
    c.setLineDash(dashed(style, batch) ? style.dash.map((part) => part / k) : []);
    c.beginPath();
    for (const tie of batch.ties) {
      const [ax, ay, bx, by] = ends(tie);
      if (!seen.line(ax, ay, bx, by)) continue;
      if (left-- <= 0) break;
      c.moveTo(ax, ay);
      c.lineTo(bx, by);
    }
    c.stroke();
  }
  c.setLineDash([]);
  if (few && state.direction) drawDirections(c, k, theme, ties);
  c.globalAlpha = 1;
}

// An arrowhead past the middle tells who reached out to whom.
function drawDirections(c, k, theme, list) {
  c.fillStyle = theme.contact;
  c.beginPath();
  for (const tie of list) {
    if (tie.b < 0 || isFolding(tie)) continue;
    const [ax, ay, bx, by] = ends(tie);
    if (tie.forward) arrowhead(c, ax, ay, bx, by, k);
    if (tie.backward) arrowhead(c, bx, by, ax, ay, k);
  }
  c.fill();
}

function arrowhead(c, ax, ay, bx, by, k) {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const [x, y] = [ax + (bx - ax) * 0.66, ay + (by - ay) * 0.66];
  const long = 9 / k ** 0.7;
  c.moveTo(x + ux * long, y + uy * long);
  c.lineTo(x - uy * long * 0.45, y + ux * long * 0.45);
  c.lineTo(x + uy * long * 0.45, y - ux * long * 0.45);
  c.closePath();
}

// ---- actors, groups, series

function drawNodes(c, list, k, theme, seen) {
  const groups = new Map();
  for (const i of list) {
    if (!seen.point(px[i], py[i])) continue;
    const { colour, shape } = look(i, theme);
    const key = colour + shape;
    if (!groups.has(key)) groups.set(key, { colour, shape, members: [] });
    groups.get(key).members.push(i);
  }
  const thin = list.length > 2500;
  for (const { colour, shape, members } of groups.values()) {
    c.beginPath();
    for (const i of members) outline(c, shape, px[i], py[i], radius(i, k));
    c.fillStyle = colour;
    c.fill();
    c.lineWidth = 1.2 / k;
    c.strokeStyle = shaded(colour.startsWith("#") ? colour : "#888888", theme.name);
    if (!thin) c.stroke();
  }
}

function drawBubbles(c, k, theme) {
  for (const { i, g, n } of bubbles()) {
    const colour = tinted(data.groups.categories[g].colour, theme);
    c.beginPath();
    outline(c, "circle", px[i], py[i], radius(i, k));
    c.globalAlpha = 0.85;
    c.fillStyle = colour;
    c.fill();
    c.globalAlpha = 1;
    c.lineWidth = 2 / k;
    c.strokeStyle = shaded(colour, theme.name);
    c.stroke();
    c.font = `700 ${14 / k}px ${FONT}`;
    c.textAlign = "center";
    c.textBaseline = "middle";
    haloed(c, number(n), px[i], py[i], k, theme);
  }
}

function ghosts() {
  const list = [];
  for (let i = 0; i < count; i++) if (isGhost(i) && !isFolded(i)) list.push(i);
  return list;
}

// Who loses every tie with the coordinators, or lost every tie since last time, stays as an empty outline where it stood.
function drawGhosts(c, k, theme) {
  c.strokeStyle = theme.alert;
  c.lineWidth = 1.6 / k;
  c.setLineDash([3 / k, 2 / k]);
  for (const i of ghosts()) {
    c.beginPath();
    outline(c, scheme().categories[category[i]].shape, px[i], py[i], Math.max(radius(i, k), 7 / k));
    c.stroke();
  }
  c.setLineDash([]);
}

function drawSeries(c, k, theme) {
  if (state.view !== "meetings") return;
  data.series.forEach((_, s) => {
    if (!seriesIsShown(s)) return;
    c.beginPath();
    c.rect(seriesX[s] - 8 / k, seriesY[s] - 8 / k, 16 / k, 16 / k);
    c.fillStyle = theme.paper;
    c.fill();
    c.lineWidth = 2.5 / k;
    c.strokeStyle = theme.ink;
    c.stroke();
  });
}

function ring(c, i, k, gap, width, colour, dash) {
  c.beginPath();
  c.arc(px[i], py[i], radius(i, k) * 1.12 + gap / k, 0, 2 * Math.PI);
  c.lineWidth = width / k;
  c.strokeStyle = colour;
  c.setLineDash(dash.map((part) => part / k));
  c.stroke();
  c.setLineDash([]);
}

function drawRings(c, list, k, theme, seen) {
  const crowded = list.length > 1500; // thinner, or thousands of rings would hide what they mark
  for (const i of list) {
    if (!seen.point(px[i], py[i])) continue;
    if (state.rings && isOver(i)) ring(c, i, k, crowded ? 1.5 : 4, crowded ? 1.2 : 2.6, theme.alert, [7, 3.5]);
    else if (state.withoutHubs && !mainland[i]) ring(c, i, k, 5, 2, theme.alert, [3, 2]);
    else if (hubOnly[i] && !crowded) ring(c, i, k, 3, 1.6, theme.muted, [2, 2.5]);
    if (state.compare && entered[i] && !hubs.has(i)) ring(c, i, k, 8, 2, theme.fresh, []);
  }
}

// ---- the whole

function viewport(left, top, right, bottom) {
  const margin = 60;
  return {
    left,
    top,
    right,
    bottom,
    point: (x, y) => x > left - margin && x < right + margin && y > top - margin && y < bottom + margin,
    line: (ax, ay, bx, by) =>
      !(
        (ax < left && bx < left) ||
        (ax > right && bx > right) ||
        (ay < top && by < top) ||
        (ay > bottom && by > bottom)
      ),
  };
}

function drawPicture(c, k, seen, theme, { focus = -1, quick = false } = {}) {
  c.lineJoin = "round";
  drawTerritories(c, k, theme);
  drawOutline(c, k, theme);
  drawAllTies(c, k, theme, seen, quick ? 8000 : Infinity);
  const list = drawnNodes();
  const partnersOnly = list.filter((i) => !hubs.has(i));
  drawNodes(c, partnersOnly, k, theme, seen);
  drawNodes(
    c,
    list.filter((i) => hubs.has(i)),
    k,
    theme,
    seen,
  );
  drawBubbles(c, k, theme);
  drawSeries(c, k, theme);
  drawGhosts(c, k, theme);
  drawRings(c, partnersOnly, k, theme, seen);
  if (focus >= 0 && isShown(focus) && !isFolded(focus)) drawEgo(c, k, seen, theme, focus, quick);
  else drawLabels(c, k, seen, theme, { quick });
}

// One actor with its partners, everything else under a veil.
function drawEgo(c, k, seen, theme, focus, quick) {
  c.fillStyle = theme.veil;
  c.fillRect(seen.left, seen.top, seen.right - seen.left, seen.bottom - seen.top);
  const own = partners[focus];
  for (const tie of own) {
    const style = tieStyle(tie, theme);
    const [ax, ay, bx, by] = ends(tie);
    c.beginPath();
    c.moveTo(ax, ay);
    c.lineTo(bx, by);
    c.lineWidth = (tieWidth(tie) + 0.6) / k ** 0.6;
    c.strokeStyle = style.colour;
    c.setLineDash(style.dash ? style.dash.map((part) => part / k) : []);
    c.stroke();
  }
  c.setLineDash([]);
  drawDirections(c, k, theme, own);
  const around = own.map((tie) => otherEnd(tie, focus)).filter((i) => i >= 0 && i < count);
  drawNodes(c, [...around, focus], k, theme, seen);
  if (state.view === "meetings") drawSeries(c, k, theme);
  if (own.some(isFolding)) drawBubbles(c, k, theme);
  drawRings(c, [...around, focus], k, theme, seen);
  ring(c, focus, k, 1, 3, theme.ink, []);
  drawLabels(c, k, seen, theme, { quick, focus });
}
