// What the reader has chosen, and what follows from it for every actor and tie.

const state = {
  view: "network", // network, meetings or geography
  period: data.current,
  compare: false, // with the period before
  withoutHubs: false,
  hubTies: false,
  coPresence: true,
  smallOnly: false,
  contacts: true,
  direction: false,
  threshold: data.threshold,
  scheme: 0,
  size: 0,
  hidden: new Set(), // categories of the scheme that the legend has switched off
  folded: new Set(data.folded ? data.groups.categories.map((_, g) => g) : []),
  rings: true,
  territories: true,
  selected: -1,
  hovered: -1,
};

const PLACES = ["map", "adrift", "untied", "aside", "filtered", "unlocated"];
const place = new Uint8Array(count); // index into PLACES
const category = new Int16Array(count);
const hubOnly = new Uint8Array(count);
const entered = new Uint8Array(count); // tied now and not before (comparison only)
const departed = new Uint8Array(count); // tied before and not now (comparison only)
const size = new Float64Array(count + 64);
let ties = []; // {a, b, w, contact, status}: what is drawn, between actors or folded groups
let partners = []; // for each actor, its drawn ties
let islands = 0;
const mainland = new Uint8Array(count); // in the largest piece once the coordinators are gone

const period = () => data.periods[state.period];
const scheme = () => data.schemes[state.scheme];
const isShown = (i) => place[i] === 0;
const groupOf = (i) => (data.groups ? data.groups.values[i] : 0);
const isFolded = (i) =>
  state.folded.size > 0 && state.view === "network" && !hubs.has(i) && state.folded.has(groupOf(i));
const isOver = (i) => period().flag[i] === "over_solicited";

function measure(metric = data.metrics[state.size]) {
  const values = period().values;
  return (state.withoutHubs && values[metric.key + "_without_coordinators"]) || values[metric.key] || [];
}

function categoryOf(i) {
  const { values } = scheme();
  return values[values.length > 1 ? state.period : 0][i];
}

function strengthOf(table, r) {
  const met = state.smallOnly ? table.small[r] : state.withoutHubs ? table.withoutHubs[r] : table.coPresence[r];
  return (state.coPresence ? met : 0) + (state.contacts ? table.out[r] + table.in[r] : 0);
}

function tieKind(table, r) {
  const met = state.coPresence && (state.smallOnly ? table.small[r] : table.coPresence[r]) > 0;
  const wrote = state.contacts && table.out[r] + table.in[r] > 0;
  return met && wrote ? "both" : wrote ? "contact" : "met";
}

function isVisibleTie(table, r) {
  const w = strengthOf(table, r);
  if (w <= 0 || w < state.threshold) return false;
  return !table.hub[r] || (state.hubTies && !state.withoutHubs);
}

// Everybody is somewhere: on the map, or in the tray with the reason why. Nobody vanishes.
function placeActors() {
  const table = tiesOf(state.period);
  const tied = new Uint8Array(count);
  const tiedToPartners = new Uint8Array(count);
  for (let r = 0; r < table.n; r++) {
    tied[table.source[r]] = tied[table.target[r]] = 1;
    if (!table.hub[r]) tiedToPartners[table.source[r]] = tiedToPartners[table.target[r]] = 1;
  }
  if (state.view === "meetings") {
    tied.fill(0);
    for (const [, actor] of period().series) tied[actor] = tiedToPartners[actor] = 1;
  }
  for (let i = 0; i < count; i++) {
    category[i] = categoryOf(i);
    hubOnly[i] = tied[i] && !tiedToPartners[i] && !hubs.has(i) ? 1 : 0;
    place[i] = PLACES.indexOf(reasonFor(i, tied[i], tiedToPartners[i]));
  }
}

function reasonFor(i, tied, tiedToPartners) {
  if (hubs.has(i)) return state.withoutHubs ? "aside" : state.view === "meetings" && !tied ? "untied" : "map";
  if (!tied) return "untied";
  if (state.hidden.has(category[i])) return "filtered";
  if (state.withoutHubs && !tiedToPartners) return "adrift";
  if (state.view === "geography" && data.geography.x[i] === null) return "unlocated";
  return "map";
}

// Where a tie ends: at the actor, or at the bubble of its folded group.
const node = (i) => (isFolded(i) ? count + groupOf(i) : i);

