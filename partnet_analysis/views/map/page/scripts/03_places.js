// Where things stand, in map units: pixels at scale 1. Positions come from the file and never move while the year changes.

const tall = byId("map").clientHeight > byId("map").clientWidth * 1.15;
const network = tall
  ? { x: actors.y, y: actors.x } // a phone held upright gets the picture turned
  : { x: actors.x, y: actors.y };

const px = new Float64Array(count + 64);
const py = new Float64Array(count + 64);
const seriesX = [];
const seriesY = [];

function putInPlace() {
  const from = state.view === "geography" ? data.geography : network;
  for (let i = 0; i < count; i++) {
    px[i] = from.x[i] ?? 0;
    py[i] = from.y[i] ?? 0;
  }
  putBubbles();
  data.series.forEach((series, s) => {
    seriesX[s] = tall ? series.y : series.x;
    seriesY[s] = tall ? series.x : series.y;
  });
  indexPlaces();
}

function putBubbles() {
  const n = new Array(64).fill(0);
  px.fill(0, count);
  py.fill(0, count);
  for (let i = 0; i < count; i++) {
    if (hubs.has(i)) continue;
    const g = groupOf(i);
    n[g]++;
    px[count + g] += px[i];
    py[count + g] += py[i];
  }
  n.forEach((members, g) => {
    px[count + g] /= members || 1;
    py[count + g] /= members || 1;
  });
}

// A grid that finds who stands near a point or within a box.
const CELL = 90;
const grid = new Map();
const cellOf = (x, y) => Math.floor(x / CELL) * 100003 + Math.floor(y / CELL);

function indexPlaces() {
  grid.clear();
  for (let i = 0; i < count; i++) {
    const key = cellOf(px[i], py[i]);
    if (!grid.has(key)) grid.set(key, []);
    grid.get(key).push(i);
  }
}

function* within(left, top, right, bottom) {
  const reach = 40;
  for (let x = Math.floor((left - reach) / CELL); x <= Math.floor((right + reach) / CELL); x++) {
    for (let y = Math.floor((top - reach) / CELL); y <= Math.floor((bottom + reach) / CELL); y++) {
      yield* grid.get(x * 100003 + y) ?? [];
    }
  }
}

// Symbols grow more slowly than the map: zooming in separates them.
function radius(i, k) {
  return Math.max(2.2, size[i] * k ** 0.6) / k;
}

function drawnNodes() {
  const list = [];
  for (let i = 0; i < count; i++) if (isShown(i) && !isFolded(i)) list.push(i);
  return list;
}

function bubbles() {
  if (!data.folded || state.view !== "network") return [];
  const members = new Map();
  for (let i = 0; i < count; i++) {
    if (isShown(i) && isFolded(i)) members.set(groupOf(i), (members.get(groupOf(i)) ?? 0) + 1);
  }
  return [...members].map(([g, n]) => ({ i: count + g, g, n }));
}

// The box around actors, groups and, in the meetings view, series.
function boxAround(list) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const take = (x, y, r = 0) => {
    box.left = Math.min(box.left, x - r);
    box.right = Math.max(box.right, x + r);
    box.top = Math.min(box.top, y - r);
    box.bottom = Math.max(box.bottom, y + r);
  };
  for (const i of list) take(px[i], py[i], i >= count ? size[i] : 0);
  return { box, take };
}

function wholeBox() {
  const { box, take } = boxAround([...drawnNodes(), ...bubbles().map((bubble) => bubble.i)]);
  if (hasTerritories()) {
    for (const { rings, name } of data.territories) {
      for (const ring of rings)
        for (let p = 0; p < ring.length; p += 2) take(ring[tall ? p + 1 : p], ring[tall ? p : p + 1]);
      if (name) take(name[tall ? 1 : 0], name[tall ? 0 : 1]); // its name must not lie under what is written above the map
    }
  }
  if (state.view === "meetings") data.series.forEach((_, s) => seriesIsShown(s) && take(seriesX[s], seriesY[s], 30));
  if (state.view === "geography") for (const ring of data.geography.outline) ring.forEach(([x, y]) => take(x, y));
  return box.left < Infinity ? box : { left: -300, top: -200, right: 300, bottom: 200 };
}

const seriesIsShown = (s) => period().series.some(([series]) => series === s);

function actorAt(x, y, k) {
  let found = -1;
  let nearest = Infinity;
  for (const i of within(x, y, x, y)) {
    if (!isShown(i) || isFolded(i)) continue;
    const gap = Math.hypot(px[i] - x, py[i] - y) - radius(i, k);
    if (gap < 6 / k && gap < nearest) {
      nearest = gap;
      found = i;
    }
  }
  return found;
}

function bubbleAt(x, y, k) {
  return bubbles().find(({ i }) => Math.hypot(px[i] - x, py[i] - y) < radius(i, k))?.g ?? -1;
}
