// The same partnership as a table: everybody, with the same filters, sorted by any column.

const sorting = { column: 0, way: 1 };
const ROWS_AT_ONCE = 1000;
let rowsAllowed = ROWS_AT_ONCE;

function tableColumns() {
  const text = (label, of) => ({ label, of, numeric: false });
  const varies = (column) => new Set(column).size > 1;
  const columns = [text(texts.actor, (i) => actors.label[i])];
  if (varies(actors.sector)) columns.push(text(texts.sector, (i) => actors.sector[i] || texts.unknown));
  if (data.has.levels) columns.push(text(texts.level, (i) => texts["level_" + actors.level[i]] ?? ""));
  columns.push(
    text(texts.status, statusOf),
    text(texts.where, (i) => texts["where_" + PLACES[place[i]]]),
  );
  for (const metric of data.metrics)
    columns.push({ label: metric.label, of: (i) => measure(metric)[i] ?? null, numeric: true });
  return columns;
}

function sortedRows(columns) {
  const { of, numeric } = columns[sorting.column];
  const keys = Array.from({ length: count }, (_, i) => of(i));
  const compare = numeric
    ? (i, j) => (keys[i] ?? -Infinity) - (keys[j] ?? -Infinity)
    : (i, j) => String(keys[i]).localeCompare(String(keys[j]), data.language);
  return Array.from({ length: count }, (_, i) => i).sort((i, j) => sorting.way * compare(i, j) || i - j);
}

function fillTable() {
  const table = byId("table");
  const columns = tableColumns();
  if (sorting.column >= columns.length) sorting.column = 0;
  table.querySelector("thead").replaceChildren(element("tr", {}, ...columns.map(columnHead)));
  const rows = sortedRows(columns);
  table.querySelector("tbody").replaceChildren(...rows.slice(0, rowsAllowed).map((i) => tableRow(i, columns)));
  byId("more-rows").hidden = rows.length <= rowsAllowed;
  byId("table-caption").textContent =
    texts.table_caption + texts.colon + say(texts.n_actors, { n: rows.length }) + ", " + period().label;
}

function columnHead(column, at) {
  const sort = () => {
    sorting.way = sorting.column === at ? -sorting.way : column.numeric ? -1 : 1;
    sorting.column = at;
    fillTable();
    byId("table").querySelectorAll("thead button")[at].focus();
  };
  const head = element(
    "th",
    { scope: "col", className: column.numeric ? "number" : "" },
    element("button", { type: "button", textContent: column.label, on: { click: sort } }),
  );
  head.setAttribute("aria-sort", sorting.column === at ? (sorting.way > 0 ? "ascending" : "descending") : "none");
  return head;
}

function tableRow(i, columns) {
  const open = () => {
    showTable(false);
    select(i);
    box.focus();
  };
  const cells = columns.map((column, at) =>
    at === 0
      ? element(
          "th",
          { scope: "row" },
          element("button", { type: "button", className: "link", textContent: column.of(i), on: { click: open } }),
        )
      : element("td", {
          className: column.numeric ? "number" : "",
          textContent: column.numeric ? quantity(column.of(i)) : column.of(i),
        }),
  );
  return element("tr", { data: { actor: actors.id[i] } }, ...cells);
}

function showTable(on) {
  byId("table").hidden = !on;
  byId("show-table").setAttribute("aria-pressed", String(on));
  document.body.classList.toggle("with-table", on);
  if (!on) return redraw();
  fillTable();
  byId("table").focus();
}