function drawTies() {
  ties = [];
  markChanges(null);
  if (state.view === "meetings") return drawSeriesTies();
  const table = tiesOf(state.period);
  const before = state.compare && state.period > 0 ? tiesOf(state.period - 1) : null;
  markChanges(before);
  const merged = new Map();
  const add = (table, r, status) => {
    const a = table.source[r];
    const b = table.target[r];
    if (!(isShown(a) || departed[a]) || !(isShown(b) || departed[b])) return;
    const p = node(a);
    const q = node(b);
    if (p === q) return;
    const w = strengthOf(table, r);
    const forward = table.out[r] > 0 && state.contacts;
    const backward = table.in[r] > 0 && state.contacts;
    if (p < count && q < count) {
      ties.push({ a: p, b: q, w, kind: tieKind(table, r), status, forward, backward });
      return;
    }
    const key = Math.min(p, q) * (count + 64) + Math.max(p, q);
    const sum = merged.get(key);
    if (sum) sum.w += w;
    else merged.set(key, { a: p, b: q, w, kind: "met", status, forward: false, backward: false });
  };
  for (let r = 0; r < table.n; r++) {
    if (!isVisibleTie(table, r)) continue;
    const old = before ? before.row.get(table.source[r] * count + table.target[r]) : undefined;
    add(table, r, !before ? "plain" : old !== undefined && isVisibleTie(before, old) ? "kept" : "new");
  }
  for (let r = 0; before && r < before.n; r++) {
    const now = table.row.get(before.source[r] * count + before.target[r]);
    if (isVisibleTie(before, r) && (now === undefined || !isVisibleTie(table, now))) add(before, r, "lost");
  }
  ties.push(...merged.values());
}

function markChanges(before) {
  entered.fill(0);
  departed.fill(0);
  if (!before) return;
  const was = new Uint8Array(count);
  for (let r = 0; r < before.n; r++) was[before.source[r]] = was[before.target[r]] = 1;
  for (let i = 0; i < count; i++) {
    entered[i] = was[i] ? 0 : 1;
    departed[i] = was[i] && PLACES[place[i]] === "untied" && standsSomewhere(i) ? 1 : 0;
  }
}

const standsSomewhere = (i) => (state.view === "geography" ? data.geography.x[i] : actors.x[i]) !== null;

// No longer on the map, but its place is still shown: isolated without the coordinators, or without a tie since last time.
const isGhost = (i) => PLACES[place[i]] === "adrift" || departed[i] === 1;

function drawSeriesTies() {
  for (const [series, actor, n] of period().series) {
    if (isShown(actor)) ties.push({ a: actor, b: -1 - series, w: n, kind: "met", status: "plain" });
  }
}

function sizeActors() {
  const values = measure();
  let top = 0;
  for (let i = 0; i < count; i++) if (!hubs.has(i) && values[i] > top) top = values[i];
  for (let i = 0; i < count; i++) {
    size[i] = hubs.has(i) ? 20 : 6 + 15 * Math.sqrt(Math.max(0, Math.min(1, (values[i] || 0) / (top || 1))));
  }
  const members = new Array(64).fill(0);
  for (let i = 0; i < count; i++) if (isShown(i) && !hubs.has(i)) members[groupOf(i)]++;
  members.forEach((n, g) => (size[count + g] = 14 + 2.4 * Math.sqrt(n)));
}

// How many pieces the map falls into; only told when the coordinators are taken away.
function countIslands() {
  const parent = Array.from({ length: count }, (_, i) => i);
  const root = (i) => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const table = tiesOf(state.period);
  for (let r = 0; r < table.n; r++) if (!table.hub[r]) parent[root(table.source[r])] = root(table.target[r]);
  const pieces = new Map();
  for (let i = 0; i < count; i++) {
    if (!hubs.has(i) && isShown(i)) pieces.set(root(i), (pieces.get(root(i)) ?? 0) + 1);
  }
  islands = pieces.size;
  const largest = [...pieces].reduce((best, piece) => (piece[1] > best[1] ? piece : best), [-1, 0])[0];
  for (let i = 0; i < count; i++) mainland[i] = root(i) === largest ? 1 : 0;
}

function compute() {
  placeActors();
  sizeActors();
  drawTies();
  partners = Array.from({ length: count }, () => []);
  for (const tie of ties) {
    if (tie.a < count && tie.a >= 0) partners[tie.a].push(tie);
    if (tie.b < count && tie.b >= 0) partners[tie.b].push(tie);
  }
  if (state.withoutHubs) countIslands();
}

const otherEnd = (tie, i) => (tie.a === i ? tie.b : tie.a);
