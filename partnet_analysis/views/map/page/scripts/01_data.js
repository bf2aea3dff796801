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
  return String(text)
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}

// Ties come as columns of small numbers, sorted by first actor: `starts` counts each first actor's rows, `steps` lead from one
// second actor to the next; co-presence in hundredths; contacts as the rows that have any, and how many.
function readTies(packed) {
  const n = packed.steps.length;
  const source = new Uint32Array(n);
  const target = new Uint32Array(n);
  let row = 0;
  packed.starts.forEach((rows, actor) => {
    let at = actor;
    for (const end = row + rows; row < end; row++) {
      source[row] = actor;
      target[row] = at += packed.steps[row];
    }
  });
  const few = ([rows, values]) => {
    const column = new Float64Array(n);
    rows.forEach((r, at) => (column[r] = values[at]));
    return column;
  };
  const met = packed.co_presence;
  const ties = {
    n,
    source,
    target,
    coPresence: Float64Array.from(met, (value) => value / 100),
    withoutHubs: Float64Array.from(met, (value, r) => (value + packed.without_extra[r]) / 100),
    small: Float64Array.from(met, (value, r) => (value - packed.large_part[r]) / 100),
    out: few(packed.contacts_out),
    in: few(packed.contacts_in),
    hub: new Uint8Array(n),
    row: new Map(),
  };
  for (let r = 0; r < n; r++) {
    ties.hub[r] = hubs.has(source[r]) || hubs.has(target[r]) ? 1 : 0;
    ties.row.set(source[r] * count + target[r], r);
  }
  return ties;
}

// Each period's ties are unpacked when the reader first goes there.
const unpacked = new Array(data.periods.length);
function tiesOf(period) {
  return (unpacked[period] ??= readTies(data.periods[period].ties));
}
