// Names on the map: greedy, in four places around the symbol, never one over another. The coordinators' come first.

const MOST_LABELS = 220;
const MOST_EGO_LABELS = 30;
const MOST_TRIED = 1200;
const MOST_SPARED = 40; // more than these cannot all be named, and none goes first
const SECTOR_PLACES = [0, -20, 20, -40, 40, -60, 60]
  .flatMap((dy) => [0, -35, 35, -70, 70, -105, 105].map((dx) => [dx, dy]))
  .sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
const LONGEST = 28;
let placed = { key: "", labels: [] };
let version = 0; // grows whenever what is shown changes, so that kept places are thrown away

const short = (name) => (name.length > LONGEST ? name.slice(0, LONGEST - 1) + "…" : name);

function haloed(c, text, x, y, k, theme, colour = theme.ink) {
  c.lineWidth = 3.4 / k;
  c.strokeStyle = theme.halo;
  c.strokeText(text, x, y);
  c.fillStyle = colour;
  c.fillText(text, x, y);
}

function drawLabels(c, k, seen, theme, { quick = false, focus = -1 } = {}) {
  const key = [version, focus, k.toPrecision(4), theme === DARK].join();
  // While the map is dragged the names keep their places: only a new scale, focus or content sets them anew.
  const reach = { left: seen.left, top: seen.top, right: seen.right, bottom: seen.bottom };
  const stale = placed.key !== key || (!quick && !sameReach(placed.reach, reach));
  if (stale && !(quick && placed.labels.length && placed.focus === focus && placed.version === version)) {
    placed = { key, reach, focus, version, labels: setLabels(c, k, seen, theme, focus) };
  }
  c.textAlign = "center";
  c.textBaseline = "middle";
  for (const label of placed.labels) {
    c.font = `${label.weight} ${label.size / k}px ${FONT}`;
    if (label.led) leader(c, label, k, theme);
    haloed(c, label.text, label.ax + label.dx / k, label.ay + label.dy / k, k, theme, label.colour);
  }
}

// A name that had to stand further off is led to its symbol by a line.
function leader(c, label, k, theme) {
  c.beginPath();
  c.moveTo(label.ax, label.ay);
  c.lineTo(label.ax + label.dx / k, label.ay + label.dy / k);
  c.lineWidth = 0.8 / k;
  c.strokeStyle = theme.ink;
  c.stroke();
}

const sameReach = (one, other) => one && ["left", "top", "right", "bottom"].every((side) => one[side] === other[side]);

function setLabels(c, k, seen, theme, focus) {
  const boxes = [];
  const labels = [];
  const around = focus < 0 ? null : new Set([focus, ...partners[focus].map((tie) => otherEnd(tie, focus))]);
  const most = focus < 0 ? MOST_LABELS : MOST_EGO_LABELS;
  const put = (wanted) => {
    if (labels.length >= most) return false;
    const found = freePlace(c, k, seen, wanted, boxes, around);
    if (!found) return false;
    boxes.push(found.box);
    labels.push(found.label);
    return true;
  };
  reserveHubs(k, boxes, around);
  const candidates = wantedActors(focus);
  const first = candidates.filter((wanted) => wanted.rank === 0);
  for (const wanted of first) put(wanted);
  if (focus < 0) for (const wanted of wantedSectors(k, theme)) put(wanted);
  for (const wanted of wantedSeries(around)) put(wanted);
  if (focus < 0) for (const wanted of wantedBubbles()) put(wanted);
  for (const wanted of candidates) if (wanted.rank > 0 && !put(wanted) && labels.length >= most) break;
  return labels;
}

function reserveHubs(k, boxes, around) {
  for (const i of hubs) {
    if (!isShown(i) || (around && !around.has(i))) continue;
    const r = radius(i, k);
    boxes.push([px[i] - r, py[i] - r, px[i] + r, py[i] + r]);
  }
}

// Who is named first: the coordinators, those to spare, then by the measure that sets the sizes.
function wantedActors(focus) {
  const chosen = focus < 0 ? drawnNodes() : [focus, ...partners[focus].map((tie) => otherEnd(tie, focus))];
  const strength = focus < 0 ? null : new Map(partners[focus].map((tie) => [otherEnd(tie, focus), tie.w]));
  const spared = focus < 0 && state.rings && overList().length <= MOST_SPARED;
  const rank = (i) => (i === focus || hubs.has(i) ? 0 : (spared && isOver(i)) || isGhost(i) ? 1 : 2);
  const list = [...new Set(chosen)].filter((i) => i >= 0 && i < count && isShown(i) && !isFolded(i));
  if (focus < 0) list.push(...ghosts().slice(0, MOST_SPARED));
  const weight = (i) => (strength ? (strength.get(i) ?? Infinity) : size[i]);
  list.sort((i, j) => rank(i) - rank(j) || weight(j) - weight(i) || i - j);
  // Among thousands, the largest are named even over the symbols of others.
  const loose = (at) => list.length > 1200 && at < 40;
  return list.slice(0, MOST_TRIED).map((i, at) => ({
    actor: i,
    rank: rank(i),
    loose: loose(at),
    text: short(actors.label[i]),
    colour: isGhost(i) ? screenTheme().alert : undefined,
    strong: focus >= 0 || at < 14 || hubs.has(i),
  }));
}

