// The start, and the one way in which everything follows from the state.

function refresh() {
  version++;
  compute();
  batchTies();
  legend();
  tieLegend();
  summary();
  tray();
  showCard(state.selected);
  if (!byId("table").hidden) fillTable();
  redraw();
  const shown = drawnNodes().length + bubbles().reduce((sum, bubble) => sum + bubble.n, 0);
  document.documentElement.dataset.state = JSON.stringify({
    period: period().label,
    shown,
    tray: count - place.filter((where) => where === 0).length,
    ties: ties.length,
    total: count,
    adrift: placedAs("adrift").length,
    untied: placedAs("untied").length,
  });
}

function start() {
  panel();
  saving();
  byId("fit").addEventListener("click", () => {
    select(-1);
    fitAll();
  });
  byId("show-table").addEventListener("click", () => showTable(byId("table").hidden));
  byId("more-rows").addEventListener("click", () => {
    rowsAllowed += ROWS_AT_ONCE;
    fillTable();
  });
  for (const [button, side] of [["show-settings", "with-settings"]]) {
    byId(button).addEventListener("click", () =>
      byId(button).setAttribute("aria-expanded", String(document.body.classList.toggle(side))),
    );
  }
  putInPlace();
  setPeriod(state.period);
  fitAll();
  let fitted = true;
  stage.on("dragging", () => (fitted = false));
  stage.on("zoom", () => (fitted = false));
  stage.on("resize", () => fitted && state.selected < 0 && fitAll());
  stage.once("afterDrawing", () =>
    requestAnimationFrame(() => {
      document.documentElement.dataset.ready = "1";
      document.documentElement.dataset.readyAfter = performance.now().toFixed(0);
    }),
  );
  redraw();
}

// For analysts with the browser's console, and for the tests. Nothing leaves the page.
window.partnet = {
  network: stage,
  state,
  select: (id) => select(rowOf.get(id) ?? -1),
  point: (id) => stage.canvasToDOM({ x: px[rowOf.get(id)], y: py[rowOf.get(id)] }),
  position: (id) => [px[rowOf.get(id)], py[rowOf.get(id)]],
  labels: () => placed.labels,
  ties: () => ties,
  where: () => Object.fromEntries(actors.id.map((id, i) => [id, PLACES[place[i]]])),
  svg,
  csv,
  fitAll,
  unfold,
};

start();
