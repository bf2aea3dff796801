// What the page was built from: read once, never changed. Text goes to the page through textContent only, never as HTML.

const data = JSON.parse(document.getElementById("data").textContent);
const texts = data.texts;
const actors = data.actors;
const count = actors.id.length;
const hubs = new Set(actors.coordinators);
const rowOf = new Map(actors.id.map((id, i) => [id, i]));

const byId = (id) => document.getElementById(id);

function fill(sentence, blanks) {
  return sentence.replace(/\{(\w+)\}/g, (_, key) => (key in blanks ? String(blanks[key]) : ""));
}

// A sentence with a number: French says 0 and 1 in the singular, English only 1.
function say(entry, blanks = {}) {
  if (typeof entry === "string") return fill(entry, blanks);
  const n = blanks.n;
  const one = data.language === "fr" ? Math.abs(n) < 2 : n === 1;
  return fill(one ? entry.one : entry.other, { ...blanks, n: number(n) });
}

function number(value, digits = 2) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return Number(value).toLocaleString(data.language, { maximumFractionDigits: digits });
}

// Small shares need more digits than counts: three significant ones.
function quantity(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return number(value, size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3);
}

function plainText(text) {
  return String(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}

// Ties come as columns, sorted by first actor: `starts` counts each first actor's rows; co-presence in hundredths; contacts
// as the rows that have any, and how many.
function readTies(packed) {
  const n = packed.target.length;
  const source = new Uint32Array(n);
  let row = 0;
  packed.starts.forEach((rows, actor) => source.fill(actor, row, (row += rows)));
  const hundredths = (values) => Float64Array.from(values, (value) => value / 100);
  const few = ([rows, values]) => {
    const column = new Float64Array(n);
    rows.forEach((row, at) => (column[row] = values[at]));
    return column;
  };
  const ties = {
    n,
    source,
    target: Uint32Array.from(packed.target),
    coPresence: hundredths(packed.co_presence),
    withoutHubs: hundredths(packed.without_coordinators),
    small: hundredths(packed.small_meetings),
    out: few(packed.contacts_out),
    in: few(packed.contacts_in),
    hub: new Uint8Array(n),
    row: new Map(),
  };
  for (let r = 0; r < n; r++) {
    ties.hub[r] = hubs.has(source[r]) || hubs.has(ties.target[r]) ? 1 : 0;
    ties.row.set(source[r] * count + ties.target[r], r);
  }
  return ties;
}

// Each period's ties are unpacked when the reader first goes there.
const unpacked = new Array(data.periods.length);
function tiesOf(period) {
  return (unpacked[period] ??= readTies(data.periods[period].ties));
}