function wantedSectors(k, theme) {
  if (!hasTerritories()) return [];
  return data.territories
    .filter(({ group, name }) => name && !state.hidden.has(group) && !(data.folded && state.folded.has(group)))
    .map(({ group, name }) => ({
      at: tall ? [name[1], name[0]] : name,
      text: scheme().categories[group].label,
      colour: shaded(tinted(scheme().categories[group].colour, theme), theme.name),
      sector: true,
    }));
}

function wantedSeries(around) {
  if (state.view !== "meetings") return [];
  return data.series.flatMap((series, s) =>
    seriesIsShown(s) && (!around || around.has(-1 - s))
      ? [{ at: [seriesX[s], seriesY[s]], text: short(series.label), gap: 12, series: true, rank: 1 }]
      : [],
  );
}

function wantedBubbles() {
  return bubbles().map(({ i, g }) => ({
    at: [px[i], py[i]],
    text: data.groups.categories[g].label,
    bubble: i,
    strong: true,
  }));
}

function freePlace(c, k, seen, wanted, boxes, around) {
  const { actor } = wanted;
  const [x, y] = wanted.at ?? [px[actor], py[actor]];
  if (!seen.point(x, y)) return null;
  const size = wanted.sector ? 15 : Math.max(11, Math.min(14, 12 * k ** 0.15));
  const weight = wanted.sector ? 700 : wanted.strong ? 600 : 400;
  const w = textWidth(c, wanted.text, weight, size) / 2 + 2;
  const h = size / 2 + 2;
  const r =
    wanted.gap ?? (wanted.sector ? 0 : radius(wanted.bubble ?? actor, k) * k * 1.15 + (isRinged(actor) ? 7 : 3));
  const places = offsets(wanted, w, h, r);
  // Names that matter first look for a place without symbols, then take any without names.
  for (const [strict, [dx, dy]] of [
    ...places.map((at) => [true, at]),
    ...(mustStand(wanted) ? places.map((at) => [false, at]) : []),
  ]) {
    const box = [x + (dx - w) / k, y + (dy - h) / k, x + (dx + w) / k, y + (dy + h) / k];
    const inside = box[0] >= seen.left && box[2] <= seen.right && box[1] >= seen.top && box[3] <= seen.bottom;
    if ((!inside && (strict || wanted.rank !== 0)) || boxes.some((other) => overlap(box, other))) continue;
    if (strict && !wanted.loose && coversSymbol(box, actor, k, around)) continue;
    return {
      box,
      label: { ...wanted, ax: x, ay: y, dx, dy, size, weight, led: !wanted.sector && Math.abs(dy) > r + 2 * h },
    };
  }
  return null;
}

// The coordinators, those to spare, the actor in focus and the sectors are always named.
const mustStand = (wanted) => wanted.sector || wanted.rank <= 1;
const isRinged = (actor) => actor !== undefined && (isOver(actor) || hubOnly[actor]);

function offsets(wanted, w, h, r) {
  const sides = [
    [0, r + h],
    [0, -r - h],
    [r + w, 0],
    [-r - w, 0],
  ];
  if (wanted.sector) return SECTOR_PLACES;
  const corners = [
    [r + w, r],
    [-r - w, r],
    [r + w, -r],
    [-r - w, -r],
  ];
  const further = [2, 3.4, 5].flatMap((times) => [
    [0, r + times * 2 * h],
    [0, -r - times * 2 * h],
    [r + w, times * h],
    [-r - w, times * h],
    [r + w, -times * h],
    [-r - w, -times * h],
  ]);
  return mustStand(wanted) ? [...sides, ...corners, ...further] : sides;
}

const overlap = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];

function coversSymbol(box, actor, k, around) {
  for (const i of within(...box)) {
    if (i === actor || !(isShown(i) || isGhost(i)) || isFolded(i) || (around && !around.has(i))) continue;
    const r = radius(i, k);
    if (px[i] + r > box[0] && px[i] - r < box[2] && py[i] + r > box[1] && py[i] - r < box[3]) return true;
  }
  return false;
}

const widths = new Map();
function textWidth(c, text, weight, size) {
  const key = weight + text;
  if (!widths.has(key)) {
    const font = c.font;
    c.font = `${weight} 100px ${FONT}`;
    widths.set(key, c.measureText(text).width / 100);
    c.font = font;
  }
  return widths.get(key) * size;
}
